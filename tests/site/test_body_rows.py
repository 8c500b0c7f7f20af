"""A body's rows as HTML: ids, datelines, pairs and what is said of them."""

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils import translation

from archive.site.modes import BOTH, REVEAL, View
from archive.site.rows import BodyRow, Note, Side, with_openings
from archive.stories.blocks import BodyBlock
from archive.text.language import CHINESE, ENGLISH
from tests.site.reading import one, words

HOSTILE = '"><script>alert(1)</script>'


def blocks(*raw: tuple[str, str, Any]) -> tuple[Any, ...]:
    """(id, type, value) each."""
    stream = [{"id": key, "type": kind, "value": value} for key, kind, value in raw]
    return tuple(BodyBlock().to_python(stream))


def paragraph(key: str, text: str) -> tuple[Any, ...]:
    return blocks((key, "paragraph", f"<p>{text}</p>"))


def shown(*rows: BodyRow, mode: str = ENGLISH, lang: str = "", **context: Any) -> BeautifulSoup:
    values = {
        "story_view": View(mode, ENGLISH),
        "text": SimpleNamespace(dateline="ZHANJIANG"),
        "other_text": SimpleNamespace(dateline="湛江讯", language=CHINESE, html_language="zh-Hans"),
        "text_lang": lang,
        **context,
    }
    opened = with_openings(rows)
    values |= {"rows": opened, "sides": [row.main for row in opened]}
    html = render_to_string("archive/stories/body.html", values)
    return BeautifulSoup(html, "html.parser")


def pair(english: str = "One.", chinese: str = "一。", **row: Any) -> BodyRow:
    main = Side(ENGLISH, paragraph("a", english))
    other = Side(CHINESE, paragraph("b", chinese), is_main=False)
    return BodyRow(**{"kind": "paragraph", "main": main, "other": other, **row})


def test_each_block_can_be_linked_to() -> None:
    rows = [BodyRow("paragraph", Side(ENGLISH, paragraph(key, key))) for key in ("x1", "x2")]
    soup = shown(*rows)
    assert [div["id"] for div in soup.select(".block-paragraph")] == ["x1", "x2"]
    assert words(soup, "#x2 p") == "x2"


def test_only_the_first_text_has_the_dateline() -> None:
    rows = [
        BodyRow("paragraph", Side(ENGLISH, paragraph("x1", "One."))),
        BodyRow("paragraph", Side(ENGLISH, paragraph("x2", "Two."))),
    ]
    soup = shown(*rows)
    assert [p.get_text() for p in soup.select("p")] == ["ZHANJIANG One.", "Two."]


@pytest.mark.parametrize("mode", [ENGLISH, BOTH, REVEAL])
def test_the_dateline_belongs_to_the_first_paragraph_whatever_stands_before_it(mode: str) -> None:
    english, chinese = blocks(("s", "subhead", "Port")), blocks(("s", "subhead", "港口"))
    empty = pair("", "")
    before = BodyRow("subhead", Side(ENGLISH, english), Side(CHINESE, chinese, is_main=False))
    soup = shown(before, empty, pair(), mode=mode)
    languages = 1 if mode == ENGLISH else 2
    assert [p.get_text() for p in soup.select("p:has(.dateline)")] == [
        "ZHANJIANG One.",
        "湛江讯 一。",
    ][:languages]


def test_a_text_without_paragraphs_keeps_its_dateline() -> None:
    row = BodyRow("subhead", Side(ENGLISH, blocks(("s", "subhead", "Port"))))
    assert one(shown(row), ".block").get_text(" ", strip=True) == "ZHANJIANG Port"


def test_ids_datelines_and_notes_are_escaped() -> None:
    note = Note("left-out", HOSTILE)
    with_text = Side(ENGLISH, paragraph(HOSTILE, "One."), anchors=(HOSTILE,))
    rows = [
        BodyRow("paragraph", with_text),
        BodyRow("paragraph", Side(ENGLISH, (), (note,), key=HOSTILE)),
    ]
    soup = shown(*rows, text=SimpleNamespace(dateline=HOSTILE), corrected_by={})
    assert not soup.select("script")
    assert [e["id"] for e in soup.select("[id]")] == [HOSTILE] * 3
    assert (words(soup, ".dateline"), words(soup, ".mark")) == (
        HOSTILE,
        f"{HOSTILE} Read it in the original",
    )


def test_plain_blocks_are_escaped_by_their_templates() -> None:
    row = BodyRow("subhead", Side(ENGLISH, blocks(("x1", "subhead", HOSTILE))))
    soup = shown(row)
    assert not soup.select("script")
    assert words(soup, "h2") == HOSTILE


def test_side_by_side_the_texts_share_a_row_and_the_main_one_has_the_id() -> None:
    soup = shown(pair(), mode=BOTH)
    assert words(soup, ".pair > .side:not(.side-other)") == "ZHANJIANG One."
    assert words(soup, '.pair > .side-other[lang="zh-Hans"]') == "湛江讯 一。"
    assert [e["id"] for e in soup.select("[id]")] == ["a"]


def test_to_be_revealed_the_other_text_waits_under_its_languages_name() -> None:
    soup = shown(pair(), mode=REVEAL)
    assert words(soup, 'details.reveal > summary[lang="zh-Hans"]') == "中文"
    assert words(soup, "details .side-other") == "湛江讯 一。"
    assert not one(soup, "details").has_attr("open")


def test_a_main_text_of_another_language_than_the_pages_says_so() -> None:
    soup = shown(pair(), mode=BOTH, lang="zh-Hans")
    assert one(soup, ".side:not(.side-other)")["lang"] == "zh-Hans"


def test_a_row_that_shares_its_pictures_has_one_side() -> None:
    row = BodyRow("paragraph", Side(ENGLISH, paragraph("a", "One.")))
    assert len(shown(row, mode=BOTH).select(".pair-shared > .side")) == 1


@pytest.mark.parametrize(("reader", "code"), [(ENGLISH, "en"), (CHINESE, "zh-Hans")])
def test_what_was_left_out_keeps_its_place_and_is_told(reader: str, code: str) -> None:
    note = Note("left-out", "Omitted from the translation.")
    left_out = Side(CHINESE, (), (note,), key="a", anchors=("c",))
    other = Side(CHINESE, (), (note,), is_main=False)
    with translation.override(reader):
        soup = shown(pair(other=other), mode=BOTH)
        alone = shown(BodyRow("paragraph", left_out), mode=CHINESE)
    assert one(soup, ".side-other .block-omitted .mark-left-out")["lang"] == code
    assert [e["id"] for e in alone.select("[id]")] == ["c", "a"]


def test_a_note_stands_after_the_last_of_a_rows_blocks() -> None:
    note = Note("joined", "Joined.")
    blocks = (*paragraph("b", "一。"), *paragraph("c", "二。"))
    side = Side(CHINESE, blocks, (note,), is_main=False)
    soup = shown(pair(other=side), mode=BOTH)
    assert [len(b.select(".mark")) for b in soup.select(".side-other .block")] == [0, 1]


def test_a_corrected_paragraph_leads_to_its_note() -> None:
    note = SimpleNamespace(block_id="n1", day=None)
    with translation.override(ENGLISH):
        soup = shown(pair(), mode=BOTH, corrected_by={"a": note})
    assert one(soup, "#a .mark-corrected a")["href"] == "#n1"
    assert not soup.select(".side-other .mark-corrected")
