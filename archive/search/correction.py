"""*Did you mean*: what a query that finds little was probably meant to say.

Names are told by how they are written elsewhere (休士頓: 休斯敦), by their sound (湛姜: 湛江), by
slips of one or two letters (Zhanjang) and by what they are completed from (zj); other words by the
headlines of the archive. What stands in quotation marks is never touched, nor what is a name or a
word of the dictionary.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from opencc import OpenCC
from pypinyin import lazy_pinyin
from rapidfuzz.distance import OSA

from archive.search.analysis import fold, name_key
from archive.search.headlines import headline_text, words_beginning
from archive.search.meanings import abbreviates
from archive.search.models import NameHint, NameSlip, SearchName
from archive.search.names import NamedEntity, is_unspaced, look_up, slips, surname_key
from archive.search.query import Clause, Query
from archive.text import english
from archive.text.dictionary import installed_glosses
from archive.text.language import columns

# So much of a query is thought about.
_MOST_WORDS = 8
_LONGEST_RUN = 4
_MOST_NAMES = 400
_MOST_ROWS = 1500
# From so many letters on two slips are one too many no longer.
_LONG = 8
_SHORTEST_WORD = 5
_INITIALS, _INITIALS_AMID_OTHERS = 6, 3
# Loading a table takes a moment.
_converter = cache(OpenCC)


@dataclass(frozen=True)
class _Run:
    """Neighbouring plain words of the query, as typed and as a name's key."""

    start: int
    end: int
    text: str
    key: str


def corrected(query: Query) -> str:
    """The query with its slips corrected, or "" if none is seen; nine queries at most."""
    runs = list(_runs(query.clauses))
    if not runs:
        return ""
    # A word that is a name, or part of one, is no slip.
    elsewhere = {run.key: _written_elsewhere(run.text) for run in runs if is_unspaced(run.key)}
    known = look_up([[one] for one in chain((run.text for run in runs), *elsewhere.values())])
    right = {place for run in runs if run.key in known for place in range(run.start, run.end)}
    # A longer name may have one amid it: Guangdong Ocean Univercity.
    open_runs = [
        run
        for run in runs
        if right.isdisjoint(range(run.start, run.end))
        or (len(run.key) >= _LONG * 2 and not right.issuperset(range(run.start, run.end)))
    ]
    slips_seen = [run for run in open_runs if not _is_word(run.key)]
    is_alone = len(query.clauses) == 1
    right_names = (
        _by_beginning(slips_seen, is_alone=is_alone)
        | _by_sound(slips_seen)
        | _by_letters(slips_seen)
    )
    right_names |= _by_spelling(elsewhere, known)
    changes = _longest_first(open_runs, right_names)
    taken = {place for run, _text in changes for place in range(run.start, run.end)}
    words = [run for run in open_runs if run.end - run.start == 1 and run.start not in taken]
    changes += [(run, text) for run in words[:3] if (text := _word(run.text))]
    text = query.text
    for run, meant in changes:
        text = text.replace(run.text, meant, 1)
    return text if text != query.text else ""


def _runs(clauses: Sequence[Clause]) -> Iterator[_Run]:
    words = clauses[:_MOST_WORDS]
    for start in range(len(words)):
        texts: list[str] = []
        for clause in words[start : start + _LONGEST_RUN]:
            if not clause.is_plain:
                break
            texts.append(clause.terms[0].text)
            text = " ".join(texts)
            yield _Run(start, start + len(texts), text, name_key(text))


def _is_word(key: str) -> bool:
    """Whether it is an abbreviation; of Chinese characters, a word of the dictionary, if one is
    installed."""
    if abbreviates(key):
        return True
    glosses = installed_glosses() if is_unspaced(key) else None
    return glosses is not None and key in glosses


def _written_elsewhere(text: str) -> list[str]:
    """What a Chinese name may be called here that is written as in Taiwan or Hong Kong: OpenCC's
    phrases, and the names in English that the dictionary has for it."""
    whole = _converter("s2t").convert(text)
    found = [_converter(way).convert(whole) for way in ("tw2sp", "hk2sp")]
    if glosses := installed_glosses():
        found += glosses.names_for(fold(text))
    return [one for one in dict.fromkeys(found) if fold(one) != fold(text)]


def _by_spelling(
    elsewhere: Mapping[str, Sequence[str]], known: Mapping[str, Sequence[NamedEntity]]
) -> dict[str, str]:
    """By key of a run, the Chinese name of what other spellings of it name."""
    named = {
        key: [form for text in texts for one in known.get(name_key(text), ()) for form in one.forms]
        for key, texts in elsewhere.items()
    }
    # Of several forms the last is the entry's own name.
    chinese = {key: [*filter(is_unspaced, forms)][-1:] for key, forms in named.items()}
    return {key: forms[0] for key, forms in chinese.items() if forms}


