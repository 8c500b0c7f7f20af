"""The readers' pages as they look: lines, scripts, dark and print, keyboard and touch."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import Page, expect

from archive.models import ArticlePage
from archive.text.language import CHINESE, ENGLISH
from tests.browser.acting import NARROW, WIDE
from tests.factories import (
    block,
    make_article,
    make_entity,
    make_home,
    make_section,
    tag,
    translate,
)

SMALLEST = {"width": 320, "height": 640}
ENGLISH_TEXT = (
    "In the latter half of the nineteenth century a local resident led a group of thirty young "
    "students to the United States, in what was the first such visit that a government paid for. "
) * 4
CHINESE_TEXT = "湛江地处中国大陆最南端，长期以来一直是中美交往的先行者，如今仍保持着密切联系。" * 8

in_each_language = pytest.mark.parametrize("language", [ENGLISH, CHINESE])

CHARACTERS_A_LINE = """p => {
  const range = document.createRange(); range.selectNodeContents(p);
  const lines = new Set([...range.getClientRects()].map(box => Math.round(box.bottom)));
  return p.textContent.length / lines.size;
}"""
LOW_CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = colour => {
    const [r, g, b] = [...rgba(colour)].map(v => v / 255)
      .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (rgba(colour)[3]) return colour;
    }
    return 'white';
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const poor = [];
  while (texts.nextNode()) {
    const e = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !e.checkVisibility()) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) poor.push(texts.currentNode.data.trim());
  }
  return poor;
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll(
  '.masthead a, .kicker a, .headline a, .names-about a, .issue-list a, .month td a, .colophon a')]
  .filter(a => a.checkVisibility())
  .filter(a => a.getBoundingClientRect().height < 24 || a.getBoundingClientRect().width < 24)
  .map(a => a.textContent)"""
IS_TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def story() -> ArticlePage:
    """A long English story and its Chinese translation, tagged and filed."""
    paragraph = block("paragraph", f"<p>{ENGLISH_TEXT}</p>")
    body = [paragraph, block("paragraph", "<p>It was <em>long</em> ago.</p>")]
    article = make_article("City builds on long history", body=body, section=make_section())
    tag(article, make_entity())
    words = {
        paragraph["id"]: f"<p>{CHINESE_TEXT}</p>",
        body[1]["id"]: "<p>那是<em>很久</em>以前。</p>",
    }
    translate(article, headline="湛江续写百年对美交往新篇", **words)
    return ArticlePage.objects.get(pk=article.pk)


def opened(tab: Page, page: Any, language: str) -> Page:
    with translation.override(language):
        tab.goto(page.get_url())
    return tab


@in_each_language
def test_no_page_is_wider_than_the_screen(story: ArticlePage, page: Page, language: str) -> None:
    issue = story.get_parent().specific
    for one in (make_home(), issue.get_parent(), issue, story.section, story):
        opened(page, one, language)
        for viewport in (SMALLEST, NARROW, WIDE):
            page.set_viewport_size(viewport)
            assert not page.evaluate(IS_TOO_WIDE), (one, viewport)


@pytest.mark.parametrize(("language", "least", "most"), [(ENGLISH, 58, 72), (CHINESE, 34, 38)])
def test_lines_are_of_a_readable_length(
    story: ArticlePage, page: Page, language: str, least: int, most: int
) -> None:
    opened(page, story, language)
    length = page.locator(".story-body p").first.evaluate(CHARACTERS_A_LINE)
    assert least <= length <= most


def test_chinese_is_indented_and_never_slanted(story: ArticlePage, page: Page) -> None:
    opened(page, story, CHINESE)
    expect(page.locator(".story-body p").first).to_have_css("text-indent", "36px")
    expect(page.locator(".story-body em")).to_have_css("font-style", "normal")
    expect(page.locator("h1")).to_have_css("font-synthesis", "none")
    opened(page, story, ENGLISH)
    expect(page.locator(".story-body em")).to_have_css("font-style", "italic")


def test_a_reader_changes_the_language_and_stays_with_the_story(
    story: ArticlePage, page: Page
) -> None:
    opened(page, story, ENGLISH)
    switch = page.get_by_role("navigation", name="Language", exact=True)
    switch.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("湛江续写百年对美交往新篇")
    switch = page.get_by_role("navigation", name="语言", exact=True)
    switch.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("City builds on long history")


@in_each_language
def test_all_text_stands_out_from_its_ground(story: ArticlePage, page: Page, language: str) -> None:
    issue = story.get_parent().specific
    schemes: tuple[Any, ...] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        for one in (make_home(), issue.get_parent(), story):
            assert opened(page, one, language).evaluate(LOW_CONTRAST) == [], (one, scheme)


@in_each_language
@pytest.mark.parametrize("viewport", [NARROW, {"width": 768, "height": 900}])
def test_the_menu_is_one_line_that_shows_where_the_reader_is(
    story: ArticlePage, open_tab: Callable[..., Page], language: str, viewport: Any
) -> None:
    tab = open_tab(viewport=viewport)
    for address, current in (("search/trends/", -1), ("", 0)):
        tab.goto(f"/{language}/{address}")
        items = tab.locator(".sections li")
        boxes = items.evaluate_all("all => all.map(li => li.getBoundingClientRect().toJSON())")
        assert len({box["top"] for box in boxes}) == 1
        assert min(box["height"] for box in boxes) >= 40
        expect(items.nth(current)).to_be_in_viewport(ratio=1)
        if viewport is not NARROW:
            expect(items.last).to_be_in_viewport(ratio=1)
        expect(items.nth(current).locator("[aria-current]")).to_have_count(1)
        assert not tab.evaluate(IS_TOO_WIDE)


def test_on_a_telephone_the_name_is_one_line_beside_controls_of_one_height(
    story: ArticlePage, open_tab: Callable[..., Page]
) -> None:
    tab = opened(open_tab(viewport=NARROW), story, ENGLISH)
    expect(tab.locator(".reader-open")).to_be_visible()
    parts = tab.locator(".masthead .nameplate a, .bar button:visible, .bar a:visible")
    boxes = parts.evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
    name = boxes.pop()
    assert name["height"] < 30
    assert len({box["height"] for box in boxes}) == 1
    assert name["bottom"] <= boxes[0]["bottom"]


@in_each_language
def test_links_are_large_enough_for_a_finger(
    story: ArticlePage, open_tab: Callable[..., Page], language: str
) -> None:
    tab = open_tab(viewport=NARROW)
    for one in (make_home(), story.get_parent().specific.get_parent(), story):
        assert opened(tab, one, language).evaluate(SMALL_TARGETS) == []


def test_the_keyboard_skips_the_masthead(story: ArticlePage, page: Page) -> None:
    opened(page, story, ENGLISH)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@in_each_language
def test_paper_carries_the_citation_and_address_but_no_navigation(
    story: ArticlePage, page: Page, language: str
) -> None:
    opened(page, story, language)
    expect(page.locator(".address")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".address")).to_contain_text(story.slug)
    expect(page.locator(".citation")).to_be_visible()
    for selector in (".sections", ".languages", ".story-aside", ".colophon"):
        expect(page.locator(selector)).to_be_hidden()
