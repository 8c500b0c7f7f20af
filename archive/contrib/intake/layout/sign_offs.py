"""What ends the last paragraph and isn't its text: end marks, sign-offs, a line on the author."""

import re

from archive.contrib.intake.layout import bylines, chinese
from archive.contrib.intake.layout.bylines import Signature
from archive.contrib.intake.layout.forms import StoryLine
from archive.contrib.intake.layout.furniture import split_end_mark
from archive.contrib.intake.layout.letters import is_closing
from archive.contrib.intake.layout.lines import (
    Line,
    ends_sentence,
    fold,
    is_chinese,
    is_sentence,
    trim,
)
from archive.contrib.intake.records import REPORTER, ParsedByline

_BIO_EN = re.compile(
    r"(?:The (?:author|writer) (?:is|was|teaches|works)|(?:The (?:author|writer), )?"
    r"(?P<name>[A-Z][\w.’'-]+(?: "
    r"[A-Z][\w.’'-]+){1,3})(?:,| (?:is|was|teaches|works|writes|has|lives|covers)) )"
)
_VIEWS = re.compile(
    r"[(\[]?(?:The )?(?:author|writer) is an? |[(\[]?(?:The )?(?:views|opinions) (?:expressed"
    r"|don|do |here|in this)"
    r"|(?:本文|文章)仅?(?:代表|系)作者"
    r"|[(\[]?(?:(?:this|the) )?(?:interview|conversation|transcript) (?:(?:has been|was|is) )?"
    r"(?:lightly |condensed and )?edited",
    re.IGNORECASE,
)
# "Correction: An earlier version …", also on a line of its own above the note.
_CORRECTION = re.compile(
    r"[(\[【]?\s?(?:corrections?(?: and clarifications?)?|clarifications?|更正(?:启事|说明)?|勘误)"
    r"\s?(?:[:：\])】]|$)\s*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[a-z\"”)][.!?”\"])\s+(?=[A-Z])")
# A longer line is no name and no place.
_LONGEST_END = 80
_SERIAL = re.compile(r"(?<=[)）】\]。])\s*\d{6,8}$")


def take_closing_words(items: list[StoryLine]) -> None:
    """What ends the last paragraph and isn't its text: end marks, sign-offs, a closing bio."""
    _take_corrections(items)
    _leave_signature(items)
    paragraphs = _last_sentences(items)
    # Briefs: each has its own author behind it.
    briefs = [n for n in paragraphs if (split := sign_off(items[n].line.text)) and split[2]]
    for at in briefs if len(briefs) > 1 else ():
        _trim_last(items[at])
    signed = _signed(items)
    for _paragraph in range(min(2, len(paragraphs) - 1)):
        item = items[paragraphs[-1]]
        name = _bio(item.line)
        if name == "" or (name and name.casefold() in signed):
            item.put("unplaced", 0.8)
            paragraphs.pop()
            continue
        if name is None or signed:
            break
        people = tuple(ParsedByline(one, REPORTER) for one in _authors(item.line.text, name))
        item.signature, item.form = Signature(people), "signature"
        item.left = [item.line.text]
        item.put("byline", 0.75)
        paragraphs.pop()
        break
    paragraphs = [n for n in paragraphs if items[n].role == "paragraph"]
    if paragraphs:
        _trim_last(items[paragraphs[-1]])


def _leave_signature(items: list[StoryLine]) -> None:
    """A letter's end: below "I am, &c.," stand who wrote it, and where and when, but no text."""
    at = next((n for n, item in enumerate(items) if is_closing(item.line.text)), len(items))
    below = [item for item in items[at:] if item.role in ("paragraph", "subhead", "unplaced", "")]
    if not any(item.role == "paragraph" for item in items[:at]):
        return
    told = [item for item in below if item.role in ("paragraph", "subhead")]
    if any(item.line.size > _LONGEST_END for item in told):
        return  # An answer, or another letter, stands below it.
    for item in told:
        item.put("unplaced", 0.8)
    if not any(item.role == "byline" or item.form == "signature" for item in items):
        _sign(below[1:2])


def _sign(lines: list[StoryLine]) -> None:
    for item in lines:
        people = bylines.bare_names(item.line.text.rstrip("."))
        if people and item.form in ("open", "prose"):
            item.form, item.signature = "signature", Signature(people)
            item.put("byline", 0.8)