def _by_beginning(runs: Iterable[_Run], *, is_alone: bool) -> dict[str, str]:
    """By key of a word of a few letters, the name that is suggested first while it is typed."""
    keys = {run.key for run in runs if run.end - run.start == 1 and 1 < len(run.key) <= _INITIALS}
    # Amid other words only initials are: *state* is the beginning of no name there, nor is *of*.
    longest = _INITIALS if is_alone else _INITIALS_AMID_OTHERS
    keys = {key for key in keys if english.stem(key) and len(key) <= longest}
    rows = NameHint.objects.filter(key__in=filter(str.isascii, keys), weight__gt=0)
    fields = [f"entity__{name}" for name in columns("name")]
    # Initials are of the name in the language that has no letters.
    found = [
        (len(text) == len(key), weight, key, text)
        for key, weight, *names in rows.values_list("key", "weight", *reversed(fields))
        if (text := next(filter(None, names), ""))
    ]
    # The last are those that are whole, and have the most stories.
    return {key: text for _is_whole, _weight, key, text in sorted(found)}


def _by_sound(runs: Iterable[_Run]) -> dict[str, str]:
    """By key of a run of Chinese characters, the name that sounds like it and is as long."""
    readings = {
        run.key: "".join(lazy_pinyin(run.key, errors="ignore"))
        for run in runs
        if is_unspaced(run.key) and 2 <= len(run.key) <= 8
    }
    named = look_up([[reading] for reading in readings.values()])
    return {
        key: text
        for key, reading in readings.items()
        for one in named.get(reading, ())
        for text in one.forms
        if is_unspaced(text) and len(text) == len(key) and "".join(lazy_pinyin(text)) == reading
    }


def _by_letters(runs: Iterable[_Run]) -> dict[str, str]:
    """By key of a run, the name that is a slip or two away."""
    by_slip: dict[str, set[str]] = defaultdict(set)
    for run in runs:
        for slip in slips(run.key):
            by_slip[slip].add(run.key)
    if not by_slip:
        return {}
    rows = NameSlip.objects.filter(slip__in=by_slip).values_list("entity", "slip")[:_MOST_NAMES]
    asked: dict[int, set[str]] = defaultdict(set)
    for entity, slip in rows:
        asked[entity] |= by_slip[slip]
    best: dict[str, tuple[tuple[int, int], str]] = {}
    names = SearchName.objects.filter(entity__in=asked).order_by("pk")
    fields = (
        "entity",
        "entity__kind",
        "key",
        "text",
        *(f"entity__{one}" for one in columns("name")),
    )
    found = list(names.values_list(*fields)) if asked else []
    # A person's surname by itself, too.
    found += [
        (entity, kind, surname_key(text), text.split()[-1], *called)
        for entity, kind, _key, text, *called in found
        if kind == "person" and surname_key(text)
    ]
    for entity, _kind, right, text, *called in found:
        for key in asked[entity]:
            slips_apart = _distance(key, right)
            # Of Chinese names that are as near, the one that sounds alike: 休士顿 is no 波士顿.
            far = (slips_apart, OSA.distance(_sound(key), _sound(right)))
            if slips_apart and (key not in best or far < best[key][0]):
                # Where the key is only a way to ask: the name in the script that was typed.
                best[key] = (far, text or called[is_unspaced(key)] or "")
    return {key: text for key, (_far, text) in best.items() if text}


def _sound(key: str) -> str:
    return "".join(lazy_pinyin(key)) if is_unspaced(key) else key


def _distance(typed: str, right: str) -> int:
    """How many slips apart; 0 for none, and for more than would be slips."""
    most = 2 if min(len(typed), len(right)) >= _LONG and not is_unspaced(typed) else 1
    far = OSA.distance(typed, right, score_cutoff=most)
    return far if far <= most else 0


def _word(text: str) -> str:
    """The word of a headline that a word is a slip away from; "" if it is one itself."""
    word = headline_text(text)
    if is_unspaced(word) or len(word) < _SHORTEST_WORD or not word.isalpha():
        return ""
    words = words_beginning(word[:3], _MOST_ROWS)
    if any(one.startswith(word) for one in words):
        return ""
    near = [(far, one) for one in sorted(words) if (far := _distance(word, one))]
    return min(near)[1] if near else ""


def _longest_first(runs: Sequence[_Run], right_names: dict[str, str]) -> list[tuple[_Run, str]]:
    changes: list[tuple[_Run, str]] = []
    taken: set[int] = set()
    for run in sorted(runs, key=lambda run: (run.start - run.end, run.start)):
        places = set(range(run.start, run.end))
        if run.key in right_names and taken.isdisjoint(places):
            changes.append((run, right_names[run.key]))
            taken |= places
    return changes
