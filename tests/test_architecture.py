"""The documentation leads to files that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# A path is the project's, or a template's or static file's own.
FOLDERS = (ROOT, ROOT / "archive" / "templates", ROOT / "archive" / "static")
PAGES = sorted((ROOT / "docs").glob("*.md"))
PATH = re.compile(r"`((?:archive|newsroom|tests|docs|\.ci)/[\w./-]+\.(?:py|html|js|css|md|toml))`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    named = PATH.findall(page.read_text(encoding="utf-8"))
    missing = [name for name in named if not any((one / name).exists() for one in FOLDERS)]
    assert missing == []


def test_the_usual_tasks_of_a_newcomer_have_a_file_each() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    tasks = text.split("## To change X, open Y")[1].split("\n\n")[1].splitlines()[2:]
    assert len([line for line in tasks if PATH.search(line)]) >= 15