def correction_label(text: str) -> int:
    """How many characters of a line say that it corrects a printed story; 0 for another."""
    match = _CORRECTION.match(fold(text))
    return match.end() if match else 0


def _take_corrections(items: list[StoryLine]) -> None:
    """A note that says itself that it corrects the story stands where it is printed."""
    told = {at for at, item in enumerate(items) if item.role in ("standfirst", "paragraph")}
    for at, item in enumerate(items):
        text = item.line.text
        label = correction_label(text) if item.role != "headline" else 0
        if not label or told <= {at, at + 1}:
            continue
        if label < len(text):
            note, item.label = item, label
        elif at + 1 < len(items) and is_sentence(items[at + 1].line.text):
            note = items[at + 1]
            item.form, item.furniture, item.role = "furniture", "navigation", ""
            item.caption = item.citation = item.signature = None
        else:
            continue
        note.form, note.caption, note.citation, note.signature = "correction", None, None, None
        note.put("", 0.95)


def _signed(items: list[StoryLine]) -> set[str]:
    """Whoever signs the story already, without regard to case."""
    return {
        byline.name.casefold()
        for item in items
        for byline in (
            *(item.signature.bylines if item.signature else ()),
            *(item.citation.signatures if item.citation else ()),
        )
    }


def _last_sentences(items: list[StoryLine]) -> list[int]:
    """The paragraphs, and what the labels take for a byline below: a sentence on the author."""
    found = [n for n, item in enumerate(items) if item.role == "paragraph"]
    rest = enumerate(items[found[-1] + 1 :], start=found[-1] + 1) if found else ()
    return found + [n for n, item in rest if item.form == "prose" and item.seems("byline")][:1]


def _bio(line: Line) -> str | None:
    """The author whom a last paragraph tells about: "" without a name, None if it doesn't."""
    text = line.text
    if _VIEWS.match(text):
        return ""
    if line.is_chinese:
        if not re.match(r"[(（【]?(?:本文)?作者(?!说|表示|认为|们)", fold(text)):
            return None
        is_told = re.match(
            r"[(（【]?(?:本文)?作者(?:[系为為]|[简簡]介|介[绍紹])|[(（](?:本文)?作者是", fold(text)
        )
        return chinese.closing_author(text) or ("" if is_told else None)
    match = _BIO_EN.match(text) if line.size < 400 else None
    if match is None or match["name"] is None:
        return None
    words = (
        r"\b(?:author|writes|writer|teaches|professor|fellow|researcher|columnist|journalist"
        r"|director of|editor|writing a book|opinion|views)\b"
    )
    return match["name"] if re.search(words, text) and bylines.bare_names(match["name"]) else None


def _authors(text: str, name: str) -> list[str]:
    """The name, and those that further sentences tell about in the same way."""
    told = [_bio(Line(0, part)) for part in _SENTENCE.split(text)[1:]] if name else []
    return list(dict.fromkeys(one for one in (name, *told) if one))


def _trim_last(item: StoryLine) -> None:
    """Cuts end marks, serial numbers and names in brackets off the last paragraph."""
    for _time in range(4):
        text = item.line.text
        if serial := _SERIAL.search(text):
            item.left.append(trim(serial[0]))
            item.line = item.line.part(0, serial.start())
            continue
        before, mark = split_end_mark(text)
        if mark and before:
            item.left.append(mark)
            item.line = item.line.part(0, len(before))
        elif split := sign_off(text):
            at, inside, signature = split
            if signature:
                item.signature, item.signed_at = signature, item.line.part(at).span
            else:
                item.left.append(inside)
            item.line = item.line.part(0, at)
        else:
            return


def _names_in(inside: str) -> tuple[ParsedByline, ...]:
    return bylines.bare_names(inside) or chinese.names_of_unit(inside)


def sign_off(text: str) -> tuple[int, str, Signature | None] | None:
    """The names in brackets that end a text: where, the words, and who signs (None: editors)."""
    folded = fold(text)
    close = folded[-1:]
    start = folded.rfind({")": "(", "】": "【", "]": "["}.get(close, "\0"))
    if start <= 0 or not ends_sentence(text[:start].rstrip()):
        return None
    inside = text[start + 1 : -1]
    if bylines.desk_editors(inside):
        return start, text[start:], None
    signature = bylines.sign(inside)
    people = bylines.agencies(inside) or (_names_in(inside) if is_chinese(inside) else ())
    if signature is None and people:
        signature = Signature(people)
    return (start, inside, signature) if signature else None
