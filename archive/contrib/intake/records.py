"""What a source says, as values: the record that is reported, compared and stored."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, Literal

from archive.contrib.intake.documents import DocumentImage, Span
from archive.interchange.records import WholeStory
from archive.text.fingerprints import is_separator, word_row
from archive.text.stored_messages import message as _


class IntakeError(Exception):
    """A source that can't be imported; the message says why, and what to do."""


@contextmanager
def from_extra(extra: str = "intake") -> Iterator[None]:
    """Around an import: raises IntakeError, with what to install, where there is no library."""
    try:
        yield
    except ImportError as error:
        reason = _('it needs %(name)s: pip install "wagtail-bilingual-archive[%(extra)s]"')
        raise IntakeError(reason % {"name": error.name, "extra": extra}) from error


BlockType = Literal["paragraph", "subhead", "quote", "list", "table", "correction"]

# The codes of `ParsedArticle.written_in`, beyond those of the archive's two languages.
TRADITIONAL = "zh-hant"
BILINGUAL = "bilingual"

REPORTER = "reporter"
CONTRIBUTOR = "contributor"
ADDITIONAL = "additional"
PHOTOGRAPHER = "photographer"
EDITOR = "editor"
TRANSLATOR = "translator"
AGENCY = "agency"
# A name, a figure or a headline may stand in a sentence and by itself: so many words in a row, of
# Chinese characters, are the same words printed twice.
_FEWEST_REPEATED = 20


@dataclass(frozen=True)
class FieldReading:
    """How surely a field was read (0–1), and where in the source text.

    A field of several parts (blocks, captions, bylines, unplaced) has a span for each, in order.
    No spans: it comes from elsewhere, such as the file's name or its metadata.
    """

    confidence: float
    spans: tuple[Span, ...] = ()

    def as_record(self) -> dict[str, Any]:
        span = [self.spans[0][0], self.spans[-1][1]] if self.spans else None
        record: dict[str, Any] = {"confidence": round(self.confidence, 2), "span": span}
        return {**record, "spans": list(map(list, self.spans))} if len(self.spans) > 1 else record


@dataclass(frozen=True)
class ParsedByline:
    """A name that signs the story; `role` is one of this module's roles, `place` as printed."""

    name: str
    role: str = REPORTER
    place: str | None = None


@dataclass(frozen=True)
class ParsedCaption:
    """A picture's words; `after` is how many body blocks come before it in the source.

    `image` is the picture's name among the story's images; "" where only its words are there.
    """

    text: str
    credit: str = ""
    after: int = 0
    image: str = ""


@dataclass(frozen=True)
class ParsedBlock:
    """A piece of the body.

    `text` is plain; a list's items and a table's rows are its lines, cells parted by tabs.
    `markup` is the same words as inline HTML, where emphasis or links are to be kept.
    """

    type: BlockType
    text: str
    markup: str = field(default="", compare=False)
    # A list with numbers; a table whose first row heads it.
    is_numbered: bool = field(default=False, compare=False)
    has_head: bool = field(default=False, compare=False)
    # What a table is called by.
    caption: str = ""


