"""The readers' form: what it shows, what it takes, and what it refuses without losing a word."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from archive.checks import check_settings
from archive.contrib.reader_reports import reader_form
from archive.contrib.reader_reports.models import ReaderReport
from archive.models import ArticlePage
from archive.text.language import CHINESE, ENGLISH
from tests.contrib.reader_reports.conftest import KEY
from tests.contrib.reader_reports.reporting import Reader, form_address
from tests.factories import block, make_article
from tests.site.reading import opened, opened_at, words

pytestmark = pytest.mark.django_db


def test_the_form_shows_the_paragraph_in_both_languages(story: ArticlePage) -> None:
    page = opened_at(form_address(story, KEY))
    texts = [(p["lang"], p.text) for p in page.select(".report-part [lang]")]
    assert texts == [("en", "Twelve ships came."), ("zh-Hans", "来了二十艘船。")]
    assert page.select_one('meta[name="robots"]')["content"] == "noindex"


def test_a_text_in_traditional_characters_is_said_to_be(story: ArticlePage) -> None:
    body = [block("paragraph", "<p>貨車經過碼頭。</p>", KEY)]
    article = make_article("港務局", language=CHINESE, script="hant", body=body)
    (part,) = opened_at(form_address(article, KEY)).select(".report-part [lang]")
    assert (part["lang"], part.text) == ("zh-Hant", "貨車經過碼頭。")


def test_a_block_of_several_segments_is_shown_whole(story: ArticlePage) -> None:
    picture = {"image": None, "caption": "The pier", "alt_text": "A pier", "credit": ""}
    article = make_article("Pictures", body=[block("image", picture, KEY)])
    page = opened_at(form_address(article, KEY))
    assert [p.text for p in page.select(".report-part [lang]")] == ["The pier", "A pier"]
    one = opened_at(form_address(article, f"{KEY}/alt_text"))
    assert [p.text for p in one.select(".report-part [lang]")] == ["A pier"]


def test_without_a_segment_the_reader_chooses_one(story: ArticlePage) -> None:
    page = opened_at(form_address(story, view="zh-hans"))
    links = page.select(".report-places a")
    assert [link.select_one("[lang]").text for link in links] == ["海港", "来了二十艘船。"]
    opened_at("/en/report/" + links[1]["href"])


@pytest.mark.parametrize("key", ["headline", KEY])
def test_the_way_back_leads_to_the_place(story: ArticlePage, key: str) -> None:
    back = opened_at(form_address(story, key)).select_one(".report-send a")["href"]
    address, _hash, place = back.partition("#")
    assert opened_at(address).find(id=place)


@pytest.mark.parametrize("view", ["", "both"])
def test_the_story_links_to_the_form_without_a_query_more(story: ArticlePage, view: str) -> None:
    page = opened(story, ENGLISH, f"?view={view}" if view else "")
    link = page.select_one(".story-report a")["href"]
    assert link == f"/en/report/?story={story.pk}" + (f"&view={view}" if view else "")
    opened_at(link)


def test_a_report_reaches_the_desk_with_the_texts_as_they_were(
    story: ArticlePage, reader: Reader
) -> None:
    answer = reader.reports(story, KEY, view="both", email="a@example.org")
    assert answer.status_code == 302
    assert "Your report has reached the editors." in Client().get(answer.url).content.decode()
    report = ReaderReport.objects.get()
    assert (report.kind, report.language, report.view) == ("wrong", CHINESE, "both")
    assert (report.source_text, report.target_text) == ("Twelve ships came.", "来了二十艘船。")
    assert (report.text, report.email) == ("It says 12, not 20.", "a@example.org")


@pytest.mark.parametrize(
    ("choice", "view", "language"),
    [
        ("typo:en", "", ENGLISH),
        ("typo:zh-hans", "", CHINESE),
        ("other", "en", ENGLISH),
        ("other", "both", CHINESE),
        ("missing", "en", CHINESE),
    ],
)
def test_what_is_wrong_decides_whose_it_is(
    story: ArticlePage, reader: Reader, choice: str, view: str, language: str
) -> None:
    reader.reports(story, KEY, choice=choice, view=view)
    report = ReaderReport.objects.get()
    assert (report.language, report.is_about_source) == (language, language == ENGLISH)


def test_of_an_untranslated_story_only_the_original_can_be_wrong(reader: Reader) -> None:
    article = make_article("Harbour")
    page = opened_at(form_address(article, "headline"))
    offered = [radio["value"] for radio in page.select("input[type=radio]")]
    assert offered == ["typo:en", "other"]
    assert reader.reports(article, choice="wrong").status_code == 400
    reader.reports(article, choice="other", view="zh-hans")
    assert ReaderReport.objects.get().language == ENGLISH


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"text": "  "}, "Say in a few words"),
        ({"choice": ""}, "Choose what is wrong"),
        ({"text": "x" * 2001}, "at most 2000"),
        ({"email": "nobody"}, "valid email"),
        ({"website": "https://spam.example"}, "spam protection"),
        ({"seconds": 1}, "too quickly"),
        ({"seconds": 90_000}, "has expired"),
        ({"opened": "forged"}, "has expired"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(
    story: ArticlePage, reader: Reader, data: dict[str, Any], complaint: str
) -> None:
    values = {"email": "a@example.org", "text": "Twelve!", **data}
    answer = reader.reports(story, KEY, **values)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert complaint in page
    assert values["email"] in page
    assert values["text"].strip() in page
    assert not ReaderReport.objects.exists()


def test_a_clear_kind_needs_no_words(story: ArticlePage, reader: Reader) -> None:
    reader.reports(story, KEY, choice="misaligned", text="")
    assert ReaderReport.objects.get().kind == "misaligned"


def test_what_no_reader_may_see_takes_no_reports(reader: Reader) -> None:
    draft, restricted = make_article("Draft", live=False), make_article("Restricted")
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    for article in (draft, restricted):
        assert Client().get(form_address(article, "headline")).status_code == 404
        assert reader.reports(article, choice="typo:en").status_code == 404
    assert not ReaderReport.objects.exists()


@pytest.mark.parametrize("story_id", ["", "0", "x", "²", "9" * 30])
def test_what_is_no_story_is_not_found(story_id: str) -> None:
    assert Client().get("/en/report/", {"story": story_id}).status_code == 404


@pytest.mark.parametrize("key", ["nowhere", "00000000", "head\x00line", f"{KEY}/caption"])
def test_an_unknown_paragraph_is_not_found(story: ArticlePage, reader: Reader, key: str) -> None:
    assert Client().get(form_address(story, key)).status_code == 404
    assert reader.reports(story, key).status_code == 404


def test_the_same_words_are_one_report(story: ArticlePage, monkeypatch: Any) -> None:
    for number, text in enumerate(["Twelve, not twenty", " twelve,  NOT twenty ", "Other"]):
        Reader(monkeypatch, f"192.0.2.{number}").reports(story, KEY, text=text)
    assert sorted(ReaderReport.objects.values_list("times", flat=True)) == [1, 2]


def test_two_readers_who_want_an_answer_keep_a_report_each(
    story: ArticlePage, reader: Reader
) -> None:
    for email in ("", "a@example.org", "a@example.org", "b@example.org"):
        reader.reports(story, KEY, email=email)
    found = ReaderReport.objects.order_by("pk").values_list("email", "times")
    assert list(found) == [("a@example.org", 3), ("b@example.org", 1)]


def limit(monkeypatch: Any, name: str, most: int) -> None:
    monkeypatch.setattr(reader_form, name, replace(getattr(reader_form, name), most=most))


def test_one_client_sends_so_many_an_hour(story: ArticlePage, monkeypatch: Any) -> None:
    limit(monkeypatch, "PER_CLIENT", 2)
    mine, other = Reader(monkeypatch), Reader(monkeypatch, "192.0.2.8")
    answers = [mine.reports(story, KEY, text=f"Report {n}").status_code for n in range(3)]
    assert answers == [302, 302, 429]
    assert "Report 3" in mine.reports(story, KEY, text="Report 3").content.decode()
    assert other.reports(story, KEY, text="Of another").status_code == 302


def test_one_story_takes_so_many_an_hour(story: ArticlePage, monkeypatch: Any) -> None:
    limit(monkeypatch, "PER_STORY", 1)
    readers = [Reader(monkeypatch, f"192.0.2.{number}") for number in range(2)]
    answers = [one.reports(story, KEY, text=f"Of {one}").status_code for one in readers]
    assert answers == [302, 429]


def test_one_client_cannot_use_up_what_a_story_takes(story: ArticlePage, monkeypatch: Any) -> None:
    limit(monkeypatch, "PER_CLIENT", 1)
    limit(monkeypatch, "PER_STORY", 2)
    mine, other = Reader(monkeypatch), Reader(monkeypatch, "192.0.2.8")
    answers = [mine.reports(story, KEY, text=f"Report {n}").status_code for n in range(3)]
    assert answers == [302, 429, 429]
    assert other.reports(story, KEY, text="Of another").status_code == 302


def test_addresses_are_forgotten_in_time(story: ArticlePage, reader: Reader, settings: Any) -> None:
    settings.ARCHIVE_REPORT_EMAIL_DAYS = 30
    assert "deleted after 30 days" in words(opened_at(form_address(story, KEY)), "#email-help")
    reader.reports(story, KEY, email="a@example.org")
    ReaderReport.objects.update(email_at=timezone.now() - timedelta(days=29))
    call_command("erase_report_emails")
    assert ReaderReport.objects.get().email
    ReaderReport.objects.update(email_at=timezone.now() - timedelta(days=31))
    reader.reports(story, KEY, text="Another")
    assert not ReaderReport.objects.earliest("pk").email


def test_an_address_lives_its_full_time_on_an_old_report_and_no_longer(
    story: ArticlePage, reader: Reader, settings: Any
) -> None:
    settings.ARCHIVE_REPORT_EMAIL_DAYS = 30
    reader.reports(story, KEY)
    ReaderReport.objects.update(created_at=timezone.now() - timedelta(days=100))
    reader.reports(story, KEY, email="a@example.org")
    report = ReaderReport.objects.get()
    assert (report.times, report.email) == (2, "a@example.org")
    assert timedelta(days=29) < report.email_until - timezone.now() <= timedelta(days=30)
    call_command("erase_report_emails")
    assert ReaderReport.objects.get().email
    ReaderReport.objects.update(email_at=None)
    call_command("erase_report_emails")
    assert not ReaderReport.objects.get().email


@pytest.mark.parametrize("wrong", [0, -1, "90", None, True])
def test_a_wrong_number_of_days_is_found_at_start(settings: Any, wrong: Any) -> None:
    settings.ARCHIVE_REPORT_EMAIL_DAYS = wrong
    assert [error.id for error in check_settings(None)] == ["archive.E003"]


def test_a_form_from_another_site_is_refused(story: ArticlePage) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(form_address(story, KEY), {"choice": "wrong"}).status_code == 403


def test_the_form_costs_the_same_for_any_story(story: ArticlePage) -> None:
    long = make_article(body=[block("paragraph", f"<p>{n}</p>") for n in range(20)])
    counts = []
    for article in (story, story, long):
        with CaptureQueriesContext(connection) as asked:
            opened_at(form_address(article, "headline"))
        counts.append(len(asked))
    assert counts[1] == counts[2] <= 6
