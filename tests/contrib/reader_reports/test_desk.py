"""Readers' reports at the desk: whose they are, list, bulk, page, section, dashboard, history."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from archive.contrib.reader_reports.models import ReaderReport
from archive.models import ArticlePage, Translation
from archive.text.language import CHINESE, ENGLISH
from tests.contrib.reader_reports.conftest import KEY
from tests.contrib.reader_reports.reporting import Reader, edit_report, may_handle, report_list
from tests.desk.helpers import Person, page_text, translation_of
from tests.desk.segments import sidebar
from tests.factories import make_article, make_editor, make_translator, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def li(db: None) -> Person:
    return may_handle(make_translator("li"))


@pytest.fixture
def editor(db: None) -> Person:
    return may_handle(make_editor())


@pytest.fixture
def report(story: ArticlePage, reader: Reader) -> ReaderReport:
    """Of the Chinese paragraph."""
    reader.reports(story, KEY, text="It says 12, not 20.")
    return ReaderReport.objects.get()


@pytest.fixture
def slip(story: ArticlePage, reader: Reader) -> ReaderReport:
    """In the English original."""
    reader.reports(story, KEY, choice="typo:en", text="Ships, not sheep.")
    return ReaderReport.objects.get(kind="typo")


def shown(person: Person, query: str = "") -> list[str]:
    response = report_list(person, query)
    assert response.status_code == 200
    return [row.text for row in response.context["object_list"]]


def bulk(person: Person, action: str, *reports: ReaderReport, **data: str) -> Any:
    url = reverse(
        "wagtail_bulk_action", args=["archive_reader_reports", "readerreport", f"{action}-reports"]
    )
    ids = "&".join(f"id={report.pk}" for report in reports)
    return person.client.post(f"{url}?next=/admin/&{ids}", data)


# Whose they are


def test_nobody_looks_reports_up_through_a_chooser(report: ReaderReport) -> None:
    anybody = Person(make_editor("anybody"))
    choosing = "/admin/snippets/choose/archive_reader_reports/readerreport/"
    for path in ("", "results/", f"chosen/{report.pk}/"):
        response = anybody.client.get(f"{choosing}{path}", follow=True)
        assert response.status_code == 404


def test_translators_get_what_is_about_their_language_and_editors_the_originals(
    report: ReaderReport, slip: ReaderReport, li: Person, editor: Person
) -> None:
    into_english = may_handle(make_translator("bob", languages=(ENGLISH,)))
    assert shown(li) == ["It says 12, not 20."]
    assert shown(editor) == ["Ships, not sheep."]
    assert shown(into_english) == []


def test_a_report_that_is_anothers_is_closed_whichever_door_is_tried(
    report: ReaderReport, slip: ReaderReport, li: Person
) -> None:
    into_english = may_handle(make_translator("bob", languages=(ENGLISH,)))
    without = Person(make_translator("wang"))
    settle = reverse("archive_reader_reports:settle", args=[report.pk])
    for person, theirs in ((into_english, report), (without, report), (li, slip)):
        assert edit_report(person, theirs).status_code in (302, 403)
        assert edit_report(person, theirs, state="done", note="").status_code in (302, 403)
        bulk(person, "done", theirs)
    assert into_english.client.post(f"{settle}?state=done").status_code == 403
    assert set(ReaderReport.objects.values_list("state", flat=True)) == {"open"}


def test_nobody_deletes_one(report: ReaderReport, li: Person) -> None:
    url = reverse("wagtail_bulk_action", args=["archive_reader_reports", "readerreport", "delete"])
    li.client.post(f"{url}?next=/admin/&id={report.pk}")
    li.post("wagtailsnippets_archive_reader_reports_readerreport:delete", report.pk)
    assert ReaderReport.objects.filter(pk=report.pk).exists()


def test_make_groups_gives_the_right(report: ReaderReport, slip: ReaderReport) -> None:
    from django.contrib.auth.models import Group

    call_command("make_groups", verbosity=0)
    for name, texts in (
        ("Archive translators", ["It says 12, not 20."]),
        ("Archive reviewers", ["It says 12, not 20."]),
        ("Archive editors", ["Ships, not sheep."]),
    ):
        assert shown(Person(make_user(name, Group.objects.get(name=name)))) == texts


# The list


def test_tabs_count_each_state_under_the_other_filters(
    story: ArticlePage, report: ReaderReport, reader: Reader, li: Person
) -> None:
    reader.reports(story, KEY, choice="missing", text="A line is gone.")
    edit_report(li, report, state="done", note="Mended")
    tabs = {str(tab.label): tab.count for tab in report_list(li).context["tabs"]}
    assert tabs == {"Open": 1, "Accepted": 0, "Resolved": 1, "Rejected": 0, "All": 2}
    assert shown(li, "?state=open") == ["A line is gone."]
    narrowed = report_list(li, "?kind=wrong").context["tabs"]
    assert [tab.count for tab in narrowed] == [0, 0, 1, 0, 1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=twelve", True),
        ("?q=二十艘", True),
        ("?q=harbour", True),
        ("?q=nowhere", False),
        ("?q=a%00b", True),
        ("?which=translation", True),
        ("?which=source", False),
        ("?language=en", False),
    ],
)
def test_is_searched_and_filtered(
    report: ReaderReport, li: Person, query: str, found: bool
) -> None:
    assert shown(li, query) == (["It says 12, not 20."] if found else [])


def test_what_readers_write_is_text_and_leads_nowhere(
    story: ArticlePage, reader: Reader, li: Person
) -> None:
    reader.reports(story, KEY, text='<a href="https://spam.example">x</a> https://spam.example/y')
    report = ReaderReport.objects.get()
    for page in (report_list(li), edit_report(li, report), sidebar(li, translation_of(story), KEY)):
        html = page.content.decode()
        assert "&lt;a href=" in html
        assert 'href="https://spam' not in html


def test_the_list_costs_the_same_for_any_number(
    report: ReaderReport, slip: ReaderReport, reader: Reader, li: Person, story: ArticlePage
) -> None:
    shown(li)
    with CaptureQueriesContext(connection) as few:
        shown(li)
    for number in range(8):
        other = make_article(f"Other {number}")
        ReaderReport.objects.create(
            article=other, key="headline", language=CHINESE, kind="wrong", text=str(number)
        )
    with CaptureQueriesContext(connection) as many:
        assert len(shown(li)) == 9
    assert len(many) <= len(few)


def test_many_are_settled_at_once_with_a_note(
    report: ReaderReport, story: ArticlePage, reader: Reader, li: Person
) -> None:
    reader.reports(story, "headline", text="Another")
    both = list(ReaderReport.objects.order_by("pk"))
    assert bulk(li, "reject", *both, note="Spam").status_code == 302
    rows = ReaderReport.objects.values_list("state", "note", "handled_by")
    assert set(rows) == {("rejected", "Spam", li.user.pk)}
    logged = ModelLogEntry.objects.filter(action="archive.report_rejected")
    assert {entry.object_id for entry in logged} == {str(one.pk) for one in both}


def test_all_that_the_filters_show_can_be_settled(
    report: ReaderReport, slip: ReaderReport, li: Person
) -> None:
    url = reverse(
        "wagtail_bulk_action", args=["archive_reader_reports", "readerreport", "done-reports"]
    )
    li.client.post(f"{url}?next=/admin/&id=all&kind=wrong", {"note": ""})
    states = dict(ReaderReport.objects.values_list("kind", "state"))
    assert states == {"wrong": "done", "typo": "open"}


# One report


def test_its_page_shows_what_has_changed_since(
    report: ReaderReport, story: ArticlePage, li: Person
) -> None:
    assert "unchanged since the report" in page_text(edit_report(li, report))
    li.edits(translation_of(story)).fill("新").publish()
    page = edit_report(li, report)
    assert "has changed since the report" in page_text(page)
    assert "<del>" in page.content.decode()


def test_its_page_outlives_the_paragraph(
    report: ReaderReport, story: ArticlePage, li: Person
) -> None:
    ReaderReport.objects.update(key="gone")
    assert "Twelve ships came." in page_text(edit_report(li, ReaderReport.objects.get()))


def test_what_is_settled_stands_in_its_history(report: ReaderReport, li: Person) -> None:
    edit_report(li, report, state="done", note="Mended")
    edit_report(li, report, state="open", note="")
    settled = ReaderReport.objects.get()
    assert (settled.state, settled.note, settled.handled_by) == ("open", "", li.user)
    url = reverse("wagtailsnippets_archive_reader_reports_readerreport:history", args=[report.pk])
    history = page_text(li.client.get(url))
    assert "Resolved" in history
    assert "Reopened" in history


def test_the_same_words_are_news_again_once_settled(
    report: ReaderReport, story: ArticlePage, reader: Reader, li: Person
) -> None:
    reader.reports(story, KEY, text="It says 12, not 20.")
    edit_report(li, report, state="rejected", note="")
    reader.reports(story, KEY, text="It says 12, not 20.")
    edit_report(li, report, state="open", note="")
    rows = ReaderReport.objects.order_by("pk").values_list("state", "times")
    assert list(rows) == [("open", 2), ("open", 1)]


# At the translator's screen, on the dashboard, in the menu


def test_the_aid_shows_it_and_settles_it(
    report: ReaderReport, story: ArticlePage, li: Person
) -> None:
    translation = translation_of(story)
    assert "It says 12, not 20." in page_text(sidebar(li, translation, KEY))
    assert "It says 12" not in page_text(sidebar(li, translation, "headline"))
    url = reverse("archive_reader_reports:settle", args=[report.pk])
    assert li.client.post(f"{url}?state=accepted", {"note": "On it"}).json() == {
        "marks": {"reports": {KEY: 1}}
    }
    assert li.client.post(f"{url}?state=done").json() == {"marks": {"reports": {}}}
    assert "It says 12" not in page_text(sidebar(li, translation, KEY))
    assert ReaderReport.objects.get().note == "On it"
    assert li.client.post(f"{url}?state=lost").status_code == 400


def test_a_row_says_how_many_wait(report: ReaderReport, story: ArticlePage, li: Person) -> None:
    soup = li.edits(translation_of(story)).response.content.decode()
    assert 'data-desk-mark="reports">Readers’ reports <b>1</b>' in soup


def test_who_may_not_handle_it_sees_no_buttons_and_no_address(
    report: ReaderReport, story: ArticlePage, li: Person
) -> None:
    ReaderReport.objects.update(email="reader@example.org")
    assert "reader@" in sidebar(li, translation_of(story), KEY).content.decode()
    shown = sidebar(Person(make_translator("wang")), translation_of(story), KEY).content.decode()
    assert "It says 12" in shown
    assert "state=done" not in shown
    assert "reader@" not in shown


@pytest.mark.parametrize(
    ("interface", "words"), [("en", "Readers’ reports"), ("zh-hans", "读者纠错")]
)
def test_menu_and_dashboard_count_what_is_open(
    report: ReaderReport, interface: str, words: str
) -> None:
    li = Person(may_handle(make_translator("li")).user, interface)
    home = li.client.get(reverse("wagtailadmin_home")).content.decode()
    assert '"data-archive-count": "1"' in home
    assert json.dumps(words)[1:-1] in home or words in home
    assert "It says 12, not 20." in home
    edit_report(li, report, state="done", note="")
    home = li.client.get(reverse("wagtailadmin_home")).content.decode()
    assert "data-archive-count" not in home
    assert "archive-reports" not in home


def test_reports_go_with_their_story(report: ReaderReport, story: ArticlePage) -> None:
    story.delete()
    assert not ReaderReport.objects.exists()
    assert not Translation.objects.filter(article=story.pk).exists()
