"""A sentence that was left out is found among others that are there."""

import pytest

from archive.contrib.checks.sentences import sentences_of
from archive.text.language import CHINESE, ENGLISH
from tests.qa.cases import findings, ids

ENGLISH_TEXT = (
    "The mill on the river was built by two brothers from Lyon. It burnt down in 1931 and was left"
    " in ruins. A school for weavers stands there today."
)
SENTENCES = (
    "河边的磨坊由来自里昂的两兄弟所建。",
    "1931年，磨坊被烧毁，成为废墟。",
    "如今，这里是一所织工学校。",
)


@pytest.mark.parametrize("left_out", range(3))
@pytest.mark.parametrize("back", [False, True], ids=["into Chinese", "into English"])
def test_one_of_three_sentences_is_missed(left_out, back):
    chinese = "".join(SENTENCES[:left_out] + SENTENCES[left_out + 1 :])
    english = [f"{one.strip(' .')}." for one in ENGLISH_TEXT.split(". ")]
    del english[left_out]
    pair = ("".join(SENTENCES), " ".join(english)) if back else (ENGLISH_TEXT, chinese)
    assert "sentence-missing" in ids(*pair)


def test_sentences_may_be_joined():
    joined = "".join(SENTENCES).replace("。", "，").rstrip("，") + "。"
    assert "sentence-missing" not in ids(ENGLISH_TEXT, joined)
    assert "sentence-missing" not in ids("".join(SENTENCES), ENGLISH_TEXT)


def test_the_finding_counts_sentences_and_shows_the_missing_one():
    target = SENTENCES[0] + SENTENCES[2]
    (finding,) = (f for f in findings(ENGLISH_TEXT, target) if f.check_id == "sentence-missing")
    assert "3 in the source, 2 in the translation" in finding.message
    ((start, end),) = finding.source_spans
    assert ENGLISH_TEXT[start:end].strip() == "It burnt down in 1931 and was left in ruins."


def test_a_semicolon_ends_no_sentence_that_is_counted():
    source = ENGLISH_TEXT.replace("Lyon. It", "Lyon; it")
    target = SENTENCES[0].replace("。", "；") + SENTENCES[1]
    (finding,) = (f for f in findings(source, target) if f.check_id == "sentence-missing")
    assert "2 in the source, 1 in the translation" in finding.message


def test_sentences_are_not_counted_where_there_are_as_many():
    target = SENTENCES[0].replace("来自", "来自远方。他们是").replace("所建", "") + SENTENCES[2]
    found = [f for f in findings(ENGLISH_TEXT, target) if f.check_id == "sentence-missing"]
    assert all("3 in the source, 3" not in finding.message for finding in found)
    assert [finding.message for finding in found] == [
        "A sentence of the source seems to be missing."
    ]


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Mr. Hill of St. Ives, 7.5 miles off, met J. R. Cole. They talked.", ENGLISH, 2),
        ("3.4. Technical notes for readers", ENGLISH, 1),
        ("他说：“我们愿意来。”大家都笑了。", CHINESE, 2),
    ],
)
def test_sentences_end_where_readers_end_them(text, language, count):
    assert len(sentences_of(text, language, is_target=False)) == count
