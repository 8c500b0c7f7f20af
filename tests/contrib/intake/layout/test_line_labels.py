"""The lines of a text get labels, with probabilities, from weights that are learnt."""

import pytest

from archive.contrib.intake.layout import line_labels
from tests.contrib.intake import layout_training
from tests.contrib.intake.layout_texts import TUNING, read_set
from tests.contrib.intake.texts import parse

LINE = "The harbour of the city grew by one quay in the year {}, and its ships went further south."
TEXT = [LINE.format(year) for year in range(1500, 1950)]


def test_subheads_amid_a_very_long_text_stay_subheads() -> None:
    lines = ["Harbour of the city grows", *TEXT[:330], "The quays of the south", *TEXT[330:]]
    subheads = [one.text for one in parse("\n".join(lines)).blocks if one.type == "subhead"]
    assert subheads == ["The quays of the south"]


def test_probabilities_of_a_line_add_up() -> None:
    weights = line_labels.learnt_weights()
    scores = [weights.score(names) for names in (["top", "form=open"], ["stop"], ["never seen"])]
    for odds in line_labels.marginals(scores, weights):
        assert sum(odds) == pytest.approx(1)
        assert min(odds) >= 0


def test_weights_are_learnt_from_labels() -> None:
    labels = ["headline", "paragraph", "other"]
    text = layout_training.Text("story", [["short"], ["long"], ["menu"]], labels)  # type: ignore[arg-type]
    weights = layout_training.learn([text] * 3)
    found = layout_training.check([text], weights)
    assert (found["all"], found["all right"]) == (3, 3)


def test_the_same_texts_teach_the_same_weights() -> None:
    texts = layout_training.read_texts(read_set(TUNING)[:6])
    assert layout_training.learn(texts) == layout_training.learn(texts)
