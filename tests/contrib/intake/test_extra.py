"""A site without an extra is told what to install, file by file."""

import sys

import pytest

from archive.contrib.intake.formats import read_stories
from archive.contrib.intake.records import IntakeError
from tests.contrib.intake.formats.reading import source, story
from tests.contrib.intake.whole_files import MARKDOWN, PARAGRAPH, WHOLE

INSTALL = 'pip install "wagtail-bilingual-archive[{}]"'


@pytest.mark.parametrize(
    ("library", "extra", "data"),
    [
        ("pypdf", "office-files", WHOLE["pdf"]),
        ("yaml", "intake", WHOLE["markdown"]),
        ("markdown_it", "intake", MARKDOWN.partition("---\n\n")[2].encode()),
    ],
)
def test_a_missing_library_is_named_with_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, library: str, extra: str, data: bytes
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(IntakeError) as caught:
        read_stories(source(data))
    assert str(caught.value) == f"it needs {library}: {INSTALL.format(extra)}"


def test_letters_that_nobody_can_mend_without_it_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "ftfy", None)
    garbled = PARAGRAPH.replace("office", "officeâ€™s").encode()
    assert (
        f"UTF-8 read as Windows-1252: it needs ftfy: {INSTALL.format('intake')}"
        in story(garbled).warnings
    )
