"""What makes a translation worth doing first; no database."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from archive.desk.queue.ranking import RankFactors, rank, reasons
from archive.text.language import length

TODAY = date(2026, 11, 25)
WAITING = RankFactors("not_started", print_date=date(2015, 9, 22))


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def standing(**facts: object) -> RankFactors:
    return RankFactors(**{"state": "not_started", "print_date": date(2015, 9, 22), **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            {"is_missing_correction": True, "state": "published"},
            {"urgency": 2, "due_date": after(-1), "related_count": 1, "related_done_count": 1},
        ),
        ({"urgency": 2}, {"due_date": after(-1)}),
        ({"due_date": after(-1)}, {"urgency": 1}),
        ({"due_date": after(1)}, {"due_date": after(5)}),
        ({"due_date": after(5)}, {"due_date": after(40)}),
        ({"related_count": 3, "related_done_count": 3}, {"related_count": 3}),
        (
            {"related_count": 3, "related_done_count": 2},
            {"related_count": 3, "related_done_count": 1},
        ),
        ({"reads": 20_000}, {"reads": 20}),
        ({"state": "source_changed"}, {"state": "in_progress"}),
        ({"state": "in_progress"}, {}),
        ({"print_date": after(-3)}, {"print_date": after(-20)}),
        ({"print_date": date(2015, 9, 22)}, {"print_date": date(2015, 9, 21)}),
        ({"print_date": date(1980, 1, 1)}, {"print_date": None}),
        ({}, {"state": "published", "urgency": 2, "due_date": after(-9), "reads": 10**6}),
        ({}, {"state": "scheduled", "print_date": date(2015, 9, 21)}),
    ],
)
def test_ranks_what_matters_more_higher(
    first: dict[str, object], second: dict[str, object]
) -> None:
    assert rank(standing(**first), TODAY) > rank(standing(**second), TODAY)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"urgency": 2}, "Urgent"),
        ({"urgency": 1}, "High priority"),
        ({"due_date": after(-1)}, "Overdue"),
        ({"due_date": TODAY}, "Due today"),
        ({"due_date": after(2)}, "Due soon"),
        ({"due_date": after(7)}, "Due within a week"),
        (
            {"related_count": 3, "related_done_count": 2},
            "2 of 3 related stories are in both languages",
        ),
        ({"is_missing_correction": True}, "Correction missing for readers"),
        ({"reads": 1234}, "Read 1234 times"),
        ({"print_date": after(-2)}, "In this week's paper"),
    ],
)
def test_says_in_words_why(facts: dict[str, object], words: str) -> None:
    told = reasons(standing(**facts), TODAY)
    assert [text for reason in told if (text := reason.text())] == [words]


def test_says_the_weightiest_reason_first() -> None:
    facts = {"urgency": 1, "due_date": after(-2), "related_count": 1, "related_done_count": 1}
    told = [reason.text() for reason in reasons(standing(**facts), TODAY)]
    assert told[:2] == ["Overdue", "High priority"]


def test_says_nothing_of_a_story_that_is_done() -> None:
    assert reasons(standing(state="published", urgency=2), TODAY) == []


def test_speaks_the_readers_language() -> None:
    with translation.override("zh-hans"):
        text = reasons(standing(state="source_changed", urgency=2), TODAY)[0].text
        assert text()


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("City builds on long history", "en", 5),
        ("湛江 结好140个国家。", "zh-hans", 11),
        ("", "en", 0),
    ],
)
def test_measures_a_source_as_translators_are_paid(text: str, language: str, count: int) -> None:
    assert length(text, language) == count
