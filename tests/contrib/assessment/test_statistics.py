"""What people did by month: whose it is, how it is counted, and who sees it."""

import csv
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml.html import document_fromstring

from archive.contrib.assessment.models import SegmentTime, TimeSetting
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.models import Segment, Translation
from archive.text.language import ENGLISH
from tests.contrib.assessment.test_quality import assessed
from tests.desk.form_data import controls
from tests.desk.helpers import Person, again, page_text, translation_of
from tests.desk.segments import save_one, sidebar
from tests.desk.test_moderation import decide, reviewer  # noqa: F401
from tests.factories import make_article, make_body, make_translator

pytestmark = pytest.mark.django_db

PAGE = "archive_assessment:statistics"
WORDS = "One two three four five six seven."


@pytest.fixture
def junior() -> Person:
    return Person(make_translator("junior", may_publish=False))


@pytest.fixture
def translation() -> Translation:
    """Of a headline of two words and a paragraph of seven."""
    return translation_of(make_article("Two words", body=make_body(WORDS)))


def write(person: Person, translation: Translation, key: str, **values: Any) -> None:
    draft = again(translation).get_latest_revision_as_object()
    base = version_of(draft.segments.filter(key=key).first())
    change = SegmentChange(key, **{"confirmed": True, "target": "译", "base": base, **values})
    save_segments(translation, [change], user=person.user)


def table(person: Person, /, **query: str) -> list[dict[str, str]]:
    content = person.client.get(reverse(PAGE), {"export": "csv", **query}).content.decode()
    return list(csv.DictReader(content.removeprefix("\ufeff").splitlines()))


def test_confirmed_segments_count_and_drafts_do_not(
    translation: Translation, junior: Person
) -> None:
    write(junior, translation, "headline")
    key = translation.article.body_en[0].id
    write(junior, translation, key, target="<p>译</p>", confirmed=False)
    [line] = table(junior)
    assert line["Person"] == "junior"
    assert line["Month"] == f"{timezone.localdate():%Y-%m}"
    assert (line["Segments confirmed"], line["Translated"], line["Unit"]) == ("1", "2", "words")
    write(junior, translation, key, target="<p>好</p>")
    assert table(junior)[0]["Translated"] == "9"


def test_a_publication_counts_nothing_twice(translation: Translation, li: Person) -> None:
    write(li, translation, "headline")
    before = table(li)
    again(translation).latest_revision.publish()
    assert Segment.objects.filter(translated_by=li.user).count() == 1
    assert table(li) == before


def test_a_review_counts_for_the_reviewer_alone(
    translation: Translation,
    junior: Person,
    reviewer: Person,  # noqa: F811
) -> None:
    junior.edits(translation).fill("译").save("submit")
    decide(reviewer, translation, "approve")
    found = {line["Person"]: line for line in table(reviewer)}
    assert (found["reviewer"]["Segments reviewed"], found["reviewer"]["Reviewed"]) == ("2", "9")
    assert found["reviewer"]["Segments confirmed"] == "0"
    assert found["junior"]["Segments reviewed"] == "0"


def test_a_review_of_one_segment_counts_until_it_is_written_anew(
    translation: Translation, junior: Person, li: Person
) -> None:
    base = save_one(junior, translation, key="headline", target="译", confirmed=True)["version"]
    save_one(li, translation, key="headline", target="译", base=base, confirmed=True)
    assert {line["Person"]: line["Segments reviewed"] for line in table(li)}["li"] == "1"
    write(junior, again(translation), "headline", target="改")
    assert [line["Person"] for line in table(li)] == ["junior"]


def test_suggestions_are_taken_or_edited(translation: Translation, junior: Person) -> None:
    key = translation.article.body_en[0].id
    base = save_one(junior, translation, key="headline", target="译", origin="memory")["version"]
    save_one(junior, translation, key="headline", target="译", base=base, confirmed=True)
    assert table(junior)[0]["Translation memory: unchanged"] == "1"
    save_one(junior, translation, key="headline", target="译文", base=base, confirmed=True)
    write(junior, again(translation), key, target="<p>好</p>", suggested="machine")
    [line] = table(junior)
    assert line["Translation memory: unchanged"] == "0"
    assert line["Translation memory: edited"] == line["Machine: edited"] == "1"


def test_a_suggestion_that_is_omitted_is_neither_taken_nor_edited(
    translation: Translation, junior: Person
) -> None:
    key, words = translation.article.body_en[0].id, "<p>好</p>"
    write(junior, translation, key, target=words, origin="memory", confirmed=False)
    write(junior, again(translation), key, target=words, suggested="memory", left_out=True)
    [line] = table(junior)
    assert line["Translation memory: unchanged"] == line["Translation memory: edited"] == "0"


