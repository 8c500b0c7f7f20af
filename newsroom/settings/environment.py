"""Reads settings from the environment; a malformed value names its variable and the way out."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
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

_REMEDIES = {
    "SECRET_KEY": " This makes one: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
}


def text(name: str, default: str | None = None) -> str:
    """The variable, or its default; without either, an error that says what to set."""
    value = os.environ.get(name, default)
    if value is None:
        remedy = _REMEDIES.get(name, "")
        raise ImproperlyConfigured(f"Set the environment variable {name}.{remedy}")
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
            # A pool keeps them instead.
            "CONN_MAX_AGE": 0 if _pool() else number("DATABASE_CONN_MAX_AGE", 60),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": "5", **dict(parse_qsl(parts.query)), **_pool()},
        }
    raise ImproperlyConfigured(
        f"{name} starts with {parts.scheme!r}; write sqlite:///path or postgres://user@host/name."
    )


def replica(name: str, primary: dict[str, Any]) -> dict[str, Any]:
    """DATABASES beside the primary: its replica, from a URL like DATABASE_URL's; none without it.

    Nobody waits long for one that is gone: pages are read from the primary then.
    """
    if not os.environ.get(name):
        return {}
    found = database(name, Path())
    if "postgresql" not in found["ENGINE"] or "postgresql" not in primary["ENGINE"]:
        raise ImproperlyConfigured(
            f"{name} is a PostgreSQL server's that replicates DATABASE_URL's: write "
            f"postgres://user:password@host/name for both."
        )
    # Milliseconds, for a network that says nothing any more.
    options = {**found["OPTIONS"], "connect_timeout": "2", "tcp_user_timeout": "3000"}
    if "pool" in options:
        options["pool"] = {**options["pool"], "timeout": 2}
    return {"replica": {**found, "OPTIONS": options, "TEST": {"MIRROR": "default"}}}


def _pool() -> dict[str, Any]:
    """Of at most DATABASE_POOL connections a process; none for 0."""
    most = number("DATABASE_POOL", 0)
    if not most:
        return {}
    _need("psycopg_pool", "DATABASE_POOL", "postgres")
    return {"pool": {"min_size": 1, "max_size": most, "timeout": 10}}


def _need(package: str, variable: str, extra: str) -> None:
    """Raises ImproperlyConfigured where the package isn't installed, with what to install."""
    if find_spec(package) is None:
        raise ImproperlyConfigured(
            f"{variable} needs the package {package}: run "
            f"“pip install 'wagtail-bilingual-archive[{extra}]'”."
        )


def tasks(name: str) -> tuple[dict[str, Any], list[str]]:
    """Django's TASKS, and the apps that it needs: `database` for a worker, `manage.py db_worker`.

    Without the variable the server's own processes do what follows a publication.
    """
    if choice(name, "", "database") == "":
        return {}, []
    _need("django_tasks_db", name, "worker")
    return {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}, ["django_tasks_db"]


def media(name: str) -> dict[str, Any]:
    """The storage of pictures and files, from a URL: `s3://bucket/folder?endpoint_url=https://…`.

    The rest of the URL are settings of django-storages. Keys are in boto's own variables,
    AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Without the variable, files are in MEDIA_ROOT.
    """
    found = _bucket(name, "newsroom.storage.BucketStorage")
    return found or {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def private_files(name: str) -> dict[str, Any]:
    """STORAGES beside the public one: `intake`, for the files of imports, from a URL like that of
    `media`. None without the variable: they are in a folder beside MEDIA_ROOT then."""
    found = _bucket(name, "newsroom.storage.PrivateBucketStorage")
    return {"intake": found} if found else {}


def _bucket(name: str, backend: str) -> dict[str, Any]:
    url = os.environ.get(name, "")
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.hostname:
        raise ImproperlyConfigured(
            f"{name} starts with {parts.scheme!r}; write s3://bucket?endpoint_url=https://store."
        )
    _need("storages", name, "s3")
    bucket = {"bucket_name": parts.netloc, "location": unquote(parts.path).strip("/")}
    options = {**bucket, **dict(parse_qsl(parts.query))}
    return {"BACKEND": backend, "OPTIONS": options}


class Mail(NamedTuple):
    """Django's settings of the server that sends mail."""

    host: str
    port: int
    user: str
    password: str
    use_tls: bool
    use_ssl: bool


_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail(name: str) -> Mail:
    """From a URL, `smtp+tls://user:password@host:port`: `smtp` isn't encrypted, `smtp+tls` is after
    STARTTLS, `smtps` from the start. Without the variable, this machine's server on port 25.
    """
    parts = urlsplit(os.environ.get(name) or "smtp://localhost")
    if parts.scheme not in _MAIL_PORTS:
        kinds = ", ".join(f"{one}://" for one in _MAIL_PORTS)
        raise ImproperlyConfigured(f"{name} starts with {parts.scheme!r}; write one of {kinds}.")
    return Mail(
        host=parts.hostname or "localhost",
        port=parts.port or _MAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp+tls",
        use_ssl=parts.scheme == "smtps",
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
        _need("redis", name, "redis")
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
