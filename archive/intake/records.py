"""What a source says, as values: the record that is reported, compared and stored."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypedDict

BlockType = Literal["paragraph", "subhead"]

REPORTER = "reporter"
CONTRIBUTOR = "contributor"
PHOTOGRAPHER = "photographer"
EDITOR = "editor"
TRANSLATOR = "translator"
AGENCY = "agency"


class BylineRecord(TypedDict):
    name: str
    role: str
    place: str | None


class CaptionRecord(TypedDict):
    text: str
    credit: str


class BlockRecord(TypedDict):
    type: BlockType
    text: str


class ArticleRecord(TypedDict):
    """One story in the JSON report; None stands for what the source doesn't say."""

    source: str
    language: str
    headline: str
    standfirst: str | None
    bylines: list[BylineRecord]
    dateline: str | None
    publication: str | None
    published: str | None
    page: str | None
    contact: str | None
    captions: list[CaptionRecord]
    blocks: list[BlockRecord]
    unplaced: list[str]
    warnings: list[str]


@dataclass(frozen=True)
class Byline:
    """A name that signs the story; `role` is one of this module's roles, `place` as printed."""

    name: str
    role: str = REPORTER
    place: str | None = None


@dataclass(frozen=True)
class Caption:
    """A picture's words; `after` is how many body blocks come before it in the source."""

    text: str
    credit: str = ""
    after: int = 0


@dataclass(frozen=True)
class Block:
    """A piece of the body: plain text."""

    type: BlockType
    text: str


@dataclass(frozen=True)
class ParsedArticle:
    """One story as its source gives it. Nothing is guessed: None is "not said"."""

    source: str
    language: str
    headline: str
    standfirst: str | None = None
    bylines: tuple[Byline, ...] = ()
    dateline: str | None = None
    publication: str | None = None
    published: date | None = None
    page: str | None = None
    contact: str | None = None
    captions: tuple[Caption, ...] = ()
    blocks: tuple[Block, ...] = ()
    unplaced: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=(), compare=False)

    def as_record(self) -> ArticleRecord:
        """The form of the JSON report."""
        return {
            "source": self.source,
            "language": self.language,
            "headline": self.headline,
            "standfirst": self.standfirst,
            "bylines": [{"name": b.name, "role": b.role, "place": b.place} for b in self.bylines],
            "dateline": self.dateline,
            "publication": self.publication,
            "published": self.published.isoformat() if self.published else None,
            "page": self.page,
            "contact": self.contact,
            "captions": [{"text": c.text, "credit": c.credit} for c in self.captions],
            "blocks": [{"type": b.type, "text": b.text} for b in self.blocks],
            "unplaced": list(self.unplaced),
            "warnings": list(self.warnings),
        }

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of what the source says; its file name and our doubts don't count."""
        record = self.as_record()
        said = {k: v for k, v in record.items() if k not in ("source", "warnings")}
        said["positions"] = [caption.after for caption in self.captions]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def dump(articles: list[ParsedArticle]) -> str:
    """The JSON report: a list of records, Chinese as Chinese."""
    records = [article.as_record() for article in articles]
    return json.dumps(records, ensure_ascii=False, indent=1)
