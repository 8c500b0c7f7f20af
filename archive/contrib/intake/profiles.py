"""Profiles of sources: what an editor has said of a paper's files, applied to the next: pure.

A rule is a dict, so that it can be stored, shown and edited:

    {"line": 2, "is": "citation"}              the second line; -1 is the last
    {"words": "Share*", "is": "furniture"}     lines of these words; * stands for anything
    {"label": "Auteur", "is": "byline"}        what stands behind this label, in whatever line
    {"field": "publication", "value": "…"}     what such files are from

"is" names a kind of line (see `documents.LineKind`), or "citation": publication, date and page are
read from that line. Of a label it names a field of tables and records (`labels.names.FIELDS`), or
"other" for none of the story's.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, get_args

from archive.contrib.intake.documents import (
    DocumentLine,
    DocumentMetadata,
    LineKind,
    SourceDocument,
)
from archive.contrib.intake.labels.marks import read_mark
from archive.contrib.intake.labels.names import FIELDS as LABELLED
from archive.contrib.intake.labels.names import OTHER
from archive.contrib.intake.layout.citations import read_citation
from archive.contrib.intake.layout.lines import Line
from archive.contrib.intake.records import IntakeError
from archive.text.stored_messages import message as _

CITATION = "citation"
KINDS = (*get_args(LineKind), CITATION)
FIELDS = ("publication", "section", "language", "rights")
# Where a paper names itself.
_EDGE_LINES = 5
_ANYTHING = "*"
# What the review calls otherwise than tables and records do.
_LABELLED_AS = {"published": "date", "paragraph": "body", "furniture": OTHER}
Rule = Mapping[str, Any]


@dataclass(frozen=True)
class Fit:
    """Which files a profile is for: all that is given must fit; nothing given fits none."""

    file_pattern: str = ""
    publication: str = ""
    first_lines: str = ""

    def fits(self, document: SourceDocument, name: str) -> bool:
        base = name.replace("\\", "/").rpartition("/")[2]
        first = [line.text for line in document.lines[:_EDGE_LINES]]
        last = [line.text for line in document.lines[-_EDGE_LINES:]]
        paper = f"*{self.publication}*"
        named = [document.metadata.publication, *first, *last]
        asked = [
            (self.file_pattern, matches(self.file_pattern, base)),
            (self.publication, any(matches(paper, text) for text in named)),
            (self.first_lines, any(matches(self.first_lines, text) for text in first)),
        ]
        answers = [answer for given, answer in asked if given]
        return bool(answers) and all(answers)


def matches(pattern: str, text: str) -> bool:
    """Whether the text is the pattern, in which * stands for anything; case doesn't count.

    In time that grows with the text alone.
    """
    text = " ".join(text.casefold().split())
    first, *rest = (" ".join(part.split()) for part in pattern.casefold().split(_ANYTHING))
    if not rest:
        return text == first
    *middle, last = rest
    if not text.startswith(first) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return text.endswith(last)


def check_rules(rules: Any) -> None:
    """Raises IntakeError, with the rule, for what is no list of rules."""
    if not isinstance(rules, list):
        raise IntakeError(_("the rules must be a list"))
    for rule in rules:
        if not (isinstance(rule, dict) and _is_rule(rule)):
            raise IntakeError(_("this is no rule: %(rule)s") % {"rule": rule})


def _is_rule(rule: Rule) -> bool:
    if "field" in rule:
        return rule["field"] in FIELDS and bool(str(rule.get("value") or "").strip())
    if "label" in rule:
        is_label = isinstance(rule["label"], str) and bool(rule["label"].strip())
        return is_label and rule.get("is") in (*LABELLED, OTHER)
    is_line = type(rule.get("line")) is int and rule["line"] != 0
    has_words = isinstance(rule.get("words"), str) and bool(rule["words"].strip(" *"))
    return rule.get("is") in KINDS and is_line != has_words


def apply_rules(document: SourceDocument, rules: Iterable[Rule]) -> SourceDocument:
    """The document as the rules, in their order, have it; its text stays."""
    lines, metadata = list(document.lines), document.metadata
    for rule in rules:
        if "field" in rule:
            said: dict[str, Any] = {rule["field"]: str(rule["value"])}
            metadata = replace(metadata, **said)
            continue
        if "label" in rule:
            lines = [_labelled(line, rule) for line in lines]
            continue
        for at in _places(rule, lines):
            kind = rule["is"]
            if kind == CITATION:
                cited = _cited(metadata, lines[at].text)
                # A line that cites nothing stays what it is.
                kind = lines[at].kind if cited == metadata else "furniture"
                metadata = cited
            lines[at] = replace(lines[at], kind=kind)
    return replace(document, lines=tuple(lines), metadata=metadata)


def _labelled(line: DocumentLine, rule: Rule) -> DocumentLine:
    """A line that begins with the rule's label as one that is called by the field's own name."""
    mark = read_mark(0, line)
    if mark is None or mark.key != _key(rule["label"]):
        return line
    if rule["is"] == OTHER:
        return replace(line, label=OTHER)
    text = line.text[mark.value : mark.end].strip()
    is_exact = line.span[1] - line.span[0] == len(line.text)
    start = line.span[0] + line.text.index(text, mark.value) if is_exact else line.span[0]
    span = (start, start + len(text)) if is_exact else line.span
    return replace(line, text=text, span=span, markup="", label=rule["is"])


def _key(label: str) -> str:
    return " ".join(label.casefold().split())


def label_of_line(text: str) -> tuple[str, int]:
    """The label with which a line begins, as it is printed, and where its value begins; "" for
    none."""
    mark = read_mark(0, DocumentLine(text, (0, len(text))))
    return (mark.label, mark.value) if mark else ("", 0)


def _cited(metadata: DocumentMetadata, text: str) -> DocumentMetadata:
    """With what the line says of the printing; it stays as it is where that can't be read."""
    citation = read_citation(Line(1, text))
    if citation is None:
        return metadata
    said: dict[str, Any] = {
        "publication": citation.publication or citation.source,
        "page": citation.page,
        "section": citation.section,
    }
    for stamp in citation.stamps:
        if stamp.day and "published" not in said:
            said["published"] = datetime.combine(stamp.day, stamp.at or time())
            said["has_time"] = stamp.at is not None
    return replace(metadata, **{name: value for name, value in said.items() if value is not None})


