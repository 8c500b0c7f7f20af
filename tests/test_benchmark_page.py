"""The page of figures is written by the command that measures them."""

import re
from pathlib import Path

from tests.benchmarks.page import PAGE, write


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
