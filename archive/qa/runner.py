"""Runs the site's checks over a story: those of `ARCHIVE_DESK_CHECKS`, or all that are known."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.module_loading import import_string

from archive.conf import settings
from archive.qa.base import Check, Finding, Pair, Story
from archive.registry import registered
from archive.text.language import LANGUAGES


@dataclass(frozen=True)
class CheckGroup:
    """Checks of one module, by their classes' names, in the order in which findings are shown.

    Apps around the archive bring theirs by `register_archive_translation_check`. Groups with a
    lower `order` stand before others.
    """

    order: int
    module: str
    names: tuple[str, ...]


_GROUPS = (
    CheckGroup(
        200,
        "archive.qa.checks.markup",
        (
            *("MarkupBroken", "LinkAdded", "LinkLost", "LinkDoubled", "LinkAddress"),
            *("Emphasis", "ParagraphCount"),
        ),
    ),
    CheckGroup(
        300,
        "archive.qa.checks.names",
        ("NameMissing", "NameMisspelt", "NameForbidden", "NameInconsistent"),
    ),
    CheckGroup(310, "archive.qa.checks.terms", ("TermMissing", "TermForbidden")),
)


def known_checks() -> list[str]:
    """The dotted paths of the archive's checks and of the apps' around it, in their order."""
    groups = sorted(
        (*_GROUPS, *registered("translation_check", CheckGroup)), key=lambda group: group.order
    )
    return [f"{group.module}.{name}" for group in groups for name in group.names]


def load_checks() -> tuple[Check, ...]:
    """The site's checks that know its languages; ImportError for a path that leads nowhere."""
    chosen = settings.DESK_CHECKS
    return _load(tuple(known_checks() if chosen is None else chosen))


@lru_cache(maxsize=8)
def _load(dotted: tuple[str, ...]) -> tuple[Check, ...]:
    checks = (import_string(path)() for path in dotted)
    return tuple(check for check in checks if check.languages <= set(LANGUAGES))


def check_story(story: Story) -> list[Finding]:
    """All findings, in reading order; within a segment in the order of the checks."""
    checks = load_checks()
    return [finding for pair in story.pairs for finding in _check(pair, story, checks)]


def check_pair(pair: Pair, story: Story) -> list[Finding]:
    """The findings in one pair of the story."""
    return _check(pair, story, load_checks())


def _check(pair: Pair, story: Story, checks: Iterable[Check]) -> list[Finding]:
    is_empty = not pair.target.strip()
    return [
        finding
        for check in checks
        if not is_empty or check.empty_too
        for finding in check.check(pair, story)
    ]
