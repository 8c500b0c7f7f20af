"""A text that was printed itself says so where an import takes it in as a translation."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from archive.contrib.intake.batches.undo import undo_batch
from archive.integrity.translations import CountsArea
from archive.models import ArticlePage, Author, PublicationPage, SectionPage, Translation
from archive.site.permalinks import short_id
from archive.stories.author_merges import merge_authors, part_authors
from tests.contrib.intake.batches.values import accept, make_importer
from tests.contrib.intake.translations.test_batches import make_pair
from tests.contrib.intake.translations.values import CHINESE, ENGLISH, import_pair
from tests.factories import make_home, make_publication, make_section, make_translator

pytestmark = pytest.mark.django_db

PRINTED = CHINESE.replace("（中国日报 2015年09月22日 第17版）", "（中国日报 2015年09月23日 第2版）")
PRINTED = PRINTED.replace("王伟\n周一", "本报记者 洪梅\n周一")
TRANSLATED = PRINTED.replace("本报记者 洪梅", "译者：洪梅")

WITH_SECTION = PRINTED.replace("第2版）", "财经 第2版）")


@pytest.fixture(autouse=True)
def _paper() -> None:
    make_home()
    make_publication(name="China Daily", name_zh_hans="中国日报")


def published(folder: Path, chinese: str) -> ArticlePage:
    """The story of which a person has published the translation that the import has made."""
    import_pair(folder / "in", chinese=chinese, publish=True)
    translation = Translation.objects.get()
    if not translation.live:
        confirm(translation)
    return ArticlePage.objects.get()


def confirm(translation: Translation) -> None:
    draft = translation.get_latest_revision_as_object()
    for segment in draft.segments.all():
        segment.state, segment.is_doubtful = "confirmed", False
    draft.save_revision(clean=False).publish()


def read(client: Client, story: ArticlePage) -> str:
    address = story.get_url().replace("/en/", "/zh-hans/", 1)
    page = BeautifulSoup(client.get(address).content.decode(), "html.parser")
    return " ".join(one.text for one in page.select(".story-line, .notices, .citation"))


def cited(client: Client, story: ArticlePage) -> dict[str, Any]:
    address = f"/zh-hans/cite/{short_id(story.pk)}/?format=csl-json"
    found: dict[str, Any] = client.get(address).json()[0]
    return found


def test_a_text_that_was_printed_says_where_and_by_whom(client: Client, tmp_path: Path) -> None:
    story = published(tmp_path, PRINTED)
    page, record = read(client, story), cited(client, story)
    for words in ("洪梅", "2015年9月23日", "第2版", "两种文本系分别刊发"):
        assert words in page
    for words in ("本文译自", "本资料库译", "Wang Wei"):
        assert words not in page
    assert (record["type"], record["page"]) == ("article-newspaper", "2")
    assert record["issued"]["date-parts"] == [[2015, 9, 23]]
    assert not {"translator", "original-title"} & record.keys()
    # Who signs it is no text without a place.
    orphans = Translation.objects.get().segments.filter(kind="orphan")
    assert not orphans.filter(target__contains="洪梅").exists()
    assert not list(CountsArea().find())


def test_the_desk_shows_where_a_text_was_printed_and_who_signed_it(
    client: Client, tmp_path: Path
) -> None:
    import_pair(tmp_path / "in", chinese=PRINTED)
    client.force_login(make_translator("li"))
    translation = Translation.objects.get()
    draft = translation.get_latest_revision_as_object()
    for segment in draft.segments.all():
        # Whoever has written it anew: readers are told of the print all the same.
        segment.origin = "human"
    draft.save_revision(clean=False)
    address = reverse("wagtailsnippets_archive_translation:edit", args=[translation.pk])
    page = BeautifulSoup(client.get(address).content.decode(), "html.parser")
    (told,) = page.select("[data-desk-print]")
    assert "洪梅" in told.text
    assert "《中国日报》2015年9月23日第2版" in told.text


@pytest.mark.parametrize("chinese", [TRANSLATED, PRINTED.partition("（中国")[0]])
def test_a_translators_text_and_one_without_a_print_are_translations(
    client: Client, tmp_path: Path, chinese: str
) -> None:
    story = published(tmp_path, chinese)
    assert not story.translation_print
    assert "本文译自" in read(client, story)


def test_two_texts_of_one_issue_were_not_printed_separately(client: Client, tmp_path: Path) -> None:
    page = read(client, published(tmp_path, CHINESE))
    assert "两种文本刊于同一期报纸" in page
    assert "分别刊发" not in page


def rename(thing: Any, name: str) -> None:
    thing.name_zh_hans = name
    thing.save()


@pytest.mark.parametrize(
    ("model", "printed", "corrected"),
    [(PublicationPage, "中国日报", "中国日报（美国版）"), (SectionPage, "财经", "商业")],
)
def test_a_corrected_name_is_cited(
    client: Client, tmp_path: Path, model: Any, printed: str, corrected: str
) -> None:
    rename(make_section(publication=PublicationPage.objects.get()), "财经")
    story = published(tmp_path, WITH_SECTION)
    assert printed in cited(client, story).values()
    rename(model.objects.get(), corrected)
    assert corrected in cited(client, story).values()
    assert not list(CountsArea().find())
    # A version that was made before says it, too.
    Translation.objects.get().get_latest_revision().publish()
    assert corrected in cited(client, story).values()


def test_who_is_one_with_another_or_corrected_signs_so(client: Client, tmp_path: Path) -> None:
    author = Author.objects.create(name_zh_hans="洪梅")
    story = published(tmp_path, PRINTED)
    kept = Author.objects.create(name_zh_hans="洪玫")
    merge_authors(kept, [author])
    assert "洪玫" in read(client, story)
    rename(kept, "洪枚")
    assert "洪枚" in read(client, story)
    part_authors(kept)
    assert "洪梅" in read(client, story)


def test_texts_of_one_issue_stay_so_when_its_paper_is_renamed(
    client: Client, tmp_path: Path
) -> None:
    story = published(tmp_path, CHINESE)
    rename(PublicationPage.objects.get(), "中国日报（美国版）")
    assert "两种文本刊于同一期报纸" in read(client, story)


def test_a_section_that_the_archive_has_not_keeps_its_name(client: Client, tmp_path: Path) -> None:
    story = published(tmp_path, WITH_SECTION)
    rename(PublicationPage.objects.get(), "中国日报（美国版）")
    assert "财经" in cited(client, story).values()


def test_a_former_name_on_the_storys_row_is_found(client: Client, tmp_path: Path) -> None:
    story = published(tmp_path, PRINTED)
    PublicationPage.objects.update(name_zh_hans="中国日报（美国版）")
    with pytest.raises(CommandError, match="Disagreements"):
        call_command("check_archive", "counts", verbosity=0)
    call_command("check_archive", "counts", "--repair", verbosity=0)
    assert cited(client, story)["container-title"] == "中国日报（美国版）"


def test_a_search_finds_the_text_by_who_signed_it(
    client: Client, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    Author.objects.create(name_en="Hong Mei", name_zh_hans="洪梅")
    with django_capture_on_commit_callbacks(execute=True):
        published(tmp_path, PRINTED)
    for words in ("洪梅", "Hong Mei"):
        (found,) = client.get("/zh-hans/search/", {"q": words, "format": "json"}).json()["results"]
        assert (found["print_date"], found["print_page"]) == ("2015-09-23", "2")


def test_a_corrected_file_tells_its_print_anew_and_a_withdrawal_keeps_it(tmp_path: Path) -> None:
    story = published(tmp_path, CHINESE)
    later = CHINESE.replace("第17版", "第3版")
    import_pair(tmp_path / "in", chinese=later, publish=True, force=True)
    translation = Translation.objects.get()
    confirm(translation)
    story.refresh_from_db()
    assert story.translation_print["page"] == "3"
    translation.refresh_from_db()
    translation.unpublish()
    story.refresh_from_db()
    assert not story.translation_print
    translation.refresh_from_db()
    translation.get_latest_revision().publish()
    story.refresh_from_db()
    assert story.translation_print["page"] == "3"


def test_undoing_the_import_leaves_nothing_of_the_print() -> None:
    user = make_importer()
    batch = make_pair(user, port__en=ENGLISH)
    accept(batch.items.get(), user)
    story = ArticlePage.objects.get()
    story.get_latest_revision().publish()
    other = make_pair(user, port__zh=CHINESE)
    accept(other.items.get(), user)
    assert Translation.objects.get().get_latest_revision_as_object().printed["page"] == "17"
    assert not undo_batch(other, user).excepted
    assert not Translation.objects.get().get_latest_revision_as_object().printed
