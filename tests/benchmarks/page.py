"""Writes what a run measured into docs/benchmarks.md, with the commit and the machine."""

import re
import subprocess
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"


def commit() -> str:
    """The commit that was measured; "+" where the working tree differs from it."""
    name = _git("rev-parse", "--short", "HEAD").strip()
    # An earlier part of the same run may have changed the page already.
    others = ("--untracked-files=no", "--", ":/", f":(exclude,top)docs/{PAGE.name}")
    return f"{name}+" if _git("status", "--porcelain", *others).strip() else name


def _git(*words: str) -> str:
    done = subprocess.run(
        ["git", *words], cwd=PAGE.parent, check=True, capture_output=True, text=True
    )
    return done.stdout


def write(part: str, machine: str, figures: str, page: Path = PAGE) -> None:
    """Put a part's tables between its marks, or at the end of the page if it has none.

    The marks are `<!-- figures: PART -->` and `<!-- end of PART -->`.
    """
    text = page.read_text(encoding="utf-8")
    start, end = f"<!-- figures: {part} -->", f"<!-- end of {part} -->"
    lines = [f"Commit {commit()}", *machine.strip().splitlines()]
    tables = re.sub(r"^## ", "### ", figures.strip(), flags=re.MULTILINE)
    block = "\n".join([start, "", "```", *lines, "```", "", tables, "", end])
    if start in text:
        before, rest = text.split(start, 1)
        text = before + block + rest.split(end, 1)[1]
    else:
        text = f"{text.rstrip()}\n\n{block}\n"
    page.write_text(text, encoding="utf-8")
