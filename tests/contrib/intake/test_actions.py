"""What an import writes."""

from pathlib import Path

import pytest

from archive.contrib.intake.apply import signed
from archive.contrib.intake.plan import imports_of
from archive.contrib.intake.records import ParsedByline
from archive.models import ArticlePage, IssuePage, PublicationPage, YearPage
from archive.text.language import column
from tests.contrib.intake.importing import (
    body_of,
    captured,
    import_paths,
    import_text,
    latest,
    the_story,
    writes,
)
from tests.contrib.intake.texts import CHINESE, ENGLISH, SEED
from tests.factories import make_entity, make_home, make_publication, translate

# Kept, and holding nothing up.
CONTACT_WORDS = [{"text": "Contact the writer at", "is_left_out": True}]
pytestmark = pytest.mark.django_db

CORRECTED = {
    ENGLISH: ENGLISH.replace("two berths", "three berths"),
    CHINESE: CHINESE.replace("两个", "三个"),
}
either_language = pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh-hans"])


@pytest.fixture(autouse=True)
def home() -> None:
    make_home()


def test_a_story_is_filed_under_its_papers_issue() -> None:
    import_paths(SEED)
    page = the_story()
    assert page.url_path.endswith("/china-daily/2015/09/22/city-builds-on-long-history-with-us/")
    assert [m.objects.count() for m in (PublicationPage, YearPage, IssuePage)] == [1, 1, 1]
    assert (str(page.print_date), page.print_page) == ("2015-09-22", "17")


def test_a_new_paper_has_its_name_in_both_languages(tmp_path: Path) -> None:
    import_text(tmp_path, CHINESE)
    names = [getattr(PublicationPage.objects.get(), column("name", lg)) for lg in ("en", "zh-hans")]
    assert names == ["China Daily", "中国日报"]


def test_a_paper_that_is_there_is_used(tmp_path: Path) -> None:
    paper = make_publication()
    paper.slug = "cd"
    paper.save()
    import_text(tmp_path, ENGLISH.replace("China Daily 09", "China Daily USA 09"))
    assert (the_story().publication, the_story().print_edition) == (paper, "USA")


@either_language
def test_the_default_is_a_draft_for_an_editor(tmp_path: Path, text: str) -> None:
    import_text(tmp_path, text)
    page = the_story()
    assert (page.live, page.has_unpublished_changes) == (False, True)
    assert page.latest_revision is not None


@either_language
def test_publish_puts_it_before_readers(tmp_path: Path, text: str) -> None:
    import_text(tmp_path, text, publish=True)
    page = the_story()
    assert (page.live, page.has_unpublished_changes) == (True, False)


def test_a_chinese_story_fills_the_chinese_columns_only(tmp_path: Path) -> None:
    import_text(tmp_path, CHINESE, publish=True)
    page = the_story()
    assert getattr(page, column("headline", "zh-hans")) == "湛江港开通新航线"
    assert not getattr(page, column("headline", "en"))
    assert page.languages() == ["zh-hans"]


def test_captions_become_pictures_that_are_missing(tmp_path: Path) -> None:
    import_text(tmp_path)
    picture = body_of(the_story())[-1]
    assert picture["type"] == "image"
    assert picture["value"] == {
        "image": None,
        "caption": "Containers wait at the port.",
        "alt_text": "",
        "credit": "Li Na / China Daily",
    }


def test_bylines_contact_and_leftovers_are_stored(tmp_path: Path) -> None:
    make_entity("zhanjiang", en="Zhanjiang", zh="湛江")
    text = ENGLISH.replace("By Wang Wei", "By Wang Wei in Zhanjiang")
    import_text(tmp_path, text.replace("(China", "A line left over.\n(China"))
    page = the_story()
    byline = page.bylines.get()
    assert (byline.author.name, byline.place.key) == ("Wang Wei", "zhanjiang")
    assert page.contact == "wangwei@example.com"
    assert page.unplaced == [*CONTACT_WORDS, {"text": "A line left over.", "is_left_out": False}]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The port opened on Monday.", "Keywords: ports, ships"),
        ("湛江港星期一开港。", "关键词：ports、ships"),
    ],
)
def test_keywords_are_kept_and_hold_nothing_up(tmp_path: Path, text: str, told: str) -> None:
    row = f'{text[:-1]},Harbour Post,2015-09-22,{text},"ports, ships"'
    table = f"headline,publication,date,body,keywords\n{row}\n"
    import_text(tmp_path, table, "stories.csv", publish=True)
    page = the_story()
    assert page.live
    assert page.unplaced == [{"text": told, "is_left_out": True}]


