"""Files in both languages through `import_articles`: one story with its translation."""

from pathlib import Path

import pytest
from django.core.management import call_command

from archive.contrib.intake.models import ImportBatch
from archive.desk.pairs.links import load_links
from archive.desk.segments import rows
from archive.models import ArticlePage, MemoryUnit, Translation
from tests.contrib.intake.batches.values import rows_of_all_tables
from tests.contrib.intake.importing import import_paths
from tests.contrib.intake.translations.values import (
    CHINESE,
    ENGLISH,
    OTHER_CHINESE,
    archive_says,
    import_pair,
    retranslate,
    the_translation,
    write,
)
from tests.factories import make_home
from tests.site.reading import opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home() -> None:
    make_home()


def undo() -> None:
    for batch in ImportBatch.objects.order_by("-pk"):
        call_command("undo_import", str(batch.pk), verbosity=0)


@pytest.mark.exhaustive
def test_two_files_become_one_story_with_its_translation_aligned(tmp_path: Path) -> None:
    printed = import_pair(tmp_path / "in")
    page = ArticlePage.objects.get()
    assert (page.source_language, page.translation_state) == ("en", "in_progress")
    texts = {row.source.plain_text[:12]: row.target for row in rows(the_translation())}
    assert texts["Ferry line o"] == "两岛之间开通渡轮航线"
    assert "35分钟" in texts["The crossing"]
    assert "1.52亿" in texts["The city has"]
    assert "The text is a draft of the translation of “Ferry line opens" in printed


def test_aligned_texts_are_drafts_that_readers_do_not_get(tmp_path: Path) -> None:
    import_pair(tmp_path / "in")
    found = rows(the_translation())
    assert {row.segment.origin for row in found if row.segment} == {"aligned"}
    assert {row.segment.state for row in found if row.segment} == {"draft"}
    assert not any(row.is_decided for row in found)


def test_a_text_in_both_languages_is_one_story(tmp_path: Path) -> None:
    write(tmp_path, both=f"{ENGLISH}\n{CHINESE}")
    import_paths(tmp_path / "both.txt")
    assert ArticlePage.objects.count() == 1
    assert rows(the_translation())[0].target == "两岛之间开通渡轮航线"


