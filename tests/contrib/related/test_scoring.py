"""What weighs how much: figures alone."""

from datetime import date

import pytest

from archive.contrib.related.scoring import (
    LEAST,
    Profile,
    best,
    match,
    nearness,
    pair_term,
    rarity,
)

DAY = date(2015, 9, 22)
RARE, COMMON = 6.0, 0.7


def story(pk: int, day: date = DAY, *, size: int = 4, **terms: bool) -> Profile:
    """Terms as `t12=True`: about the entity 12."""
    return Profile(pk, day, {name.removeprefix("t"): value for name, value in terms.items()}, size)


MINE = story(1, t1=True, t2=False, t3=True)
RARITIES = {"1": RARE, "2": RARE, "3": COMMON, "1-2": RARE}


def scores(*others: Profile) -> list[int]:
    return [one.pk for one in best(MINE, others, RARITIES)]


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    assert scores(story(2, t3=True), story(3, t1=True)) == [3, 2]


def test_what_both_are_about_weighs_more_than_what_one_mentions() -> None:
    assert scores(story(2, t1=False, t2=False), story(3, t1=True)) == [3, 2]


def test_of_two_alike_the_nearer_in_time_comes_first() -> None:
    assert scores(story(2, date(1990, 1, 1), t1=True), story(3, date(2015, 1, 1), t1=True)) == [
        3,
        2,
    ]


def test_a_round_up_comes_after_a_story_of_few_names() -> None:
    assert scores(story(2, size=30, t1=True), story(3, t1=True)) == [3, 2]


def test_the_score_is_the_same_both_ways() -> None:
    theirs = story(2, date(2014, 1, 1), size=9, t1=True, t2=True)
    one, two = match(MINE, theirs, RARITIES), match(theirs, MINE, RARITIES)
    assert one
    assert two
    assert one.score == two.score
    assert one.reasons == two.reasons


@pytest.mark.parametrize("shared", [{"t2": False}, {"t9": True}, {}])
def test_one_name_in_passing_is_a_coincidence(shared: dict[str, bool]) -> None:
    assert match(MINE, story(2, **shared), RARITIES) is None


def test_what_everybody_names_relates_nobody() -> None:
    common = {"1": COMMON, "2": COMMON}
    assert COMMON * 0.2 * 2 < LEAST
    assert match(story(1, t1=False, t2=False), story(2, t1=False, t2=False), common) is None


def test_a_tie_is_the_reason_and_its_places_are_not_told_twice() -> None:
    tie = pair_term(2, 1)
    mine = Profile(1, DAY, {"1": True, "2": True, "3": True, tie: True}, 3)
    theirs = Profile(2, DAY, {"1": True, "2": True, "3": False, tie: True}, 3)
    found = match(mine, theirs, RARITIES)
    assert found
    assert found.reasons.as_json() == {"pairs": [[1, 2]], "mentioned": [3]}


def test_counting_stops_so_that_a_large_archive_weighs_like_a_smaller_one() -> None:
    assert (
        rarity(5, 1_000_000) == rarity(5, 1000) > rarity(900_000, 1_000_000) == rarity(1000, 1000)
    )
    assert rarity(900_000, 1_000_000) > 0.69


def test_nearness_falls_but_never_to_nothing() -> None:
    assert nearness(0) == 1
    assert nearness(-30) == nearness(30) > nearness(400) > nearness(40_000) >= 0.45
