"""Settings from the environment: what is written, what it makes, and what is said of a mistake."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.checks import check_environment
from newsroom.settings import environment

ROOT = Path(__file__).resolve().parents[1]
SERVER = {
    "SECRET_KEY": "x" * 60 + "0123456789",
    "ALLOWED_HOSTS": "archive.example",
    "WAGTAILADMIN_BASE_URL": "https://archive.example",
    "DEFAULT_FROM_EMAIL": "archive@archive.example",
    "CLIENT_ADDRESS_HEADER": "X-Forwarded-For",
    "CACHE_URL": "redis://127.0.0.1:1/0",
    "TASKS": "database",
}


def checked(**variables: str) -> subprocess.CompletedProcess[str]:
    """`manage.py check --deploy` on a server with these variables alone."""
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_server_without_a_key_is_told_how_to_make_one() -> None:
    done = checked(DJANGO_SETTINGS_MODULE="newsroom.settings.production")
    assert done.returncode != 0
    assert "Set the environment variable SECRET_KEY. This makes one: python3" in done.stderr


@pytest.mark.exhaustive
def test_a_server_with_all_of_it_hears_of_nothing(tmp_path: Path) -> None:
    own = {"DJANGO_SETTINGS_MODULE": "newsroom.settings.production"}
    done = checked(**own, **SERVER, NEWSROOM_VAR_DIR=str(tmp_path))
    assert done.returncode == 0
    assert done.stdout.startswith("System check identified no issues"), done.stderr


@pytest.mark.exhaustive
def test_a_server_with_the_least_starts(tmp_path: Path) -> None:
    own = {"DJANGO_SETTINGS_MODULE": "newsroom.settings.production"}
    least = {name: SERVER[name] for name in ("SECRET_KEY", "ALLOWED_HOSTS")}
    done = checked(**own, **least, NEWSROOM_VAR_DIR=str(tmp_path))
    assert done.returncode == 0
    for id_ in ("newsroom.W001", "newsroom.W002", "newsroom.I003", "archive.I105"):
        assert id_ in done.stderr


def test_what_is_left_at_its_default_is_named_with_the_remedy(settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
    settings.DEFAULT_FROM_EMAIL = "archive@localhost"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    found = check_environment()
    assert [one.id for one in found] == ["newsroom.W001", "newsroom.W002", "newsroom.I003"]
    named = ("WAGTAILADMIN_BASE_URL=", "DEFAULT_FROM_EMAIL", "CACHE_URL=")
    assert all(name in str(one.hint) for name, one in zip(named, found, strict=True))


def test_a_database_may_have_a_pool(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    url = "postgres://newsroom:p%40ss@db:5433/archive?sslmode=require"
    monkeypatch.setenv("DATABASE_URL", url)
    plain = environment.database("DATABASE_URL", tmp_path)
    assert (plain["NAME"], plain["PASSWORD"], plain["PORT"]) == ("archive", "p@ss", "5433")
    assert plain["OPTIONS"] == {"connect_timeout": "5", "sslmode": "require"}
    assert (plain["CONN_MAX_AGE"], plain["CONN_HEALTH_CHECKS"]) == (60, True)
    monkeypatch.setenv("DATABASE_POOL", "4")
    pooled = environment.database("DATABASE_URL", tmp_path)
    assert pooled["OPTIONS"]["pool"]["max_size"] == 4
    assert pooled["CONN_MAX_AGE"] == 0, "Django refuses both."


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", ("localhost", 25, "", "", False, False)),
        ("smtp+tls://me:p%40ss@mail.example", ("mail.example", 587, "me", "p@ss", True, False)),
        ("smtps://mail.example:4650", ("mail.example", 4650, "", "", False, True)),
    ],
)
def test_mail_by_a_url(url: str, expected: tuple[Any, ...], monkeypatch: Any) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    assert environment.mail("EMAIL_URL") == expected


def test_media_in_a_bucket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "find_spec", lambda name: object())
    monkeypatch.setenv("M", "s3://media/site-1?endpoint_url=http://store:7070&region_name=eu")
    assert environment.media("M") == {
        "BACKEND": "newsroom.storage.BucketStorage",
        "OPTIONS": {
            "bucket_name": "media",
            "location": "site-1",
            "endpoint_url": "http://store:7070",
            "region_name": "eu",
        },
    }


def test_imports_files_in_a_bucket_of_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.private_files("M") == {}
    monkeypatch.setattr(environment, "find_spec", lambda name: object())
    monkeypatch.setenv("M", "s3://intake?endpoint_url=http://store:7070")
    found = environment.private_files("M")["intake"]
    assert found["BACKEND"] == "newsroom.storage.PrivateBucketStorage"
    assert found["OPTIONS"]["bucket_name"] == "intake"


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
def test_what_is_for_one_machine_is_named_where_there_are_several(settings: Any) -> None:
    here = {"ENGINE": "django.db.backends.postgresql", "HOST": "db", "PORT": "", "NAME": "archive"}
    settings.DATABASES = {"default": here, "replica": here}
    bucket = {"BACKEND": "newsroom.storage.BucketStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": bucket}
    settings.CACHES = {"default": {"BACKEND": "archive.caches.ForgivingCache"}}
    settings.WAGTAILADMIN_BASE_URL = "https://archive.example"
    settings.DEFAULT_FROM_EMAIL = "archive@archive.example"
    found = check_environment()
    assert [one.id for one in found] == ["newsroom.W004", "newsroom.I005"]
    assert "INTAKE_STORAGE=s3://" in str(found[1].hint)
    settings.DATABASES = {"default": {**here, "ENGINE": "django.db.backends.sqlite3"}}
    settings.ARCHIVE_INTAKE_STORAGE = "intake"
    assert [one.id for one in check_environment()] == ["newsroom.I006"]


def test_a_worker_has_its_app(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.tasks("NO_SUCH") == ({}, [])
    monkeypatch.setenv("TASKS", "database")
    chosen, apps = environment.tasks("TASKS")
    assert chosen["default"]["BACKEND"] == "django_tasks_db.DatabaseBackend"
    assert apps == ["django_tasks_db"]


@pytest.mark.parametrize(
    ("name", "value", "read", "said"),
    [
        ("TASKS", "celery", environment.tasks, "write one of: "),
        ("EMAIL_URL", "imap://x", environment.mail, "smtp+tls://"),
        ("MEDIA_STORAGE", "gs://x", environment.media, "s3://bucket"),
        ("CACHE_URL", "memcached://x", environment.caches, "redis://host:port/0"),
    ],
)
def test_a_mistake_is_told_with_the_way_out(
    name: str, value: str, read: Any, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name) as told:
        read(name)
    assert said in str(told.value)


@pytest.mark.parametrize(
    ("name", "value", "read", "extra"),
    [
        ("TASKS", "database", environment.tasks, "worker"),
        ("MEDIA_STORAGE", "s3://x", environment.media, "s3"),
        ("CACHE_URL", "redis://x/0", environment.caches, "redis"),
    ],
)
def test_a_package_that_lacks_is_told_with_what_to_install(
    name: str, value: str, read: Any, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "find_spec", lambda package: None)
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=rf"archive\[{extra}\]"):
        read(name)
