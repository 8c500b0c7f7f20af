"""What an answer tells browsers and caches, and whom it is kept from."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from archive.models import Change
from archive.site.illustrations import illustrate
from archive.text.language import CHINESE, ENGLISH
from tests.factories import block, make_article, make_image, translate
from tests.site.reading import address, picture

pytestmark = pytest.mark.django_db


def opened(path: str, **headers: str) -> Any:
    return Client().get(path, headers=headers)


def test_a_reader_who_has_the_page_gets_nothing_again(django_assert_num_queries: Any) -> None:
    path = address(make_article(), ENGLISH)
    tag = opened(path)["ETag"]
    cache.clear()
    with django_assert_num_queries(1):
        answer = opened(path, if_none_match=tag)
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)


@pytest.mark.parametrize("query", ["?view=both", "?view=reveal"])
def test_each_view_is_a_page_of_its_own(query: str) -> None:
    article = make_article()
    translate(article, headline="译文")
    path = address(article, ENGLISH)
    assert opened(path)["ETag"] != opened(path + query)["ETag"]
    assert opened(path)["ETag"] != opened(address(article, CHINESE))["ETag"]


def test_the_chosen_view_is_part_of_the_page() -> None:
    article = make_article()
    translate(article, headline="译文")
    path, reader = address(article, ENGLISH), Client()
    plain = opened(path)
    reader.cookies["archive_view"] = "both"
    chosen = reader.get(path)
    assert chosen.content != plain.content
    assert "Cookie" in chosen["Vary"]
    assert opened(path).content == plain.content


def test_a_translation_makes_another_page_in_both_languages() -> None:
    article = make_article()
    paths = [address(article, language) for language in (ENGLISH, CHINESE)]
    before = [opened(path)["ETag"] for path in paths]
    translate(article, headline="译文")
    assert not {opened(path)["ETag"] for path in paths} & set(before)


def test_who_is_logged_in_keeps_it_to_himself() -> None:
    path, editor = address(make_article(), ENGLISH), Client()
    editor.force_login(User.objects.create_superuser("x", "x@example.org", "x"))
    assert editor.get(path)["Cache-Control"] == "private, no-store"
    assert "private" not in opened(path)["Cache-Control"]


def test_settings_say_how_long_caches_that_are_purged_keep_a_page(settings: Any) -> None:
    settings.ARCHIVE_CACHE_MAX_AGE = 60
    settings.ARCHIVE_CACHE_SHARED_MAX_AGE = 600
    settings.ARCHIVE_CACHE_STALE_SECONDS = 30
    path = address(make_article(), ENGLISH)
    assert opened(path)["Cache-Control"] == "public, no-cache"
    settings.WAGTAILFRONTENDCACHE = {"front": {"BACKEND": "a cache that is told of changes"}}
    answer = opened(path)
    wanted = "public, max-age=60, s-maxage=600, stale-while-revalidate=30"
    assert answer["Cache-Control"] == wanted


def test_errors_and_searches_are_not_kept() -> None:
    make_article()
    editor = Client()
    editor.force_login(User.objects.create_superuser("x", "x@example.org", "x"))
    for path in ("/en/nowhere/", "/en/entities/nobody/", "/en/search/?q=port"):
        assert "ETag" not in opened(path)
        assert opened(path)["Cache-Control"] == "no-cache"
        assert editor.get(path)["Cache-Control"] in ("no-cache", "private, no-store")


def test_what_counts_visits_makes_no_page_of_its_own() -> None:
    path = address(make_article(), ENGLISH)
    assert opened(path)["ETag"] == opened(f"{path}?utm_source=mail&fbclid=1")["ETag"]
    assert b"utm_source" not in opened(f"{path}?utm_source=mail").content


def test_a_second_that_is_not_over_has_no_date_yet() -> None:
    path = address(make_article(), ENGLISH)
    Change.objects.update(at=timezone.now() - timedelta(minutes=1))
    assert "Last-Modified" in opened(path)
    Change.objects.update(at=timezone.now() + timedelta(minutes=1))
    assert "Last-Modified" not in opened(path)


def test_picture_files_that_come_later_are_offered_at_once(settings: Any) -> None:
    settings.ARCHIVE_PICTURE_FORMATS = ["webp"]
    article = make_article(body=[block("image", picture(make_image(credit="Li", rights="©")))])
    path = address(article, ENGLISH)
    assert b"image/webp" not in opened(path).content
    illustrate([article])
    assert b"image/webp" in opened(path).content
