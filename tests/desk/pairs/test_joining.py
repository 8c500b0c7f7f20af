"""Two stories become one, and two again."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.log_actions import registry
from wagtail.models import ReferenceIndex

from archive.contrib.reprints.models import StoryReuse
from archive.desk.comments import add_comment
from archive.desk.models import Segment, StoryPair, Translation
from archive.desk.offers import offer_stories
from archive.desk.pairs.actions import (
    PairError,
    confirm_pair,
    open_pairs,
    refuse_pair,
    reopen_pair,
)
from archive.desk.pairs.links import load_links, save_links
from archive.desk.saving import DraftSegments, SegmentChange, version_of
from archive.desk.segments import rows
from archive.integrity.translations import TranslationsArea
from archive.journal.plan import OthersWorkError, OwnWorkError
from archive.journal.undo import undo
from archive.models import ArticlePage, MemoryUnit
from archive.stories.publish_guard import PublicationRefusedError
from tests.contrib.intake.batches.values import rows_of_all_tables
from tests.desk.helpers import Person
from tests.desk.pairs.stories import CHINESE_TEXT, make_pair
from tests.factories import (
    make_article,
    make_editor,
    make_publication,
    make_translator,
    make_user,
    translate,
)

pytestmark = pytest.mark.django_db
# What harvesters and search are told of, and what is found anew, under numbers of their own.
TOLD = {"archive_harvestrecord", "archive_searchchange", "archive_searchdocument"}
TOLD |= {
    "archive_journalentry",
    "archive_searchbits",
    "archive_reprints_storyreuse",
    "wagtailcore_referenceindex",
}


def confirmed(**options: bool) -> tuple[StoryPair, Translation]:
    pair = make_pair(**options)
    translation = confirm_pair(pair, None)
    pair.refresh_from_db()
    return pair, Translation.objects.get(pk=translation.pk)


def publish(translation: Translation) -> None:
    """As a person does who has confirmed every segment."""
    see_all_links(translation)
    Translation.objects.get(pk=translation.pk).latest_revision.publish()


def see_all_links(translation: Translation) -> None:
    row = Translation.objects.get(pk=translation.pk)
    shown = load_links(row)
    seen = [replace(link, is_seen=True) for link in shown.links]
    save_links(row, seen, shown.version, make_user("seer"))


def test_the_story_that_was_printed_first_gets_the_others_text_as_a_draft() -> None:
    pair, translation = confirmed()
    draft = translation.get_latest_revision_as_object()
    laid_out = {row.source.kind: row for row in rows(draft)}
    assert pair.kept == pair.one
    assert laid_out["headline"].target == "新码头启用"
    assert [row.source.plain_text[:5] for row in rows(draft) if row.target][1:] == [
        *("Zhanj", "It ca", "Fishe")
    ]
    assert f"<p>{CHINESE_TEXT[2]}</p>" in [row.target for row in rows(draft)]
    assert {row.segment.origin for row in rows(draft)} == {Segment.Origin.ALIGNED}
    assert all(row.is_unseen for row in rows(draft))


@pytest.mark.parametrize("is_seen", [False, True])
def test_a_pair_fills_the_memory_once_its_words_are_with_readers(
    is_seen: bool, django_capture_on_commit_callbacks: Any
) -> None:
    _pair, translation = confirmed()
    with django_capture_on_commit_callbacks(execute=True):
        if is_seen:
            publish(translation)
    assert MemoryUnit.objects.filter(text_en__startswith="Fishermen").exists() is is_seen


def test_nothing_is_published_and_readers_keep_the_other_page_until_then() -> None:
    pair, translation = confirmed()
    assert (translation.live, pair.lost.live, pair.lost.locked) == (False, True, True)
    assert not Translation.objects.filter(article=pair.lost.pk).exists()
    assert list(TranslationsArea().find()) == []
    publish(translation)
    story, lost = ArticlePage.objects.get(pk=pair.one_id), ArticlePage.objects.get(pk=pair.two_id)
    assert (story.headline_zh_hans, lost.live) == ("新码头启用", False)


@pytest.mark.parametrize("is_out", [False, True])
def test_a_joined_story_isnt_published_by_any_way(is_out: bool) -> None:
    pair, translation = confirmed(live=False)
    if is_out:
        publish(translation)
    lost = ArticlePage.objects.get(pk=pair.two_id)
    with pytest.raises(PublicationRefusedError, match="translation of “New terminal” now"):
        lost.get_latest_revision().publish()
    assert not ArticlePage.objects.get(pk=pair.two_id).live
    assert offer_stories([lost], None) == 0
    assert not Translation.objects.filter(article=lost).exists()


@pytest.mark.parametrize("is_published", [False, True])
def test_undoing_leaves_every_row_as_it_was(
    is_published: bool, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        pair = make_pair()
    before, referred, reused = rows_of_all_tables(), references(), reuse()
    with django_capture_on_commit_callbacks(execute=True):
        translation = Translation.objects.get(pk=confirm_pair(pair, None).pk)
        if is_published:
            publish(translation)
    with django_capture_on_commit_callbacks(execute=True):
        undo(StoryPair.objects.get().entry, None)
    assert _differences(before, rows_of_all_tables()) == {}
    assert references() == referred
    assert reuse() == reused


def references() -> set[tuple[str, str, str]]:
    """What Wagtail's index of usages says."""
    names = ("object_id", "to_object_id", "model_path")
    return set(ReferenceIndex.objects.values_list(*names))


