"""A format of a site's own with a mistake in it."""

from datetime import date
from typing import Any

from archive.contrib.intake.formats.plain_text import PlainText
from archive.contrib.intake.records import ParsedArticle
from archive.contrib.intake.sources import SourceFile


class Faulty(PlainText):
    """Its stories have a caption that is none."""

    def recognises(self, source: SourceFile) -> bool:
        return source.data == b"FAULTY"

    def parse(self, source: SourceFile, language: str | None = None) -> list[ParsedArticle]:
        captions: tuple[Any, ...] = (None,)
        placed = {"publication": "China Daily", "published": date(2015, 9, 22)}
        return [ParsedArticle(source.name, "en", "Headline", captions=captions, **placed)]
