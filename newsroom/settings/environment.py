"""Reads settings from the environment; a malformed value names its variable and the way out."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Readers don't wait for a writer, and a writer waits for its turn rather than fail.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=NORMAL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY;"
    # Both count as memory of each process; the system keeps the rest of the file at hand.
    "PRAGMA mmap_size=33554432;"
    "PRAGMA cache_size=-32000;"
)


def text(name: str, default: str | None = None) -> str:
    """The variable, or its default; without either, an error that says what to set."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def words(name: str, default: str) -> list[str]:
    """A list separated by white space or commas."""
    return text(name, default).replace(",", " ").split()


def boolean(name: str, default: bool) -> bool:
    """true/false, yes/no, on/off or 1/0."""
    value = os.environ.get(name, str(default)).lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off", ""):
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; write true or false.")


def choice(name: str, default: str, *others: str) -> str:
    """One of these words."""
    value = os.environ.get(name, default)
    if value not in (default, *others):
        words_ = ", ".join((default, *others))
        raise ImproperlyConfigured(f"{name} is {value!r}; write one of: {words_}.")
    return value


def number(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.") from error


def database(name: str, sqlite_default: Path) -> dict[str, Any]:
    """Django's database settings from a URL.

    `sqlite:///path/to/file`, or `postgres://user:password@host:port/name?sslmode=require`;
    without the variable, the SQLite file at `sqlite_default`.
    """
    url = os.environ.get(name, "")
    if not url:
        return sqlite(sqlite_default)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(parts.path[1:] or sqlite_default))
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": number("DATABASE_CONN_MAX_AGE", 60),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured(
        f"{name} starts with {parts.scheme!r}; write sqlite:///path or postgres://user@host/name."
    )


def caches(name: str) -> dict[str, Any]:
    """Django's CACHES from a URL: `redis://host:port/0` or `file:///folder`.

    Without the variable each process keeps its own; pages are right in any case. With it, the
    site works without a cache for as long as the server or the disk fails.
    """
    url = os.environ.get(name, "")
    options = {"OPTIONS": {"MAX_ENTRIES": number("CACHE_MAX_ENTRIES", 2000)}}
    backends = "django.core.cache.backends"
    if not url:
        return {"default": {"BACKEND": f"{backends}.locmem.LocMemCache", **options}}
    default = {"BACKEND": "archive.caches.ForgivingCache", "LOCATION": "shared"}
    parts = urlsplit(url)
    if parts.scheme in ("redis", "rediss"):
        # Readers wait for a cache no longer than for the page itself.
        timeouts = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
        shared = {"BACKEND": f"{backends}.redis.RedisCache", "LOCATION": url, "OPTIONS": timeouts}
        return {"default": default, "shared": shared}
    if parts.scheme == "file":
        files = f"{backends}.filebased.FileBasedCache"
        return {
            "default": default,
            "shared": {"BACKEND": files, "LOCATION": unquote(parts.path), **options},
        }
    raise ImproperlyConfigured(
        f"{name} starts with {parts.scheme!r}; write redis://host:port/0 or file:///folder."
    )


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite in write-ahead mode; writers queue up to 20 seconds. The file is its owner's alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # Opening the file and saying the above takes longer than most queries.
        "CONN_MAX_AGE": number("DATABASE_CONN_MAX_AGE", 60),
        "OPTIONS": {
            "init_command": SQLITE_PRAGMAS,
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }
