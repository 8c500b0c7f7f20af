"""New stories are stored many at once, and the archive is as if they had come one by one."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from wagtail import hooks

from archive.contrib.intake import bulk_rows
from archive.contrib.intake.batches.actions import add_file, create_batch
from archive.contrib.intake.batches.decisions import ItemDecision
from archive.contrib.intake.batches.items import new_item
from archive.contrib.intake.batches.slices import read_slice
from archive.contrib.intake.batches.undo import undo_batch
from archive.contrib.intake.bulk import StoryRanges
from archive.contrib.intake.formats import read_stories
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.contrib.intake.places import ask
from archive.contrib.intake.sources import SourceFile
from archive.desk.memory import sentences
from archive.models import ArticlePage, MemoryUnit, Translation
from tests.benchmarks.back_files import stories, write_folder, write_lines
from tests.contrib.intake.batches.values import accept_above, make_importer, rows_of_all_tables
from tests.contrib.intake.importing import captured, import_paths
from tests.contrib.intake.tables import contents, touched
from tests.contrib.intake.texts import ENGLISH
from tests.contrib.intake.translations.values import OTHER_CHINESE
from tests.factories import make_home, make_publication

pytestmark = pytest.mark.django_db

# A few for its authors and suggested names, and what follows its publication in batches.
MOST_A_STORY = 8
# With what twelve stories have in common. One by one it is 208.
MOST_A_PAIR = 40
# With what follows its publication. One by one it is 281.
MOST_AN_ACCEPTED = 14


@pytest.fixture(autouse=True)
def _paper() -> None:
    make_home()
    make_publication(name="China Daily", name_zh_hans="中国日报")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Stories in both languages, of two days, and such as must be looked at one by one."""
    write_folder(tmp_path / "a", 15)
    # A figure that the checks find wrong in the translation.
    wrong = next((tmp_path / "a").rglob("story-3.zh.txt"))
    wrong.write_text(
        re.sub(r"\d+00万美元", "98700万美元", wrong.read_text("utf-8"), count=1), "utf-8"
    )
    others = {
        # In one language, without a day, a publication or a headline that readers could be shown.
        "b/alone.txt": ENGLISH,
        "b/undated.txt": "Nobody knows the day\nThe port grew for the third year, it said.\n",
        # A pair by its name that tells two stories; twice the same story.
        "b/odd.en.txt": ENGLISH.replace("City builds", "Town builds"),
        "b/odd.zh.txt": OTHER_CHINESE,
        "b/twice.txt": ENGLISH,
        # A Chinese text of a day whose English story waits for its translation.
        "b/wanted.txt": OTHER_CHINESE.replace("第5版", "第6版"),
    }
    for name, text in others.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    write_lines(tmp_path / "lines.jsonl", 4, first=600)
    return tmp_path


@contextmanager
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(StoryRanges, "_new", lambda *args: None)
        yield


@pytest.mark.exhaustive
@pytest.mark.parametrize("publish", [False, True])
def test_all_tables_are_as_if_they_had_come_one_by_one(
    folder: Path, publish: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def imported() -> tuple[str, dict[str, Any], set[str]]:
        with transaction.atomic():
            printed = import_paths(folder, publish=publish)
            found = printed, contents(), touched()
            transaction.set_rollback(True)
        return found

    with one_by_one(monkeypatch):
        alone = imported()
    together = imported()
    # But for the number of the batch, in the last line.
    assert together[0].splitlines()[:-1] == alone[0].splitlines()[:-1]
    for label, rows in alone[1].items():
        assert together[1][label] == rows, label
    # Drafts are on no page.
    assert together[2] == alone[2] if publish else together[2] <= alone[2]
    assert sum(alone[1]["archive.articlepage"].values()) > 20
    assert publish == bool(alone[1]["archive.segment"])


@pytest.fixture
def batch(folder: Path) -> ImportBatch:
    """The same texts, read for a person who then accepts all of them."""
    user = get_user_model().objects.create_superuser("chief")
    batch = create_batch(user)
    for path in sorted(folder.rglob("*.*")):
        add_file(batch, user, path.relative_to(folder).as_posix(), path.read_bytes())
    assert read_slice(batch, 60).is_done
    # Made of the same sentences, they are like each other.
    batch.items.filter(source__contains="/story-").update(twin=None, likeness=None)
    batch.items.update(state=ImportItem.State.READY, confidence=0.95, error="")
    batch.items.exclude(group="").update(group_confidence=0.95)
    return batch


@pytest.mark.exhaustive
@pytest.mark.parametrize(("publish", "is_editor"), [(False, False), (True, False), (True, True)])
def test_all_tables_are_as_if_a_person_had_accepted_item_by_item(
    batch: ImportBatch, publish: bool, is_editor: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An editor of the papers may publish no translation.
    user = make_importer(paper=make_home()) if is_editor else batch.created_by

    def all_accepted() -> tuple[Any, dict[str, Any], set[str]]:
        with transaction.atomic():
            decisions = accept_above(batch, user, 0.9, publish=publish)
            found = told_of(decisions), contents(), touched()
            transaction.set_rollback(True)
        return found

    with one_by_one(monkeypatch):
        alone = all_accepted()
    together = all_accepted()
    assert together[0] == alone[0]
    for label, rows in alone[1].items():
        assert together[1][label] == rows, label
    assert together[2] == alone[2] if publish else together[2] <= alone[2]
    assert sum(alone[1]["archive.articlepage"].values()) > 20
    if publish and not is_editor:
        assert sum("error prevents publication" in str(one) for one in together[0]) == 1
        # Nobody has read what isn't published, and the memory doesn't teach it.
        units = [json.loads(one) for one in alone[1]["archive.memoryunit"]]
        assert not [one for one in units if one["provenance"] == "confirmed"]


def told_of(decisions: list[ItemDecision]) -> list[tuple[Any, ...]]:
    """All that is said of each item."""
    names = [one.name for one in fields(ItemDecision) if one.name != "item"]
    return sorted(
        (one.item.source, *(str(getattr(one, name)) for name in names)) for one in decisions
    )


@pytest.mark.exhaustive
def test_the_next_import_changes_nothing_and_undo_takes_all_of_it_back(folder: Path) -> None:
    before = contents()
    import_paths(folder, publish=True)
    whole = contents()
    printed = import_paths(folder, publish=True)
    assert "created: 0, updated: 0" in printed
    assert contents() == whole
    call_command("undo_import", str(ImportBatch.objects.get().pk), verbosity=0)
    left = contents()
    # What is known of what was there once.
    kept = {"archive_intake.importbatch", "archive_intake.importitem", "archive.searchchange"}
    kept |= {"wagtailcore.pagelogentry", "wagtailcore.modellogentry", "archive.harvestrecord"}
    for label, rows in before.items():
        if label not in kept:
            assert left[label] == rows, label


def test_a_story_that_cannot_be_stored_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(tmp_path, 9)
    check = bulk_rows._check

    def refuse(page: ArticlePage) -> None:
        if "-4" in page.import_key or page.title == wrong:
            raise RuntimeError("no such luck")
        check(page)

    wrong = next(islice(stories(9), 4, None))[0].headline
    monkeypatch.setattr(bulk_rows, "_check", refuse)
    printed = import_paths(tmp_path, publish=True)
    # The way of a single story doesn't ask there.
    assert "failed: 0" in printed
    assert ArticlePage.objects.live().count() == 9
    assert ArticlePage.objects.get(title=wrong).live


def test_the_queries_of_a_story_do_not_grow_with_their_number(tmp_path: Path) -> None:
    counts = []
    for number, size in enumerate((8, 16)):
        write_folder(tmp_path / str(size), size, first=number * 100)
        with captured() as queries:
            import_paths(tmp_path / str(size), publish=True)
        counts.append(len(queries))
    assert counts[1] - counts[0] <= 8 * MOST_A_STORY


def test_sentences_that_the_aligner_has_just_read_are_not_read_again_for_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, look = [], sentences.sentence_pairs
    monkeypatch.setattr(sentences, "sentence_pairs", lambda *one: asked.append(one) or look(*one))
    write_folder(tmp_path, 6)
    import_paths(tmp_path, publish=True)
    assert MemoryUnit.objects.filter(kind="sentence").count() > 50
    # Headlines meet by their name, not by their words.
    assert len(asked) == 6
    assert all(len(sentences.split(source)) == 1 for source, _target, _language in asked)


def test_a_sites_own_code_is_told_of_the_stories(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    write_folder(tmp_path, 3)
    told: list[list[int]] = []
    with (
        hooks.register_temporarily("archive_stories_added", told.append),
        django_capture_on_commit_callbacks(execute=True),
    ):
        import_paths(tmp_path)
    assert told == [sorted(ArticlePage.objects.values_list("pk", flat=True))]


def test_texts_of_one_file_that_are_translations_are_stored_together(tmp_path: Path) -> None:
    write_lines(tmp_path / "lines.jsonl", 12)
    with captured() as queries:
        import_paths(tmp_path, publish=True)
    assert len(queries) < 12 * MOST_A_PAIR
    assert ArticlePage.objects.live().count() == 12
    assert Translation.objects.filter(live=True).count() == 12


def test_a_sites_own_code_that_fails_has_no_story_stored_twice(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    write_folder(tmp_path, 3)

    def fail(pks: list[int]) -> None:
        raise RuntimeError("no such luck")

    with (
        hooks.register_temporarily("archive_stories_added", fail),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert "created: 3" in import_paths(tmp_path)
    assert ArticlePage.objects.count() == 3


def waiting(folder: Path, count: int) -> ImportBatch:
    """So many stories in both languages, read, paired and ready to be accepted."""
    write_lines(folder / "lines.jsonl", count)
    path = folder / "lines.jsonl"
    source = SourceFile(path, path.read_bytes())
    batch = create_batch(get_user_model().objects.create_superuser("chief"))
    for number, article in enumerate(read_stories(source)):
        item = new_item(batch, article, source="lines.jsonl")
        item.state, item.confidence = ImportItem.State.READY, 0.95
        item.group, item.group_confidence = f"pair-{number // 2}", 0.95
        item.save()
    return batch


def accept_all(batch: ImportBatch, **options: Any) -> list[ItemDecision]:
    return accept_above(batch, batch.created_by, 0.9, publish=True, **options)


@pytest.mark.exhaustive
def test_accepting_a_hundred_items_takes_few_queries_a_story(tmp_path: Path) -> None:
    batch = waiting(tmp_path, 50)
    with captured() as queries:
        assert len(accept_all(batch)) == 50
    assert ArticlePage.objects.live().count() == 50
    assert len(queries) < 50 * MOST_AN_ACCEPTED


def test_an_item_amid_others_that_cannot_be_stored_says_why_and_they_are_stored(
    tmp_path: Path,
) -> None:
    batch = waiting(tmp_path, 9)
    for item in batch.items.filter(group="pair-4"):
        item.record["publication"] = "Unknown Gazette"
        item.save()
    decisions = accept_all(batch, places=ask)
    assert [one.error for one in decisions if one.error] == [
        "there is no publication “Unknown Gazette” yet: say first whether it is new"
    ] * 2
    assert ArticlePage.objects.live().count() == 8
    assert {one.group for one in batch.items.exclude(error="")} == {"pair-4"}


def test_undoing_what_was_accepted_together_leaves_the_archive_as_it_was(tmp_path: Path) -> None:
    batch = waiting(tmp_path, 5)
    before = rows_of_all_tables()
    accept_all(batch)
    assert ArticlePage.objects.live().count() == 5
    assert not undo_batch(batch, batch.created_by).excepted
    left = rows_of_all_tables()
    # What is known of what was there once.
    for kept in ("archive_harvestrecord", "archive_searchchange"):
        del before[kept], left[kept]
    assert left == before
