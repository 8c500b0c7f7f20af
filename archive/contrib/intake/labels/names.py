"""What a label names: "Title of newspaper", "版　　次", "Headline / 标题", "HD".

The table is `data/labels.txt`; a site adds to it by ARCHIVE_INTAKE_LABELS.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from archive.contrib.intake.conf import settings
from archive.contrib.intake.word_lists import read_lists
from archive.text.language import CHINESE, ENGLISH
from archive.text.normalisation import to_simplified
from archive.text.scripts import HAN

# Labels that name none of a story's fields; words behind the second wait for a person, the third
# is the archive's own on its copy.
OTHER, WAITING, NOTES = "other", "waiting", "notes"
_LISTS = read_lists("labels.txt")
_SETS = (
    "of databases",
    "issues",
    "sure codes",
    "alone",
    "qualifiers",
    "heads",
    "pictures",
    "empty",
    "language en",
    "language zh",
)
_BESIDE = (OTHER, WAITING, NOTES)
FIELDS = tuple(name for name in _LISTS if " " not in name and name not in (*_BESIDE, *_SETS))
_MARKS = re.compile(r"[\W_]+")
_WORD = re.compile(rf"[{HAN}]+|[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_PARTED = re.compile(
    rf"\s*[/／|｜()（）\[\]&]\s*|(?<=[{HAN}])\s*[-–—]?\s*(?=[A-Za-z])|(?<=[A-Za-z.])\s*[-–—]?\s*(?=[{HAN}])"
)
_LONGEST = 60
_SHORTEST_ABBREVIATION = 4
# So many words around a Chinese label say nothing of it: 所在版面, 文章标题名称.
_MOST_QUALIFIERS = 2


@dataclass(frozen=True)
class LabelName:
    """A known label: one of FIELDS, OTHER, WAITING or NOTES; in which language the field then is,
    and as what a byline's people sign, where the label says so."""

    field: str
    language: str = ""
    role: str = ""
    # How much another label of its field would be preferred: its place in the table.
    rank: int = 0


def _fold(text: str) -> str:
    return to_simplified(_MARKS.sub("", text).casefold())


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(map(_fold, _LISTS[name]))


@cache
def _names() -> dict[str, LabelName]:
    found: dict[str, LabelName] = {}
    for section, labels in _LISTS.items():
        field, _space, role = section.partition(" ")
        if field in (*FIELDS, *_BESIDE):
            for rank, label in enumerate(labels):
                found.setdefault(_fold(label), LabelName(field, role=role, rank=rank))
    site = {_fold(label): LabelName(field) for label, field in settings.INTAKE_LABELS.items()}
    return {**found, **site}


@cache
def _codes() -> dict[str, LabelName]:
    return {
        code: LabelName(section.removeprefix("codes "))
        for section, codes in _LISTS.items()
        if section.startswith("codes ")
        for code in codes
    }


def read_code(code: str) -> LabelName | None:
    """What a database's code of two letters or three names: "HD", "%T"."""
    return _codes().get(code)


def is_sure_code(code: str) -> bool:
    """Whether a code is no word that a sentence could begin with."""
    return code in _LISTS["sure codes"]


def stands_alone(label: str) -> bool:
    """Whether a label is one without others beside it, too."""
    return _fold(label) in _words("alone")


def is_of_databases(label: str) -> bool:
    """Whether in a database's record it is no field of the print: its own summary, a subject's
    place."""
    parts = [part for part in _PARTED.split(label) if part.strip()]
    return any(_fold(part) in _words("of databases") for part in (label, *parts))


def names_issue(label: str) -> bool:
    """Whether it names the issue of a paper: by its number, or by its day."""
    return _fold(label) in _words("issues")


def is_empty(value: str) -> bool:
    """Whether a value says that there is none: "None available.", （无）."""
    return _fold(value) in _words("empty") or not any(map(str.isalnum, value))


def language_of(value: str) -> str:
    """The language that a value of few letters names: "EN", "中"; or ""."""
    folded = _fold(value)
    return next(
        (
            language
            for language, name in ((ENGLISH, "language en"), (CHINESE, "language zh"))
            if folded in _words(name)
        ),
        "",
    )


def field_of(label: str) -> str:
    """The field that a column's name or a line's label is, or one of OTHER, WAITING and NOTES; ""
    for none."""
    name = read_label(label)
    return name.field if name else ""


