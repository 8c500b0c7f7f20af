"""The list of formats, and the choice among them."""

from pathlib import Path

import pytest
from pytest_django import Settings

from archive.contrib.intake.formats import FORMATS, read_stories, recognise, suffixes
from archive.contrib.intake.formats.base import SourceFormat
from archive.contrib.intake.formats.plain_text import PlainText
from archive.contrib.intake.records import IntakeError, ParsedArticle
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


class Nameless(Telegrams):
    id = ""


TELEGRAMS, TAPES = f"{__name__}.Telegrams", f"{__name__}.Tapes"


@pytest.mark.parametrize("text", ["<story>One.</story>", '{"headline": "One"}'])
def test_other_forms_are_not_taken_for_plain_text(text: str) -> None:
    with pytest.raises(IntakeError, match="no format recognises it"):
        recognise(SourceFile(Path("story.txt"), text.encode()))


@pytest.mark.parametrize(
    "text", ["Headline\nOne.", "标题\n第一段。", "<SLUG>BRIDGE\nOne.\n<ENDS>", "{（记者 甲）}一。"]
)
def test_plain_text_is_recognised(text: str) -> None:
    assert isinstance(recognise(SourceFile(Path("story"), text.encode())), PlainText)


def test_a_site_adds_a_format_of_its_own(settings: Settings) -> None:
    settings.ARCHIVE_INTAKE_FORMATS = [TELEGRAMS, *FORMATS]
    source = SourceFile(Path("a.tlg"), b" STOP PORT OPENS STOP ")
    [story] = read_stories(source)
    assert (story.headline, story.format, story.item) == ("PORT OPENS", "telegram", 1)
    assert {".tlg", ".txt"} < set(suffixes())


def test_what_reads_bytes_is_asked_before_what_reads_text(settings: Settings) -> None:
    settings.ARCHIVE_INTAKE_FORMATS = [*FORMATS, TAPES]
    stories = read_stories(SourceFile(Path("a"), b"TAPE\x00One\x00Two"))
    found = [(story.headline, story.format, story.item) for story in stories]
    assert found == [("One", "tape", 1), ("Two", "tape", 2)]


@pytest.mark.parametrize("path", ["no.such.Format", "datetime.date", f"{__name__}.Nameless"])
def test_a_wrong_setting_is_named(settings: Settings, path: str) -> None:
    settings.ARCHIVE_INTAKE_FORMATS = [path]
    with pytest.raises(IntakeError, match=f"ARCHIVE_INTAKE_FORMATS names “{path}”"):
        suffixes()
