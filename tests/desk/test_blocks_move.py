"""Blocks move, go, and are made anew: each keeps the words of its translation."""

from typing import Any

import pytest

from archive.desk.segments import rows
from archive.models import ArticlePage, Segment
from archive.stories.body import raw
from archive.text.richtext import plain_text
from archive.text.segmentation import PLAIN, RICH, digest
from tests.desk.helpers import Person, again, target_words, translation_of
from tests.desk.rewriting import (
    FIRST,
    SECOND,
    THIRD,
    renewed,
    rewrite,
    stale,
    text,
    translated_story,
    without,
)
from tests.factories import block, make_article, make_translator
from tests.factories import block as make_block

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def article() -> ArticlePage:
    return translated_story()


def test_a_moved_block_keeps_its_translation(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    rewrite(editor, article, lambda b: [b[2], b[0], b[1]])
    assert stale(article) == []
    translator.edits(translation_of(article)).publish()
    body = raw(again(article).body_zh_hans)
    assert [block["id"] for block in body] == [THIRD, FIRST, SECOND]
    assert ["三" in body[0]["value"], "一" in body[1]["value"]] == [True, True]


def test_a_block_made_anew_with_the_same_words_is_found(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    rewrite(editor, article, lambda b: [b[0], renewed(b[1]), b[2]])
    assert stale(article) == []
    form = translator.edits(translation_of(article))
    form.publish()
    assert "二" in target_words(article)
    assert Segment.objects.filter(translation__article=article).count() == 4


def test_twins_that_were_made_anew_both_find_their_words(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    rewrite(editor, article, lambda b: [*b, make_block("paragraph", b[0]["value"])])
    form = translator.edits(translation_of(article))
    form.put(form.keys()[-1], "一又").publish()
    rewrite(editor, article, lambda b: [renewed(b[0]), *b[1:3], renewed(b[3])])
    translator.edits(translation_of(article)).publish()
    assert "一又" in target_words(article)
    assert target_words(article).count("一") == 2


def test_a_removed_blocks_translation_is_set_aside_and_comes_back(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    kept = again(article).body_en
    rewrite(editor, article, without(SECOND))
    form = translator.edits(translation_of(article))
    assert "二" in form.response.content.decode()
    assert SECOND not in set(form.keys())
    form.publish()
    assert "二" not in target_words(article)
    rewrite(editor, article, lambda _: raw(kept))
    assert stale(article) == []
    translator.edits(translation_of(article)).publish()
    assert "二" in target_words(article)


def test_nothing_is_set_aside_while_every_block_stands(
    article: ArticlePage, translator: Person
) -> None:
    form = translator.edits(translation_of(article))
    assert "archive-desk__aside" not in form.response.content.decode()
    form.put(FIRST, "新一").save()
    again_open = translator.edits(translation_of(article))
    assert "archive-desk__aside" not in again_open.response.content.decode()
    draft = translation_of(article).get_latest_revision_as_object()
    assert sorted(s.key for s in draft.segments.all()) == sorted([FIRST, SECOND, THIRD, "headline"])


def test_what_is_typed_for_a_block_that_goes_meanwhile_is_set_aside(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    form = translator.edits(translation_of(article)).put(SECOND, "刚写好的二")
    rewrite(editor, article, without(SECOND))
    form.save()
    reopened = translator.edits(translation_of(article))
    assert "刚写好的二" in reopened.response.content.decode()
    second = make_block("paragraph", "<p>The second.</p>")
    rewrite(editor, article, lambda b: [b[0], second, b[1]])
    assert translator.edits(translation_of(article)).shows(second["id"]) == "刚写好的二"


def test_a_first_text_typed_for_a_block_that_goes_meanwhile_is_set_aside(
    editor: Person, translator: Person
) -> None:
    body = [
        make_block("paragraph", "<p>One.</p>", FIRST),
        make_block("paragraph", "<p>Two.</p>", SECOND),
    ]
    article = make_article(body=body)
    form = translator.edits(translation_of(article)).put(SECOND, "刚写好的二")
    rewrite(editor, article, without(SECOND))
    form.save()
    shown = translator.edits(translation_of(article)).response.content.decode()
    assert "<p data-block-key" in shown
    assert "刚写好的二" in shown
    assert "entityMap" not in shown.split("archive-desk__aside")[1]


def test_an_untouched_editor_of_a_block_that_goes_meanwhile_leaves_nothing(
    editor: Person, translator: Person
) -> None:
    body = [
        make_block("paragraph", "<p>One.</p>", FIRST),
        make_block("paragraph", "<p>Two.</p>", SECOND),
    ]
    article = make_article(body=body)
    form = translator.edits(translation_of(article)).put(FIRST, "一")
    rewrite(editor, article, without(SECOND))
    form.save()
    shown = translator.edits(translation_of(article)).response.content.decode()
    assert "archive-desk__aside" not in shown


def test_what_is_typed_for_a_block_that_is_made_anew_meanwhile_lands_on_it(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    form = translator.edits(translation_of(article)).put(SECOND, "刚写好的二")
    rewrite(editor, article, lambda b: [b[0], renewed(b[1]), b[2]])
    form.publish()
    assert "刚写好的二" in target_words(article)
    assert "一" in target_words(article)
    assert Segment.objects.filter(translation__article=article).count() == 4


def test_a_refused_form_does_not_wipe_out_what_it_never_showed(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    rewrite(editor, article, without(SECOND))
    form = translator.edits(translation_of(article)).put(FIRST, "")
    second = make_block("paragraph", "<p>The second.</p>")
    rewrite(editor, article, lambda b: [*b, second])
    form.refused("publish")
    form.put(FIRST, "新一").publish()
    assert "二" in target_words(article)


def test_a_paragraph_added_meanwhile_is_asked_for(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    form = translator.edits(translation_of(article)).put(FIRST, "新一")
    rewrite(editor, article, lambda b: [*b, make_block("paragraph", "<p>The fourth.</p>")])
    shown = form.refused("publish")
    assert "新一" in shown
    assert "The fourth." in shown
    assert "新一" not in target_words(article)
    form.put(form.keys()[-1], "四").publish()
    assert "四" in target_words(article)


def test_a_table_that_gains_a_row_keeps_each_cells_translation(
    editor: Person, translator: Person
) -> None:
    cells = [["Port", "Mayor"], ["Zhanjiang", "Wang"]]
    article = make_article(body=[make_block("table", table(cells), FIRST)])
    form = translator.edits(translation_of(article)).put("headline", "表")
    for key, words in {"r0c0": "港口", "r0c1": "市长", "r1c0": "湛江", "r1c1": "王"}.items():
        form.put(f"{FIRST}/{key}", words)
    form.publish()
    longer = [cells[0], ["Beihai", "Li"], cells[1]]
    rewrite(editor, article, lambda b: [{**b[0], "value": table(longer)}])
    assert stale(article) == []
    form = translator.edits(translation_of(article))
    assert form.shows(f"{FIRST}/r2c0") == "湛江"
    assert form.shows(f"{FIRST}/r1c0") == ""
    form.put(f"{FIRST}/r1c0", "北海").put(f"{FIRST}/r1c1", "李").publish()
    data = raw(again(article).body_zh_hans)[0]["value"]["data"]
    assert data == [["港口", "市长"], ["北海", "李"], ["湛江", "王"]]


def test_two_paragraphs_that_change_places_of_their_words_change_translations(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    rewrite(editor, article, lambda b: [text(b[0], b[1]["value"]), text(b[1], b[0]["value"]), b[2]])
    assert stale(article) == []
    form = translator.edits(translation_of(article))
    assert [form.shows(FIRST), form.shows(SECOND)] == ["二", "一"]
    form.publish()
    assert [("二" in b["value"]) for b in raw(again(article).body_zh_hans)] == [True, False, False]
    assert Segment.objects.filter(translation__article=article).count() == 4


def table(data: list[list[str]]) -> dict[str, Any]:
    flags = {"first_row_is_table_header": True, "first_col_is_header": False}
    return {**flags, "table_header_choice": "row", "table_caption": "", "data": data}


def set_aside(article: ArticlePage) -> list[str]:
    draft = translation_of(article).get_latest_revision_as_object()
    return sorted(plain_text(s.target) for s in draft.segments.all() if s.key == SECOND)


def test_a_colleagues_newer_words_of_a_removed_block_stay(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    form = translator.edits(translation_of(article))
    colleague = Person(make_translator("wang"))
    colleague.edits(translation_of(article)).put(SECOND, "王的新文").save()
    rewrite(editor, article, without(SECOND))
    form.put(FIRST, "新一").save()
    assert set_aside(article) == ["王的新文"]


def test_of_two_texts_for_a_removed_block_both_stay(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    form = translator.edits(translation_of(article)).put(SECOND, "李的新文")
    colleague = Person(make_translator("wang"))
    colleague.edits(translation_of(article)).put(SECOND, "王的新文").save()
    rewrite(editor, article, without(SECOND))
    form.save()
    assert set_aside(article) == ["李的新文", "王的新文"]


ID = "00000000-0000-4000-8000-000000000921"


def row_of(kind: str, value: str, *, target: str, markup: str) -> object:
    """The row of a block that now has other markup than when it was translated."""
    translation = make_article(body=[block(kind, value, ID)]).translations.get()
    words = "The harbour"
    translation.segments = [
        Segment(key="old", kind="text", markup=markup, target=target, source_digest=digest(words))
    ]
    return next(row for row in rows(translation) if row.source.key == ID)


def test_a_subheads_text_is_no_html_in_a_paragraph():
    typed = "<img src=x onerror=alert(1)> 港口"
    row = row_of("paragraph", "<p>The harbour</p>", target=typed, markup=PLAIN)
    assert row.target == "<p>&lt;img src=x onerror=alert(1)&gt; 港口</p>"
    assert row.segment.markup == RICH


def test_a_paragraphs_html_is_no_text_in_a_subhead():
    row = row_of("subhead", "The harbour", target="<p><b>港口</b></p>", markup=RICH)
    assert (row.target, row.segment.markup) == ("港口", PLAIN)