def reuse() -> list[tuple[Any, ...]]:
    return list(StoryReuse.objects.values_list("earlier", "later", "kind", "share", "state"))


def _differences(before: dict, after: dict) -> dict:
    return {
        name: set(before[name]) ^ set(after[name])
        for name in before.keys() - TOLD
        if before[name] != after[name]
    }


def test_a_person_may_keep_the_other_one() -> None:
    pair = make_pair()
    translation = confirm_pair(pair, None, keep=pair.two)
    assert (translation.article_id, translation.language) == (pair.two_id, "en")


def test_what_somebody_translates_already_isnt_joined() -> None:
    pair = make_pair()
    translate(pair.one, publish=False)
    with pytest.raises(PairError, match="has a translation already"):
        confirm_pair(pair, None)
    assert StoryPair.objects.get().state == StoryPair.State.OPEN


def translate_it(pair: StoryPair, li: Any) -> None:
    translate(pair.kept, publish=False)


def comment(pair: StoryPair, li: Any) -> None:
    add_comment(pair.kept.translations.get(), "headline", "请核对", user=li)


def assign(pair: StoryPair, li: Any) -> None:
    pair.kept.translations.update(assignee=li)


def confirm_a_segment(pair: StoryPair, li: Any) -> None:
    draft = DraftSegments(pair.kept.translations.get().get_latest_revision_as_object())
    row = draft.rows[0]
    change = SegmentChange(row.source.key, row.target, version_of(row.segment), confirmed=True)
    assert draft.take(change, user=li).kind == "saved"
    draft.save(li)


def edit_the_other_page(pair: StoryPair, li: Any) -> None:
    pair.lost.save_revision(user=li)


def translate_the_other_page(pair: StoryPair, li: Any) -> None:
    translate(pair.lost, publish=False)


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        (translate_it, "translated since"),
        (comment, r"“请核对” \(li\)"),
        (assign, r"assigned \(li\)"),
        (confirm_a_segment, r"segments confirmed since \(li\)"),
        (edit_the_other_page, r"“新码头启用” edited since \(li\)"),
        (translate_the_other_page, "translated since"),
    ],
)
def test_a_pair_is_undone_only_while_nobody_else_works_at_it(deed: Any, told: str) -> None:
    pair, _translation = confirmed()
    deed(pair, make_translator("li"))
    with pytest.raises(OthersWorkError, match=f"others have worked there since: .*{told}"):
        undo(pair.entry, None)


