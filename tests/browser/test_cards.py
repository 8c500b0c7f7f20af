"""Cards of names beside their mentions: by pointer, by keyboard, and out of the way of a tap."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from archive.models import ArticlePage, Entity, Office
from archive.text.language import CHINESE, ENGLISH, column
from tests.browser.acting import NARROW, pause
from tests.factories import block, make_article, make_entity, make_home, tag, translate


@pytest.fixture
def person() -> Entity:
    make_home()
    place = make_entity()
    person = make_entity("liu-xiaohua", "Liu Xiaohua", "刘小华", kind="person")
    titles = {column("title", ENGLISH): "Party chief", column("title", CHINESE): "市委书记"}
    Office.objects.create(person=person, place=place, as_of="2015-09-22", **titles)
    return person


@pytest.fixture
def story(person: Entity) -> ArticlePage:
    mention = f'<a linktype="entity" id="{person.pk}">Liu</a>'
    article = make_article("Harbour", body=[block("paragraph", f"<p>{mention} said so.</p>")])
    tag(article, person)
    translate(article, headline="海港")
    return article


def mention_in(page: Page) -> Locator:
    return page.locator(".story-body a[data-entity]")


def test_hovering_shows_a_card_that_the_pointer_may_enter(page: Page, story: ArticlePage) -> None:
    page.goto(story.get_url())
    card = page.locator(".entity-card")
    mention_in(page).hover()
    expect(card).to_contain_text("Party chief of Zhanjiang, on 22 September 2015")
    expect(card).to_contain_text("刘小华")
    card.locator(".entity-card-more").hover()
    # Longer than it would take to close.
    pause(page, 400)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.locator("h1").hover()
    mention_in(page).hover()
    card.locator(".entity-card-more").click()
    expect(page).to_have_url(page.url.partition("/en/")[0] + "/en/entities/liu-xiaohua/")


def test_the_keyboards_focus_shows_it_and_describes_the_mention(
    page: Page, story: ArticlePage
) -> None:
    page.goto(story.get_url())
    card, mention = page.locator(".entity-card"), mention_in(page)
    page.evaluate("document.querySelector('.story-body').tabIndex = -1")
    page.locator(".story-body").focus()
    page.keyboard.press("Tab")
    expect(mention).to_be_focused()
    expect(card.get_by_role("tooltip")).to_contain_text("Liú Xiǎohuá")
    assert mention.get_attribute("aria-describedby") == "entity-card-facts"
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(mention).to_be_focused()
    assert mention.get_attribute("aria-describedby") is None
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(card).to_be_visible()
    page.keyboard.press("Tab")
    expect(card).to_be_hidden()


def test_a_tap_follows_the_link(browser: Browser, live_server, story: ArticlePage) -> None:
    context = browser.new_context(viewport=NARROW, has_touch=True, base_url=live_server.url)
    page = context.new_page()
    page.goto(story.get_url())
    mention_in(page).tap()
    page.wait_for_url("**/en/entities/liu-xiaohua/")
    context.close()
