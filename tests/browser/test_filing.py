"""An editor files: years, issues, and what a change of an issue's date does to its stories."""

from datetime import date

import pytest
from playwright.sync_api import expect

from archive.models import ArticlePage, IssuePage, YearPage
from archive.stories.actions import issue_for, year_for
from archive.text.language import CHINESE, ENGLISH
from tests.browser import acting
from tests.factories import DAY, make_article, make_editor, make_publication, make_section


@pytest.mark.parametrize(
    "interface", [ENGLISH, pytest.param(CHINESE, marks=pytest.mark.exhaustive)]
)
def test_an_issue_needs_nothing_but_its_date(open_tab, interface):
    year = year_for(make_publication(), 2015)
    page = open_tab(make_editor(), interface)
    acting.visit(page, "wagtailadmin_pages:add", "archive", "issuepage", year.pk)
    acting.pick_date(page, "print_date", "2015-09-22")
    acting.press(page, "publish")
    issue = IssuePage.objects.live().get()
    assert (issue.title, issue.url_path[-11:]) == ("2015-09-22", "2015/09/22/")


@pytest.mark.exhaustive
def test_a_year_needs_nothing_but_its_number(open_tab):
    publication = make_publication()
    page = open_tab(make_editor())
    acting.visit(page, "wagtailadmin_pages:add", "archive", "yearpage", publication.pk)
    acting.type_into(page, "title", "1980")
    acting.press(page, "publish")
    assert YearPage.objects.live().get().slug == "1980"


@pytest.mark.parametrize(
    ("day", "message"),
    [
        pytest.param(
            "2015-09-22", "There is already an issue of this date.", marks=pytest.mark.exhaustive
        ),
        ("2016-09-22", "filed under 2015"),
    ],
)
def test_an_issue_of_a_wrong_date_is_refused(open_tab, day, message):
    issue = issue_for(make_publication(), DAY)
    page = open_tab(make_editor())
    acting.visit(page, "wagtailadmin_pages:add", "archive", "issuepage", issue.get_parent().pk)
    acting.pick_date(page, "print_date", day)
    acting.press(page)
    expect(acting.errors(page).filter(has_text=message)).to_be_visible()
    expect(acting.field(page, "print_date")).to_have_value(day)


@pytest.mark.exhaustive
def test_a_change_of_an_issues_date_takes_its_stories_along(open_tab):
    article = make_article("Harbour notes")
    article.save_revision()
    page = open_tab(make_editor())
    acting.edit(page, article.get_parent())
    acting.wait_until_watched(page)
    acting.pick_date(page, "print_date", "2015-09-23")
    acting.wait_for_autosave(page)
    assert ArticlePage.objects.get().print_date == DAY
    acting.press(page, "publish")
    assert ArticlePage.objects.get().get_latest_revision_as_object().print_date == date(2015, 9, 23)
    page.goto("/en/china-daily/2015/09/23/harbour-notes/")
    expect(page.get_by_text("23 September 2015").first).to_be_visible()


def test_a_storys_section_is_chosen_among_its_publications(open_tab):
    make_section("world", make_publication("zhanjiang-post", en="Zhanjiang Post"))
    make_section("ports")
    page = open_tab(make_editor())
    acting.edit(page, make_article("Harbour notes", live=False))
    page.locator("#id_section-chooser").get_by_role("button").first.click()
    expect(page.get_by_role("dialog").get_by_text("Ports")).to_be_visible()
