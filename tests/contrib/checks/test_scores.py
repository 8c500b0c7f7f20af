"""How much the checks find and how often they are wrong; docs/desk.md has the figures by kind.

The held-out pairs are news prose that nothing is tuned on.
"""

import pytest

from tests.contrib.checks.scores import read_set, score, speed


def test_errors_that_the_checks_are_built_for_are_found():
    told = score(read_set("tuning"))
    assert told.share_found >= 0.95, told.missed
    assert told.share_of_alarms <= 1 / 60, told.alarms


@pytest.mark.exhaustive
def test_nine_in_ten_errors_of_news_prose_are_found_and_one_good_pair_in_thirty_is_minded():
    told = score(read_set("held_out"))
    assert told.good >= 300
    assert told.planted.total() >= 150
    assert told.share_found >= 0.9
    assert told.share_of_alarms <= 1 / 30


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", ["strangers", "third"])
def test_of_the_strangers_errors_that_the_checks_are_built_with_nine_in_ten_are_found(name):
    told = score(read_set(name))
    assert told.share_found >= 0.9
    assert told.share_of_alarms <= 1 / 60


@pytest.mark.exhaustive
def test_a_long_story_is_checked_before_one_notices():
    assert speed() <= 150
