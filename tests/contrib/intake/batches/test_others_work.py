"""Whatever somebody else has done at an imported story keeps an undo from taking it away."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.images import get_image_model
from wagtail.log_actions import log

from archive.contrib.intake.batches.actions import add_file, create_batch
from archive.contrib.intake.batches.slices import read_slice
from archive.contrib.intake.batches.undo import last_undo, planned_undo, undo_batch
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.contrib.name_suggestions.decisions import Decision, decide
from archive.contrib.reader_reports.models import ReaderReport
from archive.desk.actions import open_translation
from archive.desk.comments import add_comment
from archive.desk.saving import SegmentChange, save_segments
from archive.models import ArticlePage, Author, RelatedArticle, StoryPair, Translation
from tests.contrib.intake.batches.values import ANOTHER, accept, make_batch, make_importer
from tests.contrib.intake.files import JPEG, zipped
from tests.contrib.intake.texts import ENGLISH
from tests.factories import (
    block,
    make_article,
    make_dossier,
    make_entity,
    make_home,
    make_tie,
    make_translator,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch() -> ImportBatch:
    make_home()
    batch = make_batch(ENGLISH, ANOTHER)
    for item in batch.items.order_by("pk"):
        accept(item, None)
    return batch


def story() -> ArticlePage:
    return ArticlePage.objects.get(headline_en="Port opens new route")


def translation() -> Translation:
    opened = open_translation(story())
    assert opened
    return opened


def save_a_segment(li: Any) -> None:
    change = SegmentChange("headline", "港口开通新航线", confirmed=True)
    save_segments(translation(), [change], user=li)


def comment(li: Any) -> None:
    add_comment(translation(), "headline", "请核对数字", user=li)


def answer_a_suggestion(li: Any) -> None:
    decide(story(), [Decision("entity", "accepted", make_entity().pk)], user=li)


def give_evidence(li: Any) -> None:
    make_tie(make_entity(), make_entity("atlantic-city", "Atlantic City"), article=story())


def pin_beside_another(li: Any) -> None:
    other = make_article("Another story")
    RelatedArticle.objects.create(page=other, related=story())


def put_into_a_dossier(li: Any) -> None:
    make_dossier(items=[("story", story().pk)])


def put_into_a_dossiers_draft(li: Any) -> None:
    dossier = make_dossier()
    dossier.items = dossier.items.stream_block.to_python([block("story", story().pk)])
    dossier.save_revision(user=li)


def link_in_a_draft(li: Any) -> None:
    draft = make_article("Another story").get_latest_revision_as_object()
    text = f'<p>See <a linktype="page" id="{story().pk}">the story</a>.</p>'
    draft.body_en = draft.body_en.stream_block.to_python([block("paragraph", text)])
    draft.save_revision(user=li)


def report_a_slip(li: Any) -> None:
    ReaderReport.objects.create(article=story(), key="headline", language="en", text="Typo?")


def refuse_a_pair(li: Any) -> None:
    other = make_article("另一则", language="zh-hans")
    StoryPair.objects.create(one=story(), two=other, state="refused", decided_by=li)


DEEDS: list[tuple[Callable[[Any], None], str]] = [
    (save_a_segment, "translated since (li)"),
    (comment, "Comment on a segment: “请核对数字” (li)"),
    (answer_a_suggestion, "(li)"),
    (give_evidence, "Tie:"),
    (pin_beside_another, "“Another story”"),
    (put_into_a_dossier, "“Two harbours”"),
    (put_into_a_dossiers_draft, "“Two harbours” (li)"),
    (link_in_a_draft, "“Another story” (li)"),
    (report_a_slip, "Reader's report: “Port opens new route"),
    (refuse_a_pair, "(li)"),
]


@pytest.mark.parametrize(("deed", "told"), DEEDS, ids=lambda one: getattr(one, "__name__", ""))
def test_work_at_a_story_keeps_it_and_is_named(
    batch: ImportBatch, deed: Callable[[Any], None], told: str
) -> None:
    deed(make_translator("li"))
    planned = [(item.page, reason) for item, reason in planned_undo(batch, None).excepted]
    undone = undo_batch(batch, None)
    assert [(item.page, reason) for item, reason in undone.excepted] == planned
    [(kept, reason)] = planned
    assert kept == story()
    assert told in reason
    assert len(undone.deleted) == 1
    assert [reason for _item, reason in planned_undo(batch, None).excepted] == [reason]


def test_what_other_imports_have_accepted_too_stays_with_them() -> None:
    make_home()
    chen = make_importer("chen")
    first, second = make_batch(ENGLISH), make_batch(ENGLISH, user=chen)
    accept(first.items.get(), None)
    accept(second.items.get(), chen)
    [(_item, reason)] = undo_batch(first, None).excepted
    assert reason == "accepted in another import too: “1.txt” (chen)"
    assert second.items.get().page == story()
    assert len(undo_batch(second, None).deleted) == 1
    assert not ArticlePage.objects.exists()
    assert not Author.objects.exists()


def test_a_text_that_another_import_has_only_compared_with_it_is_no_work_at_a_story() -> None:
    make_home()
    first = make_batch(ENGLISH)
    accept(first.items.get(), None)
    alike = ENGLISH.replace("Port opens new route", "A faster way by sea")
    second = make_batch(ANOTHER, alike).items.get(source="2.txt")
    assert second.duplicate_of == story()
    accept(second, None)
    assert undo_batch(first, None).excepted == []
    assert {item.state for item in first.items.all()} == {ImportItem.State.UNDONE}
    done = last_undo(first)
    assert done
    assert [str(item) for item in done.deleted] == ["Port opens new route"]


def test_a_picture_whose_texts_somebody_has_changed_stays_and_is_named() -> None:
    make_home()
    batch = create_batch(None)
    add_file(batch, None, "a.zip", zipped({"a.txt": ENGLISH.encode(), "a.jpg": JPEG}))
    assert read_slice(batch, 60).is_done
    accept(batch.items.get(), None)
    image = get_image_model().objects.get()
    log(image, "wagtail.edit", user=make_translator("li"))
    undone = undo_batch(batch, None)
    assert len(undone.deleted) == 1
    assert undone.kept == ["a.jpg (edited since (li))"]
    assert get_image_model().objects.get() == image
