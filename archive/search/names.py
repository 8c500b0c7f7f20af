"""The names of entities: the keys that they are looked up by, and which of them words name.

In either language, as alias, old form or pinyin; of slips of the pen, what is one away.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db.models import Count
from pypinyin import Style, lazy_pinyin

from archive.entities.models import Entity
from archive.entities.querysets import canonical_id
from archive.search.analysis import fold, is_han, name_key, phrase
from archive.search.models import (
    LONGEST_KEY,
    LONGEST_NAME_KEY,
    LONGEST_SLIP,
    NameHint,
    NameSlip,
    SearchName,
)
from archive.search.said import store_descriptions
from archive.stories.models import ArticleEntity
from archive.text.language import CHINESE, LANGUAGES, UNSPACED, detect

LONGEST_NAME = 6
MOST_FORMS = 40
SHORTEST_SLIP = {False: 4, True: 3}
_MOST_WORDS = 4
# What is said after a place's name as often as not.
_SUFFIXES = {"city": ("市", " City"), "province": ("省", " Province"), "state": ("州", " State")}


@dataclass(frozen=True)
class NamedEntity:
    """An entity that was named, and the forms of its name that texts may use."""

    entity_id: int
    kind: str
    forms: tuple[str, ...]


def store_names(entities: Iterable[Entity]) -> None:
    """Bring the stored keys of these entities in step with their names, and count their stories."""
    every = list(entities)
    ids = [entity.pk for entity in every]
    # What was merged has given its names to the entry that is kept; nobody finds those of drafts.
    shown = {one.pk for one in every if one.is_published and not one.merged_into_id}
    keys = {entity.pk: keys_of(entity) if entity.pk in shown else {} for entity in every}
    same = Entity.with_merged.same_as(ids).values("pk")
    tags = ArticleEntity.objects.filter(entity__in=same, page__live=True).order_by()
    named = tags.values_list(canonical_id("entity"))
    weights = dict(named.annotate(Count("page", distinct=True)))
    names = [(pk, key, text) for pk, of_one in keys.items() for key, text in of_one.items()]
    SearchName.objects.store("entity", ids, ["key", "text"], names)
    # Offered for its whole keys, and for how they begin.
    hints = [
        (entity.pk, key, weights.get(entity.pk, 0))
        for entity in every
        if entity.pk in shown
        for key in sorted({whole[:end] for whole in whole_keys(entity) for end in (None, 1, 2)})
    ]
    NameHint.objects.store("entity", ids, ["key", "weight"], hints)
    found = {(pk, slip) for pk, of_one in keys.items() for key in of_one for slip in slips(key)}
    # A surname is mistyped by itself.
    found |= {
        (entity.pk, slip)
        for entity in every
        if entity.kind == Entity.Kind.PERSON
        for text in keys[entity.pk].values()
        for slip in slips(surname_key(text))
    }
    NameSlip.objects.store("entity", ids, ["slip"], sorted(found))
    store_descriptions(every)


# By key what was found of the search that is being answered.
_found: ContextVar[dict[str, list[NamedEntity]] | None] = ContextVar("names_found", default=None)


@contextmanager
def looked_up_once() -> Iterator[None]:
    """Each name is asked for but once in the block, however often its search is read anew."""
    token = _found.set({})
    try:
        yield
    finally:
        _found.reset(token)


def look_up(runs: Sequence[Sequence[str]]) -> dict[str, list[NamedEntity]]:
    """By key that neighbouring words of a run make, the entities so named; two queries or none."""
    keys = {
        key
        for words in runs
        for start in range(len(words))
        for end in range(start + 1, min(start + LONGEST_NAME, len(words)) + 1)
        if (key := name_key(" ".join(words[start:end]))) and len(key) <= LONGEST_NAME_KEY
    }
    known = _found.get()
    if known is None:
        known = {}
    if missing := keys - known.keys():
        named = _named(missing)
        known.update({key: named.get(key, []) for key in missing})
    return {key: known[key] for key in keys if known[key]}


def _named(keys: Collection[str]) -> dict[str, list[NamedEntity]]:
    rows = SearchName.objects.filter(key__in=keys)
    found = list(rows.values_list("key", "entity_id", "entity__kind"))
    if not found:
        return {}
    forms: dict[int, list[str]] = defaultdict(list)
    rows = SearchName.objects.filter(entity__in={row[1] for row in found}, text__gt="")
    for entity_id, text in rows.order_by("pk").values_list("entity_id", "text"):
        wanted = phrase(text)
        # One character stands in too many other words: 京 in 南京.
        if wanted and not wanted.is_open and len(forms[entity_id]) < MOST_FORMS:
            forms[entity_id].append(text)
    named: dict[str, list[NamedEntity]] = defaultdict(list)
    for key, entity_id, kind in sorted(found):
        named[key].append(NamedEntity(entity_id, kind, tuple(forms[entity_id])))
    return named


def keys_of(entity: Entity) -> dict[str, str]:
    """Every key under which the entity is looked up, with the form that texts use, or ""."""
    forms = [entity.name_in(language) for language in LANGUAGES]
    # One in both scripts is typed whole, or one of both.
    forms += [name.text for name in (*entity.names.all(), *entity.written_names())]
    written = [form for form in forms if form]
    asked = [
        name + suffix
        for name in (entity.name_in(language) for language in LANGUAGES)
        for suffix in _SUFFIXES.get(entity.place_type, ())
        if name and not name.endswith(suffix.strip()) and is_han(suffix[-1]) == is_han(name[-1])
    ]
    # 堪萨斯城 is asked for as 堪萨斯市.
    if entity.place_type == Entity.PlaceType.CITY:
        asked += [f"{form[:-1]}市" for form in written if len(form) > 2 and form.endswith("城")]
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


def whole_keys(entity: Entity) -> set[str]:
    """All that the entity's name may be begun with: names, pinyin, `zj`, later words."""
    keys = set(keys_of(entity))
    forms = [entity.name_in(language) for language in LANGUAGES]
    forms += [name.text for name in entity.written_names() if not name.forbidden]
    for form in filter(None, forms):
        keys |= _initials(form, entity) if detect(form) == CHINESE else _later_words(form)
    return {key[:LONGEST_KEY] for key in keys if key}


def slips(key: str) -> set[str]:
    """The key's beginning with each of its characters left out, and as it is; {} if too short.

    >>> sorted(slips("abcd"))
    ['abc', 'abcd', 'abd', 'acd', 'bcd']
    """
    if len(key) < SHORTEST_SLIP[is_unspaced(key)]:
        return set()
    start = key[:LONGEST_SLIP]
    left_out = {start[:at] + start[at + 1 :] for at in range(len(start))}
    return {one[: LONGEST_SLIP - 1] for one in {start, *left_out}} | {start}


def surname_key(text: str) -> str:
    """The key of the last of several words; "" of one, as of a name in characters."""
    words = text.split()
    return name_key(words[-1])[:LONGEST_NAME_KEY] if len(words) > 1 else ""


def is_unspaced(key: str) -> bool:
    """Whether the key is of a language whose few characters say as much as many letters."""
    return detect(key) in UNSPACED


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