def test_everybody_sees_their_own_and_a_chief_all(
    translation: Translation, junior: Person, li: Person
) -> None:
    wang = Person(make_translator("wang", may_publish=False))
    write(junior, translation, "headline")
    assert table(wang, person=str(junior.user.pk)) == []
    assert [line["Person"] for line in table(li)] == ["junior"]
    assert [line["Person"] for line in table(li, person=str(junior.user.pk))] == ["junior"]
    assert table(li, person=str(wang.user.pk)) == []
    assert table(li, month="2001-02") == []
    assert "junior" in page_text(li.client.get(reverse(PAGE), {"month": "nonsense"}))
    assert 'name="person"' not in page_text(junior.client.get(reverse(PAGE)))
    zhao = Person(make_translator("zhao", languages=(ENGLISH,)))
    assert table(zhao) == []


def test_a_person_has_a_line_for_each_of_twelve_months(li: Person, junior: Person) -> None:
    for number, moment in enumerate(
        ("2024-11-30T12:00Z", "2025-10-01T12:00Z", "2024-10-02T12:00Z")
    ):
        translation = translation_of(make_article(f"Story {number}"))
        write(junior, translation, "headline")
        again(translation).latest_revision.publish()
        Segment.objects.filter(translation=translation.pk).update(translated_at=moment)
    assert [line["Month"] for line in table(junior, month="2025-10")] == ["2025-10", "2024-11"]


def test_the_score_is_that_of_assessed_translations(li: Person, junior: Person) -> None:
    assessed("First story", junior, li, "1", "5")
    assessed("Second story", junior, li)
    [line] = table(junior)
    assert line["Penalty points per 1,000"] == "150.0"


@pytest.mark.sqlite
def test_it_costs_the_same_for_any_number(li: Person, junior: Person) -> None:
    costs = set()
    for number in range(3):
        translation = translation_of(make_article(f"Story {number}"))
        write(junior, translation, "headline")
        if number:
            again(translation).latest_revision.publish()
        li.client.get(reverse(PAGE))
        with CaptureQueriesContext(connection) as captured:
            li.client.get(reverse(PAGE))
        costs.add(len(captured))
    assert len(costs) == 1
    assert max(costs) <= 15


def counts_time(person: Person) -> None:
    """Switch it on, as in the account."""
    address = reverse("wagtailadmin_account")
    [form] = document_fromstring(person.client.get(address).content.decode()).xpath(
        "//form[.//input[@name='archive_time-is_time_counted']]"
    )
    data = controls(form)
    assert "archive_time-is_time_counted" not in data
    names = {"name_email-first_name": "Li", "name_email-last_name": "Na"}
    person.client.post(address, {**data, **names, "archive_time-is_time_counted": "on"})


def report_time(person: Person, translation: Translation, seconds: Any) -> int:
    url = reverse("archive_assessment:time", args=[translation.pk])
    answer = person.client.post(url, {"seconds": seconds}, content_type="application/json")
    return int(answer.status_code)


def test_time_is_counted_only_for_who_wants_it(translation: Translation, junior: Person) -> None:
    assert 'data-time-url=""' in page_text(junior.edits(translation).response)
    assert report_time(junior, translation, {"headline": 20}) == 403
    assert "Your time" not in page_text(sidebar(junior, translation))
    counts_time(junior)
    assert 'data-time-url="/' in page_text(junior.edits(translation).response)
    assert report_time(junior, translation, {"headline": 20, "nowhere": 5}) == 200
    assert report_time(junior, translation, {"headline": 45}) == 200
    assert SegmentTime.objects.get().seconds == 65
    assert 'data-desk-time="65"' in page_text(sidebar(junior, translation))


def test_nobody_sees_the_time_of_others(
    translation: Translation, junior: Person, li: Person
) -> None:
    counts_time(junior)
    write(junior, translation, "headline")
    report_time(junior, translation, {"headline": 600})
    assert [line["Time"] for line in table(junior)] == ["0:10"]
    assert [line["Time"] for line in table(li)] == [""]
    assert 'data-desk-time="600"' not in page_text(sidebar(li, translation))


@pytest.mark.parametrize(
    "seconds",
    [{"headline": 601}, {"headline": 0}, {"headline": "5"}, {"headline": True}, [5], None],
)
def test_a_time_that_no_browser_counts_is_refused(
    translation: Translation, junior: Person, seconds: Any
) -> None:
    TimeSetting.objects.create(person=junior.user, is_time_counted=True)
    assert report_time(junior, translation, seconds) == 400
    assert not SegmentTime.objects.exists()
