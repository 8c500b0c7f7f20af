"""A story while a format gathers its fields, and the document that they make."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.contrib.intake.documents import (
    DocumentImage,
    DocumentLine,
    DocumentMetadata,
    LineKind,
    SourceDocument,
    from_lines,
)
from archive.contrib.intake.layout.datelines import open_story
from archive.contrib.intake.markup_lines import MarkupLines
from archive.files.xml import moment
from archive.text.language import FIRST, detect

# How many lines of a body may repeat what the file's head says already.
_REPEATED = 4
# "LONDON — …", "LONDON (Reuters) …", "（本报讯）".
_BEHIND_DATELINE = re.compile(r"\s*[-–—:：(（]|\s*$")
# What two layers of a file say side by side.
_ADDED = ("body", "notes", "editor_notes", "unread", "published", "has_time")
_IMAGE_WORDS = ("caption", "credit", "rights", "alt_text")


@dataclass
class DocumentBuilder:
    """What a file says, field by field. "" and empty lists stand for what it doesn't say."""

    headline: str = ""
    standfirsts: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    # Who sent it, or is credited with it.
    agencies: list[str] = field(default_factory=list)
    # What the byline's owner is: "AP Business Writer".
    byline_titles: list[str] = field(default_factory=list)
    dateline: str = ""
    published: datetime | None = None
    has_time: bool = False
    is_doubtful_day: bool = False
    # The note that says so.
    doubt: str = ""
    modified: datetime | None = None
    publication: str = ""
    page: str = ""
    section: str = ""
    keywords: list[str] = field(default_factory=list)
    language: str = ""
    url: str = ""
    document_title: str = ""
    contact: str = ""
    # Whether a reader has written it, and no reporter.
    is_letter: bool = False
    rights: list[str] = field(default_factory=list)
    identifier: str = ""
    body: MarkupLines = field(default_factory=MarkupLines)
    # For the editor, not for print.
    notes: list[str] = field(default_factory=list)
    editor_notes: list[str] = field(default_factory=list)
    # What its fields hold that can't be read.
    unread: list[str] = field(default_factory=list)

    def take_published(
        self, *texts: str, read: Callable[[str], tuple[datetime | None, bool]] = moment
    ) -> None:
        """Reads the first of the texts that is a date, unless there is one; others stay unread."""
        for text in filter(str.strip, texts):
            if self.published is None:
                self.published, self.has_time = read(text)
                self.unread += [] if self.published else [text]

    def put_day_first(self) -> None:
        """A doubtful date has its day before its month: others of its source say so."""
        if self.published and self.is_doubtful_day:
            self.published = self.published.replace(
                month=self.published.day, day=self.published.month
            )
            self.is_doubtful_day = False
            self.notes = [note for note in self.notes if note != self.doubt]

    def note_to_editors(self, text: str) -> None:
        text = " ".join(text.split()).removeprefix("Note to editors: ")
        if text:
            self.notes.append(_("Note to editors: %(text)s") % {"text": text})
            # In its own language: whoever reads the file, the story is the same.
            with override(detect(text)):
                self.editor_notes.append(_("Note to editors: %(text)s") % {"text": text})

    def note_embargo(self, until: str) -> None:
        """`until` as the file gives the moment."""
        self.notes.append(_("Embargoed until %(moment)s.") % {"moment": until})
        with override(FIRST):
            self.editor_notes.append(_("Embargoed until %(moment)s.") % {"moment": until})

    def fill_from(self, other: "DocumentBuilder") -> None:
        """Takes from `other` what this one doesn't say: a newer or outer layer of the file."""
        for name, value in vars(other).items():
            if name not in _ADDED and not getattr(self, name):
                setattr(self, name, value)
        if self.published is None:
            self.published, self.has_time = other.published, other.has_time
        self.notes += [note for note in other.notes if note not in self.notes]
        self.editor_notes += [one for one in other.editor_notes if one not in self.editor_notes]
        self.unread += other.unread

    def add_images(self, images: Iterable[DocumentImage]) -> None:
        """Pictures that the text doesn't place stand behind its first paragraphs' end."""
        placed = self.body.images
        known = {name: n for n, one in enumerate(placed) for name in (one.name, one.url) if name}
        for image in images:
            same = known.get(image.name, known.get(image.url))
            if same is None:
                known |= {name: len(placed) for name in (image.name, image.url) if name}
                self.body.add_image(image)
            else:  # What the text doesn't say of it, its own item may.
                words = {name: getattr(placed[same], name) for name in _IMAGE_WORDS}
                said = {name: text or getattr(image, name) for name, text in words.items()}
                placed[same] = replace(placed[same], **said)

    @property
    def is_empty(self) -> bool:
        return not (self.headline or self.body.lines or self.body.images)

    def document(self) -> SourceDocument:
        """The head's lines above the body's; what the body repeats of the head stands once."""
        self.dateline = self.dateline.rstrip(" -–—")
        opening = next((line.text for line in self.body.lines), "")
        if _prints(opening, self.dateline):
            self.dateline = ""
        standfirsts = [one for one in unique(self.standfirsts) if one != self.headline]
        head: list[tuple[LineKind, str]] = [("headline", self.headline)]
        head += [("standfirst", text) for text in standfirsts]
        head += [("byline", text) for text in unique(self.bylines)]
        # Below a name: no further person.
        head += [("furniture", text) for text in unique(self.agencies)]
        head += [("furniture", text) for text in unique(self.byline_titles)]
        head += [("dateline", self.dateline)]
        body, repeated = _without_repeats(self.body, {text: kind for kind, text in head if text})
        found = MarkupLines()
        for kind, text in head:
            if text not in repeated:
                found.add(kind, text)
        found.extend(body)
        text, lines = from_lines(found.lines)
        warnings = (*unique(found.notes), *unique(self.notes))
        return SourceDocument(
            text, lines, self.metadata(standfirsts), tuple(found.images), warnings
        )

    def metadata(self, standfirsts: Sequence[str]) -> DocumentMetadata:
        return DocumentMetadata(
            headline=self.headline,
            standfirst="\n".join(standfirsts),
            bylines=tuple(unique(self.bylines)),
            agencies=tuple(unique(self.agencies)),
            dateline=self.dateline,
            publication=self.publication,
            published=self.published,
            has_time=self.has_time,
            is_doubtful_day=self.is_doubtful_day,
            modified=self.modified,
            page=self.page,
            section=self.section,
            # A single letter is an agency's code for a category.
            keywords=tuple(one for one in unique(self.keywords) if len(one.encode()) > 1),
            language=self.language,
            url=self.url,
            document_title=self.document_title,
            contact=self.contact,
            is_letter=self.is_letter,
            rights=". ".join(one.rstrip(".") for one in unique(self.rights)),
            identifier=self.identifier,
            editor_notes=tuple(unique(self.editor_notes)),
            unread=tuple(unique(self.unread)),
        )


