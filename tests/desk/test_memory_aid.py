"""The memory beside a segment: what is suggested, how it is told, and what it costs."""

import bs4
import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from archive.desk.memory.suggestions import memory_section
from archive.desk.memory.units import add_units, make_unit
from archive.desk.saving import SegmentChange, save_segments
from archive.desk.segments import Row, rows
from archive.models import Translation
from archive.text.language import ENGLISH
from tests.factories import make_article, make_body, translate

pytestmark = pytest.mark.django_db

EN = "Zhanjiang signed a pact with Tacoma."
ZH = "湛江与塔科马签约。"


@pytest.fixture
def translation() -> Translation:
    return make_article("Tacoma pact", body=make_body(f"<b>{EN}</b>", EN)).translations.get()


def row_of(translation: Translation, number: int) -> Row:
    return rows(translation.get_latest_revision_as_object())[number]


def shown(translation: Translation, number: int = 1) -> bs4.BeautifulSoup:
    translation = Translation.objects.get(pk=translation.pk)
    context = memory_section(translation, row_of(translation, number), None)
    markup = render_to_string("archive/admin/sidebar/memory.html", context)
    return bs4.BeautifulSoup(markup, "html.parser")


def test_a_suggestion_says_score_story_date_and_difference(translation):
    other = make_article("Seattle pact", body=make_body(EN.replace("Tacoma", "Seattle")))
    key = other.body_en.raw_data[0]["id"]
    translate(other, **{key: "<p>湛江与西雅图签约。</p>"})
    page = shown(translation)
    text = page.get_text(" ", strip=True)
    assert "83%" in text
    assert "Seattle pact" in text
    assert "22 September 2015" in text
    assert [page.find("del").text, page.find("ins").text] == ["Seattle", "Tacoma"]


def test_its_button_carries_the_plain_text(translation):
    add_units([make_unit(ENGLISH, EN, '湛江与"塔科马"签约 & <事>')])
    button = shown(translation).find("button")
    assert button["data-replace"] == '湛江与"塔科马"签约 & <事>'
    assert (button["data-origin"], button["data-number"]) == ("memory", "1")
    assert button["data-score"] == "100"


def test_another_figure_is_adapted_and_said_and_one_that_cannot_be_is_told(translation):
    add_units([make_unit(ENGLISH, f"{EN} It paid 12 million yuan.", f"{ZH}出资1200万元。")])
    add_units([make_unit(ENGLISH, f"{EN} It paid 12 yuan twice.", f"{ZH}两次各出资十二元。")])
    body = make_body(f"{EN} It paid 15 million yuan.")
    page = shown(make_article("Tacoma pays", body=body).translations.get())
    text = page.get_text(" ", strip=True)
    assert page.find("button")["data-replace"] == f"{ZH}出资1500万元。"
    assert page.select_one(".archive-memory__target mark").text == "1500万元"
    assert "Adapted to this source: 1200万元 → 1500万元" in text
    assert "Differs from this source:" in text


def test_the_same_text_comes_first_and_has_no_difference(translation):
    add_units([make_unit(ENGLISH, EN, ZH)])
    add_units([make_unit(ENGLISH, EN.replace("Tacoma", "Seattle"), "湛江与西雅图签约。")])
    page = shown(translation)
    assert [b["data-replace"] for b in page.select("[data-replace]")] == [ZH, "湛江与西雅图签约。"]
    first = page.find("li")
    assert "the same text" in first.get_text()
    assert first.find("ins") is None


def test_the_draft_itself_is_searched_and_marked(translation):
    first = row_of(translation, 1).source.key
    save_segments(translation, [SegmentChange(first, f"<p>{ZH}</p>")], user=None)
    text = shown(translation, 2).get_text(" ", strip=True)
    assert ZH in text
    assert "in this story" in text
    assert "From the draft you are working on" in text


def test_what_the_segment_says_already_is_not_suggested(translation):
    add_units([make_unit(ENGLISH, EN, ZH)])
    first = row_of(translation, 1).source.key
    save_segments(translation, [SegmentChange(first, f"<p>{ZH}</p>")], user=None)
    assert shown(translation, 1).select_one("[data-replace]") is None


def test_a_text_that_is_adapted_to_what_the_segment_says_is_not_suggested() -> None:
    add_units([make_unit(ENGLISH, f"{EN} It paid 12 million yuan.", f"{ZH}出资1200万元。")])
    body = make_body(f"{EN} It paid 15 million yuan.")
    translation = make_article("Tacoma pays", body=body).translations.get()
    first = row_of(translation, 1).source.key
    said = SegmentChange(first, f"<p>{ZH}出资1500万元。</p>")
    save_segments(translation, [said], user=None)
    assert shown(translation, 1).select_one("[data-replace]") is None


def test_a_file_is_named_as_the_origin(translation):
    where = {"provenance": "tmx", "file_name": "agency.tmx", "file_tool": "Wordfast"}
    add_units([make_unit(ENGLISH, EN, ZH, **where)])
    assert "from the file agency.tmx · Wordfast" in shown(translation).get_text(" ", strip=True)


def test_a_segment_that_was_filled_from_the_memory_says_so_with_the_difference(translation):
    add_units([make_unit(ENGLISH, EN.replace("pact", "deal"), ZH)])
    key = row_of(translation, 1).source.key
    change = SegmentChange(key, f"<p>{ZH}</p>", origin="memory", score=88)
    save_segments(translation, [change], user=None)
    page = shown(translation)
    assert "The segment already has the suggestion from the memory" in page.get_text()
    assert "No matching translations" not in page.get_text()
    assert [page.find("del").text, page.find("ins").text] == ["deal", "pact"]


def test_what_a_person_has_typed_is_not_said_to_be_the_memorys(translation):
    add_units([make_unit(ENGLISH, EN, ZH)])
    save_segments(
        translation, [SegmentChange(row_of(translation, 1).source.key, f"<p>{ZH}</p>")], user=None
    )
    text = shown(translation).get_text(" ", strip=True)
    assert "The memory has the same text as this segment (100%)." in text
    assert "already has the suggestion" not in text


def test_without_suggestions_the_search_is_offered(translation):
    page = shown(translation)
    assert "No matching translations" in page.get_text()
    assert page.select_one("[data-desk-do=concordance]")


def test_its_queries_do_not_grow_with_what_it_shows(translation):
    def cost() -> int:
        row = row_of(translation, 1)
        with CaptureQueriesContext(connection) as queries:
            memory_section(translation, row, None)
        return len(queries)

    add_units([make_unit(ENGLISH, EN, ZH)])
    few = cost()
    for number in range(6):
        add_units([make_unit(ENGLISH, f"{EN[:-1]} {number}.", f"译法{number}")])
    assert cost() == few <= 9
