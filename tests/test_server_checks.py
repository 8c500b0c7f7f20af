"""What would go wrong on a server is said before it does."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from archive import checks
from archive.checks import check_map, check_needed_apps
from archive.setup.patches import apps_around, needs_of
from newsroom.settings.environment import sqlite

REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://x/0"}


LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


BEHIND = {"BACKEND": "archive.caches.ForgivingCache", "LOCATION": "shared"}


def ids(found: list[Any]) -> list[str]:
    return [one.id for one in found]


def test_a_cache_that_doesnt_exist_is_an_error(settings: Any) -> None:
    settings.ARCHIVE_CACHE_ALIAS = "pages"
    (error,) = checks.check_caches(None)
    assert error.id == "archive.E100"
    assert "default" in error.hint


@pytest.mark.parametrize(("is_installed", "expected"), [(True, []), (False, ["archive.E101"])])
def test_redis_without_its_client_is_an_error(
    is_installed: bool, expected: list[str], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CACHES = {"default": BEHIND, "shared": REDIS}
    monkeypatch.setattr(checks, "find_spec", lambda name: object() if is_installed else None)
    found = checks.check_caches(None)
    assert ids(found) == expected
    assert all("[redis]" in one.hint and "'shared'" in one.msg for one in found)


@pytest.mark.parametrize(
    ("default", "expected"), [(LOCAL, []), (BEHIND, []), (REDIS, ["archive.W102"])]
)
def test_a_cache_whose_errors_reach_readers_is_a_warning(
    default: dict[str, str], expected: list[str], settings: Any
) -> None:
    settings.CACHES = {"default": default, "shared": REDIS}
    assert ids(checks.check_failing_cache(None)) == expected


@pytest.mark.parametrize(
    ("proxy", "header", "expected"),
    [
        (None, "", []),
        (("HTTP_X_FORWARDED_PROTO", "https"), "", ["archive.W103"]),
        (("HTTP_X_FORWARDED_PROTO", "https"), "X-Forwarded-For", []),
    ],
)
def test_a_proxy_that_hides_its_readers_is_a_warning(
    proxy: Any, header: str, expected: list[str], settings: Any
) -> None:
    settings.SECURE_PROXY_SSL_HEADER, settings.ARCHIVE_CLIENT_ADDRESS_HEADER = proxy, header
    assert ids(checks.check_proxy(None)) == expected


@pytest.mark.parametrize(
    ("backend", "expected"),
    [
        ("django_tasks.backends.dummy.DummyBackend", ["archive.E104"]),
        ("django_tasks.backends.immediate.ImmediateBackend", ["archive.I105"]),
        ("django_tasks_db.DatabaseBackend", []),
    ],
)
def test_tasks_that_nobody_does_are_told(backend: str, expected: list[str], settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": backend}}
    assert ids(checks.check_tasks(None)) == expected


@pytest.mark.parametrize(("mode", "expected"), [(0o644, ["archive.W106"]), (0o640, [])])
def test_a_database_that_everybody_may_read_is_a_warning(
    mode: int, expected: list[str], settings: Any, tmp_path: Path
) -> None:
    path = tmp_path / "site.sqlite3"
    path.touch()
    path.chmod(mode)
    settings.DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": path}}
    assert ids(checks.check_database_file(None)) == expected


def test_a_new_database_is_its_owners_alone(tmp_path: Path) -> None:
    path = Path(sqlite(tmp_path / "var" / "site.sqlite3")["NAME"])
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_map_of_a_place_needs_leaflet(monkeypatch):
    # Taking the app out of the settings would load all others anew.
    monkeypatch.setattr("archive.checks.apps.is_installed", lambda name: name != "js_lib_leaflet")
    assert [error.id for error in check_map(None)] == ["archive.E050"]


def test_an_app_whose_base_is_left_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_needed_apps(None) == []
    monkeypatch.setattr(apps, "is_installed", lambda name: name != "archive.contrib.intake")
    found = [str(error.msg) for error in check_needed_apps(None)]
    building = [name for name in apps_around() if "archive.contrib.intake" in needs_of(name)]
    assert sorted(found) == [f"{name} needs archive.contrib.intake." for name in building]
    assert "archive.contrib.wires" in building
