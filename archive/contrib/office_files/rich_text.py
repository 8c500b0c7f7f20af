"""A word processor's document: its lines, and the runs of a paragraph as inline HTML."""

import html
import re
from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain, groupby
from typing import Literal

from archive.contrib.intake.document_builder import margin_notes
from archive.contrib.intake.documents import (
    DocumentLine,
    DocumentMetadata,
    LineKind,
    SourceDocument,
    from_lines,
    parted,
)
from archive.contrib.intake.formats.story_texts import story_texts
from archive.contrib.intake.labels.marks import is_record
from archive.contrib.intake.layout.citations import read_citation
from archive.contrib.intake.layout.lines import Line, ends_sentence, is_chinese
from archive.contrib.intake.markup_lines import MarkupLines, is_running
from archive.contrib.intake.records import IntakeError
from archive.text.markup.blocks import struck_note
from archive.text.markup.inline_markup import BREAK, are_paragraphs, escaped
from archive.text.punctuation import joined
from archive.text.stored_messages import message as _
from archive.text.superscripts import Position, placed

# A page's frame rather than a table: cells of so many paragraphs.
_LAYOUT_CELL = 3
_PARTED = re.compile("[,;，；]")
_SAFE = ("http://", "https://", "mailto:", "tel:")


@dataclass
class DocumentLines(MarkupLines):
    """The lines of a document with its pictures, and what is to be said of it, each once."""

    # Words that are struck out: no part of the text.
    struck: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    # What people have written in the margin.
    comments: list[str] = field(default_factory=list)
    # The paragraphs of several lines: their first line, and the one behind their last.
    broken: list[tuple[int, int]] = field(default_factory=list, repr=False)
    # The lines above which a paragraph is empty.
    parted: set[int] = field(default_factory=set, repr=False)

    def add_paragraph(
        self,
        kind: LineKind,
        runs: Iterable["TextRun"],
        *,
        group: str = "",
        is_numbered: bool = False,
    ) -> None:
        """A line for each that the paragraph is broken into."""
        before = len(self.lines)
        for line in rich_lines(self._without_struck(runs)):
            # A heading is bold by its style; that is no emphasis within it.
            markup = "" if kind in ("headline", "subhead") else line.markup
            self.add(kind, line.text, markup=markup, group=group, is_numbered=is_numbered)
        if len(self.lines) == before:
            self.parted.add(before)
        if kind == "text" and len(self.lines) - before > 1:
            self.broken.append((before, len(self.lines)))

    def add_record_row(
        self, label: str, paragraphs: Iterable[Iterable["TextRun"]], *, is_first: bool
    ) -> None:
        """A row that says in its first cell what the second is; the words of a line below each
        other are paragraphs."""
        gap = int(is_first and bool(self.lines))
        for line in chain.from_iterable(
            rich_lines(self._without_struck(one)) for one in paragraphs
        ):
            told = DocumentLine(line.text, (0, 0), markup=line.markup, gap=gap, label=label)
            self.lines.append(told)
            label, gap = "", 0

    def words_of(self, runs: Iterable["TextRun"]) -> str:
        """The words as plain text, white space folded."""
        return " ".join("".join(run.text for run in self._without_struck(runs)).split())

    def _without_struck(self, runs: Iterable["TextRun"]) -> list["TextRun"]:
        kept: list[TextRun] = []
        said = (run for run in runs if run.text)
        for is_struck, alike in groupby(said, lambda run: run.is_struck):
            if not is_struck:
                kept += alike
            elif words := " ".join("".join(run.text for run in alike).split()):
                self.struck.append(words)
        return kept

    def note_object(self) -> None:
        """Of another program's document, a chart or a diagram."""
        self.note(_("An embedded object, such as a chart or a sheet, was left out."))

    def _join_broken(self) -> None:
        """Short lines of one paragraph amid the running text, as of a poem, are one paragraph.

        Above and below it, and where most lines are long, a line is what a paragraph is elsewhere.
        """
        long = [at for at, line in enumerate(self.lines) if is_running(line)]
        gone: set[int] = set()
        for first, last in self.broken:
            lines = self.lines[first:last]
            is_amid = bool(long) and long[0] < first and last <= long[-1]
            if not is_amid or are_paragraphs([line.text for line in lines]):
                continue
            text = " ".join(line.text for line in lines)
            markup = BREAK.join(line.markup or escaped(line.text) for line in lines)
            self.lines[first] = replace(lines[0], text=text, kind="paragraph", markup=markup)
            gone.update(range(first + 1, last))
        self.images = [
            replace(one, after=one.after - sum(at < one.after for at in gone))
            for one in self.images
        ]
        self.parted = {at - sum(one < at for one in gone) for at in self.parted}
        self.lines = [line for at, line in enumerate(self.lines) if at not in gone]
        self.broken = []

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def note_picture(self, name: str, alt_text: str = "") -> None:
        """Of one whose kind no browser shows; what describes it waits for a person."""
        self.add("unplaced", alt_text)
        reason = _("A picture of a kind that can't be shown was left out: %(name)s")
        self.note(reason % {"name": name})

    def add_margins(self, texts: Iterable[str]) -> None:
        """Running heads and feet may hold the paper's name and date; page numbers don't.

        A sentence of theirs is none of the text's paragraphs, and waits for a person.
        """
        seen = {line.text for line in self.lines}
        for text in dict.fromkeys(texts):
            is_said = ends_sentence(text) and not read_citation(Line(0, text))
            kind: LineKind = "unplaced" if is_said else "text"
            if text not in seen:
                self.add(kind if any(map(str.isalpha, text)) else "furniture", text)

    def document(self, metadata: DocumentMetadata) -> SourceDocument:
        """Raises IntakeError where there are no words."""
        if not self.lines:
            raise IntakeError(_("the document holds no words; is the story a picture in it?"))
        self._join_broken()
        if self.struck:
            self.note(struck_note(self.struck))
        if hidden := joined(filter(None, (" ".join(one.split()) for one in self.hidden))):
            self.note(_("Hidden text was left out: %(words)s") % {"words": hidden})
        metadata = replace(metadata, editor_notes=margin_notes(self.comments))
        text, lines = from_lines(self.lines)
        return SourceDocument(text, lines, metadata, tuple(self.images), tuple(self.notes))

    def documents(self, metadata: DocumentMetadata) -> Iterator[SourceDocument]:
        """The document, or one for each story, where a plain text of its lines is surely several.

        Empty paragraphs are the blank lines of that text.
        """
        whole = self.document(metadata)
        printed = [
            "\n" * (at in self.parted) + f"{line.text}\n" for at, line in enumerate(self.lines)
        ]
        ends = [*accumulate(map(len, story_texts("".join(printed))))]
        places = [bisect(ends, end - 1) for end in accumulate(map(len, printed))]
        if len(ends) < 2:
            yield whole
            return
        yield from parted(whole, [bisect_left(places, number) for number in range(1, len(ends))])


