"""Pages of the documentation that are written by commands, or list what the code has."""

import inspect
import re
from pathlib import Path

from django.db import models

from tests.benchmarks.page import PAGE, write
from tests.own_models import own_models

ROOT = Path(__file__).resolve().parents[1]
# What Wagtail's own base classes refer to.
WAGTAILS = ("latest_revision", "live_revision", "locked_by", "locale", "content_type", "owner")


def row_of(model: type[models.Model]) -> str:
    """A model's row but for its last cell, which is prose."""
    path = Path(inspect.getfile(model)).relative_to(ROOT).as_posix()
    fields = (one for one in model._meta.local_fields if one.is_relation)
    named = {
        f"`{one.name}` → `{one.related_model.__name__}`": None
        for one in fields
        if one.name not in WAGTAILS and not one.name.endswith("_ptr")
    }
    return f"| `{model.__name__}` | `{path}` | {', '.join(named)} |"


def test_the_page_lists_every_model_with_its_file_and_its_references() -> None:
    lines = (ROOT / "docs" / "models.md").read_text(encoding="utf-8").splitlines()
    cells = [line.rsplit(" |", 2) for line in lines if line.startswith("| `")]
    listed = sorted(f"{one[0]} |" for one in cells)
    assert all(len(one[1].strip()) > 10 for one in cells)
    assert listed == sorted(map(row_of, own_models()))


def test_a_part_replaces_its_own_figures_and_leaves_the_rest(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Title\n\n<!-- figures: one -->\nold\n<!-- end of one -->\n\nKept.\n")

    write("one", "a machine", "## Table\n\n| a |", page)
    write("two", "a machine", "## Other\n\n| b |", page)

    text = page.read_text()
    assert "old" not in text
    assert "Kept." in text
    assert text.index("### Table") < text.index("Kept.") < text.index("### Other")
    assert "Commit " in text
    assert "a machine" in text


def test_every_block_of_figures_names_its_commit() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for part in re.findall(r"<!-- figures: (\w+) -->", text):
        block = text.split(f"<!-- figures: {part} -->")[1].split(f"<!-- end of {part} -->")[0]
        assert re.search(r"^Commit [0-9a-f]{7,}\+?$", block, re.MULTILINE), part
