"""What readers set: size, lines, colours, Pinyin; by keyboard, kept, in force from the start."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from archive.models import ArticlePage
from archive.text.language import CHINESE, ENGLISH
from tests.browser.test_reader import IS_TOO_WIDE, LOW_CONTRAST, SMALLEST, opened
from tests.factories import block, make_article, make_entity, tag, translate

in_each_language = pytest.mark.parametrize("language", [ENGLISH, CHINESE])

NAMES = {ENGLISH: "Reading settings", CHINESE: "阅读设置"}
KEEP = "settings => localStorage.setItem('archive-reader', JSON.stringify(settings))"
SHIFT = """() => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(one => { sum += one.value; }))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => resolve(sum), 200);
})"""
SELECTED = """() => {
  getSelection().selectAllChildren(document.querySelector('.story-body'));
  return String(getSelection()).trim();
}"""


@pytest.fixture
def story() -> ArticlePage:
    """A story with a name in the text of each language."""
    city = make_entity()
    names = {language: city.name_in(language) for language in (ENGLISH, CHINESE)}
    link = {code: f'<a linktype="entity" id="{city.pk}">{names[code]}</a>' for code in names}
    paragraph = block("paragraph", f"<p>{link[ENGLISH]} is a port.</p>")
    article = make_article("City builds on long history", body=[paragraph])
    tag(article, city)
    translate(
        article,
        headline="湛江续写百年对美交往新篇",
        **{paragraph["id"]: f"<p>{link[CHINESE]}是港口城市。</p>"},
    )
    return ArticlePage.objects.get(pk=article.pk)


def with_settings(page: Page, story: ArticlePage, language: str, **settings: str) -> Page:
    opened(page, story, language).evaluate(KEEP, settings)
    page.reload()
    return page


def test_settings_are_made_by_keyboard_and_kept(story: ArticlePage, page: Page) -> None:
    opened(page, story, CHINESE)
    button = page.get_by_role("button", name=NAMES[CHINESE])
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".reader-panel")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator(".reader-panel")).to_be_hidden()
    expect(button).to_be_focused()
    expect(page.locator("html")).to_have_css("font-size", "18.4px")
    page.reload()
    expect(page.locator("html")).to_have_css("font-size", "18.4px")
    assert page.locator("[name=text][value=large]").is_checked()


@pytest.mark.exhaustive
def test_the_way_back_is_to_the_page_as_it_was_designed(story: ArticlePage, page: Page) -> None:
    with_settings(page, story, ENGLISH, theme="sepia", text="largest", spacing="roomy")
    page.get_by_role("button", name=NAMES[ENGLISH]).click()
    page.get_by_role("button", name="As it was designed").click()
    expect(page.locator("html")).to_have_css("font-size", "16px")
    assert page.evaluate("localStorage.getItem('archive-reader')") == "{}"
    for name in ("text", "spacing", "theme"):
        assert page.locator(f"[name={name}][value='']").is_checked()


@pytest.mark.parametrize(
    ("theme", "language"),
    [
        pytest.param("light", ENGLISH, marks=pytest.mark.exhaustive),
        ("dark", CHINESE),
        pytest.param("sepia", ENGLISH, marks=pytest.mark.exhaustive),
    ],
)
def test_a_chosen_theme_wins_over_the_devices_and_is_legible(
    story: ArticlePage, page: Page, theme: str, language: str
) -> None:
    page.emulate_media(color_scheme="light" if theme == "dark" else "dark")
    with_settings(page, story, language, theme=theme)
    page.locator(".reader-open").click()
    grounds = {
        "light": "rgb(253, 252, 249)",
        "dark": "rgb(22, 23, 24)",
        "sepia": "rgb(245, 236, 217)",
    }
    expect(page.locator("html")).to_have_css("background-color", grounds[theme])
    assert page.locator("meta[name=theme-color]").first.get_attribute("content") == grounds[theme]
    assert page.evaluate(LOW_CONTRAST) == []


@pytest.mark.exhaustive
def test_more_contrast_is_given_where_it_is_asked_for(story: ArticlePage, page: Page) -> None:
    page.emulate_media(contrast="more", color_scheme="dark")
    opened(page, story, ENGLISH)
    expect(page.locator("html")).to_have_css("background-color", "rgb(0, 0, 0)")
    expect(page.locator("body")).to_have_css("color", "rgb(255, 255, 255)")


@in_each_language
def test_the_largest_text_fits_the_smallest_screen(
    story: ArticlePage, open_tab: Callable[..., Page], language: str
) -> None:
    settings = {"text": "largest", "spacing": "roomy", "pinyin": "on"}
    tab = with_settings(open_tab(viewport=SMALLEST), story, language, **settings)
    assert not tab.evaluate(IS_TOO_WIDE)
    # The masthead's parts stand below each other then.
    name, search = (
        tab.locator(f".masthead {part}").bounding_box() for part in (".nameplate a", ".search")
    )
    assert name
    assert search
    assert name["y"] + name["height"] <= search["y"]
    tab.locator(".reader-open").click()
    assert not tab.evaluate(IS_TOO_WIDE)


@in_each_language
def test_nothing_moves_while_a_page_with_settings_loads(
    story: ArticlePage, page: Page, language: str
) -> None:
    with_settings(page, story, language, text="larger", spacing="roomy", theme="dark", pinyin="on")
    expect(page.locator(".reader-open")).to_be_visible()
    # A face that comes late may move a line by a hair.
    assert page.evaluate(SHIFT) <= 0.02


def test_pinyin_stands_over_names_but_not_in_the_text(story: ArticlePage, page: Page) -> None:
    opened(page, story, CHINESE)
    before = page.evaluate(SELECTED)
    expect(page.locator("rt")).to_have_count(0)
    page.locator(".reader-open").click()
    page.get_by_label("拼音").check()
    syllables = page.locator(".story-body rt").evaluate_all(
        "all => all.map(rt => rt.dataset.syllable)"
    )
    assert syllables == ["zhàn", "jiāng"]
    assert page.locator(".story-body rt").first.bounding_box()["height"] > 5
    expect(page.locator(".names-about rt")).to_have_count(2)
    expect(page.locator(".story-body p")).to_have_text("湛江是港口城市。")
    assert page.evaluate(SELECTED) == before
    page.get_by_label("拼音").uncheck()
    expect(page.locator("rt")).to_have_count(0)


def test_without_script_there_is_no_sign_of_settings(
    story: ArticlePage, browser: Any, live_server: Any
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    tab = opened(context.new_page(), story, ENGLISH)
    expect(tab.locator(".masthead")).to_be_visible()
    assert NAMES[ENGLISH] not in tab.locator("body").inner_text()
    expect(tab.locator(".reader-open")).to_have_count(0)
    context.close()


@pytest.mark.exhaustive
def test_what_storage_holds_by_mistake_does_no_harm(story: ArticlePage, page: Page) -> None:
    with_settings(page, story, ENGLISH, theme='"]; x', text="large")
    expect(page.locator("html")).to_have_css("font-size", "18.4px")
    assert page.locator("html").get_attribute("data-theme") is None
    page.evaluate("localStorage.setItem('archive-reader', 'null')")
    page.reload()
    expect(page.locator(".reader-open")).to_be_visible()
