"""Probes are answered whatever they call the host, say little, and see what fails."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, Storage
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from archive.models import FollowerDue
from archive.operations import health
from archive.publishing.due import MOST_ATTEMPTS

WELL = {
    "status": "ok",
    "database": "ok",
    "cache": "ok",
    "storage": "ok",
    "due_work": "ok",
    "oldest_due_seconds": 0,
}


def ready(status: int = 200) -> dict[str, Any]:
    answer = Client().get("/health/ready", headers={"host": "10.0.0.7"})
    assert answer.status_code == status
    assert answer["Cache-Control"] == "no-store"
    found: dict[str, Any] = json.loads(answer.content)
    return found


def due(**values: Any) -> FollowerDue:
    row = {"story": 1, "follower": "search index", "due_at": timezone.now(), **values}
    return FollowerDue.objects.create(**row)


def test_a_process_that_lives_says_so_without_its_database(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get("/health/live", headers={"host": "no.such.host"})
    assert (answer.status_code, answer.content) == (200, b'{"status": "ok"}')
    assert not answer.cookies


def test_a_site_that_is_well_is_asked_with_one_query(
    db: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert ready() == WELL


def test_work_that_nobody_does_is_seen_and_keeps_no_reader_away(db: None) -> None:
    due(due_at=timezone.now() - health.LONGEST_WAIT - timedelta(seconds=5))
    said = ready()
    assert (said["status"], said["due_work"]) == ("degraded", "failing")
    assert said["oldest_due_seconds"] >= health.LONGEST_WAIT.total_seconds()


def test_what_is_set_aside_isnt_late(db: None) -> None:
    due(due_at=timezone.now() - timedelta(days=9), attempts=MOST_ATTEMPTS)
    assert ready() == WELL


def test_without_its_database_the_site_takes_no_readers_and_tells_no_secret(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(names: object) -> timedelta:
        raise OperationalError("connection to 10.1.2.3 failed for user newsroom")

    monkeypatch.setattr(health.due, "longest_wait", fail)
    said = ready(503)
    assert (said["status"], said["database"], said["oldest_due_seconds"]) == (
        "down",
        "failing",
        None,
    )
    assert "10.1.2.3" not in json.dumps(said)
    assert [one.name for one in caplog.records] == ["archive.operations.health"]


def test_a_cache_that_fails_behind_the_forgiving_one_is_seen(db: None, settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "archive.caches.ForgivingCache", "LOCATION": "shared"},
        "shared": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        },
    }
    assert ready() == {**WELL, "status": "degraded", "cache": "failing"}


def test_a_storage_that_cant_be_written_is_seen(
    db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(health, "default_storage", FileSystemStorage(tmp_path / "new" / "media"))
    assert ready() == WELL
    monkeypatch.setattr(health.os, "access", lambda path, mode: path != tmp_path)
    assert ready()["storage"] == "failing"


class Remote(Storage):
    """One that isn't a folder of this machine."""

    is_reachable = True

    def exists(self, name: str) -> bool:
        if not self.is_reachable:
            raise OSError("no route to host")
        return False


def test_a_remote_storage_that_fails_is_seen(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = Remote()
    monkeypatch.setattr(health, "default_storage", storage)
    assert ready() == WELL
    storage.is_reachable = False
    assert ready()["storage"] == "failing"


def test_other_addresses_and_methods_arent_probes(db: None) -> None:
    assert Client().post("/health/live").status_code != 200
    assert Client().get("/health/").status_code != 200
