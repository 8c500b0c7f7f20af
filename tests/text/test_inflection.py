"""The forms of English terms that a text may have."""

import pytest

from archive.text.inflection import inflected


@pytest.mark.parametrize(
    ("phrase", "part_of_speech", "forms"),
    [
        ("sister city", "noun", ["sister cities"]),
        ("ecological footprint", "noun", ["ecological footprints"]),
        ("carbon tax", "noun", ["carbon taxes"]),
        ("holiday", "noun", ["holidays"]),
        ("letter of intent", "noun", ["letters of intent"]),
        ("carry out", "verb", ["carries out", "carried out", "carrying out"]),
        ("merge", "verb", ["merges", "merged", "merging"]),
        ("plan", "verb", ["plans", "planned", "planning"]),
        ("open", "verb", ["opens", "opened", "opening"]),
        ("agree", "verb", ["agrees", "agreed", "agreeing"]),
        ("sustainable", "adjective", []),
    ],
)
def test_nouns_and_verbs_take_their_regular_forms(phrase, part_of_speech, forms):
    assert list(inflected(phrase, part_of_speech)) == forms
