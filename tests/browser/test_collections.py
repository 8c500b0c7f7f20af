"""The reader's own collections: saved with a note, cited, out to a file and in again, offline."""

import json
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import FilePayload, Page, expect

from archive.models import ArticlePage
from archive.site.permalinks import short_id
from archive.text.language import CHINESE, ENGLISH
from tests.browser.acting import NARROW
from tests.browser.conftest import OpenTab
from tests.browser.test_access import AUDITS, CUT_OFF, EVERY_RULE, SMALLEST, faults
from tests.browser.test_offline import IS_KEPT, NO_LONGER_KEPT, read, wait_until
from tests.browser.test_sharing import BLOCK, SELECT, make_story
from tests.site.reading import address

KEPT = "JSON.parse(localStorage.getItem('archive-collections')).collections"
IN_COLLECTED = """async address => Boolean(
  await (await caches.open("archive-collected-1")).match(new URL(address, location)))"""


def save(page: Page, name: str = "", note: str = "") -> None:
    dialog = page.get_by_role("dialog")
    if name:
        dialog.get_by_label("Collection").fill(name)
    dialog.get_by_label("Note").fill(note)
    dialog.get_by_role("button", name="Save", exact=True).click()
    # What is kept is kept once the form has closed.
    expect(page.locator(".collect-said")).to_contain_text(f"“{name or 'My collection'}”")


def save_passage(page: Page, name: str, note: str = "") -> None:
    page.evaluate(SELECT, [".story-body p", 16])
    page.get_by_role("button", name="Save the passage").click()
    save(page, name, note)


def entry(article: ArticlePage, **values: str) -> dict[str, str]:
    found = {"story": short_id(article.pk), "language": "en", "lang": "en", "text": ""}
    found |= {"headline": "Harbour notes", "address": address(article, ENGLISH)}
    return {**found, "paragraph": "", "source": "", "note": "", "saved": "", **values}


def as_file(collections: Any, **values: Any) -> FilePayload:
    content = {"format": "archive-collections", "version": 1, "collections": collections, **values}
    return {
        "name": "mine.json",
        "mimeType": "application/json",
        "buffer": json.dumps(content).encode(),
    }


def take(page: Page, file: FilePayload) -> None:
    page.locator("input[type=file]").set_input_files(file)


def test_a_story_and_a_passage_are_saved_with_notes_and_listed(page: Page) -> None:
    article = make_story()
    page.goto(address(article, ENGLISH))
    button = page.locator("[data-collect]")
    expect(button).to_have_text("Save to a collection")
    expect(page.locator(".collect-said a")).to_be_hidden()
    button.click()
    save(page, note="For the thesis")
    expect(button).to_have_text("Saved: change")
    expect(page.locator(".collect-said")).to_contain_text("Saved to “My collection”.")
    save_passage(page, "Ports", "Compare 2014")
    page.locator(".collect-said").get_by_role("link", name="Saved stories").click()
    expect(page.locator(".collection h3")).to_have_text(["My collection (1)", "Ports (1)"])
    passage = page.locator(".collection").nth(1)
    expect(passage.locator("blockquote")).to_have_text("The “smart” city")
    expect(passage.locator(".collected-note")).to_have_text("Compare 2014")
    link = passage.get_by_role("link", name="Permanent address")
    expect(link).to_have_attribute("href", f"/s/{short_id(article.pk)}/en/#{BLOCK}")
    passage.get_by_role("link", name="Harbour notes").click()
    page.wait_for_url(f"**{address(article, ENGLISH)}#{BLOCK}")


@pytest.mark.exhaustive
def test_side_by_side_a_passage_is_saved_in_its_own_language(page: Page) -> None:
    article = make_story()
    page.goto(f"{address(article, ENGLISH)}?view=both")
    page.evaluate(SELECT, [".side-other .block p", 6])
    page.get_by_role("button", name="Save the passage").click()
    save(page)
    (item,) = page.evaluate(KEPT)[0]["items"]
    assert (item["language"], item["lang"], item["headline"]) == ("zh", "zh-Hans", "港口札记")
    assert item["address"] == address(article, CHINESE)


def test_an_entry_moves_to_another_collection_and_out_of_it(page: Page) -> None:
    article = make_story()
    page.goto("/en/saved/")
    take(page, as_file([{"name": "Ports", "items": [entry(article, note="Old")]}]))
    expect(page.locator(".collections-say")).to_have_text("Added: 1. There already: 0.")
    page.get_by_role("button", name="Change").click()
    save(page, "Cities", "New")
    expect(page.locator(".collection h3")).to_have_text(["Ports (0)", "Cities (1)"])
    expect(page.locator(".collected-note")).to_have_text("New")
    page.get_by_role("button", name="Change").click()
    page.get_by_role("button", name="Remove from the collection").click()
    expect(page.locator(".collection h3")).to_have_text(["Ports (0)", "Cities (0)"])
    page.on("dialog", lambda dialog: dialog.accept("Towns" if dialog.type == "prompt" else ""))
    page.get_by_role("button", name="Rename").last.click()
    expect(page.locator(".collection h3")).to_have_text(["Ports (0)", "Towns (0)"])
    page.get_by_role("button", name="Delete").first.click()
    expect(page.locator(".collection h3")).to_have_text(["Towns (0)"])