def test_an_undo_takes_ones_own_edits_of_the_other_page_from_readers_too() -> None:
    pair, _translation = confirmed()
    editor = make_editor("chen")
    ArticlePage.objects.filter(pk=pair.two_id).update(locked=False)
    lost = ArticlePage.objects.get(pk=pair.two_id)
    lost.headline_zh_hans = "新码头昨日启用"
    lost.save_revision(user=editor).publish(user=editor)
    undo(pair.entry, editor, gives_up_own=True)
    lost = ArticlePage.objects.get(pk=pair.two_id)
    assert lost.headline_zh_hans == "新码头启用"
    assert lost.get_latest_revision_as_object().headline_zh_hans == "新码头启用"


def test_a_pair_is_undone_after_somebody_has_published_its_words() -> None:
    pair, translation = confirmed()
    li = Person(make_translator("li"))
    see_all_links(translation)
    li.edits(Translation.objects.get(pk=translation.pk)).publish()
    pair.refresh_from_db()
    lost = ArticlePage.objects.get(pk=pair.two_id)
    assert not lost.live
    assert registry.get_logs_for_instance(lost).get(action="wagtail.unpublish").user == li.user
    undo(pair.entry, None)
    assert ArticlePage.objects.get(pk=pair.two_id).live


def test_words_that_somebody_publishes_stand_against_the_undo_until_they_are_out_again() -> None:
    pair, translation = confirmed()
    li = Person(make_translator("li"))
    see_all_links(translation)
    row = Translation.objects.get(pk=translation.pk)
    joined = row.latest_revision
    li.edits(row).put("headline", "新题").publish()
    pair.refresh_from_db()
    with pytest.raises(OthersWorkError, match=r"since: translated since \(li\)\.$"):
        undo(pair.entry, None)
    joined.as_object().save_revision(user=li.user)
    undo(pair.entry, None)
    assert ArticlePage.objects.get(pk=pair.two_id).live


def test_ones_own_work_since_is_called_so_and_given_up_on_demand() -> None:
    pair, translation = confirmed()
    editor = make_editor("chen")
    comment(pair, editor)
    translation.get_latest_revision_as_object().save_revision(user=editor)
    with pytest.raises(OwnWorkError, match="you have worked there since yourself"):
        undo(pair.entry, editor)
    pair.refresh_from_db()
    comment(pair, make_translator("li"))
    with pytest.raises(OthersWorkError, match=r"others have worked .*\(li\)") as refused:
        undo(pair.entry, editor, gives_up_own=True)
    assert "chen" not in str(refused.value)
    translation.comments.filter(author__username="li").delete()
    undo(pair.entry, editor, gives_up_own=True)
    pair.refresh_from_db()
    assert pair.state == StoryPair.State.OPEN


def test_a_story_is_joined_once() -> None:
    pair = make_pair()
    third = make_article("第三篇", language="zh-hans")
    other = StoryPair.objects.create(one=pair.one, two=third)
    confirm_pair(pair, None)
    assert not open_pairs(StoryPair.objects.all()).exists()
    with pytest.raises(PairError):
        confirm_pair(other, None)
    pair.refresh_from_db()
    undo(pair.entry, None)
    assert open_pairs(StoryPair.objects.all()).count() == 2


def test_a_refused_pair_is_remembered_and_can_be_asked_about_again() -> None:
    pair = make_pair()
    refuse_pair(pair, None)
    with pytest.raises(PairError, match="decided this pair meanwhile"):
        confirm_pair(pair, None)
    reopen_pair(pair, None)
    assert confirm_pair(pair, None)


def test_rights_are_by_paper() -> None:
    pair = make_pair()
    editor = make_editor("another", make_publication("another-paper"))
    for action in (confirm_pair, refuse_pair):
        with pytest.raises(PermissionDenied):
            action(pair, editor)
    own = make_editor("own", make_publication())
    confirm_pair(pair, own)
    pair.refresh_from_db()
    with pytest.raises(PermissionDenied):
        undo(pair.entry, editor)
    undo(pair.entry, own)
    refuse_pair(pair, own)
