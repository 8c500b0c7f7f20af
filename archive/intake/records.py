"""What a source says, as values: the record that is reported, compared and stored."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal


class IntakeError(Exception):
    """A source that can't be imported; the message says why, and what to do."""


BlockType = Literal["paragraph", "subhead"]

REPORTER = "reporter"
CONTRIBUTOR = "contributor"
PHOTOGRAPHER = "photographer"
EDITOR = "editor"
TRANSLATOR = "translator"
AGENCY = "agency"


@dataclass(frozen=True)
class ParsedByline:
    """A name that signs the story; `role` is one of this module's roles, `place` as printed."""

    name: str
    role: str = REPORTER
    place: str | None = None


@dataclass(frozen=True)
class ParsedCaption:
    """A picture's words; `after` is how many body blocks come before it in the source."""

    text: str
    credit: str = ""
    after: int = 0


@dataclass(frozen=True)
class ParsedBlock:
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
    bylines: tuple[ParsedByline, ...] = ()
    dateline: str | None = None
    publication: str | None = None
    published: date | None = None
    page: str | None = None
    contact: str | None = None
    captions: tuple[ParsedCaption, ...] = ()
    blocks: tuple[ParsedBlock, ...] = ()
    unplaced: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=(), compare=False)

    def raw_body(self) -> list[dict[str, Any]] | None:
        """The body in raw form, where a source has more than paragraphs and subheads."""
        return None

    def as_record(self) -> dict[str, Any]:
        """The form of the JSON report; None stands for what the source doesn't say."""
        captions = [{"text": one.text, "credit": one.credit} for one in self.captions]
        published = self.published.isoformat() if self.published else None
        record = {**asdict(self), "published": published, "captions": captions}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in record.items()}

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of what the source says; its file name and the warnings don't count."""
        record = self.as_record()
        said = {k: v for k, v in record.items() if k not in ("source", "warnings")}
        said["positions"] = [caption.after for caption in self.captions]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
