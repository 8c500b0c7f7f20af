"""The source changes under a translation: what becomes stale, and what doesn't."""

from typing import Any

import pytest

from archive.desk.editor.forms import STILL_RIGHT, field_name
from archive.desk.editor.rows import source_of
from archive.desk.freshness.minor import changed_segments
from archive.desk.memory.units import follow_stories
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.desk.segments import Row, counts_of, rows
from archive.models import ArticlePage, MemoryUnit, Segment
from archive.site.rows import MISSING, pair_up
from archive.stories.body import raw
from archive.stories.marks import Marks
from archive.text.language import CHINESE
from archive.text.segmentation import digest
from tests.desk.helpers import Person, again, target_words, translation_of
from tests.desk.rewriting import (
    FIRST,
    SECOND,
    THIRD,
    renewed,
    rewrite,
    rewrite_at_once,
    stale,
    text,
    translated_story,
    without,
)
from tests.factories import block as make_block
from tests.factories import (
    make_article,
    make_editor,
    make_entity,
    make_image,
    translate,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def article() -> ArticlePage:
    return translated_story()


def test_only_the_segment_whose_words_changed_is_stale(
    article: ArticlePage, editor: Person
) -> None:
    rewrite(editor, article, lambda b: [b[0], text(b[1], "<p>The second, mended.</p>"), b[2]])
    assert stale(article) == [SECOND]
    assert again(article).translation_state == "source_changed"
    assert "二" in target_words(article)


@pytest.mark.parametrize("origin", ["file", "machine", "memory", "aligned", "human"])
def test_a_draft_is_stale_whosever_it_is(article: ArticlePage, editor: Person, origin: str) -> None:
    translation = translation_of(article)
    draft = translation.get_latest_revision_as_object()
    segment = next(one for one in draft.segments.all() if one.key == SECOND)
    change = SegmentChange(
        SECOND, target="<p>二，草稿。</p>", base=version_of(segment), origin=origin
    )
    save_segments(translation, [change], user=None)
    rewrite(editor, article, lambda b: [b[0], text(b[1], "<p>The second, mended.</p>"), b[2]])
    translation.refresh_from_db()
    draft = translation.get_latest_revision_as_object()
    row = next(row for row in rows(draft) if row.source.key == SECOND)
    assert row.state == "stale"
    assert source_of(row)["still_right"]
    assert counts_of(rows(draft))["stale"] == 1
    still = SegmentChange(SECOND, row.target, version_of(row.segment), still_right=True)
    [outcome] = save_segments(translation, [still], user=None)
    after = Row(row.source, outcome.segment)
    assert (after.is_stale, after.is_unseen) == (False, row.is_unseen)


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


def test_a_translation_of_words_that_changed_meanwhile_is_stale_at_once(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    form = translator.edits(translation_of(article)).put(SECOND, "按旧文译")
    rewrite(editor, article, lambda b: [b[0], text(b[1], "<p>Quite different.</p>"), b[2]])
    # Asked first, and not again.
    assert "isn’t the one that was translated: 3." in form.refused("publish")
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


def test_the_form_shows_what_changed_beside_the_kept_translation(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    rewrite(editor, article, lambda b: [b[0], text(b[1], "<p>The 2nd.</p>"), b[2]])
    form = translator.edits(translation_of(article))
    shown = form.response.content.decode()
    assert "The 2nd." in shown
    assert "The <del>second</del><ins>2nd</ins>." in shown
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
    assert "Publish it again to update it" in form.response.content.decode()
    form.publish()
    assert again(article).translation_state == "published"
    ids = [block["id"] for block in raw(again(article).body_en)]
    assert [block["id"] for block in raw(again(article).body_zh_hans)] == ids


@pytest.mark.parametrize(
    "steps",
    [
        [{"joined": True}],
        [{"joined": True, "confirmed": True}],
        [{"joined": True}, {}],
        [{"left_out": True}, {}],
        [{"left_out": True}, {"left_out": True, "joined": True}, {"joined": True}],
        [{"joined": True}, {"joined": True, "left_out": True}, {"joined": True}, {}],
    ],
    ids=["joined", "joined and confirmed", "parted", "put back", "put back joined", "both"],
)
def test_to_join_or_omit_words_says_nothing_of_what_changed_in_their_source(
    article: ArticlePage, editor: Person, translator: Person, steps: list[dict[str, bool]]
) -> None:
    rewrite(editor, article, lambda b: [b[0], text(b[1], "<p>The second. And more.</p>"), b[2]])
    translation = translation_of(article)
    before = segment_of(translation)
    for step in steps:
        base = version_of(segment_of(translation))
        change = {"key": SECOND, "target": before.target, "base": base, **step}
        save_segments(translation, [SegmentChange(**change)], user=translator.user)
    after = segment_of(translation)
    assert stale(article) == [SECOND]
    kept = ("source_digest", "source_text", "state", "translated_by_id")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]


@pytest.mark.parametrize("confirmed", [False, True])
def test_what_is_still_correct_stays_so_once_it_is_parted(
    article: ArticlePage, editor: Person, translator: Person, confirmed: bool
) -> None:
    rewrite(editor, article, lambda b: [b[0], text(b[1], "<p>The second. And more.</p>"), b[2]])
    translation = translation_of(article)
    words = {"key": SECOND, "target": segment_of(translation).target}
    right = {"joined": True, "still_right": True, "confirmed": confirmed}
    for step in ({"joined": True}, right, {}):
        change = {**words, "base": version_of(segment_of(translation)), **step}
        save_segments(translation, [SegmentChange(**change)], user=translator.user)
    assert stale(article) == []


def segment_of(translation: Any) -> Segment:
    return again(translation).get_latest_revision_as_object().segments.get(key=SECOND)


def joined_story(translator: Person, article: ArticlePage) -> None:
    """Its third paragraph is translated together with the second; readers have it so."""
    translation = translation_of(article)
    stored = translation.get_latest_revision_as_object().segments
    changes = [
        SegmentChange(SECOND, "<p>二和三</p>", version_of(stored.get(key=SECOND)), confirmed=True),
        SegmentChange(THIRD, "", version_of(stored.get(key=THIRD)), joined=True),
    ]
    outcomes = save_segments(translation, changes, user=translator.user)
    assert [one.kind for one in outcomes] == ["saved", "saved"]
    again(translation).get_latest_revision().publish()


def draft_row(article: ArticlePage, key: str) -> Row:
    draft = translation_of(article).get_latest_revision_as_object()
    return next(row for row in rows(draft) if row.source.key == key)


def inserted(blocks: list[Any]) -> list[Any]:
    return [*blocks[:2], make_block("paragraph", "<p>Quite new.</p>"), blocks[2]]


@pytest.mark.parametrize(
    "move",
    [lambda b: [b[1], b[0], b[2]], lambda b: [b[0], b[2], b[1]], without(SECOND), inserted],
    ids=["the first one moved", "the joined one moved", "the first one deleted", "one between"],
)
def test_what_was_translated_together_is_joined_to_no_other_paragraph(
    article: ArticlePage, editor: Person, translator: Person, move: Any
) -> None:
    joined_story(translator, article)
    assert (stale(article), again(article).translation_is_abridged) == ([], False)
    follow_stories([article.pk])
    held = MemoryUnit.objects.filter(article=article, text_zh_hans="二和三")
    assert held.get().text_en == "The second. The third."
    rewrite_at_once(editor, article, move)
    row = draft_row(article, THIRD)
    assert (stale(article), row.state, row.is_done) == ([THIRD], "stale", False)
    story = again(article)
    assert story.translation_state == "source_changed"
    marks = Marks.from_json(story.translation_marks)
    pairs = pair_up(story.body_en, story.body_zh_hans, marks)
    assert [pair.notes for pair in pairs if pair.keys == (THIRD,)] == [(MISSING,)]
    assert source_of(row)["is_parted"]
    follow_stories([article.pk])
    # What the memory has is of paragraphs that have all their words beside them.
    assert not held.exists()
    changed = {one.row.source.key: one for one in changed_segments(translation_of(article))}
    assert not changed[THIRD].may_be_minor
    translation_of(article).get_latest_revision().publish()
    assert again(article).translation_is_abridged


def test_what_was_translated_together_stays_so_beside_the_same_words(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    joined_story(translator, article)
    for change in (
        lambda b: [renewed(b[1]), b[2], b[0]],
        lambda b: [text(b[0], "<p>The second, mended.</p>"), renewed(b[1]), b[2]],
    ):
        rewrite_at_once(editor, article, change)
        joined = raw(again(article).body_en)[1]["id"]
        assert draft_row(article, joined).joined
        assert joined not in stale(article)
        # Somebody saves another segment.
        row = draft_row(article, FIRST)
        noted = SegmentChange(FIRST, row.target, version_of(row.segment), note=f"{row.note}!")
        save_segments(translation_of(article), [noted], user=translator.user)
        assert draft_row(article, joined).joined


def test_a_parted_segment_is_joined_again_where_it_stands_now(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    joined_story(translator, article)
    rewrite_at_once(editor, article, lambda b: [b[1], b[0], b[2]])
    row = draft_row(article, THIRD)
    still = {"key": THIRD, "base": version_of(row.segment), "joined": True, "still_right": True}
    # Words typed elsewhere tell nothing of it.
    other = draft_row(article, FIRST)
    words = SegmentChange(FIRST, "<p>一，改。</p>", version_of(other.segment))
    save_segments(translation_of(article), [words], user=translator.user)
    assert stale(article) == [THIRD]
    save_segments(translation_of(article), [SegmentChange(**still)], user=translator.user)
    assert stale(article) == []
    assert draft_row(article, THIRD).segment.joined_to == FIRST


def test_words_put_in_the_place_of_a_lost_paragraph_are_not_its_own(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    """The block that the joined one followed has another paragraph's words now."""
    joined_story(translator, article)
    rewrite_at_once(editor, article, lambda b: [text(b[1], b[0]["value"]), b[2]])
    assert stale(article) == [THIRD]
    row = draft_row(article, SECOND)
    noted = SegmentChange(SECOND, row.target, version_of(row.segment), note="Moved.")
    save_segments(translation_of(article), [noted], user=translator.user)
    assert stale(article) == [THIRD]


def test_words_first_saved_after_the_source_changed_show_what_changed_in_it() -> None:
    article, editor = make_article("Ships came"), Person(make_editor())
    translation = translation_of(article)
    seen = next(row for row in rows(translation) if row.source.key == "headline").source.digest
    editor.edits(article).type(headline_en="Ships never came").publish()
    change = SegmentChange(key="headline", target="船来了", base="", seen=seen)
    save_segments(translation_of(article), [change], user=None)
    draft = translation_of(article).get_latest_revision_as_object()
    row = next(one for one in rows(draft) if one.source.key == "headline")
    assert row.is_stale
    assert [part.text.strip() for part in row.changes if part.kind == "new"] == ["never"]


def test_a_source_text_that_no_version_of_the_story_has_is_not_kept(
    article: ArticlePage, translator: Person
) -> None:
    stored = draft_row(article, FIRST).segment
    typed = SegmentChange(FIRST, "<p>新</p>", version_of(stored), seen=digest("Never printed."))
    save_segments(translation_of(article), [typed], user=translator.user)
    row = draft_row(article, FIRST)
    assert (row.is_stale, row.translated_text) == (True, "")
    assert [part.kind for part in row.changes] == ["same"]
