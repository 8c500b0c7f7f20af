"""Each area is broken as a crash or a foreign program would, is found out, and is mended."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from wagtail import hooks
from wagtail.models import Collection, Page, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry

from archive.contrib.related.integrity import RelatedArea
from archive.contrib.related.models import RelatedStory, StoryTerm
from archive.contrib.reprints.models import StoryReuse
from archive.integrity.areas import areas
from archive.integrity.base import ArchiveArea, Disagreement
from archive.integrity.followers import SearchArea
from archive.integrity.translations import CountsArea
from archive.management.commands import check_archive
from archive.models import (
    ArchiveImage,
    ArticlePage,
    Author,
    FollowerDue,
    HarvestRecord,
    MemoryFingerprint,
    MemoryUnit,
    SearchDocument,
    TextFingerprint,
    Translation,
)
from archive.publishing.due import MOST_ATTEMPTS, mark_due
from archive.publishing.followers import SEARCH
from tests.contrib.backup.newspaper import make_newspaper
from tests.factories import (
    make_article,
    make_image,
    make_publication,
    make_section,
    translate,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

OTHER = {"model_path": "x", "content_path": "x", "content_path_hash": "0" * 32}


def stories() -> Any:
    return ArticlePage.objects.filter(headline_en="Port opens")


def pages() -> Any:
    return Page.objects.filter(pk__in=stories())


def translations() -> Any:
    return Translation.objects.filter(article__in=stories())


def cross_versions() -> None:
    foreign = Revision.objects.exclude(object_id__in=[str(one.pk) for one in stories()]).first()
    pages().update(live_revision=foreign)


# Area, what breaks it.
DERIVED: list[tuple[str, Callable[[], object]]] = [
    ("tree", lambda: pages().update(depth=F("depth") + 1)),
    ("tree", lambda: Page.objects.filter(depth=2).update(numchild=7)),
    ("tree", lambda: pages().update(url_path="/elsewhere/")),
    ("tree", lambda: Collection.objects.update(numchild=7)),
    ("revisions", lambda: pages().update(latest_revision=None)),
    ("revisions", lambda: translations().update(latest_revision=None)),
    ("revisions", cross_versions),
    ("translations", lambda: make_article("Untranslated").translations.all().delete()),
    ("texts", lambda: stories().update(headline_zh_hans="别的")),
    ("texts", lambda: stories().update(body_zh_hans="[]")),
    ("counts", lambda: translations().update(segment_count=99)),
    ("counts", lambda: translations().update(state="in_progress")),
    ("counts", lambda: stories().update(translation_marks={"machine": ["headline"]})),
    ("followers", lambda: due_again()),
    ("search", lambda: SearchDocument.objects.all().delete()),
    ("search", lambda: SearchDocument.objects.update(digest="")),
    ("wagtail-search", lambda: IndexEntry.objects.all().delete()),
    ("wagtail-search", lambda: IndexEntry.objects.update(object_id=F("pk") + 1000)),
    ("related", lambda: StoryTerm.objects.all().delete()),
    ("related", lambda: RelatedStory.objects.bulk_create(hidden_related())),
    ("reprints", lambda: TextFingerprint.objects.all().delete()),
    ("reprints", lambda: hidden_reprint().save()),
    ("memory", lambda: MemoryUnit.objects.all().delete()),
    ("memory", lambda: MemoryUnit.objects.update(text_en="Other", digest_en="x")),
    ("memory", lambda: MemoryFingerprint.objects.all().delete()),
    ("harvest", lambda: HarvestRecord.objects.all().delete()),
    ("harvest", lambda: HarvestRecord.objects.update(is_deleted=True)),
    ("queue", lambda: translations().update(rank=1)),
    ("references", lambda: ReferenceIndex.objects.all().delete()),
    ("references", lambda: ReferenceIndex.objects.update(object_id=F("pk") + 1000)),
    ("media", lambda: lost_rendition()),
]


def due_again() -> None:
    mark_due([stories()[0].pk], [SEARCH.name])
    FollowerDue.objects.update(attempts=MOST_ATTEMPTS)


def hidden_related() -> list[RelatedStory]:
    hidden = ArticlePage.objects.filter(live=False)[0]
    return [RelatedStory(article=stories()[0], related=hidden, score=1, reasons={})]


def hidden_reprint() -> StoryReuse:
    hidden = ArticlePage.objects.filter(live=False)[0]
    return StoryReuse(earlier=stories()[0], later=hidden, kind="identical")


def lost_rendition() -> None:
    rendition = ArchiveImage.objects.get().get_rendition("width-10")
    Path(rendition.file.path).unlink()


@pytest.fixture(autouse=True)
def media_folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def newspaper() -> ArticlePage:
    return make_newspaper()


def check(*areas: str, repair: bool = False) -> None:
    call_command("check_archive", *areas, repair=repair, verbosity=0)


def test_what_is_derived_is_found_and_made_anew(newspaper: ArticlePage) -> None:
    """One archive for all: each is whole again before the next is broken."""
    check()
    before = list(Revision.objects.order_by("pk").values("pk", "content"))
    for area, damage in DERIVED:
        damage()
        found = list(areas()[area].find())
        assert {one.is_derived for one in found} == {True}, (area, found)
        with pytest.raises(CommandError, match=f"Disagreements left: {len(found)}"):
            check(area)
        check(area, repair=True)
        check(area)
    check(repair=True)
    assert list(Revision.objects.order_by("pk").values("pk", "content"))[: len(before)] == before


def people_only(story: ArticlePage) -> dict[str, Callable[[], object]]:
    """What no program can decide, by area."""
    waiting = ArticlePage.objects.filter(headline_en="Tomorrow")
    return {
        "tree": lambda: Page.objects.filter(pk=story.pk).update(path="0001000100099999", depth=4),
        "revisions": lambda: Revision.objects.filter(object_id=story.pk).update(object_id="99999"),
        "translations": lambda: story.translations.update(language="en"),
        "texts": lambda: waiting.update(headline_zh_hans="明天"),
        "ties": lambda: story.tie_evidence.update(block_id="gone"),
        # What is no row's stays as it is, so it comes last.
        "media": lambda: Path(ArchiveImage.objects.get().file.path).unlink(),
    }


def test_what_a_person_wrote_is_left_to_a_person(
    newspaper: ArticlePage, capsys: pytest.CaptureFixture[str]
) -> None:
    for area, damage in people_only(newspaper).items():
        with transaction.atomic():
            damage()
            left = [one for one in areas()[area].find() if not one.is_derived]
            assert left, area
            with pytest.raises(CommandError, match=r"Disagreements left: \d+"):
                check(area, repair=True)
            told = capsys.readouterr().err
            assert f"{area}: {len(left)} that only a person can repair" in told
            assert all(one.text in told for one in left)
            assert area != "ties" or f"{newspaper.pk} {newspaper.url_path} http" in told
            assert [one for one in areas()[area].find() if not one.is_derived] == left
            transaction.set_rollback(True)


def test_an_orphan_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_image()
    (tmp_path / "original_images" / "nobody.jpg").write_bytes(b"x")
    with pytest.raises(CommandError, match="left: 1"):
        check("media", repair=True)
    assert "original_images/nobody.jpg belongs to nothing" in capsys.readouterr().err


def test_a_text_is_compared_where_its_source_has_changed() -> None:
    """To publish it anew, with the source's new blocks, is its translator's."""
    story = translate(make_article("Port opens")).article
    story.headline_en = "Port opens again"
    story.save_revision().publish()
    assert not list(areas()["texts"].find())
    ArticlePage.objects.filter(pk=story.pk).update(headline_zh_hans="别的")
    (found,) = areas()["texts"].find()
    assert (found.page, found.is_derived) == (story.pk, False)


def test_aliases_need_no_translation() -> None:
    story = make_article("Original")
    translate(story)
    story.create_alias(parent=story.get_parent(), update_slug="alias")
    check()


def test_what_is_named_is_repaired_without_a_look(
    newspaper: ArticlePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    for one in (SearchArea, RelatedArea):
        for verb in ("repair", "rebuild"):
            told = f"{one.name} {verb}"
            monkeypatch.setattr(one, verb, lambda area, progress, told=told: done.append(told))
    check("search", repair=True)
    check("related")
    call_command("check_archive", "search", "related", rebuild=True, verbosity=0)
    assert done == ["search repair", "search rebuild", "related rebuild"]


def test_all_is_made_anew_only_by_name() -> None:
    with pytest.raises(CommandError, match="Name the areas"):
        call_command("check_archive", rebuild=True, verbosity=0)


def test_pages_that_show_nothing_of_it_stay_in_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    purged: list[str] = []
    monkeypatch.setattr(check_archive, "frame_changed", lambda: purged.append("all"))
    check("search", "queue", repair=True)
    assert not purged
    check("related", repair=True)
    assert purged


class HarbourArea(ArchiveArea):
    name = "harbour"

    def find(self) -> Iterator[Disagreement]:
        yield Disagreement("the crane is missing", is_derived=False)


def test_an_app_has_an_area_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    with (
        hooks.register_temporarily("register_archive_integrity_area", HarbourArea),
        pytest.raises(CommandError, match="Disagreements left: 1"),
    ):
        check("harbour")
    assert "the crane is missing" in capsys.readouterr().err
    with pytest.raises(CommandError, match="invalid choice: 'harbour'"):
        check("harbour")


def test_where_translations_were_printed_is_asked_for_by_the_batch() -> None:
    paper, section = make_publication(name="China Daily"), make_section()
    author = Author.objects.create(name_en="Hong Mei")

    def asked_by(number: int) -> int:
        for one in range(number):
            translate(make_article(f"Port {number} {one}"), headline="港口")
        printed = {
            "publication_key": paper.pk,
            "section_key": section.pk,
            "author_keys": {str(author.pk): True},
            "authors": [{"role": "author", "key": author.pk, "name": "Mei"}],
        }
        Translation.objects.update(printed=printed)
        with CaptureQueriesContext(connection) as asked:
            assert list(CountsArea().find())
        names = ("publicationpage", "sectionpage", "archive_author")
        return sum(any(name in one["sql"] for name in names) for one in asked)

    assert asked_by(1) == asked_by(4) == 3
