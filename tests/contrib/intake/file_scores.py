"""Scores whole files with labels: `python -m tests.contrib.intake.file_scores FOLDER [NAME …]`.

`files/NAME` is read as an import reads it, and its stories are compared with `labels/NAME.json`
(tests/data/archive_files/README.md). NAME may be a part of the name; `--show` lists what is wrong.
"""

import json
import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from rapidfuzz.fuzz import ratio

from archive.contrib.intake import formats
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile
from tests.contrib.intake.layout_scores import NOTHING, Score, judge, report


def score_folder(folder: Path, names: list[str]) -> Iterator[str]:
    """The lines that the command prints, before the report on all fields."""
    result = Score()
    for path in sorted((folder / "files").iterdir()):
        if names and not any(name in path.name for name in names):
            continue
        text = (folder / "labels" / f"{path.name}.json").read_text(encoding="utf-8")
        labels = [
            {key: value for key, value in label.items() if key != "pair"}
            for label in json.loads(text)["stories"]
        ]
        records = _read(path)
        pairs = _matched(labels, records)
        verdicts = [
            verdict
            for number, (label, record) in enumerate(pairs, 1)
            for verdict in judge(f"{path.name}#{number}", label, record)
        ]
        result.verdicts += verdicts
        right = sum(one.is_right for one in verdicts)
        cut = "" if len(labels) == len(records) else f", {len(records)} of {len(labels)} stories"
        yield f"{path.name:40} {right}/{len(verdicts)}{cut}"
    yield from report(result, "--show" in sys.argv)


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        stories = formats.read_stories(SourceFile(path, path.read_bytes()))
    except IntakeError:
        return []
    return [story.as_record() for story in stories]


def _matched(
    labels: list[dict[str, Any]], records: list[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each label and its record: by their order; where their numbers differ, the most alike."""
    if len(labels) == len(records):
        yield from zip(labels, records, strict=True)
        return
    left = list(records)
    for label in labels:
        best = max(left, key=partial(_likeness, label), default=NOTHING)
        if best is not NOTHING:
            left.remove(best)
        yield label, best


def _likeness(label: dict[str, Any], record: dict[str, Any]) -> float:
    headline = label.get("headline")
    if isinstance(headline, dict):
        headline = headline["any"][0]
    text = " ".join(block["text"] for block in record["blocks"])
    first = str(label.get("first_paragraph"))[:100]
    return ratio(headline or "", record["headline"] or "") + ratio(first, text[:100])


def main(arguments: list[str]) -> None:
    # Only a command line sets Django up; under pytest that is done.
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.test")
    django.setup()
    names = [one for one in arguments[1:] if not one.startswith("--")]
    for line in score_folder(Path(arguments[0]), names):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