def _places(rule: Rule, lines: list[DocumentLine]) -> Iterator[int]:
    if "words" in rule:
        yield from (at for at, line in enumerate(lines) if matches(rule["words"], line.text))
        return
    number = rule["line"]
    at = number - 1 if number > 0 else len(lines) + number
    if 0 <= at < len(lines):
        yield at


def propose(corrections: Iterable[Rule]) -> list[dict[str, Any]]:
    """The rules that a person's corrections of one story suggest, for that person to choose from.

    A correction is {"field", "value"}, or {"line", "words", "is"}; with a "label" where the words
    stand behind one: whatever stands there in the next file is of the same field.
    """
    proposed: list[dict[str, Any]] = []
    for one in corrections:
        kind = str(one.get("is") or one.get("field"))
        if one.get("label") and _LABELLED_AS.get(kind, kind) in (*LABELLED, OTHER):
            proposed.append({"label": one["label"], "is": _LABELLED_AS.get(kind, kind)})
        elif one.get("field") in FIELDS:
            proposed.append({"field": one["field"], "value": one.get("value")})
        elif one.get("is") == "furniture" and one.get("words"):
            proposed.append({"words": one["words"], "is": "furniture"})
        elif one.get("is") in KINDS and one.get("line"):
            proposed.append({"line": one["line"], "is": one["is"]})
    valid = [rule for rule in proposed if _is_rule(rule)]
    return [rule for at, rule in enumerate(valid) if rule not in valid[:at]]