def test_a_place_that_the_archive_hasnt_is_held_by_the_byline_as_printed(tmp_path: Path) -> None:
    text = ENGLISH.replace("By Wang Wei", "By Wang Wei in Wenatchee")
    import_text(tmp_path, text, publish=True)
    page = the_story()
    assert (page.live, page.printed_byline) == (True, "By Wang Wei in Wenatchee")
    assert page.unplaced == [*CONTACT_WORDS]


@pytest.mark.parametrize(
    ("printed", "unplaced"), [("", ["Wang Wei: Wenatchee"]), ("By Wang Wei in Wenatchee", [])]
)
def test_a_place_that_nothing_holds_waits_for_a_person(printed: str, unplaced: list[str]) -> None:
    byline = ParsedByline("Wang Wei", "reporter", "Wenatchee")
    [one], left = signed((byline,), "en", printed)
    assert (str(one.author), one.place, left) == ("Wang Wei", None, unplaced)


@pytest.mark.parametrize("publish", [False, True])
@either_language
def test_importing_the_same_file_again_writes_nothing(
    tmp_path: Path, text: str, publish: bool
) -> None:
    import_text(tmp_path, text, publish=publish)
    before = list(ArticlePage.objects.values())
    with captured() as queries:
        told = import_text(tmp_path, text, publish=publish)
    assert "story.txt: unchanged" in told
    assert writes(queries) == []
    assert list(ArticlePage.objects.values()) == before
    assert the_story().revisions.count() == 1


@either_language
def test_a_corrected_file_becomes_a_new_draft_over_the_live_story(
    tmp_path: Path, text: str
) -> None:
    import_text(tmp_path, text, publish=True)
    live_text = body_of(the_story())
    told = import_text(tmp_path, CORRECTED[text])
    page = the_story()
    assert "story.txt: updated" in told
    assert (page.live, page.has_unpublished_changes, page.revisions.count()) == (True, True, 2)
    assert body_of(page) == live_text
    assert body_of(latest(page)) != live_text
    assert "unchanged" in import_text(tmp_path, CORRECTED[text])


@either_language
def test_a_corrected_file_is_published_when_asked(tmp_path: Path, text: str) -> None:
    import_text(tmp_path, text, publish=True)
    import_text(tmp_path, CORRECTED[text], publish=True)
    page = the_story()
    assert (page.live, page.has_unpublished_changes) == (True, False)
    assert body_of(page) == body_of(latest(page))


def test_a_draft_is_published_by_importing_it_again_with_publish(tmp_path: Path) -> None:
    import_text(tmp_path)
    assert "story.txt: published" in import_text(tmp_path, publish=True)
    assert the_story().live
    assert "story.txt: unchanged" in import_text(tmp_path, publish=True)


@either_language
def test_blocks_keep_their_ids_so_that_translations_hold(tmp_path: Path, text: str) -> None:
    import_text(tmp_path, text, publish=True)
    before = [block["id"] for block in body_of(the_story())]
    translate(the_story())
    import_text(tmp_path, CORRECTED[text], publish=True)
    page = the_story()
    assert [block["id"] for block in body_of(page)] == before
    assert len(page.languages()) == 2


def test_an_import_is_in_the_storys_history(tmp_path: Path) -> None:
    import_text(tmp_path)
    (entry,) = imports_of(the_story())
    assert entry.revision_id == the_story().latest_revision_id
    assert (entry.data["source"], entry.message) == ("story.txt", "Imported from a source file")