def margin_notes(texts: Iterable[str]) -> tuple[str, ...]:
    """Comments in a document's margin as notes to its editors, in their own language."""
    notes = []
    for text in unique(texts):
        with override(detect(text)):
            notes.append(_("Comment in the margin: %(text)s") % {"text": text})
    return tuple(notes)


def unique(texts: Iterable[str]) -> list[str]:
    """Each once, whatever its capitals, white space folded, without the empty ones."""
    found: dict[str, str] = {}
    for text in texts:
        if text := " ".join(text.split()):
            found.setdefault(text.casefold(), text)
    return list(found.values())


def _prints(opening: str, dateline: str) -> bool:
    """Whether a text prints its dateline itself: 福州市一棵榕树 doesn't print 福州."""
    if not opening.casefold().startswith(dateline.casefold()):
        return False
    is_marked = bool(_BEHIND_DATELINE.match(opening, len(dateline)))
    return is_marked or open_story(opening) is not None


def _without_repeats(body: MarkupLines, head: dict[str, LineKind]) -> tuple[MarkupLines, set[str]]:
    """The body with the lines at its top that the head holds as well said to be what they are."""
    lines: list[DocumentLine] = []
    repeated: set[str] = set()
    for number, line in enumerate(body.lines):
        kind = head.get(line.text) if number < _REPEATED and not line.group else None
        if kind and line.text not in repeated and kind in ("headline", "byline", "dateline"):
            repeated.add(line.text)
            line = replace(line, kind=kind)
        lines.append(line)
    return MarkupLines(lines, body.images, body.notes), repeated
