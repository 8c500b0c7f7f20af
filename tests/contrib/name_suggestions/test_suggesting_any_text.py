"""Whatever the text: spots lie where they say, and nothing fails."""

import itertools
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.contrib.name_suggestions.recognition.engine import suggest
from archive.contrib.name_suggestions.recognition.ties import propose_ties
from archive.text.language import CHINESE, ENGLISH
from archive.text.passages import Passage
from archive.text.sentences import sentence_spans
from tests.contrib.name_suggestions.gazetteers import ambiguous_gazetteer

PIECES = (
    *("Portland", "Oregon", "Liu Xiaohua", "Liu", "the mayor", "Mayor Wang Zhongbing", "New York"),
    *(
        "湛江",
        "刘小华",
        "刘说",
        "这位市长",
        "奥克兰",
        "新西兰",
        "市长",
        "长",
        "中山",
        "路",
        "《",
        "》",
    ),
    *(
        "sister cities",
        "will visit",
        "友好城市",
        "与",
        "和",
        "将访问",
        "BRI",
        "Mobile",
        "Washington",
    ),
    *(
        ", ",
        ". ",
        " ",
        "\n",
        "。",
        "，",
        "“",
        "”",
        '"',
        "’s",
        "·",
        "(",
        ")",
        "\ue000",
        "\uf8ff",
        "İ",
        "ﬁ",
    ),
    *("\u200b", "é", "\U00020000", "9", "1985年", "in 1985"),
)
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.text(max_size=40))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(texts, st.sampled_from([ENGLISH, CHINESE])), max_size=4))
def test_spots_lie_where_they_say(pairs):
    passages = [Passage(f"line:{n}", text, lang) for n, (text, lang) in enumerate(pairs)]
    by_key = {one.key: one.text for one in passages}
    found = suggest(ambiguous_gazetteer(), passages, date(2015, 9, 22))
    ties = propose_ties(passages, found)
    spots = [spot for one in (*found.entities, *found.questions, *found.new) for spot in one.spots]
    for spot in [*spots, *(tie.spot for tie in ties)]:
        assert by_key[spot.passage][spot.start : spot.end] == spot.text
        assert spot.sentence in by_key[spot.passage]
        assert spot.text
    taken = [
        (spot.passage, place)
        for one in found.entities
        for spot in one.spots
        for place in range(spot.start, spot.end)
    ]
    assert len(taken) == len(set(taken))


@settings(max_examples=100, deadline=None)
@given(texts)
def test_sentences_are_the_text_in_order(text):
    spans = sentence_spans(text)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
