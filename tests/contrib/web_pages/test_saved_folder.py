"""The folder that a browser saves beside a page."""

from pathlib import Path

import pytest

from archive.models import ArticlePage
from tests.contrib.intake.files import captioned
from tests.contrib.intake.importing import body_of, import_paths, latest
from tests.contrib.web_pages.samples import ENGLISH_PAGE

pytestmark = pytest.mark.django_db


def test_the_folder_that_a_browser_saves_brings_the_pictures(tmp_path: Path) -> None:
    (tmp_path / "port_files").mkdir()
    (tmp_path / "port_files" / "quay.jpg").write_bytes(captioned(""))
    (tmp_path / "port.html").write_text(ENGLISH_PAGE, encoding="utf-8")
    told = import_paths(tmp_path)
    draft = latest(ArticlePage.objects.get())
    [picture] = [block["value"] for block in body_of(draft) if block["type"] == "image"]
    assert picture["image"], told
    assert (picture["caption"], picture["credit"]) == (
        "Cranes at the new quay.",
        "Photo by Zhao Lei",
    )
    quotes = [block["value"] for block in body_of(draft) if block["type"] == "pull_quote"]
    assert quotes == [
        {"quote": "We have waited ten years for this.", "attribution": "Chen Gang, a captain"}
    ]
