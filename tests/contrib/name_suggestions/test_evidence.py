"""When an answered suggestion is asked again."""

import pytest

from archive.contrib.name_suggestions import decisions as evidence
from archive.contrib.name_suggestions.decisions import (
    OPEN,
    Evidence,
    has_changed,
    read_decisions,
    token_of,
)
from archive.text.normalisation import fold
from archive.text.passages import Spot

SENTENCE = "The delegation from Portland came to the port on Monday."


def seen(*spots: tuple[str, str], role: str = "mentioned") -> Evidence:
    return Evidence.of([Spot("a", 0, 1, text, sentence) for text, sentence in spots], role)


THEN = seen(("Portland", SENTENCE))


@pytest.mark.parametrize(
    "now",
    [
        THEN,
        seen(("Portland", SENTENCE.replace("Monday", "Tuesday,"))),
        seen(("PORTLAND", SENTENCE)),
        seen(("Portland", SENTENCE), ("Portland", "Later on Portland was named again.")),
        seen(),
    ],
    ids=["same", "mended", "capitals", "another sentence more", "gone"],
)
def test_the_answer_stands(now):
    assert not has_changed(THEN, now)


@pytest.mark.parametrize(
    "now",
    [
        seen(("Portland, Maine", SENTENCE)),
        seen(("Portland", "A cement of this kind was made there first.")),
        seen(("Portland", SENTENCE), role="about"),
    ],
    ids=["another form", "no sentence left", "the subject now"],
)
def test_it_is_asked_again(now):
    assert has_changed(THEN, now)


def test_evidence_survives_storing():
    assert Evidence.read(THEN.as_json()) == THEN


@pytest.mark.parametrize("stored", [None, 3, {"forms": 1}, {"role": "x", "sentences": [1]}])
def test_what_is_no_evidence_is_left_out(stored):
    assert Evidence.read(stored) == Evidence()


def test_what_no_database_stores_is_left_out():
    read = Evidence.read({"forms": ["Port\x00land\ud800"], "sentences": ["\udfff"]})
    assert read.as_json() == {"forms": ["port land"], "sentences": [""], "role": "mentioned"}


def test_a_sentence_that_names_a_thing_a_thousand_times_is_folded_once(monkeypatch):
    folded = []
    monkeypatch.setattr(evidence, "fold", lambda text: folded.append(text) or fold(text))
    sentence = "Portland and " * 5000
    seen(*[("Portland", sentence)] * 1000)
    assert len(folded) == 2
    assert max(map(len, folded)) < 2000


def test_a_text_is_known_whatever_its_case_and_script():
    assert token_of("PORTLAND ") == token_of("Portland")
    assert token_of("廣州") == token_of("广州")


def test_reads_the_last_answer_of_each():
    text = (
        '[{"subject": "entity", "entity": 7, "verdict": "accepted"},'
        ' {"subject": "entity", "entity": 7, "verdict": "open"},'
        ' {"subject": "new", "token": "ab", "verdict": "rejected"}]'
    )
    assert [(one.identity, one.verdict) for one in read_decisions(text)] == [
        (("entity", 7), OPEN),
        (("new", "ab"), "rejected"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "3",
        "[3]",
        '[{"subject": "entity", "entity": true, "verdict": "accepted"}]',
        '[{"subject": "entity", "entity": 99999999999999999999, "verdict": "accepted"}]',
        '[{"subject": "new", "token": "", "verdict": "rejected"}]',
        '[{"subject": "new", "token": "a\\u0000", "verdict": "rejected"}]',
        '[{"subject": "x", "token": "a", "verdict": "rejected"}]',
    ],
)
def test_drops_what_is_no_answer(text):
    assert read_decisions(text) == []
