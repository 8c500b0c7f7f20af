"""The search box's list of suggestions: keyboard, pointer, input methods, small screens."""

from collections.abc import Callable

from playwright.sync_api import Page, Request, Route, expect

from archive.text.language import CHINESE, ENGLISH
from tests.browser.acting import NARROW, pause
from tests.factories import make_article, make_entity, make_home, tag

IS_TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
COMPOSE = """(box, [kind, text]) => {
  const event = { data: text, bubbles: true };
  if (kind !== "start") box.value = text;
  box.dispatchEvent(new CompositionEvent(`composition${kind}`, event));
  box.dispatchEvent(new InputEvent("input", { ...event, isComposing: kind !== "end" }));
}"""

# Letter by letter within one moment, however busy the machine is.
TYPE_AT_ONCE = """(box, text) => {
  for (const letter of text) {
    box.value += letter;
    box.dispatchEvent(new InputEvent("input", { data: letter, bubbles: true }));
  }
}"""


def make_stories() -> None:
    city = make_entity()
    make_entity("zhanjiang-port", "Zhanjiang Port", "湛江港")
    tag(make_article("Zhanjiang looks abroad"), city)


def test_the_keyboard_chooses_from_the_list(page: Page) -> None:
    make_stories()
    asked: list[Request] = []
    page.on("request", lambda one: asked.append(one) if "suggest" in one.url else None)
    page.goto(f"/{ENGLISH}/")
    box = page.get_by_role("combobox", name="Search the archive")
    box.focus()
    box.evaluate(TYPE_AT_ONCE, "zhan")
    options = page.get_by_role("option")
    expect(options).to_have_count(3)
    # Asked for once.
    assert len(asked) == 1
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_have_text("3 suggestions")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    box.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("zhan")
    box.press("ArrowDown")
    expect(options).to_have_count(3)
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/search/?q=Zhanjiang")
    expect(page.get_by_role("heading", name="1 story")).to_be_visible()


def test_half_a_word_of_an_input_method_is_not_asked_for(page: Page) -> None:
    make_stories()
    asked: list[Request] = []
    page.on("request", lambda one: asked.append(one) if "suggest" in one.url else None)
    page.goto(f"/{CHINESE}/")
    box = page.locator("[name=q]")
    box.focus()
    for kind, text in (("start", ""), ("update", "zhan"), ("update", "zhan'jiang")):
        box.evaluate(COMPOSE, [kind, text])
    pause(page, 400)
    assert asked == []
    box.evaluate(COMPOSE, ["end", "湛江"])
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(options.first).to_contain_text("湛江")
    expect(options.first).to_contain_text("Zhanjiang")
    options.nth(1).click()
    page.wait_for_url("**/entities/zhanjiang-port/")


def test_what_is_typed_before_the_script_comes_is_asked_for(page: Page) -> None:
    make_stories()
    late: list[Route] = []
    page.route("**/search-box*.js", lambda route: late.append(route))
    with page.expect_request("**/search-box*.js"):
        page.goto(f"/{CHINESE}/", wait_until="commit")
    page.locator("[name=q]").press_sequentially("zhan")
    late.pop().continue_()
    expect(page.get_by_role("option").first).to_be_visible()


def test_on_a_phone_the_list_and_the_filters_fit(open_tab: Callable[..., Page]) -> None:
    make_stories()
    make_home()
    tab = open_tab(viewport=NARROW)
    tab.goto(f"/{CHINESE}/")
    # The masthead has room for the way to the search.
    tab.get_by_role("search").get_by_role("button").click()
    box = tab.get_by_role("main").locator("[name=q]")
    box.press_sequentially("zhan")
    expect(tab.get_by_role("option").first).to_be_in_viewport()
    assert not tab.evaluate(IS_TOO_WIDE)
    box.press("Enter")
    tab.wait_for_url("**/search/?q=zhan")
    tab.goto(f"/{CHINESE}/search/?place=zhanjiang")
    facet = tab.locator(".facet").first
    expect(facet).to_be_hidden()
    tab.locator(".search-narrow summary").click()
    expect(facet).to_be_visible()
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.reload()
    expect(facet).to_be_visible()
    expect(tab.locator(".search-narrow summary")).to_be_hidden()
