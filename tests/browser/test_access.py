"""Every kind of public page, in both languages and themes, by WCAG 2.2 AA."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from archive.text.language import CHINESE, ENGLISH
from tests.access.kinds import KINDS, Kind
from tests.access.newspaper import make_newspaper
from tests.browser.acting import NARROW, WIDE
from tests.browser.conftest import OpenTab
from tests.browser.test_reader import IS_TOO_WIDE

AUDITS = (Path(__file__).parents[1] / "access" / "audits.js").read_text()
ABSENT_ENGINE = "tests.access.newspaper.absent_engine"
SMALLEST = {"width": 320, "height": 640}
EVERY_RULE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
VIOLATIONS = "options => axe.run(options).then(found => found.violations)"
# After a change of theme or window, on a busy machine.
STILL_MS = 1500
CUT_OFF = "audits.clipped().concat(audits.sideways())"
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

# Shares of a few seconds keep all processes busy to the end. With every change each kind of page is
# looked at in one of the languages.
SHARES = 4
in_each_language = pytest.mark.parametrize(
    ("language", "share"),
    [
        pytest.param(language, share, marks=[pytest.mark.exhaustive] * (share % 2 != place))
        for place, language in enumerate((ENGLISH, CHINESE))
        for share in range(SHARES)
    ],
)


@pytest.fixture
def newspaper(settings: Any) -> None:
    settings.ARCHIVE_PAGE_SIZE = 2
    make_newspaper()


def opened(tab: Page, kind: Kind, language: str) -> Page:
    response = tab.goto(kind.address(language))
    assert response is not None
    assert response.status == kind.status, kind
    if kind.awaits:
        expect(tab.locator(kind.awaits)).to_be_visible()
    tab.evaluate(AUDITS)
    # Once a page: half a million characters, which the package would send for each question.
    tab.evaluate(AXE_SCRIPT)
    return tab


def pages(
    open_tab: OpenTab, language: str, share: int, settings: Any
) -> Iterator[tuple[Kind, Page]]:
    """Each kind of page of this share in turn, in one tab."""
    # The audits put a style of their own into the page.
    tab = open_tab(viewport=WIDE, meets=(404, 503), bypass_csp=True)
    for kind in KINDS[share::SHARES]:
        settings.ARCHIVE_SEARCH_ENGINE = ABSENT_ENGINE if kind.status == 503 else ""
        yield kind, opened(tab, kind, language)


def faults(tab: Page, options: dict[str, Any]) -> list[Any]:
    """What axe finds; what it finds while colours still change, it is asked about again."""
    violations = tab.evaluate(VIOLATIONS, options)
    if violations:
        tab.wait_for_timeout(STILL_MS)
        violations = tab.evaluate(VIOLATIONS, options)
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations]


def none_of(found: dict[tuple[str, str], list[Any]]) -> None:
    """Fails with a line for each fault."""
    lines = [f"{where}: {one}" for where, what in found.items() for one in what]
    assert not lines, "\n".join(lines)


@in_each_language
def test_every_kind_of_page_is_open_to_everyone(
    newspaper: None, open_tab: OpenTab, settings: Any, language: str, share: int
) -> None:
    found: dict[tuple[str, str], list[Any]] = {}
    for kind, tab in pages(open_tab, language, share, settings):
        tab.emulate_media(color_scheme="light")
        found[kind.path, "axe, light"] = faults(tab, EVERY_RULE)
        tab.emulate_media(color_scheme="dark")
        found[kind.path, "axe, dark"] = faults(tab, COLOURS)
        found[kind.path, "structure"] = tab.evaluate("audits.structure()")
        found[kind.path, "targets"] = tab.evaluate("audits.targets()")
        tab.set_viewport_size(SMALLEST)
        found[kind.path, "targets, narrow"] = tab.evaluate("audits.targets()")
        found[kind.path, "reflow"] = tab.evaluate("audits.sideways()")
        tab.set_viewport_size(NARROW)
        found[kind.path, "telephone"] = ["too wide"] if tab.evaluate(IS_TOO_WIDE) else []
        tab.set_viewport_size(SMALLEST)
        tab.evaluate("audits.spaceOut()")
        found[kind.path, "spacing, narrow"] = tab.evaluate(CUT_OFF)
        tab.set_viewport_size(WIDE)
        found[kind.path, "spacing"] = tab.evaluate(CUT_OFF)
    none_of(found)
