"""The keys that names and drafts' headlines are looked up by, and those that tell slips."""

from pypinyin import Style, lazy_pinyin

from archive.entities.models import Entity
from archive.search.analysis import TextPiece, fold, name_key, pieces
from archive.text.language import CHINESE, LANGUAGES, detect

LONGEST_NAME_KEY = 200
# Of what a name is completed from.
LONGEST_KEY = 40
LONGEST_START = 24
# Of a key, so much is compared with one character left out; the rest when it is fetched.
_SLIP_LENGTH = 6
LONGEST_SLIP = _SLIP_LENGTH + 1
SHORTEST_SLIP = {False: 4, True: 3}
_MOST_STARTS = 40
_MOST_WORDS = 4
# What is said after a place's name as often as not.
_SUFFIXES = {"city": ("市", " City"), "province": ("省", " Province"), "state": ("州", " State")}
# No headline is looked for from one of these on, though it may begin with one.
SMALL_WORDS = frozenset(
    [
        *("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "is", "it", "of"),
        *("on", "or", "the", "to", "with"),
    ]
)


def keys_of(entity: Entity) -> dict[str, str]:
    """Every key under which the entity is looked up, with the form that texts use, or ""."""
    forms = [entity.name_in(language) for language in LANGUAGES]
    forms += [name.text for name in entity.names.all()]
    written = [form for form in forms if form]
    asked = [
        name + suffix
        for name in (entity.name_in(language) for language in LANGUAGES)
        for suffix in _SUFFIXES.get(entity.place_type, ())
        if name
        and not name.endswith(suffix.strip())
        and (detect(suffix) == CHINESE) == (detect(name) == CHINESE)
    ]
    asked += [reading for form in written if (reading := _reading(form, entity))]
    keys = {name_key(form)[:LONGEST_NAME_KEY]: "" for form in asked}
    keys |= {name_key(form)[:LONGEST_NAME_KEY]: form for form in reversed(written)}
    return {key: form for key, form in keys.items() if key}


def _reading(form: str, entity: Entity) -> str:
    """A Chinese form's pinyin; of one character it would be too many things at once."""
    if detect(form) != CHINESE or len(form) < 2:
        return ""
    if form == entity.name_in(CHINESE) and entity.pinyin:
        return entity.pinyin
    # The dictionary knows words in simplified characters: 長沙 by itself is read "zhangsha".
    return "".join(lazy_pinyin(fold(form), errors="ignore"))


def hint_keys(entity: Entity) -> set[str]:
    """What the entity's name is offered for: its whole keys, and how they begin."""
    whole = whole_keys(entity)
    return whole | {key[:length] for key in whole for length in (1, 2)}


def whole_keys(entity: Entity) -> set[str]:
    """All that the entity's name may be begun with: names, pinyin, `zj`, later words."""
    keys = set(keys_of(entity))
    forms = [entity.name_in(language) for language in LANGUAGES]
    forms += [name.text for name in entity.names.all() if not name.forbidden]
    for form in filter(None, forms):
        keys |= _initials(form, entity) if detect(form) == CHINESE else _later_words(form)
    return {key[:LONGEST_KEY] for key in keys if key}


def slips(key: str) -> set[str]:
    """The key's beginning with each of its characters left out, and as it is; {} if too short.

    >>> sorted(slips("abcd"))
    ['abc', 'abcd', 'abd', 'acd', 'bcd']
    """
    if len(key) < SHORTEST_SLIP[is_han(key)]:
        return set()
    start = key[:LONGEST_SLIP]
    left_out = {start[:at] + start[at + 1 :] for at in range(len(start))}
    return {one[:_SLIP_LENGTH] for one in {start, *left_out}} | {start}


def is_han(key: str) -> bool:
    return detect(key) == CHINESE


def headline_text(text: str) -> str:
    """A headline, or what was typed of one, as its keys compare it: 'new port opens', '港口gdp'."""
    return _joined(text)[0]


def headline_keys(headline: str) -> set[str]:
    """The headline from each word on, from each Chinese character on; so far as it is compared."""
    text, places = _joined(headline)
    starts: list[str] = []
    for number, (at, piece) in enumerate(places):
        if piece.is_han:
            starts += [
                text[one : one + LONGEST_START] for one in range(at, at + len(piece.text) - 1)
            ]
        elif number == 0 or piece.text not in SMALL_WORDS:
            starts.append(text[at : at + LONGEST_START])
        if len(starts) >= _MOST_STARTS:
            break
    return {start for start in starts[:_MOST_STARTS] if len(start) > 1}


def _joined(text: str) -> tuple[str, list[tuple[int, TextPiece]]]:
    """Words parted by one blank, Chinese characters by nothing; and where each piece stands."""
    joined, places, was_han = "", [], True
    for piece in pieces(fold(text)):
        if not (was_han or piece.is_han):
            joined += " "
        places.append((len(joined), piece))
        joined += piece.text
        was_han = piece.is_han
    return joined, places


def _initials(form: str, entity: Entity) -> set[str]:
    if entity.pinyin and form == entity.name_in(CHINESE):
        letters = [syllable[0] for syllable in entity.pinyin.split()]
    else:
        letters = lazy_pinyin(fold(form), style=Style.FIRST_LETTER, errors="ignore")
    return {name_key("".join(letters))} if len(letters) > 1 else set()


def _later_words(form: str) -> set[str]:
    words = form.split()[:_MOST_WORDS]
    later = (name_key(" ".join(words[at:])) for at in range(1, len(words)))
    return {key for key in later if len(key) > 2}