TableKind = Literal["frame", "record", "languages", "cells"]


def table_kind(rows: Sequence[Sequence[Sequence[str]]]) -> TableKind:
    """What a table is, by the paragraphs of each row's cells.

    "frame" only lays the page out; of a "record" each row says in its first cell what the second
    is; "languages" has a text in each of two columns.
    """
    pairs = [("".join(row[0]), "".join(row[1])) for row in rows if len(row) == 2]
    if len(pairs) == len(rows) and len(rows) > 1:
        if is_record([label for label, _value in pairs]):
            return "record"
        told = [(is_chinese(one), is_chinese(other)) for one, other in pairs if one and other]
        if len(told) > 2 and (len(set(told)) == 1 and told[0][0] != told[0][1]):
            return "languages"
    widest = max((len(row) for row in rows), default=0)
    is_long = any(len(cell) >= _LAYOUT_CELL for row in rows for cell in row)
    return "frame" if len(rows) < 2 or widest < 2 or is_long else "cells"


@dataclass(frozen=True)
class TextRun:
    """Words of one look. A line feed in them ends the line."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    link: str = ""
    is_struck: bool = False
    position: Position = ""

    def saying(self, text: str) -> "TextRun":
        """A run of this look with these words; digits in a superscript are raised ones."""
        return replace(self, text=placed(text, self.position))


@dataclass(frozen=True)
class RichLine:
    """`markup` is "" where nothing in the line is emphasised or linked."""

    text: str
    markup: str
    is_bold: bool


def rich_lines(runs: list[TextRun]) -> Iterator[RichLine]:
    """The lines of a paragraph that hold something, white space folded."""
    line: list[TextRun] = []
    for run in runs:
        first, *others = run.text.split("\n")
        line.append(TextRun(first, run.is_bold, run.is_italic, run.link))
        for text in others:
            yield from _line(line)
            line = [TextRun(text, run.is_bold, run.is_italic, run.link)]
    yield from _line(line)


def _line(runs: list[TextRun]) -> Iterator[RichLine]:
    text = " ".join("".join(run.text for run in runs).split())
    if not text:
        return
    is_bold = all(run.is_bold for run in runs if run.text.strip())
    markup = " ".join("".join(_marked(runs)).split())
    yield RichLine(text, markup if "<" in markup else "", is_bold)


def _marked(runs: list[TextRun]) -> Iterator[str]:
    # A word processor cuts a sentence into runs at each correction of it.
    for (is_bold, is_italic, link), alike in groupby(
        runs, lambda run: (run.is_bold, run.is_italic, run.link)
    ):
        text = "".join(run.text for run in alike)
        inner = html.escape(text, quote=False)
        if not text.strip():
            yield inner
            continue
        # White space stays outside: it would be lost at the ends of an element.
        before, words, after = _parted(inner)
        if is_italic:
            words = f"<i>{words}</i>"
        if is_bold:
            words = f"<b>{words}</b>"
        if link.startswith(_SAFE):
            words = f'<a href="{html.escape(link)}">{words}</a>'
        yield f"{before}{words}{after}"


def _parted(text: str) -> tuple[str, str, str]:
    words = text.strip()
    at = text.index(words)
    return text[:at], words, text[at + len(words) :]


def keywords_of(text: str) -> tuple[str, ...]:
    """The keywords of a document's properties, parted by commas or semicolons."""
    return tuple(filter(None, (one.strip() for one in _PARTED.split(text))))
