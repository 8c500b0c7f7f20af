"""Searches the memory for words: how they were translated before, in either direction."""

from dataclasses import dataclass

from archive.desk.models import MemoryUnit

PAGE = 25


@dataclass(frozen=True)
class Found:
    """A page of units, the newest first, and whether there are more."""

    units: list[MemoryUnit]
    has_more: bool


def search(words: str, language: str = "", page: int = 1) -> Found:
    """One query. No count: it would read the whole memory for words that are everywhere."""
    start = (page - 1) * PAGE
    units = list(MemoryUnit.objects.containing(words, language)[start : start + PAGE + 1])
    return Found(units[:PAGE], len(units) > PAGE)
