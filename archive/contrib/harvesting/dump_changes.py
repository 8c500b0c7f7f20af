"""What a dump has that the one before hadn't, and what it has no more: its change dump.

Whoever has a dump and applies the change dumps since has the newest one: a line takes the place of
the one with its address, and one that says `deleted` takes it away. An address is in the newest
change dump alone that it belongs in, so that no older one gives away what was withdrawn.
"""

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

# Beside a dump, and given to nobody: its lines' places, addresses and digests.
LINES = "lines.txt"
_PREFIX, _SUFFIX = "changes-", ".jsonl.gz"


@dataclass(frozen=True)
class DumpLine:
    """A line of a dump by its place in the order (a story's id and its language's) and its text."""

    place: tuple[int, int]
    url: str
    digest: str

    @classmethod
    def of(cls, place: tuple[int, int], url: str, text: str) -> Self:
        return cls(place, url, hashlib.sha256(text.encode()).hexdigest())

    @classmethod
    def read(cls, line: str) -> Self:
        pk, language, digest, url = line.rstrip("\n").split("\t")
        return cls((int(pk), int(language)), url, digest)

    def __str__(self) -> str:
        return f"{self.place[0]}\t{self.place[1]}\t{self.digest}\t{self.url}\n"


@contextmanager
def packed_lines(out: BinaryIO) -> Iterator[gzip.GzipFile]:
    """Gzip without a time of its own: the same lines give the same file."""
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as packed:
        yield packed


class ChangeDump:
    """Compares a dump's lines, as they come, with those of the dump before; writes what differs."""

    def __init__(self, before: Iterator[str], out: gzip.GzipFile) -> None:
        self._before, self._out = map(DumpLine.read, before), out
        self._next = next(self._before, None)
        # The addresses that it tells of.
        self.told: set[str] = set()

    def add(self, line: DumpLine, text: str) -> None:
        self._leave(line.place)
        old = None
        if self._next and self._next.place == line.place:
            old, self._next = self._next, next(self._before, None)
        if old and old.url != line.url:
            self._delete(old)
        if old is None or (old.url, old.digest) != (line.url, line.digest):
            self.told.add(line.url)
            self._out.write(text.encode())

    def finish(self) -> None:
        """There are no more lines: what is left of the dump before is gone."""
        self._leave(None)

    def _leave(self, place: tuple[int, int] | None) -> None:
        while self._next and (place is None or self._next.place < place):
            self._delete(self._next)
            self._next = next(self._before, None)

    def _delete(self, line: DumpLine) -> None:
        self.told.add(line.url)
        self._out.write(f"{json.dumps({'url': line.url, 'deleted': True})}\n".encode())


def change_name(stem: str) -> str:
    """Of the change dump that leads to the dump in the folder `stem`; in the order of time."""
    return f"{_PREFIX}{stem}{_SUFFIX}"


def change_dumps(folder: Path) -> list[Path]:
    """Those that a dump has beside it, the oldest first."""
    return sorted(folder.glob(f"{_PREFIX}*{_SUFFIX}"))


def keep_change_dumps(before: Path, new: Path, told: set[str], oldest: str) -> None:
    """Take over those of the dump before, but for older ones, without what is told of anew."""
    for path in change_dumps(before):
        if path.name < oldest:
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            is_touched = any(json.loads(line)["url"] in told for line in lines) if told else False
        if not is_touched:
            shutil.copyfile(path, new / path.name)
            continue
        with (
            gzip.open(path, "rt", encoding="utf-8") as lines,
            (new / path.name).open("wb") as out,
            packed_lines(out) as packed,
        ):
            packed.writelines(one.encode() for one in lines if json.loads(one)["url"] not in told)
