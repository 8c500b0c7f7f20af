"""The source changes under a translation: what becomes stale, moves along, or is set aside."""

import uuid
from typing import Any

import pytest

from archive.desk import segments
from archive.desk.forms import STILL_RIGHT, field_name
from archive.models import ArticlePage, Segment
from archive.pages.body import raw
from archive.text.language import CHINESE
from tests.desk.helpers import Person, again, target_words, translation_of
from tests.factories import block as make_block
from tests.factories import (
    make_article,
    make_editor,
    make_entity,
    make_image,
    make_translator,
    translate,
)

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = (f"00000000-0000-4000-9000-00000000000{n}" for n in (1, 2, 3))


@pytest.fixture
def editor() -> Person:
    return Person(make_editor())


@pytest.fixture
def translator() -> Person:
    return Person(make_translator())


@pytest.fixture
def article() -> ArticlePage:
    paragraphs = {FIRST: "The first.", SECOND: "The second.", THIRD: "The third."}
    body = [make_block("paragraph", f"<p>{text}</p>", key) for key, text in paragraphs.items()]
    article = make_article(body=body)
    translate(
        article, headline="标题", **{FIRST: "<p>一</p>", SECOND: "<p>二</p>", THIRD: "<p>三</p>"}
    )
    return again(article)


def rewrite(editor: Person, article: ArticlePage, change: Any) -> None:
    """Publish the story with its blocks changed."""
    form = editor.edits(again(article))
    form.put_blocks("body_en", change(form.blocks["body_en"])).publish()


def text(block: dict[str, Any], words: str) -> dict[str, Any]:
    return {**block, "value": words}


def renewed(block: dict[str, Any]) -> dict[str, Any]:
    """The block deleted and typed anew."""
    return {**block, "id": str(uuid.uuid4())}


def stale(article: ArticlePage) -> list[str]:
    rows = segments.rows(translation_of(article).get_latest_revision_as_object())
    return [row.source.key for row in rows if row.is_stale]


def without(*keys: str) -> Any:
    return lambda blocks: [block for block in blocks if block["id"] not in keys]


def test_only_the_segment_whose_words_changed_is_stale(
    article: ArticlePage, editor: Person
) -> None:
    rewrite(editor, article, lambda b: [b[0], text(b[1], "<p>The second, mended.</p>"), b[2]])
    assert stale(article) == [SECOND]
    assert again(article).translation_state == "source_changed"
    assert "二" in target_words(article)


@pytest.mark.parametrize(
    "same",
    [
        "<p>The  second. </p>",
        '<p data-block-key="zzzzz">The second.</p>',
        "<p>The\u00a0second.</p>",
        "<p>The <b>second</b>.</p>",
        '<p>The <a href="https://example.org/">second</a>.</p>',
    ],
)
def test_the_same_words_make_nothing_stale(article: ArticlePage, editor: Person, same: str) -> None:
    rewrite(editor, article, lambda b: [b[0], text(b[1], same), b[2]])
    assert stale(article) == []
    assert again(article).translation_state == "published"


def test_a_name_tagged_in_the_source_makes_nothing_stale(
    article: ArticlePage, editor: Person
) -> None:
    tagged = f'<p>The <a linktype="entity" id="{make_entity().pk}">second</a>.</p>'
    rewrite(editor, article, lambda b: [b[0], text(b[1], tagged), b[2]])
    assert stale(article) == []


def test_a_draft_of_the_source_makes_nothing_stale(article: ArticlePage, editor: Person) -> None:
    editor.edits(article).type(headline_en="Only a draft").save()
    assert stale(article) == []
    assert again(article).translation_state == "published"


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


def test_a_translation_of_words_that_changed_meanwhile_is_stale_at_once(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    form = translator.edits(translation_of(article)).put(SECOND, "按旧文译")
    rewrite(editor, article, lambda b: [b[0], text(b[1], "<p>Quite different.</p>"), b[2]])
    form.publish()
    assert stale(article) == [SECOND]
    assert again(article).translation_state == "source_changed"


def test_still_right_takes_the_mark_away_once_published(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    rewrite(editor, article, lambda b: [b[0], text(b[1], "<p>The 2nd.</p>"), b[2]])
    form = translator.edits(translation_of(article)).still_right(SECOND)
    form.save()
    assert again(article).translation_state == "source_changed"
    translator.edits(translation_of(article)).publish()
    assert stale(article) == []
    assert again(article).translation_state == "published"
    assert (
        Segment.objects.get(translation__article=article, key=SECOND).source_text
        == "<p>The 2nd.</p>"
    )


def test_saving_without_a_change_does_not_call_it_right(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    rewrite(editor, article, lambda b: [b[0], text(b[1], "<p>The 2nd.</p>"), b[2]])
    translator.edits(translation_of(article)).put("headline", "新标题").publish()
    assert stale(article) == [SECOND]
    assert "新标题" in target_words(article)


def test_a_new_text_takes_the_mark_away(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    rewrite(editor, article, lambda b: [b[0], text(b[1], "<p>The 2nd.</p>"), b[2]])
    translator.edits(translation_of(article)).put(SECOND, "第二").publish()
    assert stale(article) == []
    assert again(article).translation_state == "published"


def test_the_form_shows_both_sources_and_the_kept_translation(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    rewrite(editor, article, lambda b: [b[0], text(b[1], "<p>The 2nd.</p>"), b[2]])
    form = translator.edits(translation_of(article))
    shown = form.response.content.decode()
    assert "The 2nd." in shown
    assert "The second." in shown
    assert field_name(STILL_RIGHT, SECOND) in shown
    assert field_name(STILL_RIGHT, FIRST) not in shown
    assert form.shows(SECOND) == "二"


def test_the_source_put_back_makes_the_translation_right_again(
    article: ArticlePage, editor: Person
) -> None:
    old = again(article).latest_revision
    rewrite(editor, article, lambda b: [b[0], text(b[1], "<p>The 2nd.</p>"), b[2]])
    editor.reverts(article, old).publish()
    assert stale(article) == []
    assert again(article).translation_state == "published"


def test_a_changed_headline_leaves_the_body_fresh(article: ArticlePage, editor: Person) -> None:
    editor.edits(article).type(headline_en="Another headline").publish()
    assert stale(article) == ["headline"]
    assert again(article).in_language(CHINESE).headline == "标题"


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


def withdraw(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [block for block in blocks if block["type"] != "image"]


@pytest.mark.parametrize(
    "change",
    [withdraw, lambda b: [b[-1], *b[:-1]]],
    ids=["a picture is withdrawn", "blocks are moved"],
)
def test_a_change_without_words_is_announced_until_the_translation_follows(
    editor: Person, translator: Person, change: Any
) -> None:
    picture = {"image": make_image(credit="Li", rights="© CD").pk, "caption": "", "alt_text": ""}
    blocks = [
        make_block("paragraph", "<p>One.</p>"),
        make_block("image", {**picture, "credit": ""}),
    ]
    article = make_article(body=[*blocks, make_block("paragraph", "<p>Two.</p>")])
    translate(article)
    assert again(article).translation_state == "published"
    rewrite(editor, article, change)
    assert again(article).translation_state == "source_changed"
    assert stale(article) == []
    form = translator.edits(translation_of(article))
    assert "Publish it once more to follow" in form.response.content.decode()
    form.publish()
    assert again(article).translation_state == "published"
    ids = [block["id"] for block in raw(again(article).body_en)]
    assert [block["id"] for block in raw(again(article).body_zh_hans)] == ids