def test_a_month_apart_the_archive_is_as_if_they_came_together(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    import_pair(folder)
    together = archive_says()
    undo()
    assert not ArticlePage.objects.exists()
    (folder / "port.zh.txt").unlink()
    import_paths(folder)
    import_pair(folder)
    assert archive_says() == together


def test_the_day_and_the_figures_find_a_story_whatever_the_file_is_called(tmp_path: Path) -> None:
    import_paths(write(tmp_path / "a", september=ENGLISH))
    import_paths(write(tmp_path / "b", 渡轮=CHINESE))
    assert ArticlePage.objects.get().translation_state == "in_progress"


def test_files_that_only_look_like_a_pair_are_two_stories(tmp_path: Path) -> None:
    import_pair(tmp_path / "in", chinese=OTHER_CHINESE)
    assert ArticlePage.objects.count() == 2


@pytest.mark.parametrize("publish", [False, True])
def test_importing_again_changes_nothing(tmp_path: Path, publish: bool) -> None:
    import_pair(tmp_path / "in", publish=publish)
    before = rows_of_all_tables()
    printed = import_pair(tmp_path / "in", publish=publish)
    assert printed.count(": unchanged: ") == 2
    assert rows_of_all_tables() == before


def test_a_corrected_file_is_a_new_version_unless_somebody_has_worked_on_it(
    tmp_path: Path,
) -> None:
    import_pair(tmp_path / "in")
    import_pair(tmp_path / "in", chinese=CHINESE.replace("票价18元", "票价20元"))
    assert any("票价20元" in row.target for row in rows(the_translation()))
    # A version that says the same is no work on its words.
    the_translation().save_revision()
    import_pair(tmp_path / "in", chinese=CHINESE.replace("票价18元", "票价25元"))
    assert any("票价25元" in row.target for row in rows(the_translation()))
    retranslate()
    printed = import_pair(tmp_path / "in", chinese=CHINESE.replace("票价18元", "票价30元"))
    assert "translated here; not overwritten" in printed


def test_undoing_leaves_the_archive_as_it_was(tmp_path: Path) -> None:
    import_paths(write(tmp_path / "a", one=ENGLISH.replace("Ferry", "Bus")))
    before = rows_of_all_tables()
    import_pair(tmp_path / "in")
    call_command("undo_import", str(ImportBatch.objects.latest("pk").pk), verbosity=0)
    assert rows_of_all_tables() == before


def test_undoing_the_second_language_leaves_the_story(tmp_path: Path) -> None:
    import_paths(write(tmp_path / "in", port__en=ENGLISH))
    before = rows_of_all_tables()
    import_pair(tmp_path / "in")
    call_command("undo_import", str(ImportBatch.objects.latest("pk").pk), verbosity=0)
    assert rows_of_all_tables() == before


def test_a_translation_that_somebody_went_on_with_stays(tmp_path: Path) -> None:
    import_pair(tmp_path / "in")
    the_translation().save_revision()
    undo()
    assert Translation.objects.get().latest_revision_id
    assert ArticlePage.objects.count() == 1


def test_publish_publishes_what_is_not_doubtful_and_fills_the_memory(tmp_path: Path) -> None:
    import_pair(tmp_path / "in", publish=True)
    page = ArticlePage.objects.get()
    assert (page.live, page.headline_zh_hans) == (True, "两岛之间开通渡轮航线")
    found = rows(Translation.objects.get())
    assert all(row.is_done != row.segment.is_doubtful for row in found if row.segment)
    remembered = set(MemoryUnit.objects.values_list("text_zh_hans", flat=True))
    assert "港口负责人李娜说，航程35分钟，票价18元。" in remembered


def test_what_only_one_text_has_is_kept_in_a_draft(tmp_path: Path) -> None:
    shorter = "\n".join(line for line in CHINESE.splitlines() if "90公里" not in line)
    longer = shorter.replace("（中国", "当地渔民欢迎这一变化，他们曾多次提出请求。\n（中国")
    printed = import_pair(tmp_path / "in", chinese=longer, publish=True)
    assert "It can’t be published yet: a person must confirm it first: the two" in printed
    assert "don’t agree in all (paragraphs). 1 passage has no place in the story" in printed
    assert not ArticlePage.objects.get().headline_zh_hans
    kept = [one.target for one in the_translation().segments.all() if one.kind == "orphan"]
    said = "".join(one.target for one in the_translation().segments.all())
    assert "当地渔民欢迎这一变化" in said
    assert not any("王伟" in text for text in kept)
    assert [one["name"] for one in the_translation().printed["authors"]] == ["王伟"]


@pytest.mark.parametrize(
    ("printed_as", "becomes", "named"),
    [("王伟", "赵敏", "byline"), ("09月22日", "09月23日", "print date"), ("王伟\n", "", "byline")],
)
def test_a_pair_that_does_not_agree_is_a_draft_and_said_to_be(
    tmp_path: Path, printed_as: str, becomes: str, named: str
) -> None:
    chinese = CHINESE.replace(printed_as, becomes)
    printed = import_pair(tmp_path / "in", chinese=chinese, publish=True)
    assert f"agree in all ({named}" in printed
    assert not ArticlePage.objects.get().headline_zh_hans


def test_readers_of_a_published_pair_are_told_nothing_untrue(tmp_path: Path) -> None:
    import_pair(tmp_path / "in", publish=True)
    page = ArticlePage.objects.get()
    shown = opened(page, "zh-hans").get_text()
    assert (page.translation_state, page.translation_is_abridged) == ("published", False)
    assert "首批240名乘客" in shown
    assert "译文有删节" not in shown
    assert "原文在翻译之后" not in shown


def test_another_papers_report_is_a_story_of_its_own(tmp_path: Path) -> None:
    """A week later, in a file that is named alike: a reprint, never a translation by itself."""
    chinese = CHINESE.replace("中国日报 2015年09月22日", "环球时报 2015年09月29日")
    import_pair(tmp_path / "in", chinese=chinese, publish=True)
    assert ArticlePage.objects.filter(live=True).count() == 2
    assert not Translation.objects.exclude(latest_revision=None).exists()


def test_the_screen_with_both_texts_shows_what_has_no_counterpart_at_its_place(
    tmp_path: Path,
) -> None:
    extra = "当地渔民欢迎这一变化，他们曾多次向有关部门提出请求。"
    longer = CHINESE.replace("还将增加船只", f"{extra}\n还将增加船只")
    import_pair(tmp_path / "in", chinese=longer)
    pieces = [piece.plain_text for piece in load_links(Translation.objects.get()).pieces]
    # Who signs has no segment: that stands below.
    told = [line for line in longer.splitlines() if line in pieces and line != "王伟"]
    assert extra in told
    assert [piece for piece in pieces if piece in told] == told


def test_a_dry_run_says_it_and_writes_nothing(tmp_path: Path) -> None:
    before = rows_of_all_tables()
    printed = import_pair(tmp_path / "in", dry_run=True)
    assert "would be taken in as a translation" in printed
    assert rows_of_all_tables() == before


def test_a_translation_takes_a_fixed_number_of_queries(
    tmp_path: Path, django_assert_max_num_queries: object
) -> None:
    import_paths(write(tmp_path / "in", port__en=ENGLISH))
    with django_assert_max_num_queries(90):  # type: ignore[operator]
        import_paths(write(tmp_path / "in", port__zh=CHINESE) / "port.zh.txt")
