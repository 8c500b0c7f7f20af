"""Texts in both languages in a batch of the admin: one decision for both."""

import pytest
from wagtail.images import get_image_model

from archive.contrib.intake.batches.actions import add_file, create_batch
from archive.contrib.intake.batches.decisions import sure_items
from archive.contrib.intake.batches.slices import read_slice
from archive.contrib.intake.batches.undo import planned_undo, undo_batch
from archive.contrib.intake.models import ImportBatch
from archive.contrib.intake.records import IntakeError
from archive.desk.segments import rows, source_segments
from archive.likeness.fingerprints import note_stories
from archive.models import ArticlePage
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
    the_translation,
)
from tests.factories import make_article, make_body, make_home, translate

pytestmark = pytest.mark.django_db


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
    assert "Becomes the translation of “Ferry line" in " ".join(item.record["warnings"])
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
    assert told in " ".join(item.record["warnings"])
    assert item.page == ArticlePage.objects.get()
    accept(item, user)
    assert "20元" in " ".join(row.target for row in rows(the_translation()))


def test_a_text_whose_translation_a_translator_has_changed_is_to_check() -> None:
    user = make_importer()
    accept(make_pair(user, port__en=ENGLISH, port__zh=CHINESE).items.first(), user)
    the_translation().save_revision(clean=False)
    item = make_pair(user, port__zh=CHINESE.replace("18元", "20元")).items.get()
    assert item.state == "check"
    assert "has a translation already, which stays as it is" in item.trouble
    with pytest.raises(IntakeError, match="has a translation already"):
        accept(item, user)


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
