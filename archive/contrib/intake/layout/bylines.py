"""Who signs a story, and where it was written: each line by its own language's forms.

"By Li Na in Zhanjiang", "本报记者 李娜", "ZHANJIANG, Guangdong - …", "本报湛江9月22日电 …".
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.contrib.intake.layout import chinese, english
from archive.contrib.intake.layout.lines import fold, is_chinese, trim, unbracketed
from archive.contrib.intake.outlets import (
    is_masthead,
    looks_like_paper,
    remembered_by_papers,
)
from archive.contrib.intake.records import ParsedByline

_LONGEST = 400
# Several steps ask of the same line; it halves the time of a story.
_REMEMBERED = 1024
_WORDS = re.compile(r"[^\s,，()（）\[\]/|;·.]+")
# Not the first one, nor a label: "Photos:", "Text by".
_OTHER_WORDS = re.compile(
    r"(?<=[\s,，()（）\[\]/|;·])(?![^\s:：]+\s?(?:[:：]|[Bb][Yy]\b))[^\s,，()（）\[\]/|;·]+"
)
_CONNECTING = ("AND", "BY", "IN", "And", "By", "In")
# What a line that surely is a byline is cut at, and what its pieces may be.
_PARTS = re.compile(r"\s*[|｜丨]\s*|\s+[-–—/／·•∙]+\s+|\s{2,}|\u3000+")
_SLASHED = re.compile(r"\s*[/／]\s*")
_BY = re.compile(r"(?:by[:\s]|from\s)\s*", re.IGNORECASE)
_PLACE = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}")
_LONGEST_LABELLED, _LONGEST_PAPER = 160, 40


@dataclass(frozen=True)
class Signature:
    """Who signs, and the paper that the line names for them, if any."""

    bylines: tuple[ParsedByline, ...]
    publication: str | None = None


@remembered_by_papers(maxsize=_REMEMBERED)
def sign(text: str) -> Signature | None:
    """A byline that says so itself: "By Li Na in Zhanjiang", "本报记者 李娜"."""
    if len(text) > _LONGEST:
        return None
    found = chinese.sign(text) if is_chinese(text) else english.sign(text)
    return Signature(*found) if found else None


@lru_cache(maxsize=_REMEMBERED)
def agencies(text: str) -> tuple[ParsedByline, ...]:
    """The agencies when the line names nothing else: "Xinhua", "新华社"."""
    if len(text) > _LONGEST:
        return ()
    return chinese.agencies(text) if is_chinese(text) else english.agencies(text)


def bare_names(text: str) -> tuple[ParsedByline, ...]:
    """Names and nothing else: "LI NA in Beijing", "王伟 李娜". Only the place makes it a byline."""
    if len(text) > _LONGEST:
        return ()
    return chinese.bare_names(text) if is_chinese(text) else english.bare_names(text)


@lru_cache(maxsize=_REMEMBERED)
def desk_editors(text: str) -> str:
    """The line if it names who edited or proofread the page: no authors; "" for another."""
    folded = fold(text).strip("()[]【】 .。")
    return (
        text
        if len(text) <= 240 and (chinese.DESK.fullmatch(folded) or english.DESK.fullmatch(folded))
        else ""
    )


def helped(text: str) -> tuple[ParsedByline, ...]:
    """Who "additional reporting" is by, in the line that names the desk."""
    return english.helped(text) if len(text) <= _LONGEST else ()


def says_more(text: str, signature: Signature) -> bool:
    """Whether a byline has other names than those that were read, or figures: a degree, a post.

    Its words in small letters, and those before a colon or "by", only say that it signs.
    """
    told = [text for one in signature.bylines for text in (one.name, one.place or "")]
    said = set(_WORDS.findall(" ".join([*told, signature.publication or ""]).casefold()))
    rest = [word for word in _OTHER_WORDS.findall(text) if word.casefold().strip(".") not in said]
    return any(
        any(map(str.isdigit, word)) or (word[:1].isupper() and word not in _CONNECTING)
        for word in rest
    )


def says_post(text: str, signature: Signature) -> bool:
    """Whether a byline's other words, if any, only say as what somebody signs, or for whom."""
    rest = re.sub(rf"^{_BY.pattern}", "", text, flags=re.IGNORECASE)
    for one in signature.bylines:
        rest = rest.replace(one.name, "").replace(one.place or one.name, "")
    return not says_more(text, signature) or english.is_post(rest.strip(" ,-–—|/"))


def sign_labelled(text: str, *, is_below: bool = False) -> tuple[Signature, list[str]]:
    """Who signs with a line that surely is a byline, and its words that say something else.

    Below a text, a letter's above all, a word behind the only comma is where the writer lives;
    what may be a second name as well as a place is read as neither.
    """
    text = unbracketed(text)
    if is_below and text.count(",") == 1 and (writer := _with_tail(text)):
        return Signature(()) if bare_names(text.rpartition(", ")[2]) else writer, []
    if len(text) > _LONGEST_LABELLED or set("。！？") & set(text):
        return Signature(()), []
    who, *tail = _SLASHED.split(text)
    if len(tail) == 1 and looks_like_paper(tail[0]) and (names := bare_names(who)):
        senders = () if is_masthead(tail[0]) else agencies(tail[0])
        return Signature((*names, *senders), None if senders else tail[0]), []
    if not looks_like_paper(_PARTS.split(text)[-1]) and (names := bare_names(text)):
        return Signature(names), []
    parts = [trim(part) for part in _PARTS.split(text) if trim(part)]
    signed = [(part, one) for part in parts if (one := sign(part))]
    named = [part for part in parts if _BY.match(part)]
    named = named or [part for part in parts if not looks_like_paper(part)]
    signed = signed or [(part, one) for part in named if (one := _names(part))]
    people = [person for _part, one in signed for person in one.bylines]
    paper = next((one.publication for _part, one in signed if one.publication), None)
    left = [part for part in parts if part not in [whole for whole, _one in signed]]
    return Signature(tuple(people), paper), left if people else []


def _names(part: str) -> Signature | None:
    """Names without any word that says so, and a paper or a place behind a comma."""
    bare = _BY.sub("", part, count=1) if _BY.match(part) else part
    if people := bare_names(bare):
        return Signature(people)
    return _with_tail(bare)


def _with_tail(text: str) -> Signature | None:
    """Names, and a paper, a post or a place behind the comma."""
    names, _comma, tail = text.rpartition(", ")
    people = bare_names(names) if names else ()
    if not people or len(tail) > _LONGEST_PAPER:
        return None
    if looks_like_paper(tail):
        return Signature(people, tail)
    is_place = _PLACE.fullmatch(tail) and not english.is_post(tail)
    return Signature(tuple(_from(person, tail) for person in people) if is_place else people)


def _from(person: ParsedByline, place: str) -> ParsedByline:
    return ParsedByline(person.name, person.role, person.place or place)
