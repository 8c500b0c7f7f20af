"""A cache that fails costs time, and nothing else."""

import errno
import logging
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client, override_settings

from archive import caches as room
from archive.text.language import ENGLISH
from newsroom.settings.environment import caches as caches_of
from tests.factories import make_article, make_translator
from tests.services.postgres import free_port
from tests.site.reading import address

LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
BROKEN = {
    "BACKEND": "tests.site.caching.broken.BrokenCache", "LOCATION": str(errno.ENOSPC)
}  # fmt: skip
BEHIND = {"BACKEND": "archive.caches.ForgivingCache", "LOCATION": "shared"}


@pytest.fixture(autouse=True)
def no_trouble_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_troubles", {})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sites_caches", "alias"),
    [
        ({"default": BEHIND, "shared": BROKEN}, "default"),
        ({"default": LOCAL, "pages": BROKEN}, "pages"),
        ({"default": LOCAL}, "no such cache"),
    ],
)
def test_readers_get_their_pages_while_the_cache_fails(
    sites_caches: Any, alias: str, settings: Any
) -> None:
    path = address(make_article("Ships"), ENGLISH)
    settings.CACHES, settings.ARCHIVE_CACHE_ALIAS = sites_caches, alias
    answers = [Client().get(where) for where in (path, path, "/en/search/?q=ships", "/en/ties/")]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert b"Ships" in answers[1].content


@pytest.mark.django_db
def test_the_desk_opens_while_the_cache_fails(settings: Any, client: Client) -> None:
    client.force_login(make_translator())
    settings.CACHES = {"default": BEHIND, "shared": BROKEN}
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_an_entry_that_cant_be_read_is_made_anew(settings: Any, tmp_path: Path) -> None:
    files = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache"}
    settings.CACHES = {"default": BEHIND, "shared": {**files, "LOCATION": str(tmp_path)}}
    path = address(make_article("Ships"), ENGLISH)
    Client().get(path)
    kept = list(tmp_path.glob("*.djcache"))
    for one in kept:
        one.write_bytes(b"\x80\x05 no pickle")
    assert kept
    assert b"Ships" in Client().get(path).content


def test_the_log_says_once_a_minute_what_fails(caplog: pytest.LogCaptureFixture) -> None:
    with override_settings(CACHES={"default": BEHIND, "shared": BROKEN}):
        for number in range(5):
            caches["default"].set(f"secret-{number}", "secret")
    (record,) = [one for one in caplog.records if one.name == "archive.caches"]
    assert record.levelno == logging.WARNING
    assert "“shared” fails: OSError" in record.getMessage()
    assert "secret" not in record.getMessage()


def test_a_cache_that_fails_again_and_again_is_left_alone_for_a_while() -> None:
    with override_settings(CACHES={"default": BEHIND, "shared": BROKEN}):
        for _time in range(10):
            assert caches["default"].get("key", "otherwise") == "otherwise"
        assert len(caches["shared"].calls) == room.MOST_FAILURES


def test_a_redis_that_is_gone_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHE_URL", f"redis://127.0.0.1:{free_port()}/0")
    with override_settings(CACHES=caches_of("CACHE_URL")):
        caches["default"].set("key", "value")
        assert caches["default"].get("key") is None
        assert caches["default"].add("key", "value")
        assert caches["default"].get_or_set("key", "made") == "made"


def test_a_cache_that_works_keeps_what_it_is_given(tmp_path: Path) -> None:
    shared = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "works"}
    with override_settings(CACHES={"default": BEHIND, "shared": shared}):
        kept = caches["default"]
        kept.set_many({"a": 1, "b": 2}, 60)
        assert (kept.get_many(["a", "b"]), kept.incr("a"), kept.decr("b")) == (
            {"a": 1, "b": 2},
            2,
            1,
        )
        assert (kept.add("a", 9), kept.touch("a"), "a" in kept) == (False, True, True)
        kept.delete_many(["a"])
        assert (kept.delete("b"), kept.get("a")) == (True, None)
        with pytest.raises(ValueError, match="not found"):
            kept.incr("a")
