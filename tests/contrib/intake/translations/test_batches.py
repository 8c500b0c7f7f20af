"""Texts in both languages in a batch of the admin: one decision for both."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.images import get_image_model

from archive.contrib.intake.admin.item_list import row_of
from archive.contrib.intake.batches.actions import add_file, create_batch
from archive.contrib.intake.batches.changes import change_fields
from archive.contrib.intake.batches.decisions import sure_items
from archive.contrib.intake.batches.pairs import part_pair, part_story
from archive.contrib.intake.batches.slices import read_slice
from archive.contrib.intake.batches.undo import planned_undo, undo_batch
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.contrib.intake.records import IntakeError
from archive.desk.actions import open_translation
from archive.desk.pairs.candidates import search_pairs
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.desk.segments import rows, source_segments
from archive.likeness.fingerprints import note_stories
from archive.models import ArticlePage, StoryPair, Translation
from tests.contrib.intake.admin.screens import address
from tests.contrib.intake.batches.values import (
    accept,
    accept_above,
    make_importer,
    rows_of_all_tables,
)
from tests.contrib.intake.files import JPEG, zipped
from tests.contrib.intake.translations.values import (
    CHINESE,
    ENGLISH,
    OTHER_CHINESE,
    import_pair,
    retranslate,
    the_translation,
)
from tests.factories import (
    make_article,
    make_body,
    make_home,
    make_translator,
    make_user,
    translate,
)

pytestmark = pytest.mark.django_db


def warnings_of(item: ImportItem) -> str:
    """As the list of the import and the review show them."""
    row = row_of(item, {})
    return " ".join([row.becomes, *row.warnings])


def make_pair(user: object, **texts: str) -> ImportBatch:
    batch = create_batch(user)
    for name, text in texts.items():
        add_file(batch, user, f"{name.replace('__', '.')}.txt", text.encode())
    assert read_slice(batch, 60).is_done
    return batch


def test_accepting_one_accepts_both_as_one_story() -> None:
    user = make_importer()
    batch = make_pair(user, port__en=ENGLISH, port__zh=CHINESE)
    decision = accept(batch.items.get(source="port.zh.txt"), user)
    assert set(batch.items.values_list("state", "page__source_language")) == {("accepted", "en")}
    assert rows(the_translation())[0].target == "两岛之间开通渡轮航线"
    assert "the translation of" in " ".join(decision.notes)


def test_a_translation_that_was_corrected_is_known_to_the_command(tmp_path: Path) -> None:
    user = make_importer()
    batch = make_pair(user, port__en=ENGLISH, port__zh=CHINESE)
    for item in batch.items.all():
        change_fields(item, user, {"headline": f"As corrected {item.pk}"})
    accept_above(batch, user, 0)
    assert "unchanged: 2" in import_pair(tmp_path)
    assert "published: 1, unchanged: 1" in import_pair(tmp_path, publish=True)
    assert ArticlePage.objects.get().headline.startswith("As corrected")
    assert rows(the_translation())[0].target.startswith("As corrected")


def test_accepting_many_takes_each_story_once() -> None:
    user = make_importer()
    batch = make_pair(user, port__en=ENGLISH, port__zh=CHINESE)
    decisions = accept_above(batch, user, 0)
    assert [one.error for one in decisions] == [""]
    assert ArticlePage.objects.count() == 1


def test_the_halves_of_a_text_are_one_story() -> None:
    user = make_importer()
    batch = make_pair(user, both=f"{ENGLISH}\n{CHINESE}")
    accept(batch.items.first(), user)
    assert ArticlePage.objects.get().translation_state == "in_progress"


def test_what_only_looks_like_a_pair_is_decided_one_by_one() -> None:
    user = make_importer()
    batch = make_pair(user, port__en=ENGLISH, port__zh=OTHER_CHINESE)
    accept(batch.items.get(source="port.zh.txt"), user)
    assert set(batch.items.values_list("source", "state")) >= {("port.zh.txt", "accepted")}
    assert batch.items.exclude(state="accepted").count() == 1


def test_a_later_batch_says_whose_translation_an_item_becomes() -> None:
    user = make_importer()
    first = make_pair(user, port__en=ENGLISH)
    accept(first.items.get(), user)
    item = make_pair(user, ferries=CHINESE).items.get()
    assert "Becomes the translation of “Ferry line" in warnings_of(item)
    accept(item, user)
    assert ArticlePage.objects.get().translation_state == "in_progress"


@pytest.mark.parametrize("names", [("port__en", "port__zh"), ("one", "two")])
def test_a_pair_that_comes_again_is_here_already(names: tuple[str, str]) -> None:
    user = make_importer()
    texts = dict(zip(names, (ENGLISH, CHINESE), strict=True))
    accept(make_pair(user, **texts).items.first(), user)
    again = make_pair(user, **texts)
    story = ArticlePage.objects.get()
    assert set(again.items.values_list("state", "duplicate_of")) == {("duplicate", story.pk)}
    assert not sure_items(again, 0).exists()


def test_a_changed_translation_becomes_a_new_version_and_says_so() -> None:
    user = make_importer()
    accept(make_pair(user, port__en=ENGLISH, port__zh=CHINESE).items.first(), user)
    item = make_pair(user, port__zh=CHINESE.replace("18元", "20元")).items.get()
    told = "Becomes a new version of the translation of “Ferry line"
    assert told in warnings_of(item)
    assert item.page == ArticlePage.objects.get()
    accept(item, user)
    assert "20元" in " ".join(row.target for row in rows(the_translation()))


def test_a_text_whose_translation_a_translator_has_changed_is_to_check() -> None:
    user = make_importer()
    accept(make_pair(user, port__en=ENGLISH, port__zh=CHINESE).items.first(), user)
    retranslate()
    item = make_pair(user, port__zh=CHINESE.replace("18元", "20元")).items.get()
    assert item.state == "check"
    assert "has a translation already, which stays as it is" in item.trouble
    accept(item, user)
    kept = [one.target for one in the_translation().segments.all() if one.kind == "orphan"]
    assert any("20元" in one for one in kept)


def begun_since_it_was_read() -> tuple[Any, ImportItem, str]:
    """Somebody translates the headline of the story that a text was said to become the
    translation of."""
    user = make_importer()
    accept(make_pair(user, port__en=ENGLISH).items.get(), user)
    item = make_pair(user, ferries=CHINESE).items.get()
    translation = open_translation(ArticlePage.objects.get())
    save_segments(translation, [SegmentChange("headline", "轮渡开航")], user=make_importer("two"))
    return user, item, "has a translation already, which stays as it is"


def test_a_translation_that_was_begun_meanwhile_is_said_and_joined_with_the_text() -> None:
    user, item, told = begun_since_it_was_read()
    assert told in warnings_of(item)
    with pytest.raises(IntakeError, match="somebody has changed the translation"):
        accept(item, user)
    item.refresh_from_db()
    assert (item.state, told in item.trouble, told in warnings_of(item)) == ("check", True, False)
    accept(item, user)
    first, *_others = rows(the_translation())
    assert (first.target, first.segment.state) == ("轮渡开航", "draft")
    kept = [one.target for one in the_translation().segments.all() if one.kind == "orphan"]
    assert (kept[0], len(kept)) == (CHINESE.split("\n")[0], 8)
    assert not undo_batch(item.batch, user).excepted
    assert [one.target for one in the_translation().segments.all()] == ["轮渡开航"]


def test_a_text_that_was_taken_for_a_translation_may_be_a_story_of_its_own() -> None:
    user, item, _told = begun_since_it_was_read()
    accept(item, user, alone=True)
    assert set(ArticlePage.objects.values_list("source_language", flat=True)) == {"en", "zh-hans"}


def test_a_published_translation_is_found_under_another_headline() -> None:
    make_home()
    story = make_article("Ferry line opens", body=make_body(*ENGLISH.split("\n")[2:4]))
    lines = iter(CHINESE.split("\n")[2:4])
    targets = {one.key: next(lines) for one in source_segments(story) if one.key != "headline"}
    translate(story, **targets)
    note_stories([ArticlePage.objects.get(pk=story.pk)])
    lines = CHINESE.replace("两岛之间开通渡轮航线", "东山岛迎来新渡轮").split("\n")
    text = "\n".join([*lines[:4], lines[-2], ""])
    item = make_pair(make_importer(), ferries=text).items.get()
    assert (item.state, item.duplicate_of_id) == ("duplicate", story.pk)
    with pytest.raises(IntakeError, match="is like the translation of"):
        accept(item, item.batch.created_by, as_version=True)


def test_undoing_a_batch_takes_both_back() -> None:
    make_home()
    user = make_importer()
    before = rows_of_all_tables()
    batch = make_pair(user, port__en=ENGLISH, port__zh=CHINESE)
    accept_above(batch, user, 0)
    assert not planned_undo(batch, user).excepted
    assert not undo_batch(batch, user).excepted
    assert rows_of_all_tables() == before


def test_a_picture_of_the_translation_alone_is_kept_and_said() -> None:
    make_home()
    user = make_importer()
    before = rows_of_all_tables()
    batch = create_batch(user)
    members = {"a.en.txt": ENGLISH.encode(), "a.zh.txt": CHINESE.encode(), "a.zh.jpg": JPEG}
    add_file(batch, user, "papers.zip", zipped(members))
    assert read_slice(batch, 60).is_done
    notes = " ".join(accept(batch.items.first(), user).notes)
    assert get_image_model().objects.get().title == "a.zh.jpg"
    assert "a picture isn't in the story; it is among the images: a.zh.jpg" in notes
    assert not undo_batch(batch, user).excepted
    assert rows_of_all_tables() == before


@pytest.mark.parametrize("is_later", [False, True])
def test_a_pair_of_an_import_is_two_stories_again_also_after_its_publication(
    is_later: bool,
) -> None:
    make_home()
    user = make_user("editor", is_superuser=True)
    batch = make_pair(user, port__en=ENGLISH, port__zh=CHINESE)
    accept(batch.items.get(source="port.en.txt"), user, publish=True)
    if is_later:
        Translation.objects.get().latest_revision.publish(user=user)
        assert ArticlePage.objects.get().headline_zh_hans == "两岛之间开通渡轮航线"
    part_story(batch.items.get(source="port.zh.txt"), user)
    story, item = ArticlePage.objects.get(), batch.items.get(source="port.zh.txt")
    assert (story.live, story.translation_state) == (True, "not_started")
    assert not story.headline_zh_hans
    assert (item.state, item.headline) == ("check", "两岛之间开通渡轮航线")
    assert "becomes" not in item.before
    accept(item, user)
    assert set(ArticlePage.objects.values_list("source_language", flat=True)) == {"en", "zh-hans"}


def test_stories_that_a_person_has_parted_are_never_offered_as_a_pair() -> None:
    make_home()
    user = make_importer()
    batch = make_pair(user, port__en=ENGLISH, port__zh=CHINESE)
    part_pair(batch.items.first(), user)
    for item in batch.items.order_by("source"):
        accept(item, user)
    assert ArticlePage.objects.count() == 2
    assert search_pairs().found == []
    assert StoryPair.objects.get().one.source_language == "en"


def test_a_text_becomes_no_translation_unless_somebody_was_told() -> None:
    make_home()
    user = make_importer()
    batch = make_pair(user, port__en=ENGLISH, harbour__zh=CHINESE)
    # As where the two name their paper so differently that they were found to be no pair.
    batch.items.update(group="", group_confidence=None)
    accept(batch.items.get(source="port.en.txt"), user, publish=True)
    item = batch.items.get(source="harbour.zh.txt")
    with pytest.raises(IntakeError, match="would become the translation of “Ferry"):
        accept(item, user, publish=True)
    item.refresh_from_db()
    assert item.before["becomes"]["story"] == ArticlePage.objects.get().pk
    accept(item, user)
    assert Translation.objects.get().latest_revision


def test_a_pair_whose_translation_somebody_has_bettered_stays_one_story() -> None:
    make_home()
    user = make_user("editor", is_superuser=True)
    batch = make_pair(user, port__en=ENGLISH, port__zh=CHINESE)
    accept(batch.items.get(source="port.en.txt"), user)
    version = rows(the_translation())[0].segment
    change = SegmentChange("headline", "更好的标题", version_of(version))
    save_segments(Translation.objects.get(), [change], user=make_translator("li"))
    with pytest.raises(IntakeError, match="li"):
        part_story(batch.items.get(source="port.zh.txt"), user)
    assert rows(the_translation())[0].target == "更好的标题"


def test_the_review_of_a_published_translation_offers_to_part_it_from_its_story(
    client: Client,
) -> None:
    make_home()
    client.force_login(user := make_user("editor", is_superuser=True))
    batch = make_pair(user, port__en=ENGLISH, port__zh=CHINESE)
    accept(batch.items.get(source="port.en.txt"), user)
    story, text = batch.items.order_by("source")
    assert "Two stories again" not in client.get(address("item", batch, story)).text
    assert "Two stories again" in client.get(address("item", batch, text)).text
    page = client.post(address("item", batch, text), {"do": "part_story"}, follow=True).text
    assert "waits again" in page
    assert "Becomes the translation" not in page
