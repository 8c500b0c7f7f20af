"""Prints the figures: tables for a terminal, and what machine they are from."""

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("wagtail", "django", "django-modeltranslation", "wagtail-localize", "gunicorn")


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table that also lines up on a terminal; the first column is words."""
    lines = [list(head), *[list(row) for row in rows]]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    rule = ["-" * widths[0], *[f"{'-' * (width - 1)}:" for width in widths[1:]]]
    printed = [_line(one, widths) for one in (lines[0], rule, *lines[1:])]
    return "\n".join([f"## {title}", "", *printed, ""])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    padded = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return f"| {' | '.join(padded)} |"


def machine(database: str, clock: str, load_generator: str) -> str:
    """What one must know to compare these figures with others."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return "\n".join(
        [
            f"{_processor()}, {os.cpu_count()} cores, {platform.system()}",
            f"Python {platform.python_version()}, {packages}",
            f"database: {database}; clock: {clock}; load from {load_generator}",
            f"other work on the machine at the start: load average {os.getloadavg()[0]:.1f}",
            "",
        ]
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
