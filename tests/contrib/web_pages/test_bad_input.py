"""Pages and feeds that are cut off, damaged or too deep are read or refused."""

import sys

import pytest

from archive.contrib.intake.formats import read_stories
from archive.contrib.intake.records import IntakeError
from tests.contrib.intake.damage import check_all, cut_off, damaged, read, refused_or_read, within
from tests.contrib.intake.formats.reading import source
from tests.contrib.intake.rounds import formats_of
from tests.contrib.intake.test_extra import INSTALL
from tests.contrib.web_pages.whole_files import HTML, WHOLE

DATED = HTML.replace("<h1>", '<time class="published">19 November 2019</time><h1>')


def test_every_format_has_a_file_to_damage() -> None:
    assert formats_of("archive.contrib.web_pages") == set(WHOLE)
    assert {name: read(data)[0].format for name, data in WHOLE.items()} == {
        name: name for name in WHOLE
    }


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_is_cut_off_is_read_or_refused(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    check_all(cut_off(WHOLE[name], 12), caplog)


@pytest.mark.parametrize("name", WHOLE)
def test_a_damaged_file_is_read_or_refused(name: str, caplog: pytest.LogCaptureFixture) -> None:
    check_all(damaged(WHOLE[name]), caplog)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", WHOLE)
def test_a_file_may_end_anywhere(name: str) -> None:
    for data in cut_off(WHOLE[name], 200):
        refused_or_read(data)


def test_deep_nesting_is_read_or_refused() -> None:
    page = HTML.replace("<p>", "<div>" * 10_000 + "<p>", 1)
    for data in (page, "<b>" * 10_000, "<!--" * 10_000):
        with within(5):
            refused_or_read(data)


@pytest.mark.parametrize(
    ("library", "data"),
    [
        ("feedparser", WHOLE["feed"]),
        ("trafilatura", WHOLE["html"]),
        ("trafilatura", WHOLE["mhtml"]),
        ("htmldate", WHOLE["html"]),
        ("dateutil.parser", DATED.encode()),
    ],
)
def test_a_missing_library_is_named_with_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, library: str, data: bytes
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(IntakeError) as caught:
        read_stories(source(data))
    assert str(caught.value) == f"it needs {library}: {INSTALL.format('web-pages')}"
