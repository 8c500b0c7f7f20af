"""The archive's own stories are offered as pairs."""

import json
import time
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from archive.desk.pairs import candidates
from archive.desk.pairs.actions import confirm_pair, refuse_pair
from archive.desk.pairs.candidates import search_pairs, store_pairs
from archive.models import ArticlePage, StoryPair
from tests.alignment.folder import make_folder
from tests.benchmarks.cloning import Herd
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
    assert "2 stories: 1 probable pair, 1 of them new" in out.getvalue()
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
    """Twenty a day, ten in each language; each day's are one another's only partners."""
    originals = []
    folder = make_folder(1)
    paired = {key for pair in sorted(folder.pairs)[:20] for key in pair}
    for text in folder.texts:
        if text.key not in paired:
            continue
        body = make_body(*text.text.split("\n"))
        story = make_article(f"Story {text.key}", body=body, language=text.language, day=DAY)
        originals.append(story)

    def changes(number: int) -> dict[Any, dict[str, Any]]:
        path = f"{originals[0].path[:-4]}{number + 500:04d}"
        day = DAY + timedelta(days=1 + number // 40 * 4)
        page = {"path": path, "slug": f"s{number}", "url_path": f"/s{number}/"}
        return {Page: page, ArticlePage: {"print_date": day}}

    Herd(originals).make(10_000, changes)
    started = time.process_time()
    report = search_pairs()
    took = time.process_time() - started
    assert (report.stories, took < 60) == (10_040, True)
    # The texts of a day have copies on many others, and so nothing rare.
    assert len(report.found) > 4000, f"{len(report.found)} pairs in {took:.1f} s"