@dataclass(frozen=True)
class ParsedArticle:
    """One story as its source gives it. Nothing is guessed: None is "not said"."""

    source: str
    language: str
    headline: str
    standfirst: str | None = None
    bylines: tuple[ParsedByline, ...] = ()
    # The words in which all of them are printed, a line each.
    printed_byline: str | None = None
    dateline: str | None = None
    publication: str | None = None
    published: date | None = None
    page: str | None = None
    contact: str | None = None
    captions: tuple[ParsedCaption, ...] = ()
    blocks: tuple[ParsedBlock, ...] = ()
    unplaced: tuple[str, ...] = ()
    # Those of `unplaced` that surely are no part of the story: menus, sign-offs, labels.
    furniture: tuple[str, ...] = field(default=(), compare=False)
    warnings: tuple[str, ...] = field(default=(), compare=False)
    # The time of day, where the source prints one.
    published_at: time | None = None
    # Which format read it, and the story's number within its file, from 1.
    format: str = ""
    item: int = 1
    # The language and script as printed: `language`, TRADITIONAL or BILINGUAL.
    written_in: str = ""
    # By field name; a field that isn't there has no reading.
    fields: Mapping[str, FieldReading] = field(default_factory=dict, compare=False)
    document_title: str | None = None
    url: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    images: tuple[DocumentImage, ...] = ()
    # The source's own lasting name for the story.
    identifier: str | None = None
    # The copyright notice, or on what terms the story may be used.
    rights: str | None = None
    # A bilingual source's halves, each in its language.
    parts: tuple["ParsedArticle", ...] = ()
    # Somebody wants the first picture above the text.
    leads_with_picture: bool = False
    # The digest of what was read, where a person may have corrected it since; else "".
    read_digest: str = field(default="", compare=False)
    # What a file says that says everything itself, with this article's text alone.
    stated: WholeStory | None = field(default=None, repr=False)
    # The source text as read; the spans of `fields` point into it.
    text: str = field(default="", compare=False, repr=False)

    @property
    def missing(self) -> list[str]:
        """What is in no field and may well be the story's, unless it is printed twice or is a
        separator."""
        quiet = set(self.furniture)
        waiting = [text for text in self.unplaced if not (text in quiet or is_separator(text))]
        texts = list(self._texts()) if waiting else []
        placed, whole = word_row(texts), {word_row([text]) for text in texts}

        def is_twice(text: str) -> bool:
            row = word_row([text])
            return row in whole or (row in placed and len(row.split()) >= _FEWEST_REPEATED)

        return [text for text in waiting if not is_twice(text)]

    def _texts(self) -> Iterator[str]:
        said = (self.headline, self.standfirst, self.dateline, self.contact, self.rights)
        yield from filter(None, (*said, self.printed_byline))
        yield from (f"{block.caption}\n{block.text}".lstrip() for block in self.blocks)
        for caption in self.captions:
            yield from (caption.text, caption.credit)

    def raw_body(self) -> list[dict[str, Any]] | None:
        """The body in raw form, where a source has more than paragraphs and subheads."""
        return list(self.stated.texts[self.language].body) if self.stated else None

    @property
    def is_stated_translation(self) -> bool:
        """The file itself says that this is the translation of a story."""
        return self.stated is not None and self.stated.language != self.language

    def as_record(self) -> dict[str, Any]:
        """The form of the JSON report; None stands for what the source doesn't say."""
        return {
            "source": self.source,
            **self._said(),
            "language": self.written_in or self.language,
            "printed_byline": self.printed_byline,
            "published": self._moment(),
            "warnings": list(self.warnings),
            "format": self.format,
            "item": self.item,
            "fields": {name: reading.as_record() for name, reading in self.fields.items()},
            "document_title": self.document_title,
            "url": self.url,
            "section": self.section,
            "keywords": list(self.keywords),
            "rights": self.rights,
            "images": [_image_record(image) for image in self.images],
            **({"parts": [part.as_record() for part in self.parts]} if self.parts else {}),
        }

    def _said(self) -> dict[str, Any]:
        """What a story is known by: the fields that every source may have."""
        return {
            "language": self.language,
            "headline": self.headline,
            "standfirst": self.standfirst,
            "bylines": [asdict(byline) for byline in self.bylines],
            "dateline": self.dateline,
            "publication": self.publication,
            "published": self.published.isoformat() if self.published else None,
            "page": self.page,
            "contact": self.contact,
            "captions": [{"text": one.text, "credit": one.credit} for one in self.captions],
            "blocks": list(map(_block_record, self.blocks)),
            "unplaced": list(self.unplaced),
            **({"stated": self.stated.as_json()} if self.stated else {}),
        }

    def _moment(self) -> str | None:
        if self.published and self.published_at:
            moment = datetime.combine(self.published, self.published_at)
            return moment.isoformat(timespec="minutes")
        return self.published.isoformat() if self.published else None

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of what the source says; its file name and the warnings don't count."""
        said = self._said()
        said["positions"] = [caption.after for caption in self.captions]
        if self.leads_with_picture:
            said["leads_with_picture"] = True
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def source_digest(self) -> str:
        """That of what was read, whatever a person has corrected since."""
        return self.read_digest or self.digest


def _block_record(block: ParsedBlock) -> dict[str, Any]:
    record = {"type": block.type, "text": block.text}
    return {**record, "caption": block.caption} if block.caption else record


def _image_record(image: DocumentImage) -> dict[str, Any]:
    """Without its bytes."""
    words = {name: value for name, value in vars(image).items() if name not in ("data", "after")}
    return {**words, "bytes": len(image.data)}