def test_what_went_out_comes_in_again_and_nothing_is_lost(page: Page, tmp_path: Path) -> None:
    article = make_story()
    page.goto(address(article, ENGLISH))
    save_passage(page, "Ports", "Mine")
    page.goto("/en/saved/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save all collections as a file").click()
    file = json.loads(download.value.path().read_text())
    assert file["collections"][0]["items"][0]["url"].endswith(f"/en/#{BLOCK}")
    status = page.locator(".collections-say")
    page.locator("input[type=file]").set_input_files(download.value.path())
    expect(status).to_have_text("Added: 0. There already: 1.")
    (ports,) = file["collections"]
    theirs = {**ports["items"][0], "note": "Theirs"}
    take(page, as_file([{"name": "Ports", "items": [theirs, entry(article)]}]))
    expect(status).to_have_text("Added: 1. There already: 1.")
    (kept,) = page.evaluate(KEPT)
    assert [item["note"] for item in kept["items"]] == ["Mine\n\nTheirs", ""]


def test_a_refused_file_says_why_and_changes_nothing(page: Page) -> None:
    article = make_story()
    page.goto("/en/saved/")
    good = {"name": "Ports", "items": [entry(article)]}
    script = {"name": "Ports", "items": [entry(article), entry(article, address="javascript:x")]}
    refused = {
        "it is not JSON.": {**as_file([]), "buffer": b"{"},
        "it is no file of collections.": as_file([{"items": []}]),
        "it was made by a newer version of this site.": as_file([good], version=2),
        "in “Ports”, entry 2: “address” is missing or wrong.": as_file([good, script]),
    }
    for reason, file in refused.items():
        take(page, file)
        expect(page.locator(".collections-say")).to_have_text(
            f"The file was not taken in: {reason}"
        )
    assert page.evaluate("localStorage.getItem('archive-collections')") is None


def test_long_notes_of_two_files_both_stay(page: Page) -> None:
    article = make_story()
    page.goto("/en/saved/")
    for letter in "ab":
        take(page, as_file([{"name": "Ports", "items": [entry(article, note=letter * 4000)]}]))
        expect(page.locator(".collected-note")).to_contain_text(letter * 4000)
    page.reload()
    expect(page.locator(".collected-note")).to_contain_text("b" * 4000)


def test_what_this_program_cannot_read_is_not_written_over(page: Page) -> None:
    article = make_story()
    page.goto("/en/saved/")
    page.evaluate("localStorage.setItem('archive-collections', '{\"version\": 9}')")
    take(page, as_file([{"name": "Ports", "items": [entry(article)]}]))
    expect(page.locator(".collections-say")).to_have_text("Added: 1. There already: 0.")
    assert page.evaluate("localStorage.getItem('archive-collections-unread')") == '{"version": 9}'


def test_without_collections_there_is_nothing_to_cite(page: Page) -> None:
    page.goto("/en/saved/")
    expect(page.get_by_text("You have collected nothing yet.")).to_be_visible()
    expect(page.get_by_role("button", name="BibTeX")).to_be_hidden()


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        pytest.param("BibTeX", "@article{", marks=pytest.mark.exhaustive),
        pytest.param("RIS", "TY  - NEWS", marks=pytest.mark.exhaustive),
        ("GB/T 7714", "[1] Harbour notes[N/OL]"),
    ],
)
def test_all_of_them_are_cited_at_a_click(page: Page, form: str, begins: str) -> None:
    article = make_story()
    page.goto("/en/saved/")
    gone = entry(article, story="1gp")
    items = [entry(article), entry(article, paragraph=BLOCK, text="The smart city"), gone]
    take(page, as_file([{"name": "Ports", "items": items}]))
    with page.expect_download() as download:
        page.locator(".collection").get_by_role("button", name=form).click()
    text = download.value.path().read_text()
    assert text.startswith(begins)
    assert text.count(f"/s/{short_id(article.pk)}/en/") == 1
    expect(page.locator(".collections-say")).to_contain_text("1 of 2 stories are in the file")


def test_what_is_collected_stays_readable_without_a_connection(
    open_tab: OpenTab, settings: Any
) -> None:
    settings.ARCHIVE_OFFLINE_PAGES = 1
    article, tab = make_story(), open_tab(service_workers="allow", viewport=NARROW)
    story = address(article, ENGLISH)
    read(tab, story)
    tab.locator("[data-collect]").click()
    save(tab)
    wait_until(tab, IN_COLLECTED, story)
    for other in ("/en/", "/en/browse/"):
        read(tab, other)
    wait_until(tab, NO_LONGER_KEPT, "/en/")
    assert tab.evaluate(IS_KEPT, story)
    tab.context.set_offline(True)
    tab.goto("/en/saved/")
    tab.locator(".collection").get_by_role("link", name="Harbour notes").click()
    expect(tab.locator(".saved-copy")).to_be_visible()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Harbour notes")
    tab.goto("/en/saved/")
    tab.get_by_role("button", name="Change").click()
    tab.get_by_role("button", name="Remove from the collection").click()
    wait_until(tab, "async address => !(await (" + IN_COLLECTED + ")(address))", story)


def test_lists_and_form_are_open_to_everyone(open_tab: OpenTab) -> None:
    article, tab = make_story(), open_tab(bypass_csp=True)
    tab.goto("/zh-hans/saved/")
    items = [entry(article, note="Ports, 2014"), entry(article, paragraph=BLOCK, text="The city")]
    take(tab, as_file([{"name": "Ports", "items": items}, {"name": "港口", "items": items}]))
    expect(tab.locator(".collection")).to_have_count(2)
    tab.evaluate(AUDITS)
    tab.evaluate(AXE_SCRIPT)
    assert faults(tab, EVERY_RULE) == []
    tab.set_viewport_size(SMALLEST)
    assert tab.evaluate("audits.targets()") == []
    assert tab.evaluate("audits.sideways()") == []
    tab.locator("[data-do=edit]").first.click()
    assert faults(tab, EVERY_RULE) == []
    tab.evaluate("audits.spaceOut()")
    assert tab.evaluate(CUT_OFF) == []
