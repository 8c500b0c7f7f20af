"""The readers' pages with scripts off, and without anything that jumps while they load."""

import pytest
from playwright.sync_api import Page, expect

from archive.text.language import CHINESE, ENGLISH
from tests.access.kinds import STORY
from tests.access.newspaper import make_newspaper
from tests.browser.acting import NARROW, WIDE
from tests.browser.conftest import OpenTab

HEADLINES = {ENGLISH: "City builds on long history with US", CHINESE: "湛江续写百年对美交往新篇"}
# Whatever moved by itself since the page began, by the Layout Instability API.
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(one => { sum += one.value; }))
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => done(sum), 100));
})"""


def test_without_scripts_one_reads_searches_browses_and_changes_language(
    open_tab: OpenTab,
) -> None:
    make_newspaper()
    tab = open_tab(java_script_enabled=False)
    for language, other, name in ((ENGLISH, CHINESE, "中文"), (CHINESE, ENGLISH, "English")):
        tab.goto(f"/{language}/{STORY}")
        expect(tab.locator("h1")).to_have_text(HEADLINES[language])
        tab.locator(".languages").get_by_role("link", name=name).click()
        expect(tab.locator("h1")).to_have_text(HEADLINES[other])
        tab.goto(f"/{language}/")
        box = tab.get_by_role("searchbox")
        box.fill("Zhanjiang")
        box.press("Enter")
        expect(tab.get_by_role("link", name=HEADLINES[language])).to_be_visible()
        tab.locator(".facet a").first.click()
        expect(tab.locator(".active-filters a").first).to_be_visible()
        browse(tab, language)


def browse(tab: Page, language: str) -> None:
    """From the decades down to the story."""
    tab.goto(f"/{language}/browse/")
    for address in ("browse/2010s/", "browse/2015/", "browse/2015/09/", "browse/2015/09/22/"):
        tab.locator(f'main a[href="/{language}/{address}"]').first.click()
    tab.locator(f'main h4 a[href$="{STORY}"]').click()
    expect(tab.locator("h1")).to_have_text(HEADLINES[language])


@pytest.mark.exhaustive
def test_nothing_moves_while_a_page_loads(open_tab: OpenTab) -> None:
    make_newspaper()
    for viewport in (NARROW, WIDE):
        tab = open_tab(viewport=viewport)
        for language in (ENGLISH, CHINESE):
            for path in ("", STORY, "search/?q=Zhanjiang", "entities/zhanjiang/"):
                tab.goto(f"/{language}/{path}")
                assert tab.evaluate(SHIFTS) == 0, (language, path, viewport)
