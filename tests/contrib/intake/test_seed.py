"""The story that everything is measured by."""

import json
from pathlib import Path

from archive.contrib.intake.formats.plain_text import PlainText
from archive.contrib.intake.sources import SourceFile, read
from tests.contrib.intake.texts import EXPECTED, SEED


def record(data: bytes, name: str = SEED.name) -> object:
    (article,) = PlainText().parse(SourceFile(Path(name), data))
    return told(article.as_record())


def told(record: dict[str, object]) -> dict[str, object]:
    """What the source says; beside it the report tells how it was read."""
    return {name: value for name, value in record.items() if name in expected()}


def expected() -> dict[str, object]:
    return json.loads(EXPECTED.read_text(encoding="utf-8"))


def test_the_seed_gives_exactly_the_expected_record() -> None:
    assert record(SEED.read_bytes()) == expected()


def test_the_reports_keys_keep_their_order() -> None:
    (article,) = PlainText().parse(read(SEED, 5_000_000))
    assert json.dumps(told(article.as_record())) == json.dumps(expected())


def test_line_ends_and_encoding_do_not_matter() -> None:
    text = SEED.read_text(encoding="utf-8")
    windows = text.replace("\n", "\r\n")
    for data in (windows.encode("utf-8-sig"), windows.encode("utf-16"), text.encode("utf-16")):
        assert record(data) == expected()
