"""The readers' pages by keyboard alone: the order of stops, the focus to be seen, no traps."""

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from archive.text.language import CHINESE, ENGLISH
from tests.access.kinds import STORY
from tests.access.newspaper import make_newspaper
from tests.browser.acting import NARROW
from tests.browser.conftest import OpenTab

# Where the keyboard is, and how that element looks.
STOP = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const every = [...document.querySelectorAll("*")];
  const look = getComputedStyle(here);
  const box = here.getBoundingClientRect();
  return {
    index: every.indexOf(here),
    name: `${here.localName} ${(here.getAttribute("aria-label") || here.textContent || here.name)
      .trim().replace(/\\s+/g, " ").slice(0, 40)}`,
    top: box.top + scrollY, left: box.left, bottom: box.bottom + scrollY,
    isSeen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    isHidden: Boolean(here.closest("[aria-hidden=true]")),
    outline: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
    inFilters: Boolean(here.closest(".search-narrow")),
    inMain: Boolean(here.closest("main")), inMap: Boolean(here.closest(".tie-map")),
  };
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
  const look = getComputedStyle(one);
  const lasts = value => value.split(",").some(part => parseFloat(part) > 0.01);
  return look.scrollBehavior === "smooth" || lasts(look.transitionDuration)
    || (look.animationName !== "none" && lasts(look.animationDuration));
}).map(one => one.localName + "." + one.className)"""
MOST_STOPS = 250

PAGES = [
    "",
    STORY,
    "search/?q=Zhanjiang",
    "entities/zhanjiang/",
    "ties/timeline/",
    "browse/2015/09/22/",
]
Stop = dict[str, Any]


@pytest.fixture
def reader(open_tab: OpenTab) -> Page:
    make_newspaper()
    return open_tab(viewport=NARROW, reduced_motion="reduce")


def walk(tab: Page, key: str = "Tab") -> list[Stop]:
    """Every stop from the page's beginning until the keyboard leaves the page."""
    stops: list[Stop] = []
    while len(stops) < MOST_STOPS:
        tab.keyboard.press(key)
        stop = tab.evaluate(STOP)
        if stop is None or (stops and stop["index"] == stops[0]["index"]):
            return stops
        stops.append(stop)
    raise AssertionError(f"The keyboard never leaves the page: {stops[-3:]}")


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_every_stop_is_seen_in_order_and_none_is_a_trap(reader: Page, language: str) -> None:
    for path in PAGES:
        reader.goto(f"/{language}/{path}")
        stops = walk(reader)
        assert [stop["name"] for stop in stops if not stop["isSeen"]] == [], path
        assert [stop["name"] for stop in stops if not stop["outline"]] == [], path
        assert [stop["name"] for stop in stops if stop["isHidden"]] == [], path
        indexes = [stop["index"] for stop in stops]
        assert indexes == sorted(indexes), path
        # In a single column what comes later is also lower, or beside. Only the search's filters,
        # which come after its results, are folded above them where there is one column.
        inside = [stop for stop in stops if stop["inMain"] and not stop["inFilters"]]
        steps = [(a["name"], b["name"]) for a, b in pairwise(inside) if b["bottom"] < a["top"]]
        assert steps == [], path
    # From the last page the way back is the same.
    assert [stop["index"] for stop in walk(reader, "Shift+Tab")] == indexes[::-1]


def test_the_skip_link_the_map_and_the_switch_work_by_keyboard(reader: Page) -> None:
    for path in PAGES:
        reader.goto(f"/en/{path}")
        reader.keyboard.press("Tab")
        expect(reader.get_by_role("link", name="Skip to the text")).to_be_focused()
        reader.keyboard.press("Enter")
        expect(reader.locator("main")).to_be_focused()
        reader.keyboard.press("Tab")
        assert reader.evaluate(STOP)["inMain"], path
    reader.goto("/en/ties/")
    stops = walk(reader)
    assert not [stop for stop in stops if stop["inMap"]]
    assert [stop["name"] for stop in stops if not stop["outline"]] == []
    assert reader.evaluate(MOVING) == []
    reader.goto("/en/search/?q=Zhanjiang&sort=newest")
    reader.get_by_role("navigation", name="Language").get_by_role("link", name="中文").focus()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url("/zh-hans/search/?q=Zhanjiang&sort=newest")
    expect(reader.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_nothing_moves_for_those_who_asked_for_stillness(reader: Page) -> None:
    reader.goto(f"/en/{STORY}")
    reader.keyboard.press("Tab")
    assert reader.evaluate(MOVING) == []
    reader.emulate_media(reduced_motion="no-preference")
    assert reader.evaluate(MOVING) == ["html."]