@lru_cache(maxsize=4096)
def read_label(label: str) -> LabelName | None:
    """What a label names, by all of it, by its parts or without the words that say nothing."""
    if not label or len(label) > _LONGEST:
        return None
    if found := _names().get(_fold(label)):
        return found
    parts = [part for part in _PARTED.split(label) if part.strip()]
    if len(parts) > 1:
        return _of_parts(parts)
    return _qualified(label)


def _of_parts(parts: list[str]) -> LabelName | None:
    """ "Headline / 标题", "标题（英）", "Section/Page": the first part that is known decides."""
    language = next(filter(None, map(language_of, parts)), "")
    named = [found for part in parts if not language_of(part) and (found := read_label(part))]
    named.sort(key=lambda found: found.field in _BESIDE)
    if not named:
        return None
    return replace(named[0], language=language or named[0].language)


def _qualified(label: str) -> LabelName | None:
    """ "Date of issue", "English headline", "文章标题": a known label with words around it."""
    words = [_fold(word) for word in _ordered(label)]
    if len(words) == 1 and not words[0].isascii():
        return _qualified_chinese(words[0])
    shown = _words("pictures")
    if not shown.isdisjoint(words) and not shown.issuperset(words):
        return _of_picture(" ".join(word for word in words if word not in shown))
    language = next(filter(None, map(language_of, words)), "")
    rest = [word for word in words if not language_of(word)]
    bare = [word for word in rest if word not in _words("qualifiers")]
    for kept in (rest, bare):
        if kept and (found := _names().get("".join(kept))):
            return replace(found, language=language or found.language)
    if len(bare) == 1 and (field := _abbreviated(bare[0])):
        return LabelName(field, language)
    if len(bare) == 1 and bare[0][-1:] == "s" and (found := _names().get(bare[0][:-1])):
        return replace(found, language=language or found.language)
    if rest and len(rest) > 1 and rest[-1] in _words("heads"):
        found = _names().get(rest[-1])
        return replace(found, language=language) if found else None
    return None


# What a label means of a picture that means so of a story.
_OF_PICTURES = {
    **dict.fromkeys(("headline", "standfirst", "body", "caption", NOTES), "caption"),
    **dict.fromkeys(("byline", "publication", "credit", "rights"), "credit"),
    **dict.fromkeys(("url", "image"), "image"),
    "alt_text": "alt_text",
}


def _of_picture(rest: str) -> LabelName | None:
    """ "pic_desc", "图片作者": what the words beside a picture's say of it."""
    found = read_label(rest)
    field = _OF_PICTURES.get(found.field) if found else None
    return LabelName(field) if field else None


@cache
def _abbreviated(word: str) -> str:
    """The one field of which every label that begins so is: "Sect", "Publ"; "" for none."""
    fields = {
        found.field for name, found in _names().items() if name.startswith(word) and name.isascii()
    }
    is_one = len(fields) == 1 and fields <= set(FIELDS) and len(word) >= _SHORTEST_ABBREVIATION
    return fields.pop() if is_one else ""


def _ordered(label: str) -> Iterator[str]:
    """A label's words; "date of publication" is the publication date."""
    words = _WORD.findall(label)
    at = next((n for n, word in enumerate(words) if word.casefold() == "of"), len(words))
    yield from words[at + 1 :]
    yield from words[:at]


def _qualified_chinese(label: str) -> LabelName | None:
    """ "英文标题", "文章作者", "报纸标题": what stands before or behind a known label."""
    if found := _names().get(label):
        return found
    for word in _chinese("pictures"):
        if label.startswith(word) and (found := _of_picture(label.removeprefix(word))):
            return found
    for word in _chinese("language zh", "language en"):
        if len(word) > 1 and label.startswith(word):
            found = _qualified_chinese(label.removeprefix(word))
            return replace(found, language=language_of(word)) if found else None
    rests = [label]
    for _time in range(_MOST_QUALIFIERS):
        rests = [rest for one in rests for rest in _without_qualifier(one)]
        if found := next(filter(None, map(_names().get, rests)), None):
            return found
    head = next((one for one in _chinese("heads") if label.endswith(one)), "")
    return _names().get(head)


def _without_qualifier(label: str) -> Iterator[str]:
    for word in _chinese("qualifiers"):
        for rest in (label.removeprefix(word), label.removesuffix(word)):
            if rest and rest != label:
                yield rest


@cache
def _chinese(*names: str) -> list[str]:
    """The Chinese words of some lists, the longest first."""
    words = {word for name in names for word in _words(name) if not word.isascii()}
    return sorted(words, key=len, reverse=True)
