"""The archive's own stories are offered as pairs."""

import json
from datetime import timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from archive.desk.pairs import candidates
from archive.desk.pairs.actions import confirm_pair, refuse_pair
from archive.desk.pairs.candidates import search_pairs, store_pairs
from archive.models import StoryPair
from tests.desk.pairs.stories import make_two
from tests.factories import DAY, make_article, make_body

pytestmark = pytest.mark.django_db


def test_two_stories_of_neighbouring_days_with_the_same_figures_are_found() -> None:
    english, chinese = make_two()
    make_article("Rain", body=make_body("It rained for three days."))
    (pair,) = search_pairs().found
    assert (pair.one, pair.two) == (english.pk, chinese.pk)
    assert set(pair.reasons) >= {"figures", "names"}


def test_drafts_are_found_too_and_stories_far_apart_are_not() -> None:
    make_two(live=False)
    assert len(search_pairs().found) == 1
    english, _chinese = make_two(day=DAY + timedelta(days=6))
    english.print_date += timedelta(days=300)
    english.save()
    assert len(search_pairs().found) == 1


def test_the_command_writes_only_what_it_is_told_to() -> None:
    make_two()
    out = StringIO()
    call_command("find_pairs", json="-", stdout=out)
    assert json.loads(out.getvalue())[0]["titles"] == ["New terminal", "新码头启用"]
    assert not StoryPair.objects.exists()
    call_command("find_pairs", store=True, stdout=out)
    assert "2 stories, 1 probable pairs, 1 of them new" in out.getvalue()
    assert StoryPair.objects.get().state == StoryPair.State.OPEN


def test_a_refused_pair_and_a_joined_story_are_not_offered_again() -> None:
    make_two()
    store_pairs(search_pairs())
    refuse_pair(StoryPair.objects.get(), None)
    assert search_pairs().found == []
    make_two(day=DAY + timedelta(days=9))
    store_pairs(search_pairs())
    confirm_pair(StoryPair.objects.get(state=StoryPair.State.OPEN), None)
    report = search_pairs()
    store_pairs(report)
    assert (report.found, StoryPair.objects.count()) == ([], 2)


def test_what_is_no_pair_any_more_is_gone_from_the_list() -> None:
    english, _chinese = make_two()
    store_pairs(search_pairs())
    english.delete()
    report = search_pairs()
    store_pairs(report)
    assert not StoryPair.objects.exists()


def test_windows_leave_no_neighbours_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "WINDOW", 2)
    make_article("A", day=DAY, body=make_body("One."))
    make_two(day=DAY)
    make_article("B", day=DAY + timedelta(days=2), body=make_body("Two."))
    assert len(search_pairs().found) == 1


def test_looking_costs_the_same_for_any_number_of_stories(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _round in range(2):
        make_two()
        with django_assert_num_queries(5):
            search_pairs()


@pytest.mark.exhaustive
def test_ten_thousand_stories_are_compared_within_seconds() -> None:
    """Of random words, ten of either language a day."""
    from archive.alignment.pairs import PairText, find_pairs

    random = Random(5)
    texts = []
    for number in range(10_000):
        is_chinese = number % 2
        words = [f"{random.randrange(10_000)}" for _one in range(20)]
        text = "，".join(words) if is_chinese else ", ".join(words)
        day = DAY + timedelta(days=number // 20)
        texts.append(PairText(number, "zh-hans" if is_chinese else "en", text, day=day))
    assert len(find_pairs(texts[:2000])) < 100
