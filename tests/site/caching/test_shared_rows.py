"""What pages share is loaded once a process, and never shown after it has changed."""

import sys
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from archive.models import ArticlePage, Entity, RelatedArticle
from archive.site.caching import versions
from archive.site.caching.versions import NAMES, RowCache
from archive.text.language import ENGLISH
from tests.factories import block, make_article, make_entity, make_image, tag
from tests.site.reading import address, picture

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture(autouse=True)
def no_page_is_cached(settings: Any) -> None:
    settings.ARCHIVE_CACHE_PAGES = False


@pytest.fixture
def article() -> ArticlePage:
    """About Zhanjiang, with a picture and one related story, "Other"; published."""
    image = make_image(name="port.jpg", credit="Li Ming", rights="x")
    found = make_article("A story", body=[block("image", picture(image))], slug="a-story")
    tag(found, make_entity(), "about")
    RelatedArticle.objects.create(page=found, related=make_article("Other"), sort_order=0)
    found.save_revision().publish()
    return ArticlePage.objects.get(pk=found.pk)


def read(article: ArticlePage) -> str:
    return Client().get(address(article, ENGLISH)).content.decode()


def test_a_renamed_name_is_read_at_once(article: ArticlePage) -> None:
    assert "Zhanjiang" in read(article)
    name = article.entity_tags.get().entity
    name.name_en = "Fort Bayard"
    name.save()
    after = read(article)
    assert "Fort Bayard" in after
    assert "Zhanjiang</a>" not in after


def test_a_related_story_is_listed_as_it_was_last_published(article: ArticlePage) -> None:
    assert "Other" in read(article)
    other = article.related_links.get().related
    other.headline_en = "Another headline"
    other.save_revision().publish()
    assert "Another headline" in read(article)
    other.unpublish()
    assert "Another headline" not in read(article)


def test_a_picture_is_credited_as_it_was_last_saved(article: ArticlePage) -> None:
    assert "Li Ming" in read(article)
    image = article.lead_image
    image.credit = "Wang Wei"
    image.save()
    after = read(article)
    assert "Wang Wei" in after
    assert "Li Ming" not in after


def test_names_that_another_story_has_shown_cost_no_query(article: ArticlePage) -> None:
    second = make_article("A second story", slug="second")
    tag(second, article.entity_tags.get().entity, "about")
    second.save_revision().publish()
    read(article)
    with CaptureQueriesContext(connection) as captured:
        assert "Zhanjiang" in read(second)
    assert not [one for one in captured if 'FROM "archive_entity" ' in one["sql"]]


def test_a_preview_shows_pictures_and_names_as_they_are(article: ArticlePage) -> None:
    read(article)
    # Nothing that readers see tells of it: the rows are changed past the signals.
    type(article.lead_image).objects.update(credit="Wang Wei")
    Entity.objects.update(name_en="Fort Bayard")
    shown = read(article)
    assert "Li Ming" in shown
    assert "Fort Bayard" not in shown
    preview = article.make_preview_request(preview_mode=ENGLISH).content.decode()
    assert "Wang Wei" in preview
    assert "Fort Bayard</a>" in preview
    assert "Fort Bayard" not in read(article)


def test_a_picture_whose_file_was_away_is_shown_again(article: ArticlePage) -> None:
    path = Path(article.lead_image.file.path)
    away = path.with_suffix(".away")
    path.rename(away)
    assert "<img" not in read(article)
    away.rename(path)
    assert "<img" in read(article)


def test_nothing_is_kept_for_long(article: ArticlePage, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read(article)
    article.lead_image.renditions.all().delete()
    assert read(article) == before
    later = time.monotonic() + versions.KEPT_SECONDS
    monkeypatch.setattr("archive.site.caching.versions.time.monotonic", lambda: later)
    read(article)
    assert article.lead_image.renditions.exists()


def test_no_thread_sees_rows_of_another_version() -> None:
    """A thread that is stopped anywhere in `get` gives the others the rows of their version."""
    request = HttpRequest()
    request.archive_versions = {NAMES: versions.Version("1")}
    rows = RowCache(lambda _request, ids: dict.fromkeys(ids, "old"), NAMES)
    assert rows.get(request, [7]) == {7: "old"}
    rows._load = lambda _request, ids: dict.fromkeys(ids, "new")
    seen: list[str] = []
    after = HttpRequest()
    after.archive_versions = {NAMES: versions.Version("2")}

    def stop(_frame: Any, event: str, _argument: Any) -> Any:
        if event == "line":
            sys.settrace(None)
            seen.extend(rows.get(after, [7]).values())
            sys.settrace(stop)
        return stop

    sys.settrace(stop)
    try:
        found = rows.get(after, [7])
    finally:
        sys.settrace(None)
    assert found == {7: "new"}
    assert set(seen) == {"new"}


def test_another_process_gives_the_site_another_name(article: ArticlePage) -> None:
    read(article)
    assert article.full_url.startswith("http://localhost/")
    # No signal of this process tells of it.
    Site.objects.update(hostname="archive.example")
    versions.touch([versions.SITE])
    read(article)
    assert ArticlePage.objects.get(pk=article.pk).full_url.startswith("http://archive.example/")


def test_what_a_loader_knows_in_part_is_asked_for_in_full() -> None:
    # As of places: the ties of one name the other, and not all of its own.
    ties = {1: {2}, 2: {1, 3}, 3: {2}}

    def load(_request: HttpRequest, ids: Collection[int]) -> dict[int, set[int]]:
        found = {one: ties[one] for one in ids}
        ends = {end: one for one in ids for end in ties[one] if end not in ids}
        return found | {end: {one} for end, one in ends.items()}

    rows, request = RowCache(load, NAMES), HttpRequest()

    rows.get(request, {1})

    assert rows.get(request, {2}) == {2: {1, 3}}
