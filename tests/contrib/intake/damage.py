"""Files that are cut off, damaged or made to do harm: read or refused, in little time."""

import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from archive.contrib.intake import formats
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.sources import SourceFile

ENTITIES = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 9}">'
    for before, name in zip("abcdef", "bcdefg", strict=True)
)


def bomb(document: str, word: str, kind: str) -> bytes:
    """An XML document whose `word` becomes gigabytes, for whoever resolves its entities."""
    whole = document.replace(word, "&g;")
    return f'<!DOCTYPE {kind} [<!ENTITY a "bomb">{ENTITIES}]>{whole}'.encode()


def with_outer_entity(document: str, word: str, kind: str) -> bytes:
    """One whose `word` becomes a file of the machine."""
    whole = document.replace(word, "&x;")
    return f'<!DOCTYPE {kind} [<!ENTITY x SYSTEM "file:///etc/passwd">]>{whole}'.encode()


def read(text: bytes | str) -> list[ParsedArticle]:
    data = text if isinstance(text, bytes) else text.encode()
    return formats.read_stories(SourceFile(Path("story.txt"), data))


def refused_or_read(text: bytes | str) -> None:
    """Any other error is raised, or logged."""
    with suppress(IntakeError):
        assert read(text)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Stops, and fails, what takes more of the processor, however busy the machine is."""

    def stop(*_signal: object) -> None:
        pytest.fail(f"not done in {seconds} seconds of the processor")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def cut_off(data: bytes, pieces: int) -> Iterator[bytes]:
    """Its beginnings, of so many lengths."""
    for length in range(1, len(data), max(1, len(data) // pieces)):
        yield data[:length]


def damaged(whole: bytes) -> Iterator[bytes]:
    """Ten times with three other bytes."""
    chance = random.Random(14)
    for _time in range(10):
        data = bytearray(whole)
        for _byte in range(3):
            data[chance.randrange(len(data))] = chance.randrange(256)
        yield bytes(data)


def check_all(files: Iterator[bytes], caplog: pytest.LogCaptureFixture) -> None:
    """Each is read or refused, by an error that was expected."""
    for data in files:
        refused_or_read(data)
    assert not [one for one in caplog.records if one.name == "archive.contrib.intake.formats"]
