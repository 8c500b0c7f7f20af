"""The ways to read a story in two languages, in a browser: pairs, place, taps, keys, no script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.models import ArticlePage, Translation
from archive.stories.body import TRANSLATABLE, raw
from archive.text.language import CHINESE, ENGLISH, column
from archive.text.richtext import plain_text
from archive.text.segmentation import extract
from tests.browser.acting import WIDE, wait_until
from tests.factories import block, make_article, translate
from tests.seed_story import make_seed_story

PHONE = {"width": 360, "height": 740}
KEYS = [f"00000000-0000-4000-8000-{number:012d}" for number in range(821, 833)]

# Each row of the page: its keys, and the texts of its two sides.
ROWS = """() => [...document.querySelectorAll('.story-body .pair')].map(pair => ({
  keys: [...pair.querySelectorAll('.side:first-child [id]')].map(one => one.id),
  sides: [...pair.querySelectorAll('.side')].map(side => side.innerText.trim()),
}))"""


def words(language: str, number: int) -> str:
    if language == ENGLISH:
        return f"This is paragraph number {number} of a story that is long enough to scroll. " * 6
    return f"这是长文的第{number}段，长到需要滚动才能读完。" * 6


@pytest.fixture
def story() -> ArticlePage:
    """Twelve long paragraphs with their translations, and a list between them."""
    body = [block("paragraph", f"<p>{words(ENGLISH, n)}</p>", key) for n, key in enumerate(KEYS)]
    article = make_article("Harbours and their sisters", body=body, slug="harbours")
    texts = {key: f"<p>{words(CHINESE, n)}</p>" for n, key in enumerate(KEYS)}
    translate(article, headline="港口与友城", **texts)
    return ArticlePage.objects.get(pk=article.pk)


def open_in(tab: Page, story: ArticlePage, language: str, query: str = "") -> Page:
    with translation.override(language):
        tab.goto(story.get_url() + query)
    return tab


def decide(story: ArticlePage, key: str, **decision: Any) -> None:
    """As the desk saves a segment, then publish."""
    one = Translation.objects.get(article=story)
    stored = {s.key: s for s in one.get_latest_revision_as_object().segments.all()}
    base = version_of(stored.get(key))
    (outcome,) = save_segments(one, [SegmentChange(key, base=base, **decision)], user=None)
    assert outcome.kind == "saved"
    Translation.objects.get(pk=one.pk).latest_revision.publish()


def scroll_to(tab: Page, key: str) -> None:
    tab.evaluate("key => document.getElementById(key).scrollIntoView({behavior: 'instant'})", key)
    wait_until(tab, "scrollY > 100")


def click_where_it_is(tab: Page, link: Locator) -> None:
    """Playwright's own click may scroll first."""
    box = link.bounding_box()
    assert box
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def expect_in_view(tab: Page, key: str) -> None:
    """Below the mode bar; not always at the top, as a shorter text may end before."""
    wait_until(tab, "scrollY > 100")
    expect(tab.locator(f"[id='{key}']")).to_be_in_viewport()
    top = f"document.getElementById('{key}').getBoundingClientRect().top"
    wait_until(tab, f"{top} >= document.querySelector('.modes').offsetHeight")


@pytest.mark.parametrize(
    "label",
    [
        "Side by side",
        pytest.param("Tap to reveal", marks=pytest.mark.exhaustive),
        "中文",
    ],
)
def test_a_new_mode_keeps_the_paragraph_in_view(story: ArticlePage, page: Page, label: str) -> None:
    open_in(page, story, ENGLISH)
    scroll_to(page, KEYS[6])
    click_where_it_is(page, page.locator(".modes").get_by_role("link", name=label))
    page.wait_for_url("**/zh-hans/**" if label == "中文" else "**/?view=*")
    expect_in_view(page, KEYS[6])


def test_the_other_language_keeps_the_paragraph_in_view_and_the_mode(
    story: ArticlePage, page: Page
) -> None:
    open_in(page, story, ENGLISH, "?view=both")
    scroll_to(page, KEYS[5])
    page.locator(".languages").get_by_role("link", name="中文").dispatch_event("click")
    page.wait_for_url("**/zh-hans/**")
    expect_in_view(page, KEYS[5])
    expect(page.locator(".modes [aria-current]")).to_have_text("中英对照")


@pytest.mark.exhaustive
def test_a_reader_at_the_head_stays_at_the_head(story: ArticlePage, page: Page) -> None:
    open_in(page, story, ENGLISH)
    page.locator(".modes").get_by_role("link", name="Side by side").click()
    page.wait_for_url("**/?view=both")
    assert page.evaluate("scrollY") == 0


def test_a_choice_holds_for_the_next_story_and_is_undone_by_the_plain_one(
    story: ArticlePage, page: Page
) -> None:
    open_in(page, story, ENGLISH)
    page.locator(".modes").get_by_role("link", name="Side by side").click()
    page.wait_for_url("**/?view=both")
    open_in(page, story, CHINESE)
    expect(page.locator(".pair").first).to_be_visible()
    page.locator(".modes").get_by_role("link", name="中文").click()
    expect(page.locator(".pair")).to_have_count(0)
    open_in(page, story, ENGLISH)
    expect(page.locator(".pair")).to_have_count(0)


