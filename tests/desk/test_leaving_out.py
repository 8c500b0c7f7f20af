"""What a translator leaves out, or leaves undone, and what readers then see of it."""

from typing import Any

import pytest

from archive.desk.editor.forms import LEFT_OUT, NOTE, field_name
from archive.models import ArticlePage
from archive.stories.body import raw
from archive.text.language import CHINESE, ENGLISH, column
from tests.desk.helpers import Person, again, target_words, translation_of
from tests.factories import block as make_block
from tests.factories import make_article, make_editor, make_image, translate

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

TABLE = {
    "first_row_is_table_header": True,
    "first_col_is_header": False,
    "table_header_choice": "row",
    "table_caption": "Cargo",
    "data": [["Port", "Tonnes"], ["Zhanjiang", "1,000"]],
    "cell": [],
    "mergeCells": [],
}


@pytest.fixture(params=[ENGLISH, CHINESE])
def article(request: Any) -> ArticlePage:
    return make_article(language=request.param)


def test_leaving_a_paragraph_out_abridges_the_story(
    article: ArticlePage, translator: Person
) -> None:
    form = translator.edits(translation_of(article)).fill("译")
    form.leave_out(form.keys()[1], "Of no interest abroad").publish()
    row = again(article)
    assert row.translation_is_abridged
    assert len(raw(getattr(row, column("body", row.target_language)))) == 1
    assert row.translation_state == "published"
    assert "Of no interest abroad" in str(translator.edits(translation_of(article)).data)
    assert "Of no interest abroad" not in target_words(article)


def test_putting_it_back_ends_the_abridgement(article: ArticlePage, translator: Person) -> None:
    form = translator.edits(translation_of(article)).fill("译")
    key = form.keys()[1]
    form.leave_out(key).publish()
    form = translator.edits(translation_of(article)).put(key, "补译")
    del form.data[field_name(LEFT_OUT, key)]
    form.publish()
    assert not again(article).translation_is_abridged
    assert "补译" in target_words(article)


def test_a_text_that_is_left_out_is_kept_for_later(
    article: ArticlePage, translator: Person
) -> None:
    form = translator.edits(translation_of(article)).fill("译")
    key = form.keys()[1]
    form.tick(LEFT_OUT, key).publish()
    assert "译之1" not in target_words(article)
    assert translator.edits(translation_of(article)).shows(key) == "译之1"


def test_a_story_cannot_appear_without_its_headline(
    article: ArticlePage, translator: Person
) -> None:
    form = translator.edits(translation_of(article)).fill("译")
    form.tick(LEFT_OUT, "headline")
    assert "without a headline" in form.refused("publish")
    assert not target_words(article)


@pytest.mark.parametrize("blank", ["", "   ", "<p></p>"])
def test_a_hole_keeps_the_translation_from_readers_and_nothing_typed_is_lost(
    article: ArticlePage, translator: Person, blank: str
) -> None:
    form = translator.edits(translation_of(article)).fill("译")
    form.put(form.keys()[1], blank)
    shown = form.refused("publish")
    assert "译之2" in shown
    assert "Translate this segment" in shown
    assert not target_words(article)
    form.save()
    assert "译之2" in str(translation_of(article).latest_revision.content)


def test_a_live_translation_stays_as_it_is_while_a_draft_has_holes(
    article: ArticlePage, translator: Person
) -> None:
    translator.edits(translation_of(article)).fill("旧").publish()
    form = translator.edits(translation_of(article)).fill("新")
    form.put(form.keys()[2], "").save()
    translator.edits(translation_of(article)).refused("publish")
    assert "旧之2" in target_words(article)
    assert not again(article).translation_is_abridged


@pytest.mark.parametrize(("key", "length"), [("headline", 256), ("dateline", 121)])
def test_a_text_too_long_for_its_column_is_refused_and_kept(
    translator: Person, key: str, length: int
) -> None:
    article = make_article(dateline_en="ZHANJIANG", dateline_zh_hans="")
    form = translator.edits(translation_of(article)).fill("译").put(key, "长" * length)
    assert "长" * length in form.refused("publish")
    assert not target_words(article)


def test_notes_and_omissions_of_a_removed_block_return_with_it(translator: Person) -> None:
    article, editor = make_article(), Person(make_editor())
    kept = raw(article.body_en)
    form = translator.edits(translation_of(article)).fill("译")
    key = form.keys()[1]
    form.leave_out(key, "Why it is left out").publish()
    editor.edits(article).put_blocks("body_en", kept[1:]).publish()
    translator.edits(translation_of(article)).publish()
    editor.edits(article).put_blocks("body_en", kept).publish()
    form = translator.edits(translation_of(article))
    assert form.data[field_name(NOTE, key)] == "Why it is left out"
    assert form.data[field_name(LEFT_OUT, key)] == "on"


def rich_story() -> ArticlePage:
    """Every kind of block, each with words."""
    port = make_image(credit="Li Ming", rights="© China Daily")
    picture = {"image": port.pk, "caption": "The port", "alt_text": "Cranes", "credit": "Li Ming"}
    goods = (("i1", "Ships"), ("i2", "Cranes"))
    items = [{"type": "item", "id": id_, "value": f"<p>{word}</p>"} for id_, word in goods]
    pictures = [{"type": "item", "id": "g1", "value": picture}]
    return make_article(
        standfirst_en="Sums it up.",
        dateline_en="ZHANJIANG",
        body=[
            make_block("paragraph", "<p>One &amp; <b>two</b>.</p>"),
            make_block("subhead", "Subhead"),
            make_block("pull_quote", {"quote": "Quote", "attribution": "Mayor"}),
            make_block("list", {"ordered": True, "items": items}),
            make_block("image", picture),
            make_block("gallery", {"title": "Gallery", "pictures": pictures}),
            make_block("fact_box", {"title": "Facts", "text": "<ul><li>Fact</li></ul>"}),
            make_block("table", TABLE),
            make_block("correction", {"date": "2015-09-24", "text": "<p>Wrong.</p>"}),
        ],
    )


def test_every_kind_of_block_is_translated_and_keeps_its_structure(translator: Person) -> None:
    article = rich_story()
    form = translator.edits(translation_of(article)).fill("译")
    assert len(form.keys()) == 23
    form.publish()
    row = again(article)
    source, target = raw(row.body_en), raw(row.body_zh_hans)
    assert [(b["type"], b["id"]) for b in source] == [(b["type"], b["id"]) for b in target]
    assert all(f"译之{n}" in target_words(article) for n in range(23))
    assert target[4]["value"]["image"] == source[4]["value"]["image"]
    assert target[7]["value"]["data"][1][1] == "1,000"
    assert target[3]["value"]["ordered"] is True


def test_every_kind_of_block_survives_an_editors_save(translator: Person) -> None:
    article, editor = rich_story(), Person(make_editor())
    translate(article)
    before = target_words(article)
    editor.edits(article).type(headline_en="Another headline").publish()
    assert target_words(article) == before
    assert translation_of(article).stale_count == 1


def test_a_picture_whose_words_are_left_out_still_shows(translator: Person) -> None:
    article = rich_story()
    form = translator.edits(translation_of(article)).fill("译")
    picture = raw(article.body_en)[4]["id"]
    for key in list(form.keys()):
        if key.startswith(picture):
            form.leave_out(key)
    form.publish()
    block = next(b for b in raw(again(article).body_zh_hans) if b["id"] == picture)
    assert block["value"]["image"]
    assert block["value"]["caption"] == ""
    assert again(article).translation_is_abridged
