"""How many names of stories that nothing was tuned on are found, and found rightly."""

import pytest

from archive.text.language import CHINESE, ENGLISH
from tests.contrib.name_suggestions.gazetteers import ambiguous_gazetteer
from tests.contrib.name_suggestions.labelled import measure, read_labelled

LEAST = 0.95


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
@pytest.mark.parametrize("name", ["development", "evaluation"])
def test_names_are_found_and_found_rightly(name, language):
    score = measure(ambiguous_gazetteer(), read_labelled(name, language))
    assert score.precision >= LEAST, score.errors
    assert score.recall >= LEAST, score.errors


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_the_marks_name_entries_of_the_gazetteer(language):
    known = {term.key for term in ambiguous_gazetteer().terms} | {"?"}
    stories = [
        story for name in ("development", "evaluation") for story in read_labelled(name, language)
    ]
    assert {label[0] for story in stories for label in story.labels} <= known
    assert len(stories) >= 30
