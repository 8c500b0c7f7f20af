"""The pages of names and ties in a browser: the map and its filters. For axe see test_access."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from archive.models import Office
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import make_article, make_entity, make_home, tag
from tests.ties.places import place, tie


@pytest.fixture(autouse=True)
def ties() -> None:
    """Two ties of a city, one of them told by a story."""
    make_home()
    article = make_article("Signed in the harbour")
    tie(article=article, since="2005-10", status="in_force", confidence="high")
    tie(two="long-beach", kind="visit", since="2015-10", status="planned")
    person = make_entity("liu-xiaohua", "Liu Xiaohua", "刘小华", kind="person")
    title = {column("title", ENGLISH): "Party chief", column("title", CHINESE): "市委书记"}
    Office.objects.create(person=person, place=place("zhanjiang"), as_of="2015-09-22", **title)
    for entity in (place("zhanjiang"), place("atlantic-city"), person):
        tag(article, entity)


def open_map(tab: Page, address: str = "/en/ties/") -> Page:
    tab.goto(address)
    expect(tab.locator("#tie-map[data-ready]")).to_be_visible()
    return tab


def test_the_keyboard_goes_from_a_place_on_the_map_to_a_tie(page: Page) -> None:
    open_map(page)
    button = page.get_by_role("button", name="Zhanjiang, ties: 2")
    button.focus()
    page.keyboard.press("Enter")
    popup = page.locator(".tie-popup")
    expect(popup).to_contain_text("Sister cities · since October 2005")
    popup.get_by_role("link", name="Atlantic City").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/en/ties/atlantic-city/zhanjiang/")


def test_filters_change_map_list_and_address_without_a_new_page(page: Page) -> None:
    open_map(page)
    page.evaluate("() => { window.isSamePage = true; }")
    page.get_by_label("Kind").select_option("visit")
    expect(page.locator(".tie-count[role=status]")).to_contain_text("1 tie of 2 · Visit")
    expect(page).to_have_url("/en/ties/?kind=visit")
    expect(page.locator(".tie-place")).to_have_count(2)
    expect(page.locator(".languages a").last).to_have_attribute("href", "/zh-hans/ties/?kind=visit")
    page.get_by_label("Begun by").select_option("2005")
    expect(page.locator("#tie-results")).to_contain_text("No such ties")
    expect(page.locator(".tie-place")).to_have_count(0)
    page.go_back()
    expect(page.locator(".tie-place")).to_have_count(2)
    expect(page.get_by_label("Begun by")).to_have_value("")
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(".tie-place")).to_have_count(3)
    assert page.evaluate("() => window.isSamePage")


def test_a_link_opens_the_map_as_it_was_filtered(page: Page) -> None:
    open_map(page, "/zh-hans/ties/?kind=visit")
    expect(page.locator(".tie-place")).to_have_count(2)
    expect(page.locator("#filter-kind")).to_have_value("visit")


def test_without_scripts_the_form_filters_the_list(browser: Any, live_server: Any) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    tab = context.new_page()
    tab.goto("/en/ties/")
    expect(tab.locator("#tie-map")).to_be_hidden()
    tab.get_by_label("Kind").select_option("visit")
    tab.get_by_role("button", name="Show").click()
    expect(tab.locator(".tie-table tbody tr")).to_have_count(1)
    context.close()
