"""Formats as another app or a site adds them."""

from archive.contrib.intake.formats.base import SourceFormat
from archive.contrib.intake.records import ParsedArticle
from archive.contrib.intake.sources import SourceFile


class Telegrams(SourceFormat):
    """A second format: what a site would add of its own."""

    id = "telegram"
    name = "telegram"
    description = "A headline in capitals between two stops."
    suffixes = (".tlg",)

    def recognises(self, source: SourceFile) -> bool:
        return source.data.startswith(b" STOP ")

    def parse(self, source: SourceFile, language: str | None = None) -> list[ParsedArticle]:
        return [ParsedArticle(source.name, language or "en", source.text.text.split(" STOP ")[1])]


class Tapes(Telegrams):
    """One that reads bytes: there is no text to decode."""

    id = "tape"
    reads = "bytes"
    suffixes = ()

    def recognises(self, source: SourceFile) -> bool:
        return source.data.startswith(b"TAPE\x00")

    def parse(self, source: SourceFile, language: str | None = None) -> list[ParsedArticle]:
        names = source.data.split(b"\x00")[1:]
        return [ParsedArticle(source.name, "en", name.decode()) for name in names]
