"""The pages of names and ties in a browser: the map and its filters. For axe see test_access."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from archive.models import Office
from archive.text.language import CHINESE, ENGLISH, column
from tests.browser.test_paper import printed, squeezed
from tests.factories import make_article, make_entity, make_home, make_tie, tag
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


def test_filters_change_map_list_and_address_without_a_new_page(page: Page) -> None:
    page.goto("/en/ties/?sort=place")
    page.evaluate("() => { window.isSamePage = true; }")
    page.get_by_label("Kind").select_option("visit")
    expect(page.locator(".tie-count[role=status]")).to_contain_text("1 tie of 2 · Visit")
    expect(page).to_have_url("/en/ties/?kind=visit&sort=place")
    expect(page.locator(DOTS)).to_have_count(2)
    languages = page.locator(".languages a").last
    expect(languages).to_have_attribute("href", "/zh-hans/ties/?kind=visit&sort=place")
    page.get_by_label("Begun by").select_option("2005")
    expect(page.locator("#tie-results")).to_contain_text("No such ties")
    expect(page.locator(DOTS)).to_have_count(0)
    page.go_back()
    expect(page.locator(DOTS)).to_have_count(2)
    expect(page.get_by_label("Begun by")).to_have_value("")
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(DOTS)).to_have_count(3)
    assert page.evaluate("() => window.isSamePage")


DOTS = ".tie-map-whole .map-places > a"
OVERLAPPING = """() => {
  const names = [...document.querySelectorAll('.map-names text')]
    .map((one) => [one.textContent, one.getBoundingClientRect()])
    .filter(([, box]) => box.width);
  const over = [];
  names.forEach(([name, one], at) => names.slice(at + 1).forEach(([other, two]) => {
    if (one.left < two.right - 1 && two.left < one.right - 1
        && one.top < two.bottom - 4 && two.top < one.bottom - 4) over.push([name, other]);
  }));
  return {number: names.length, over};
}"""
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { sum += one.value; }))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 200);
})"""


@pytest.mark.parametrize(
    ("width", "language"),
    [
        (390, "zh-hans"),
        (1280, "en"),
        pytest.param(390, "en", marks=pytest.mark.exhaustive),
        pytest.param(1280, "zh-hans", marks=pytest.mark.exhaustive),
    ],
)
def test_names_stand_apart_on_the_map_and_nothing_moves(
    page: Page, width: int, language: str
) -> None:
    hub = place("zhanjiang")
    for number in range(40):
        near = {"latitude": 30 + number % 7, "longitude": -120 + number % 9, "country": "US"}
        other = make_entity(f"port-{number}", f"Port of {number}", f"第{number}港", **near)
        make_tie(hub, other)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/{language}/ties/", wait_until="load")
    found = page.evaluate(OVERLAPPING)
    assert found["over"] == []
    assert found["number"] >= 6
    assert page.evaluate(SHIFT) <= 0.02


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_on_paper_the_map_is_small_and_no_row_is_parted(page: Page, language: str) -> None:
    hub = place("zhanjiang")
    for number in range(40):
        near = {"latitude": 30 + number % 7, "longitude": -120 + number % 9, "country": "US"}
        make_tie(hub, make_entity(f"port-{number}", f"Port of {number}", f"第{number}港", **near))
    page.goto(f"/{language}/ties/")
    pdf = printed(page, "A4")
    sheets = [squeezed(sheet.extract_text()) for sheet in pdf.pages]
    # The map and the first ties share a page with the heading; what says so is in the open.
    evidence = {"en": "Source", "zh-hans": "来源"}[language]
    assert [evidence in sheet for sheet in sheets[:2]] == [True, True]
    assert "".join(sheets).count(f"/{language}/ties/") == 1
    for unwanted in ("All kinds", "Timeline", "GeoJSON", "全部类别", "时间线"):
        assert squeezed(unwanted) not in "".join(sheets)
    for number in range(40):
        named = {"en": f"Portof{number}", "zh-hans": f"第{number}港"}[language]
        assert any(named in sheet for sheet in sheets)
    page.emulate_media(media="print")
    assert (
        page.locator(".tie-list > li").first.evaluate("(row) => getComputedStyle(row).breakInside")
        == "avoid"
    )


def test_without_scripts_the_form_filters_the_list(browser: Any, live_server: Any) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    tab = context.new_page()
    tab.goto("/en/ties/")
    tab.get_by_label("Kind").select_option("visit")
    tab.get_by_role("button", name="Show").click()
    expect(tab.locator(".tie-list > li")).to_have_count(1)
    context.close()