def test_side_by_side_pairs_every_block_of_the_seed_story(page: Page) -> None:
    """At first, and after a merge, a split and an omission at the desk."""
    story = make_seed_story()
    expected = {key: [key] for key in texts_of(story, ENGLISH)}
    expect_pairs(open_in(page, story, ENGLISH, "?view=both"), story, expected)
    paragraphs = [str(b.id) for b in story.source("body") if b.block_type == "paragraph"]
    # The two before it have the picture between them and the third.
    decide(story, paragraphs[3], joined=True)
    decide(story, paragraphs[4], target="<p>前半。</p><p>后半。</p>")
    decide(story, paragraphs[7], left_out=True)
    expected[paragraphs[2]] = expected.pop(paragraphs[3]) and paragraphs[2:4]
    story = ArticlePage.objects.get(pk=story.pk)
    expect_pairs(open_in(page, story, ENGLISH, "?view=both"), story, expected)
    assert texts_of(story, CHINESE)[paragraphs[4]] == "前半。后半。"


def texts_of(story: ArticlePage, language: str) -> dict[str, str]:
    """What the row holds of each block with words: by id, without any white space."""
    return {
        segment.key.partition("/")[0]: squeezed(plain_text(segment.text))
        for segment in extract(raw(getattr(story, column("body", language))), TRANSLATABLE)
        if segment.kind in ("paragraph", "subhead")
    }


def squeezed(text: str) -> str:
    """Without white space, and with the quotation marks that are stored."""
    return "".join(text.split()).translate(str.maketrans("“”‘’", "\"\"''"))


def expect_pairs(tab: Page, story: ArticlePage, expected: dict[str, list[str]]) -> None:
    """`expected`: the keys of each row, by its first one; pictures aside."""
    rows = [row for row in tab.evaluate(ROWS) if len(row["sides"]) == 2]
    assert [row["keys"] for row in rows] == list(expected.values())
    english, chinese = texts_of(story, ENGLISH), texts_of(story, CHINESE)
    for row in rows:
        source, target = (squeezed(side) for side in row["sides"])
        assert source == "".join(english[key] for key in row["keys"])
        said = chinese.get(row["keys"][0], "Omittedfromthetranslation.")
        joined = "Thetranslationjoinstheseparagraphsintoone." if len(row["keys"]) > 1 else ""
        assert target == said + joined


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_on_a_phone_the_columns_interleave(
    story: ArticlePage, open_tab: Callable[..., Page], language: str
) -> None:
    tab = open_in(open_tab(viewport=PHONE), story, language, "?view=both")
    sides = tab.locator(".story-body .side").evaluate_all(
        "all => all.map(one => [one.getBoundingClientRect().top, one.getBoundingClientRect().left])"
    )
    assert len(sides) == 2 * len(KEYS)
    assert [top for top, _left in sides] == sorted(top for top, _left in sides)
    assert len({left for _top, left in sides}) == 1
    width = "() => document.documentElement.scrollWidth"
    assert tab.evaluate(width) <= PHONE["width"]


@pytest.mark.exhaustive
def test_on_a_wide_screen_both_sides_of_a_pair_begin_on_one_line(
    story: ArticlePage, page: Page
) -> None:
    open_in(page, story, ENGLISH, "?view=both")
    tops = page.locator(".story-body .side").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().top)"
    )
    assert tops[::2] == tops[1::2]


@pytest.mark.parametrize("means", ["tap", pytest.param("key", marks=pytest.mark.exhaustive)])
def test_the_other_text_of_a_paragraph_is_revealed(
    story: ArticlePage, browser: Browser, live_server: LiveServer, means: str
) -> None:
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, has_touch=True)
    tab = open_in(context.new_page(), story, ENGLISH, "?view=reveal")
    pair = tab.locator(".story-body .pair").nth(1)
    other = pair.locator(".side-other")
    expect(other).to_be_hidden()
    if means == "tap":
        pair.locator(".side").first.tap()
    else:
        pair.locator("summary").focus()
        tab.keyboard.press("Enter")
    expect(other).to_have_text(words(CHINESE, 1))
    expect(tab.locator(".story-body .side-other").nth(0)).to_be_hidden()
    expect(pair).to_have_class("pair pair-paragraph lit")
    context.close()


@pytest.mark.exhaustive
def test_the_pair_under_the_pointer_lights_up(story: ArticlePage, page: Page) -> None:
    open_in(page, story, ENGLISH, "?view=both")
    pair = page.locator(".story-body .pair").nth(1)
    ground = "one => getComputedStyle(one).backgroundColor"
    before = pair.evaluate(ground)
    pair.locator(".side-other").hover()
    expect(pair).to_have_class("pair pair-paragraph lit")
    wait_until(page, f"({ground})(document.querySelector('.lit')) !== '{before}'")
    page.locator("h1").hover()
    expect(page.locator(".lit")).to_have_count(0)


def test_all_modes_read_without_script(
    story: ArticlePage, browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(
        base_url=live_server.url, viewport=WIDE, java_script_enabled=False
    )
    tab = open_in(context.new_page(), story, ENGLISH)
    for label, first, last in (
        ("Side by side", words(ENGLISH, 0), words(CHINESE, 11)),
        ("中文", words(CHINESE, 0), words(CHINESE, 11)),
        ("English", words(ENGLISH, 0), words(ENGLISH, 11)),
    ):
        tab.locator(".modes").get_by_role("link", name=label).click()
        expect(tab.locator(".story-body .block p").first).to_have_text(first)
        expect(tab.locator(".story-body .block p").last).to_have_text(last)
        expect(tab.locator(".modes [aria-current]")).to_have_text(label)
    tab.locator(".modes").get_by_role("link", name="Tap to reveal").click()
    tab.locator(".story-body summary").first.click()
    expect(tab.locator(".story-body .side-other").first).to_have_text(words(CHINESE, 0))
    context.close()
