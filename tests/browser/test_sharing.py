"""Passing a story on: quotations with their source, addresses, citations."""

import pytest
from playwright.sync_api import Page, expect

from archive.models import ArticlePage
from archive.site.permalinks import short_id
from archive.text.language import CHINESE, ENGLISH
from tests.browser.acting import NARROW
from tests.factories import block, make_article, translate
from tests.site.reading import address

BLOCK = "00000000-0000-4000-8000-00000000aaaa"
# Selects the paragraph's first characters, as a pointer or shifted arrows would.
SELECT = """([selector, end]) => {
  const text = document.querySelector(selector).firstChild;
  getSelection().setBaseAndExtent(text, 0, text, end);
}"""
# Headless browsers have no clipboard of their own to ask.
WATCH_CLIPBOARD = """() => Object.defineProperty(navigator, 'clipboard', {
  value: {writeText: async text => { window.copied = text; }},
})"""


def make_story() -> ArticlePage:
    words = "The “smart” city and its port, of which there is much to tell. " * 4
    article = make_article(
        "Harbour notes", body=[block("paragraph", f"<p>{words}</p>", BLOCK)], print_page="17"
    )
    translate(article, headline="港口札记", **{BLOCK: "<p>“智慧”城市与海港。</p>"})
    return ArticlePage.objects.get(pk=article.pk)


def open_story(page: Page, language: str) -> ArticlePage:
    article = make_story()
    page.add_init_script(f"({WATCH_CLIPBOARD})()")
    page.goto(address(article, language))
    return article


@pytest.mark.parametrize(
    ("language", "length", "quotation"),
    [
        (
            ENGLISH,
            16,
            "“The ‘smart’ city” — “Harbour notes,” China Daily, 22 September 2015, page 17, ",
        ),
        (
            CHINESE,
            6,
            "“‘智慧’城市”——《港口札记》，译自China Daily, 22 September 2015, page 17，",
        ),
    ],
)
def test_a_quotation_is_copied_with_its_source(
    page: Page, language: str, length: int, quotation: str
) -> None:
    article = open_story(page, language)
    page.evaluate(SELECT, [".story-body p", length])
    button = page.locator(".quote-button")
    expect(button).to_be_in_viewport()
    button.click()
    suffix = {ENGLISH: "en", CHINESE: "zh"}[language]
    copied = str(page.evaluate("window.copied"))
    assert copied.startswith(quotation)
    assert copied.endswith(f"/s/{short_id(article.pk)}/{suffix}/#{BLOCK}")
    said = {ENGLISH: "Copied", CHINESE: "已复制"}[language]
    expect(page.locator(".sharing [role=status]")).to_have_text(said)


@pytest.mark.exhaustive
def test_side_by_side_each_language_is_quoted_as_itself(page: Page) -> None:
    article = make_story()
    page.add_init_script(f"({WATCH_CLIPBOARD})()")
    page.goto(f"{address(article, ENGLISH)}?view=both")
    page.evaluate(SELECT, [".side-other .block p", 6])
    page.locator(".quote-button").click()
    copied = str(page.evaluate("window.copied"))
    assert copied.startswith("“‘智慧’城市”——《港口札记》")
    assert copied.endswith(f"/s/{short_id(article.pk)}/zh/#{BLOCK}")


@pytest.mark.exhaustive
def test_the_keyboard_reaches_it_and_sends_it_away(page: Page) -> None:
    open_story(page, ENGLISH)
    page.set_viewport_size(NARROW)
    page.locator(".story-body p").dblclick(position={"x": 8, "y": 10})
    button = page.locator(".quote-button")
    expect(button).to_be_visible()
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(button).to_have_text("Copied")
    assert str(page.evaluate("window.copied")).startswith("“The” — “Harbour notes,”")
    page.keyboard.press("Escape")
    expect(button).to_have_count(0)


def test_addresses_and_citations_are_copied(page: Page) -> None:
    open_story(page, ENGLISH)
    page.get_by_role("button", name="Copy the address").click()
    assert page.evaluate("window.copied") == page.locator(".permalink a").text_content()
    page.get_by_role("link", name="Cite this story").click()
    page.get_by_role("button", name="Copy APA 7").click()
    assert str(page.evaluate("window.copied")).startswith(
        "Harbour notes. (2015, September 22). China Daily, 17. Retrieved "
    )
