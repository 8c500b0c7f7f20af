"""Runs the site's checks over a story."""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.module_loading import import_string

from archive.conf import settings
from archive.desk.qa.base import Check, Finding, Story
from archive.desk.qa.defaults import CHECKS


def paths() -> list[str]:
    """The dotted paths of the site's checks."""
    chosen = settings.DESK_CHECKS
    return CHECKS if chosen is None else chosen


def load_checks() -> tuple[Check, ...]:
    """The site's checks; raises ImportError for a path that leads nowhere."""
    return _load(tuple(paths()))


@lru_cache(maxsize=8)
def _load(dotted: tuple[str, ...]) -> tuple[Check, ...]:
    return tuple(import_string(path)() for path in dotted)


def check_story(story: Story, checks: Iterable[Check] | None = None) -> list[Finding]:
    """All findings, in reading order; within a segment in the order of the checks."""
    used = tuple(load_checks() if checks is None else checks)
    empty_too = [check for check in used if check.empty_too]
    return [
        finding
        for pair in story.pairs
        for check in (used if pair.target.strip() else empty_too)
        for finding in check.check(pair, story)
    ]
