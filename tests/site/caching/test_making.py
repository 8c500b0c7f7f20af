"""A kept page that has changed is made once, and nobody is given the old one meanwhile."""

import threading
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.models import ArticlePage
from archive.site.caching import middleware
from archive.text.language import ENGLISH
from tests.factories import make_article
from tests.site.reading import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> tuple[str, list[str]]:
    """The address of a page that was kept and has changed; the keys that pages are kept under."""
    keys: list[str] = []
    cache_key = middleware._cache_key

    def noted(name: str) -> str:
        keys.append(cache_key(name))
        return keys[-1]

    monkeypatch.setattr(middleware, "_cache_key", noted)
    story = make_article("Ships", slug="ships")
    path = address(story, ENGLISH)
    Client().get(path)
    story = ArticlePage.objects.get(pk=story.pk)
    story.headline_en = "Boats"
    story.save_revision().publish()
    return path, keys


def test_others_wait_for_the_page_that_one_is_making(changed: Any) -> None:
    path, keys = changed
    Client().get(path)
    made, mark = cache.get(keys[-1]), f"{keys[-1]}.making"
    cache.set(keys[-1], middleware.CachedPage("old", made.scope, b"Ships", made.headers))
    cache.add(mark, 1, 10)
    timer = threading.Timer(0.1, lambda: cache.set(keys[-1], made))
    timer.start()
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(path)
    timer.join()
    assert b"Boats" in answer.content
    assert len(queries) == 1


def test_nobody_waits_for_ever(changed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path, keys = changed
    monkeypatch.setattr(middleware, "WAITING_SECONDS", 0.05)
    cache.add(f"{keys[-1]}.making", 1, 10)
    assert b"Boats" in Client().get(path).content
    # The mark is left to who made it.
    assert cache.get(f"{keys[-1]}.making") is not None


def test_the_mark_is_gone_once_the_page_is_made(changed: Any) -> None:
    path, keys = changed
    assert b"Boats" in Client().get(path).content
    assert cache.get(f"{keys[-1]}.making") is None
