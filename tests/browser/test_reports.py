"""A reader's report on its way: from the paragraph to the desk, where it is closed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from playwright.sync_api import Page, expect

from archive.contrib.reader_reports import reader_form
from archive.contrib.reader_reports.models import ReaderReport
from archive.models import ArticlePage
from tests.browser.acting import FIRST, NARROW, SECOND, edit, target_box
from tests.factories import block, make_article, make_translator, translate


@pytest.fixture
def story(monkeypatch: pytest.MonkeyPatch) -> ArticlePage:
    """Two paragraphs in both languages; its form may come back at once."""
    monkeypatch.setattr(reader_form, "LEAST_SECONDS", 0)
    body = [
        block("paragraph", "<p>Twelve ships came.</p>", FIRST),
        block("paragraph", "<p>They left.</p>", SECOND),
    ]
    article = make_article("Harbour notes", body=body)
    translate(article, headline="海港", **{FIRST: "<p>来了二十艘船。</p>"})
    return ArticlePage.objects.get(pk=article.pk)


def test_a_paragraphs_flag_leads_to_the_desk_where_the_report_is_closed(
    open_tab: Callable[..., Page], story: ArticlePage
) -> None:
    page = open_tab()
    page.goto(story.get_url().replace("/en/", "/zh-hans/"))
    page.get_by_text("来了二十艘船").hover()
    page.get_by_role("link", name="本段纠错").click()
    expect(page.locator(".report-part")).to_contain_text("Twelve ships came.")
    page.get_by_label("译文有误").check()
    page.get_by_label("请具体说明").fill("十二艘")
    page.get_by_role("button", name="提交纠错").click()
    expect(page.locator(".standfirst")).to_have_text("您的纠错已送达编辑部。")
    page.get_by_role("link", name="返回稿件").click()
    expect(page).to_have_url(f"{page.url.partition('#')[0]}#{FIRST}")

    desk = open_tab(_handler())
    edit(desk, story.translations.get())
    row = desk.locator(f"[data-key='{FIRST}']")
    expect(row.locator("[data-desk-mark=reports]")).to_have_text("Readers’ reports 1")
    target_box(desk, FIRST).focus()
    section = desk.locator("[data-section=reports]")
    expect(section).to_contain_text("十二艘")
    section.get_by_label("Note").fill("Mended")
    section.get_by_role("button", name="Done").click()
    expect(section).to_have_count(0)
    expect(row.locator("[data-desk-mark=reports]")).to_be_hidden()
    report = ReaderReport.objects.get()
    assert (report.state, report.note, report.key) == ("done", "Mended", FIRST)


def test_on_a_phone_the_foot_of_the_story_leads_there(
    open_tab: Callable[..., Page], story: ArticlePage
) -> None:
    page = open_tab(viewport=NARROW)
    page.goto(story.get_url())
    page.get_by_text("They left.").hover()
    expect(page.locator(".report-here")).to_be_hidden()
    page.get_by_role("link", name="Report an error in this story").click()
    page.get_by_role("link", name="They left.").click()
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what is wrong.")
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert not page.evaluate(wide)


def _handler() -> Any:
    user = make_translator("li")
    user.user_permissions.add(Permission.objects.get(codename="change_readerreport"))
    return user
