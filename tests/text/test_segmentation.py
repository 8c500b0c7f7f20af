"""Bodies cut into segments, and put together again in the other language."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.segmentation import (
    PLAIN,
    RICH,
    Items,
    Plain,
    Rich,
    Struct,
    Table,
    compose,
    digest,
    extract,
)
from archive.text.sentences import sentence_at, sentence_ends, sentence_spans

PICTURE = Struct({"caption": Plain("caption"), "alt_text": Plain("alt_text")})


SPECS = {
    "paragraph": Rich("paragraph"),
    "subhead": Plain("subhead"),
    "list": Struct({"items": Items(Rich("item"))}),
    "image": PICTURE,
    "gallery": Struct({"title": Plain("title"), "pictures": Items(PICTURE)}),
    "table": Table(),
}


words = st.text(alphabet="ab 湛江 &<1.\n", max_size=12)


rich = words.map(lambda text: f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>")


pictures = st.fixed_dictionaries({"image": st.integers(1, 9), "caption": words, "alt_text": words})


values = {
    "paragraph": rich,
    "subhead": words,
    "image": pictures,
    "list": st.lists(rich, max_size=3).map(lambda items: {"ordered": True, "items": items}),
    "gallery": st.lists(pictures, max_size=2).map(lambda items: {"title": "", "pictures": items}),
    "table": st.lists(st.lists(words, min_size=2, max_size=2), max_size=3).map(
        lambda data: {"data": data, "table_caption": ""}
    ),
    "embed": words.map(lambda text: {"url": text}),
}


blocks = st.sampled_from(sorted(values)).flatmap(
    lambda kind: st.tuples(st.just(kind), values[kind])
)


@st.composite
def bodies(draw: Any) -> list[dict[str, Any]]:
    """Bodies of up to six blocks, as StreamField stores them: each block and item has an id."""
    body = []
    for number, (kind, value) in enumerate(draw(st.lists(blocks, max_size=6))):
        for part in ("items", "pictures"):
            if isinstance(value, dict) and part in value:
                value = {**value, part: _with_ids(value[part], number)}
        body.append({"type": kind, "value": value, "id": f"b{number}"})
    return body


def _with_ids(items: list[Any], number: int) -> list[dict[str, Any]]:
    return [{"type": "item", "id": f"i{number}-{n}", "value": item} for n, item in enumerate(items)]


def block(kind: str, value: Any, key: str = "b") -> dict[str, Any]:
    return {"type": kind, "value": value, "id": key}


@given(bodies())
def test_a_body_made_of_its_own_texts_reads_the_same(body: list[dict[str, Any]]) -> None:
    segments = extract(body, SPECS)
    composed = compose(body, SPECS, {s.key: s.text for s in segments})
    assert extract(composed, SPECS) == segments


@given(bodies())
def test_no_two_segments_share_a_key(body: list[dict[str, Any]]) -> None:
    keys = [segment.key for segment in extract(body, SPECS)]
    assert len(keys) == len(set(keys))


@given(bodies())
def test_every_target_lands_in_the_composed_body_once(body: list[dict[str, Any]]) -> None:
    targets = {s.key: f"译{n}。" for n, s in enumerate(extract(body, SPECS))}
    composed = compose(body, SPECS, targets)
    assert sorted(s.text for s in extract(composed, SPECS)) == sorted(targets.values())


@given(bodies(), st.data())
def test_what_is_left_out_is_gone_and_all_else_stays(
    body: list[dict[str, Any]], data: st.DataObject
) -> None:
    keys = [s.key for s in extract(body, SPECS)]
    gone = set(data.draw(st.lists(st.sampled_from(keys)))) if keys else set()
    composed = compose(body, SPECS, {key: None if key in gone else "译" for key in keys})
    assert {s.key for s in extract(composed, SPECS)} == set(keys) - gone or _has_table(body)
    assert [b["id"] for b in composed] == [
        b["id"] for b in body if b in composed or _id_in(b, composed)
    ]


def _id_in(one: dict[str, Any], composed: list[dict[str, Any]]) -> bool:
    return any(one["id"] == other["id"] for other in composed)


def _has_table(body: list[dict[str, Any]]) -> bool:
    return any(one["type"] == "table" for one in body)


@given(bodies())
def test_neither_cutting_nor_composing_touches_the_source(body: list[dict[str, Any]]) -> None:
    before = copy.deepcopy(body)
    compose(body, SPECS, {s.key: "译" for s in extract(body, SPECS)})
    assert body == before


@given(bodies())
def test_pictures_stay_even_without_their_words(body: list[dict[str, Any]]) -> None:
    composed = compose(body, SPECS, {})
    shown = [b["id"] for b in composed if b["type"] in ("image", "gallery", "embed")]
    assert shown == [b["id"] for b in body if b["type"] in ("image", "gallery", "embed")]


def test_segments_come_in_reading_order_under_the_blocks_ids() -> None:
    picture = {"image": 7, "caption": "Port", "alt_text": "Cranes"}
    items = [{"type": "item", "id": "i1", "value": "<p>One</p>"}]
    body = [
        block("paragraph", '<p data-block-key="x1">Text</p>', "a"),
        block("image", picture, "b"),
        block("list", {"ordered": False, "items": items}, "c"),
        block("table", {"table_caption": "Cargo", "data": [["Port", "1,000"]]}, "d"),
    ]
    assert [(s.key, s.text) for s in extract(body, SPECS)] == [
        ("a", "<p>Text</p>"),
        ("b/caption", "Port"),
        ("b/alt_text", "Cranes"),
        ("c/items/i1", "<p>One</p>"),
        ("d/table_caption", "Cargo"),
        ("d/r0c0", "Port"),
    ]


@pytest.mark.parametrize("cell", ["1,000", "", None, "—", "50%", "2015-09-22"])
def test_a_cell_without_words_is_not_asked_for_and_stays(cell: str | None) -> None:
    body = [block("table", {"data": [["Port", cell]]})]
    assert [s.key for s in extract(body, SPECS)] == ["b/r0c0"]
    composed = compose(body, SPECS, {"b/r0c0": "港"})
    assert composed[0]["value"]["data"] == [["港", cell]]


@pytest.mark.parametrize(
    ("cells", "composed"),
    [
        (["1979", "译", "—", "1983"], ["1979年", "1982年10月", "—", "1983年"]),
        (["1979", "译", "1,200"], ["1979", "1982年10月", "1,200"]),
        (["1979", "1983"], ["1979", "1983"]),
        ([None, "译", ""], [None, "1982年10月", ""]),
    ],
)
def test_a_column_of_chinese_dates_has_its_years_alike(cells: Any, composed: Any) -> None:
    data = [["Since"], *([one] for one in cells)]
    at = cells.index("译") + 1 if "译" in cells else 0
    body = [block("table", {"data": data})]
    targets = {"b/r0c0": "结好时间", f"b/r{at}c0": "1982年10月" if at else "结好时间"}
    found = compose(body, SPECS, targets)[0]["value"]["data"]
    assert [row[0] for row in found] == ["结好时间", *composed]


@pytest.mark.parametrize(
    "value",
    ["", "   ", None, "<p></p>", '<p data-block-key="k1"></p>', "<p>&nbsp;</p>", "<p><br/></p>"],
)
def test_an_empty_paragraph_is_no_segment(value: str | None) -> None:
    assert extract([block("paragraph", value)], SPECS) == []


def test_an_unknown_block_is_kept_as_it_is() -> None:
    body = [block("embed", {"url": "https://example.org/"})]
    assert extract(body, SPECS) == []
    assert compose(body, SPECS, {}) == body


def test_a_list_loses_only_the_items_that_are_left_out() -> None:
    items = [{"type": "item", "id": f"i{n}", "value": f"<p>{n}a</p>"} for n in (1, 2)]
    body = [block("list", {"ordered": True, "items": items})]
    composed = compose(body, SPECS, {"b/items/i1": None, "b/items/i2": "<p>二</p>"})
    assert [i["value"] for i in composed[0]["value"]["items"]] == ["<p>二</p>"]


@pytest.mark.parametrize(
    ("left", "right", "markup"),
    [
        ("City  builds", "City builds", PLAIN),
        (" City builds\n", "City builds", PLAIN),
        ("caf\u00e9", "cafe\u0301", PLAIN),
        ("<p>Text</p>", '<p data-block-key="a1b2c">Text</p>', RICH),
        ("<p>A&nbsp;b</p>", "<p>A b</p>", RICH),
        ("<p>It&#x27;s</p>", "<p>It's</p>", RICH),
        ("<p>A <b>b</b></p>", "<p>A b</p>", RICH),
        ('<p><a linktype="entity" id="1">A</a></p>', "<p>A</p>", RICH),
    ],
)
def test_the_same_words_have_the_same_digest(left: str, right: str, markup: str) -> None:
    assert digest(left, markup) == digest(right, markup)


@pytest.mark.parametrize(
    ("left", "right", "markup"),
    [
        ("City builds", "City built", PLAIN),
        ("City builds", "city builds", PLAIN),
        ("城市", "城 市", PLAIN),
        ("1,000", "1000", PLAIN),
        ("<p>A</p><p>B</p>", "<p>AB</p>", RICH),
        ("<p>1 &lt; 2</p>", "<p>1 > 2</p>", RICH),
    ],
)
def test_other_words_have_another_digest(left: str, right: str, markup: str) -> None:
    assert digest(left, markup) != digest(right, markup)


TEXTS = [
    ["Mr. Hill of St. Ives, 7.5 miles off, met J. R. Cole.", "They talked."],
    ["Gov. Cox met Sen. Lee on Sept. 22 at No. 5 Pier.", "The U.S. side agreed."],
    ["Xi visited Tacoma, Wash. on Sept. 23.", "He gave a ping-pong table."],
    ["Acme Inc. Chairman Wu came.", "He left in 1931.", "A school stands there."],
    ["“We will come,” he said.", "“Soon!”", "She smiled."],
    ["3.4. Technical notes for readers"],
    ["The port opened", "A new line"],
    ["他说：“我们愿意来。”", "大家都笑了。"],
    ["港口开通了！", "真的？", "是的……", "他点头。"],
    ["He said 你好。", "They met."],
    ["会议在St. Louis举行。", "No. 5 Pier见。"],
]


@pytest.mark.parametrize("sentences", TEXTS, ids=lambda one: one[0])
def test_sentences_end_where_readers_end_them(sentences: list[str]) -> None:
    is_chinese = sentences[0][-1] > "\u3000"
    text = ("\n" if sentences[0][-1] == "d" else "" if is_chinese else " ").join(sentences)
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


def test_a_span_over_two_sentences_has_both() -> None:
    text = "One came. Two went. Three stayed."
    assert sentence_at(text, 0, 12) == "One came. Two went."
    assert [text[:end] for end in sentence_ends(text)][1:] == ["One came. Two went.", text]
