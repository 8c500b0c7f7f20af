"""A story's paragraphs in both languages, as readers can see them now; no query."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from archive.desk.models.segment import kind_label
from archive.desk.segments import source_segments
from archive.stories.article_text import story_passages
from archive.text.language import column


@dataclass(frozen=True)
class Part:
    """A segment as plain text; `target` is "" where the translation has nothing of its own."""

    key: str
    kind: str
    source: str
    target: str

    @property
    def label(self) -> str:
        return kind_label(self.kind)


@dataclass(frozen=True)
class Paragraph:
    """What a reader points at: a block of the body with its segments, or a headline."""

    key: str
    parts: list[Part]

    @property
    def source_text(self) -> str:
        return "\n".join(part.source for part in self.parts)

    @property
    def target_text(self) -> str:
        return "\n".join(part.target for part in self.parts if part.target)


def is_translated(article: Any) -> bool:
    """Whether readers have it in both languages."""
    return article.target_language in article.languages()


def paragraphs_of(article: Any) -> list[Paragraph]:
    """All of them, in reading order."""
    blocks = groupby(_parts(article), key=lambda part: part.key.partition("/")[0])
    return [Paragraph(key, list(parts)) for key, parts in blocks]


def paragraph_of(article: Any, key: str) -> Paragraph | None:
    """The block or the single segment of this key; None where the story has no such."""
    parts = [part for part in _parts(article) if part.key == key or part.key.startswith(f"{key}/")]
    return Paragraph(key, parts) if key and parts else None


def _parts(article: Any) -> list[Part]:
    targets: dict[str, str] = {}
    if is_translated(article):
        language = article.target_language
        targets = {passage.key: passage.text for passage in story_passages(article, language)}
        targets["dateline"] = getattr(article, column("dateline", language)) or ""
    return [
        Part(source.key, source.kind, source.plain_text, targets.get(source.key, ""))
        for source in source_segments(article)
    ]
