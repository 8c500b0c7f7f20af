"""What was read stays readable without a connection, and says that it is a copy."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import PageViewRestriction

from archive.models import ArticlePage
from archive.text.language import CHINESE, ENGLISH
from tests.access.kinds import ISSUE, STORY
from tests.access.newspaper import make_newspaper
from tests.browser import server
from tests.browser.conftest import OpenTab

# Asks again and again, for at most ten seconds, until the answer is yes.
UNTIL = """async ([question, arg]) => {
  const ask = eval(question);
  for (let times = 0; times < 200; times += 1) {
    if (await ask(arg)) return;
    await new Promise(done => setTimeout(done, 50));
  }
  throw new Error("never: " + question);
}"""
IS_KEPT = "async address => Boolean(await caches.match(new URL(address, location)))"
HAS_PICTURE = """async () => {
  const { currentSrc } = document.querySelector(".story-body img");
  return Boolean(currentSrc && (await caches.match(currentSrc)));
}"""
NO_LONGER_KEPT = "async address => !(await caches.match(new URL(address, location)))"
IS_GONE = """async () => !(await caches.keys()).length
  && !(await navigator.serviceWorker.getRegistration())"""
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const keys = await (await caches.open(name)).keys();
    found.push(...keys.map(key => `${name} ${new URL(key.url).pathname}`));
  }
  return found;
}"""
HEADLINES = {ENGLISH: "City builds on long history with US", CHINESE: "湛江续写百年对美交往新篇"}
# Dated as the page dates its story.
COPY = {
    ENGLISH: re.compile(r"This is the copy saved on \d+ [A-Z][a-z]+ \d{4}\."),
    CHINESE: re.compile(r"\d{4}年\d+月\d+日保存的副本"),
}
LIST = {ENGLISH: "Saved stories", CHINESE: "已保存的报道"}


@pytest.fixture
def reader(open_tab: OpenTab) -> Page:
    make_newspaper()
    return open_tab(service_workers="allow")


def wait_until(tab: Page, question: str, arg: object = None) -> None:
    tab.evaluate(UNTIL, [question, arg])


def read(tab: Page, address: str) -> None:
    """Opens the page and waits until it has been kept."""
    tab.goto(address)
    tab.evaluate("async () => { await navigator.serviceWorker.ready; }")
    wait_until(tab, IS_KEPT, address)


@pytest.mark.parametrize("language", [ENGLISH, pytest.param(CHINESE, marks=pytest.mark.exhaustive)])
def test_a_story_that_was_read_is_there_offline(reader: Page, language: str) -> None:
    story = f"/{language}/{STORY}"
    read(reader, story)
    wait_until(reader, HAS_PICTURE)
    reader.context.set_offline(True)
    reader.reload()
    expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINES[language])
    expect(reader.locator(".saved-copy")).to_contain_text(COPY[language])
    wait_until(reader, "() => document.querySelector('.story-body img').naturalWidth > 0")
    expect(reader.locator("main")).to_have_css("display", "grid")
    reader.goto(f"/{language}/{ISSUE}")
    expect(reader.get_by_role("heading", level=1)).to_have_text(LIST[language])
    expect(reader.locator("main .saved-copy")).to_be_visible()
    reader.get_by_role("link", name=HEADLINES[language]).click()
    expect(reader.locator(".saved-copy")).to_be_visible()


def test_a_story_that_now_asks_who_reads_it_is_no_longer_kept(reader: Page) -> None:
    read(reader, f"/en/{STORY}")
    story = ArticlePage.objects.get(slug=STORY.rstrip("/").rpartition("/")[2])
    PageViewRestriction.objects.create(page=story, restriction_type="login")
    reader.goto(f"/en/{STORY}")
    wait_until(reader, NO_LONGER_KEPT, f"/en/{STORY}")


def test_a_story_that_is_withdrawn_while_the_line_is_slow_is_no_longer_kept(reader: Page) -> None:
    read(reader, f"/en/{STORY}")
    story = ArticlePage.objects.get(slug=STORY.rstrip("/").rpartition("/")[2])
    PageViewRestriction.objects.create(page=story, restriction_type="login")
    with server.turn:
        reader.goto(f"/en/{STORY}")
        expect(reader.locator(".saved-copy")).to_be_visible()
    wait_until(reader, NO_LONGER_KEPT, f"/en/{STORY}")


def test_a_story_that_was_read_in_two_ways_is_listed_once(reader: Page) -> None:
    read(reader, f"/en/{STORY}")
    read(reader, f"/en/{STORY}?view=both")
    reader.goto("/en/saved/")
    expect(reader.locator("[data-saved-stories] li")).to_have_count(1)


def test_what_is_kept_is_bounded_public_and_can_be_removed(reader: Page, settings: Any) -> None:
    settings.ARCHIVE_OFFLINE_PAGES = 2
    for address in ("/en/", "/en/browse/", f"/en/{STORY}"):
        read(reader, address)
    for address in ("/en/search/?q=Zhanjiang", "/admin/login/"):
        reader.goto(address)
    wait_until(reader, NO_LONGER_KEPT, "/en/")
    pages = [f"archive-pages-1 {path}" for path in ("/en/browse/", f"/en/{STORY}")]
    assert [one for one in reader.evaluate(KEPT) if "archive-pages" in one] == pages
    reader.goto("/en/saved/")
    reader.get_by_role("button", name="Remove the saved copies").click()
    expect(reader.get_by_text("No story has been saved in this browser yet.")).to_be_focused()
    assert not [one for one in reader.evaluate(KEPT) if "archive-pages" in one]
    settings.ARCHIVE_OFFLINE = False
    reader.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    wait_until(reader, IS_GONE)


def test_a_saved_story_is_shown_whichever_way_of_reading_is_asked_for(reader: Page) -> None:
    read(reader, f"/en/{STORY}?view=reveal")
    reader.context.set_offline(True)
    for address in (f"/en/{STORY}", f"/en/{STORY}?view=both"):
        reader.goto(address)
        expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINES[ENGLISH])
    # The link leads over an address that only the server has.
    reader.get_by_role("link", name="Side by side").click()
    reader.wait_for_url(f"**/en/{STORY}?view=both")
    expect(reader.locator(".saved-copy")).to_contain_text(COPY[ENGLISH])
