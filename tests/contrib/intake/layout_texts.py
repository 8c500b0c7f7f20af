"""Labelled texts in layouts: a set is a file of JSON lines, or a folder while one writes it.

A line has `name`, `text` and `label`; a folder has `NAME.txt` and `NAME.json` with the label.
`python -m tests.contrib.intake.layout_texts FOLDER >>SET.jsonl` puts a folder's texts into a set.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from archive.contrib.intake.sources import SourceFile

FOLDER = Path(__file__).parents[2] / "data" / "layouts"
TUNING, TRAINING, REGRESSION = (
    FOLDER / f"{name}.jsonl" for name in ("tune", "train", "regression")
)


@dataclass(frozen=True)
class LabelledText:
    """A text by its name, and the fields of which a careful reader has no doubt."""

    name: str
    text: str = field(repr=False)
    label: dict[str, Any] = field(repr=False)

    @property
    def source(self) -> SourceFile:
        return SourceFile(Path(f"{self.name}.txt"), self.text.encode())


def read_set(path: Path) -> list[LabelledText]:
    """The texts of a set, by name; raises OSError, ValueError (no JSON), KeyError (no `text`)."""
    if not path.is_dir():
        lines = path.read_text(encoding="utf-8").split("\n")
        rows = [json.loads(line) for line in lines if line]
        texts = [LabelledText(row["name"], row["text"], row["label"]) for row in rows]
    else:
        texts = [
            LabelledText(
                one.stem,
                one.read_bytes().decode(),
                json.loads(one.with_suffix(".json").read_text(encoding="utf-8")),
            )
            for one in path.glob("*.txt")
        ]
    return sorted(texts, key=lambda one: one.name)


def read_sets(paths: Sequence[Path]) -> list[LabelledText]:
    return [text for path in paths for text in read_set(path)]


if __name__ == "__main__":
    for one in read_set(Path(sys.argv[1])):
        sys.stdout.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
