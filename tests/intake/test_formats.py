"""The list of formats, and the choice among them."""

from pathlib import Path

import pytest
from pytest_django import Settings

from archive.intake.formats import recognise, suffixes
from archive.intake.formats.base import SourceFormat
from archive.intake.formats.china_daily import ChinaDailyText
from archive.intake.records import IntakeError, ParsedArticle
from archive.intake.sources import SourceFile


class Telegrams(SourceFormat):
    """A second format: what a site would add of its own."""

    name = "telegram"
    description = "A headline in capitals between two stops."
    suffixes = (".tlg",)

    def recognises(self, source: SourceFile) -> bool:
        return source.data.startswith(b" STOP ")

    def parse(self, source: SourceFile, language: str | None = None) -> list[ParsedArticle]:
        return [ParsedArticle(source.name, language or "en", source.text.text.split(" STOP ")[1])]


TELEGRAMS = f"{__name__}.Telegrams"
PLAIN = "archive.intake.formats.china_daily.ChinaDailyText"


@pytest.mark.parametrize("text", ["<!doctype html><p>One.</p>", '{"headline": "One"}', "%PDF-1.7"])
def test_other_forms_are_not_taken_for_plain_text(text: str) -> None:
    with pytest.raises(IntakeError, match="no format recognises it"):
        recognise(SourceFile(Path("story.txt"), text.encode()))


@pytest.mark.parametrize("text", ["Headline\nOne.", "标题\n第一段。"])
def test_plain_text_is_recognised(text: str) -> None:
    assert isinstance(recognise(SourceFile(Path("story"), text.encode())), ChinaDailyText)


def test_a_site_adds_a_format_of_its_own(settings: Settings) -> None:
    settings.ARCHIVE_INTAKE_FORMATS = [TELEGRAMS, PLAIN]
    source = SourceFile(Path("a.tlg"), b" STOP PORT OPENS STOP ")
    assert recognise(source).parse(source)[0].headline == "PORT OPENS"
    assert suffixes() == [".text", ".tlg", ".txt"]


@pytest.mark.parametrize("path", ["no.such.Format", "datetime.date"])
def test_a_wrong_setting_is_named(settings: Settings, path: str) -> None:
    settings.ARCHIVE_INTAKE_FORMATS = [path]
    with pytest.raises(IntakeError, match=f"ARCHIVE_INTAKE_FORMATS names “{path}”"):
        suffixes()
