"""Which checks a site runs, and that each is as the desk expects it."""

import pytest
from django.core.checks import run_checks
from django.utils.translation import override

from archive.desk.models import CheckWaiver
from archive.qa.base import Check, Pair, Story, pieces
from archive.qa.runner import check_story, known_checks, load_checks
from archive.text.language import CHINESE, ENGLISH
from tests.qa.cases import story_of

UNTIDY = story_of(("It has 114 ports.", "有 140个港口."))


class Shouting(Check):
    """A site's own check, as its documentation shows it."""

    check_id = "shouting"
    name = "Shouting"
    description = "The translation shouts."

    def check(self, pair, story):
        if pair.target.endswith("！"):
            yield self.finding(pair, "Not so loud.")


def test_each_check_has_an_id_of_its_own_that_a_waiver_can_hold():
    ids = [check.check_id for check in load_checks()]
    longest = CheckWaiver._meta.get_field("check_id").max_length
    assert len(set(ids)) == len(ids) == len(known_checks())
    assert all(len(one) <= longest and one == one.lower() for one in ids)


def test_each_check_says_in_one_sentence_what_it_is_about():
    for check in load_checks():
        assert str(check.name)
        assert str(check.description).endswith(".")
        assert str(check.description).count(".") == 1


def test_few_checks_stop_publication():
    errors = {check.check_id for check in load_checks() if check.severity == "error"}
    assert errors >= {"number-value", "money-value", "markup-broken", "link-added", "untranslated"}
    assert len(errors) <= 10


def test_findings_come_in_reading_order_with_their_places():
    story = story_of(("Page one.", "头版 。"), ("It has 114 ports.", "有140个港口."))
    found = check_story(story)
    assert [finding.key for finding in found] == sorted(finding.key for finding in found)
    for finding in found:
        pair = next(pair for pair in story.pairs if pair.key == finding.key)
        assert all(0 <= s <= e <= len(pair.target) for s, e in finding.target_spans)


def test_a_site_chooses_its_checks(settings):
    settings.ARCHIVE_DESK_CHECKS = ["tests.qa.test_run.Shouting"]
    assert check_story(UNTIDY) == []
    (finding,) = check_story(story_of(("Come.", "来！")))
    assert (finding.check_id, finding.severity) == ("shouting", "warning")
    settings.ARCHIVE_DESK_CHECKS = [*known_checks(), "tests.qa.test_run.Shouting"]
    assert len(load_checks()) == len(known_checks()) + 1


# Newer releases of Django ask the database when all checks are run.
@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    ["nowhere.Check", "archive.qa.base.Pair", "archive.qa.base.Check", "x", "", None, 1],
)
def test_a_wrong_path_is_said_at_start(settings, wrong):
    settings.ARCHIVE_DESK_CHECKS = [known_checks()[0], wrong]
    errors = [error for error in run_checks() if error.id == "archive.E003"]
    assert len(errors) == 1
    assert repr(wrong) in errors[0].msg


@pytest.mark.django_db
@pytest.mark.parametrize("right", [None, [], list, tuple])
def test_right_paths_are_no_error(settings, right):
    settings.ARCHIVE_DESK_CHECKS = right(known_checks()) if callable(right) else right
    assert [error for error in run_checks() if error.id == "archive.E003"] == []


def test_messages_are_in_the_readers_language_at_the_time():
    with override(CHINESE):
        check_story(UNTIDY)
    assert "The source says" in str(check_story(UNTIDY))


def test_a_story_of_odd_pairs_is_checked_without_a_word():
    odd = ["", " ", "\n", "…", "<", "“", "100", "的" * 1000, "a" * 1000, "\u200b", "𠀀", "👍"]
    for language, target in ((ENGLISH, CHINESE), (CHINESE, ENGLISH)):
        pairs = (Pair(str(n), "paragraph", one, one, one, one) for n, one in enumerate(odd))
        check_story(Story(tuple(pairs), language, target))


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ((), ""),
        (((0, 60),), ""),
        (((10, 12),), "0123456789[01]234567890123456789012345…"),
        (((10, 12), (14, 15)), "0123456789[01]23[4]567890123456789012345678…"),
        (((50, 51),), "…678901234567890123456789[0]123456789"),
    ],
)
def test_a_spot_is_cut_out_with_the_text_around_it(spans, shown):
    text = "0123456789" * 6
    drawn = "".join(f"[{p.text}]" if p.is_spot else p.text for p in pieces(text, spans))
    assert drawn == shown
