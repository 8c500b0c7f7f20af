"""Runs the site's checks over a story."""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.module_loading import import_string

from archive.conf import settings
from archive.desk.qa.base import Check, Finding, Pair, Story
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
    used = load_checks() if checks is None else tuple(checks)
    return [finding for pair in story.pairs for finding in check_pair(pair, story, used)]


def check_pair(pair: Pair, story: Story, checks: tuple[Check, ...] | None = None) -> list[Finding]:
    """The findings in one pair of the story."""
    used = load_checks() if checks is None else checks
    is_empty = not pair.target.strip()
    return [
        finding
        for check in used
        if not is_empty or check.empty_too
        for finding in check.check(pair, story)
    ]
