"""The assessment of translations: marks, the score, who sees them, and the report."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry, WorkflowState

from archive.contrib.assessment.actions import mark_error
from archive.contrib.assessment.models import ErrorMark, QualityCard
from archive.contrib.assessment.scores import Score, sum_of
from archive.models import Translation
from archive.text.language import CHINESE, ENGLISH
from tests.desk.helpers import Person, again, page_text, translation_of
from tests.desk.segments import sidebar
from tests.desk.test_moderation import decide, reviewer  # noqa: F401
from tests.factories import make_article, make_body, make_translator

pytestmark = pytest.mark.django_db

REPORT = "archive_assessment:quality"
# Queries of the translator's screen, of which one asks for the assessment.
PAGE = 34


@pytest.fixture
def junior() -> Person:
    return Person(make_translator("junior", may_publish=False))


def mark(person: Person, translation: Translation, **values: str) -> Any:
    posted = {"key": "headline", "category": "style", "severity": "1", **values}
    return person.post("archive_assessment:mark_error", translation.pk, **posted)


def test_the_score_is_penalty_points_per_thousand_words(settings: Any) -> None:
    score = Score(1, errors=3, points=11, size=800, language=ENGLISH)
    assert (score.value, score.is_passed, score.unit) == (13.8, False, "words")
    settings.ARCHIVE_QUALITY_LIMIT = 14
    assert score.is_passed
    both = sum_of([score, Score(1, 0, 0, 200, ENGLISH)])
    assert (both.cards, both.value) == (2, 11.0)
    assert Score(1, 0, 0, 0, CHINESE).value == 0


def test_a_marked_error_is_counted_in_its_row_and_in_the_score(
    translation: Translation, junior: Person, li: Person
) -> None:
    junior.edits(translation).fill("译").save()
    answer = mark(li, translation, severity="5", words=" the  port ", comment="Which port?")
    assert answer.json() == {"marks": {"errors": {"headline": 1}}}
    found = ErrorMark.objects.get()
    assert (found.severity, found.words, found.author) == (5, "the port", li.user)
    assert found.card.translator == junior.user
    assert found.card.size == again(translation).source_size > 0
    shown = page_text(li.edits(translation).response)
    assert 'data-desk-mark="errors">Marked errors <b>1</b>' in shown
    assert "not passed" in shown
    # Of that day: what is approved or corrected later isn't in it.
    assert "Assessed on " in shown
    beside = page_text(sidebar(li, translation))
    assert all(words in beside for words in ("the port", "Which port?", "Major", "Style"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"category": ""},
        {"category": "spelling"},
        {"severity": "2"},
        {"key": "nowhere"},
        {"words": "x" * 501},
        {"comment": "x" * 2001},
    ],
)
def test_what_is_no_error_is_refused(
    translation: Translation, li: Person, wrong: dict[str, str]
) -> None:
    answer = mark(li, translation, **wrong)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not QualityCard.objects.exists()


def test_only_who_may_publish_assesses(
    translation: Translation, li: Person, junior: Person
) -> None:
    assert mark(junior, translation).status_code == 403
    assert junior.post("archive_assessment:assess", translation.pk).status_code == 403
    mark(li, translation)
    [found] = ErrorMark.objects.all()
    assert junior.post("archive_assessment:unmark_error", found.pk).status_code == 403
    assert "data-desk-error-form" not in page_text(junior.edits(translation).response)


def test_a_mark_is_taken_back_and_the_history_has_both(
    translation: Translation, li: Person
) -> None:
    mark(li, translation, words="Ships")
    answer = li.post("archive_assessment:unmark_error", ErrorMark.objects.get().pk)
    assert answer.json() == {"marks": {"errors": {}}}
    actions = ModelLogEntry.objects.filter(action__contains="mark_error")
    assert sorted(one.message for one in actions) == [
        "Marked an error: Style, Minor (“Ships”)",
        "Took a marked error back: Style, Minor (“Ships”)",
    ]


def test_no_errors_is_an_assessment_too_and_can_be_withdrawn(
    translation: Translation, li: Person
) -> None:
    assert "Assessed: no errors" in page_text(sidebar(li, translation))
    li.post("archive_assessment:assess", translation.pk)
    assert "0 marked errors" in page_text(sidebar(li, translation))
    withdraw = f"{reverse('archive_assessment:assess', args=[translation.pk])}?withdraw=1"
    mark(li, translation)
    assert li.client.post(withdraw).status_code == 400
    ErrorMark.objects.all().delete()
    assert li.client.post(withdraw).status_code == 200
    assert not QualityCard.objects.exists()
    # What isn't there is neither made nor logged.
    entries = ModelLogEntry.objects.count()
    assert li.client.post(withdraw).status_code == 200
    assert ModelLogEntry.objects.count() == entries


def test_a_translator_sees_the_marks_once_it_is_returned(
    translation: Translation,
    junior: Person,
    reviewer: Person,  # noqa: F811
) -> None:
    junior.edits(translation).fill("译").save("submit")
    mark(reviewer, translation, comment="Too stiff.")
    assert WorkflowState.objects.get().status == "in_progress"
    for shown in (junior.edits(translation).response, sidebar(junior, translation)):
        assert "1 marked error" not in page_text(shown)
        assert "Too stiff." not in page_text(shown)
    decide(reviewer, translation, "reject")
    shown = page_text(junior.edits(translation).response)
    assert "1 marked error" in shown
    assert 'data-desk-mark="errors">Marked errors <b>1</b>' in shown
    assert "Too stiff." in page_text(sidebar(junior, translation))
    assert "Take back" not in page_text(sidebar(junior, translation))


@pytest.mark.sqlite
def test_the_screen_costs_one_query_more_for_any_number_of_marks(
    translation: Translation, li: Person
) -> None:
    def cost() -> list[str]:
        li.client.get(translation.get_edit_url())
        with CaptureQueriesContext(connection) as captured:
            li.client.get(translation.get_edit_url())
        return [one["sql"] for one in captured]

    before = cost()
    assert sum("qualitycard" in sql for sql in before) == 1
    for _number in range(4):
        mark(li, translation)
    assert len(cost()) == len(before) == PAGE


def assessed(headline: str, translator: Person, assessor: Person, *severities: str) -> Translation:
    """A translation of twenty words with errors of these severities."""
    body = make_body(" ".join(["word"] * (20 - len(headline.split()))))
    translation = translation_of(make_article(headline, body=body))
    translator.edits(translation).fill("译").save()
    assessor.post("archive_assessment:assess", translation.pk)
    for severity in severities:
        mark_error(
            again(translation), "headline", category="style", severity=severity, user=assessor.user
        )
    return translation


def lines(person: Person, **query: str) -> list[list[str]]:
    content = person.client.get(reverse(REPORT), {"export": "csv", **query}).content.decode()
    assert content.startswith("\ufeff")
    return [line.split(",") for line in content[1:].splitlines()[1:]]


def test_the_report_is_by_story_translator_and_month(li: Person, junior: Person) -> None:
    wang = Person(make_translator("wang", may_publish=False))
    assessed("First story", junior, li, "1", "5")
    assessed("Second story", junior, li)
    third = assessed("Third story", wang, li, "0")
    QualityCard.objects.filter(translation=third.pk).update(assessed_at="2025-02-03T00:00Z")
    assert [line[0] for line in lines(li)] == [
        "Second story → 中文",
        "First story → 中文",
        "Third story → 中文",
    ]
    assert lines(li, by="translator") == [
        ["junior", "2", "40", "words", "2", "6", "150.0", "not passed"],
        ["wang", "1", "20", "words", "1", "0", "0.0", "passed"],
    ]
    assert [line[:2] for line in lines(li, by="month")][1] == ["February 2025", "1"]
    assert [line[0] for line in lines(li, since="2025-02-03", until="2025-02-03")] == [
        "Third story → 中文"
    ]
    shown = page_text(li.client.get(reverse(REPORT), {"by": "translator", "since": "nonsense"}))
    assert "150.0" in shown
    assert junior.client.get(reverse(REPORT)).status_code != 200


def test_the_report_has_only_languages_of_ones_own(li: Person, junior: Person) -> None:
    assessed("First story", junior, li, "1")
    other = Person(make_translator("zhao", languages=(ENGLISH,)))
    assert lines(other) == []


@pytest.mark.sqlite
def test_the_report_costs_the_same_for_any_number(li: Person, junior: Person) -> None:
    costs = []
    for number in range(3):
        assessed(f"Story {number}", junior, li, "1")
        li.client.get(reverse(REPORT))
        with CaptureQueriesContext(connection) as captured:
            li.client.get(reverse(REPORT))
        costs.append(len(captured))
    assert len(set(costs)) == 1
    assert costs[0] <= 12
