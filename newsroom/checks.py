"""`check --deploy` names what a server's environment leaves out, each with the remedy."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info, Warning, register


@register(deploy=True)
def check_environment(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W001 to I006: variables whose defaults are for no server, or not for several."""
    found: list[CheckMessage] = []
    if "//127.0.0.1" in settings.WAGTAILADMIN_BASE_URL:
        message = "Links in mails and in permanent addresses lead to 127.0.0.1."
        hint = "Set WAGTAILADMIN_BASE_URL=https://your.domain in the environment."
        found.append(Warning(message, hint=hint, id="newsroom.W001"))
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        message = "Mails come from an address at localhost, which other servers refuse."
        hint = "Set DEFAULT_FROM_EMAIL, and EMAIL_URL unless this machine has a mail server."
        found.append(Warning(message, hint=hint, id="newsroom.W002"))
    if str(settings.CACHES["default"]["BACKEND"]).endswith("LocMemCache"):
        message = "Each process keeps pages of its own, and makes each page once more."
        hint = "Set CACHE_URL=redis://host:6379/0, or file:///folder for one machine."
        found.append(Info(message, hint=hint, id="newsroom.I003"))
    databases = settings.DATABASES
    if _place(databases.get("replica")) == _place(databases["default"]):
        message = "REPLICA_URL leads to the same database as DATABASE_URL."
        hint = "Name the server that replicates it, or leave REPLICA_URL out."
        found.append(Warning(message, hint=hint, id="newsroom.W004"))
    # A bucket is for machines that come and go: what is in a folder of one, others lack.
    is_shared = str(settings.STORAGES["default"]["BACKEND"]).startswith("newsroom.storage.")
    if is_shared and not getattr(settings, "ARCHIVE_INTAKE_STORAGE", ""):
        message = "Pictures are in a bucket, and the files of imports in a folder of this machine."
        hint = "Set INTAKE_STORAGE=s3://bucket/folder?…: nobody may be served what is in it."
        found.append(Info(message, hint=hint, id="newsroom.I005"))
    if is_shared and databases["default"]["ENGINE"].endswith("sqlite3"):
        message = "Pictures are in a bucket, and the database is a file of this machine."
        hint = "Set DATABASE_URL=postgres://user:password@host/name for several machines."
        found.append(Info(message, hint=hint, id="newsroom.I006"))
    return found


def _place(database: dict[str, Any] | None) -> tuple[object, ...]:
    return tuple(map(database.get, ("HOST", "PORT", "NAME"))) if database else ()
