"""An editor writes stories."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from archive.models import ArticlePage
from archive.stories.actions import issue_for
from archive.text.language import CHINESE, ENGLISH, column, other
from tests.browser import acting
from tests.factories import DAY, make_article, make_body, make_editor, make_publication, translate

ADDRESS = 3
BOTH_INTERFACES = pytest.mark.parametrize(
    "interface", [ENGLISH, pytest.param(CHINESE, marks=pytest.mark.exhaustive)]
)


def open_new_story(page: Page, parent: object) -> None:
    acting.visit(page, "wagtailadmin_pages:add", "archive", "articlepage", parent.pk)


def write_chinese_story(page: Page, headline: str) -> None:
    acting.field(page, "source_language").select_option(CHINESE)
    acting.type_into(page, "headline_zh_hans", headline)
    block = acting.add_block(page, CHINESE, "paragraph")
    acting.write(acting.editor_in(block), "湛江港与美国港口合作。")


@BOTH_INTERFACES
def test_a_story_typed_under_autosave_is_published_at_its_address(open_tab, live_server, interface):
    issue = issue_for(make_publication(), DAY)
    page = open_tab(make_editor(), interface)
    open_new_story(page, issue)
    acting.wait_until_watched(page)
    acting.type_into(page, "headline_en", "City builds on history")
    acting.type_into(page, "standfirst_en", "Zhanjiang changes tack")
    paragraph = acting.add_block(page, ENGLISH, "paragraph", interface)
    acting.write(acting.editor_in(paragraph), "The city has long been a pioneer.")
    acting.add_block(page, ENGLISH, "subhead", interface).locator("input[type=text]").fill("Ships")
    acting.wait_for_autosave(page)
    assert (
        ArticlePage.objects.get().get_latest_revision_as_object().source("body")[1].value == "Ships"
    )
    acting.press(page, "publish")
    expect(acting.messages(page)).to_contain_text("City builds on history")
    page.goto("/en/china-daily/2015/09/22/city-builds-on-history/")
    for text in ("Zhanjiang changes tack", "has long been a pioneer.", "Ships"):
        expect(page.get_by_text(text)).to_be_visible()


@BOTH_INTERFACES
def test_the_explorer_shows_date_page_and_state_of_translation(open_tab, interface):
    article = make_article("Harbours that became sisters", print_page="B8")
    page = open_tab(make_editor(), interface)
    acting.visit(page, "wagtailadmin_explore", article.get_parent().pk)
    row = page.get_by_role("row").filter(has_text="Harbours that became sisters")
    day = {"en": "22 September 2015", "zh-hans": "2015年9月22日"}[interface]
    for text in (day, "B8", "English"):
        expect(row).to_contain_text(text)


def test_the_language_decides_which_fields_are_shown(open_tab):
    page = open_tab(make_editor())
    open_new_story(page, issue_for(make_publication(), DAY))
    english, chinese = (acting.field(page, f"headline_{code}") for code in ("en", "zh_hans"))
    expect(english).to_be_visible()
    expect(chinese).to_be_hidden()
    acting.field(page, "source_language").select_option(CHINESE)
    expect(english).to_be_hidden()
    expect(chinese).to_be_visible()


@pytest.mark.exhaustive
def test_a_chinese_headline_gives_a_latin_address(open_tab):
    page = open_tab(make_editor())
    open_new_story(page, issue_for(make_publication(), DAY))
    acting.wait_until_watched(page)
    write_chinese_story(page, "湛江")
    acting.wait_for_autosave(page)
    # The first autosave came when the headline was half typed.
    acting.type_into(page, "headline_zh_hans", "湛江港通航")
    acting.wait_for_autosave(page)
    acting.press(page, "publish")
    story = ArticlePage.objects.live().get()
    assert (story.source_language, story.slug) == (CHINESE, "zhan-jiang-gang-tong-hang")


@pytest.mark.parametrize(
    ("headline", "language", "slug"),
    [
        pytest.param("Briefs", ENGLISH, "briefs-2", marks=pytest.mark.exhaustive),
        ("简讯", CHINESE, "jian-xun-2"),
    ],
)
def test_two_stories_of_one_headline_get_two_addresses(open_tab, headline, language, slug):
    make_article(headline, language=language)
    page = open_tab(make_editor())
    open_new_story(page, issue_for(make_publication(), DAY))
    acting.wait_until_watched(page)
    acting.field(page, "source_language").select_option(language)
    acting.type_into(page, column("headline", language), headline)
    acting.wait_for_autosave(page)
    assert ArticlePage.objects.latest("pk").slug == slug


@pytest.mark.exhaustive
def test_a_story_written_under_the_publication_is_filed_by_its_date(open_tab):
    publication = make_publication()
    page = open_tab(make_editor())
    open_new_story(page, publication)
    acting.wait_until_watched(page)
    acting.type_into(page, "headline_en", "Harbour notes")
    acting.write(
        acting.editor_in(acting.add_block(page, ENGLISH, "paragraph")), "Three ships came."
    )
    acting.pick_date(page, "print_date", "1985-12-14")
    acting.wait_for_autosave(page)
    acting.press(page, "publish")
    story = ArticlePage.objects.live().get()
    assert story.get_parent().specific.print_date == date(1985, 12, 14)
    assert story.url_path.endswith("/china-daily/1985/12/14/harbour-notes/")


def test_publication_without_a_text_is_refused_and_what_was_typed_stays(open_tab):
    page = open_tab(make_editor())
    open_new_story(page, issue_for(make_publication(), DAY))
    acting.type_into(page, "headline_en", "Nothing below this")
    acting.press(page, "publish")
    expect(acting.errors(page).filter(has_text="A published story needs a text.")).to_be_visible()
    expect(acting.field(page, "headline_en")).to_have_value("Nothing below this")
    assert not ArticlePage.objects.live().exists()


@pytest.mark.exhaustive
def test_what_is_typed_after_a_refused_publication_is_autosaved(open_tab):
    page = open_tab(make_editor())
    open_new_story(page, issue_for(make_publication(), DAY))
    acting.type_into(page, "headline_en", "Nothing below this")
    acting.press(page, "publish")
    acting.wait_for_autosave(page)
    acting.type_into(page, "standfirst_en", "Typed later")
    acting.wait_for_autosave(page)
    assert (
        ArticlePage.objects.get().get_latest_revision_as_object().source("standfirst")
        == "Typed later"
    )


def test_the_last_words_before_a_shortcut_are_saved(open_tab):
    page = open_tab(make_editor())
    acting.edit(page, make_article())
    acting.write(acting.editor_in(acting.body_blocks(page, ENGLISH).first), " Last words.")
    with page.expect_navigation():
        page.keyboard.press("ControlOrMeta+s")
    expect(acting.editor_in(page.locator("form"))).to_have_text("First paragraph. Last words.")


def test_the_form_has_a_tab_for_each_concern(open_tab):
    page = open_tab(make_editor())
    page.goto(reverse("wagtailadmin_pages:edit", args=[make_article().pk]))
    assert page.get_by_role("tab").all_inner_texts() == [
        "Story",
        "Names and links",
        "Source and rights",
        "Address and search results",
    ]
    acting.choose_tab(page, ADDRESS)
    expect(acting.field(page, "slug")).to_be_visible()


@pytest.mark.parametrize(("mode", "lang"), [(ENGLISH, "en"), (CHINESE, "zh-Hans")])
def test_the_preview_follows_its_mode_not_the_interface(open_tab, mode, lang):
    page = open_tab(make_editor(), other(mode))
    acting.edit(page, make_article())
    frame = acting.preview(page)
    page.locator('[data-side-panel="preview"] select').select_option(mode)
    expect(frame.locator("html")).to_have_attribute("lang", lang)
    expect(frame.locator("article")).to_contain_text("First paragraph.")


LONG = {ENGLISH: "Long paragraph", CHINESE: "段落过长"}


@pytest.mark.exhaustive
@pytest.mark.parametrize("interface", [ENGLISH, CHINESE])
def test_a_long_paragraph_is_found_in_either_language_s_preview(open_tab, interface):
    article = make_article(body=make_body("The port grows. " * 100))
    translate(article, headline="港口", **{article.source("body")[0].id: "<p>短。</p>"})
    page = open_tab(make_editor(), interface)
    acting.edit(page, article)
    page.click("[data-side-panel-toggle=checks]")
    names = page.locator("[data-side-panel=checks] [data-checks-panel] [data-content-checker-name]")
    expect(names).to_have_text([LONG[interface]])
    page.click("[data-side-panel-toggle=preview]")
    page.select_option("#id_preview_mode", CHINESE)
    page.click("[data-side-panel-toggle=checks]")
    expect(names).to_have_count(0)
