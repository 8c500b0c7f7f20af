"""Labelled texts in real newspapers' layouts are read as a careful reader reads them."""

from functools import cache

import pytest

from tests.contrib.intake.layout_scores import NOTHING, Score, judge, lost_words, score, words
from tests.contrib.intake.layout_texts import REGRESSION, TRAINING, TUNING, LabelledText, read_set
from tests.contrib.intake.texts import parse

# What the reader reaches now; to be raised with it, and lowered only for a new set of texts.
LEAST_SHARE = 0.99
# Of texts that the weights haven't learnt from; seen once, so no measure of what a stranger meets.
# It was .951 while hand-set scores decided beside the labels, .947 before rules that read few texts
# went; it is .943.
LEAST_SHARE_OF_REGRESSION = 0.94
# Of texts that the weights are learnt from.
LEAST_SHARE_OF_TRAINING = 0.97


@cache
def tuning_score() -> Score:
    return score(read_set(TUNING))


def test_labelled_fields_are_read_right() -> None:
    assert tuning_score().share >= LEAST_SHARE


def test_a_sure_field_is_right() -> None:
    read, sure, right = tuning_score().calibration()
    assert sure >= 0.7 * read
    assert right >= 0.95 * sure


def test_texts_that_the_weights_have_not_learnt_from_are_read() -> None:
    found = score(read_set(REGRESSION))
    assert found.share >= LEAST_SHARE_OF_REGRESSION
    assert found.lost == {}
    read, sure, right = found.calibration()
    assert sure >= 0.7 * read
    assert right >= 0.95 * sure


@pytest.mark.exhaustive
def test_texts_that_the_labels_are_learnt_from_are_read() -> None:
    assert score(read_set(TRAINING)).share >= LEAST_SHARE_OF_TRAINING


def test_no_word_of_a_text_is_lost() -> None:
    assert tuning_score().lost == {}


@pytest.mark.parametrize("labelled", read_set(TUNING), ids=lambda one: one.name)
def test_a_label_says_what_its_text_says(labelled: LabelledText) -> None:
    text, label = words(labelled.text), labelled.label
    for one in (label, *label.get("parts", {}).values()):
        said = [one.get("headline"), one.get("first_paragraph"), one.get("last_paragraph")]
        printed = [*label.get("furniture", ()), *one.get("subheads", ()), *said]
        assert not [line for line in printed if isinstance(line, str) and words(line) - text]


def test_a_wrong_field_counts_as_wrong() -> None:
    label = {"headline": "Port opens", "page": "4", "furniture": ["Share on social media"]}
    record = {**NOTHING, "headline": "Share on social media", "page": "04"}
    found = {verdict.name: verdict.is_right for verdict in judge("story", label, record)}
    assert found == {"headline": False, "page": True, "furniture": False}


def test_a_refused_text_has_nothing_right() -> None:
    verdicts = judge("story", {"page": None, "captions": []}, NOTHING)
    assert [verdict.is_right for verdict in verdicts] == [False, False]


def test_a_lost_word_is_counted() -> None:
    record = {**NOTHING, "headline": "Port opens", "unplaced": ["Share"]}
    assert lost_words("Port opens\nShare\nMonday", record) == words("Monday")


def test_lines_in_capitals_above_a_text_are_headline_and_decks() -> None:
    head = 'COKE: "NO MORE CUTS BEFORE EASTER"\n------\nMINISTER AND THE BURNT BLACKBOARD\n------\n'
    told = (
        "  The Minister stated in the House last night that there\nwould be no rationing of coke."
    )
    signed = "From Our Parliamentary Correspondent\n\nWESTMINSTER, Tuesday."
    article = parse(f"{head}{signed}\n\n{told}\n")
    assert article.headline == 'COKE: "NO MORE CUTS BEFORE EASTER"'
    assert article.standfirst == "MINISTER AND THE BURNT BLACKBOARD"
