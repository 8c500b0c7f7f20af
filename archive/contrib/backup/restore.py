"""Puts a backup into a migrated database of either kind: all of it, or nothing."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from archive.base_page import Page
from archive.contrib.backup.actions import Tell, migrations_of, verify
from archive.contrib.backup.manifest import BackupError, Manifest, table_path
from archive.contrib.backup.media import MediaReturn, unfinished, unfinished_words
from archive.contrib.backup.tables import (
    columns_of,
    empty_tables,
    load_table,
    models_kept,
    read_table,
    set_last_key,
)
from archive.desk.memory.fingerprints import add_all_fingerprints
from archive.desk.models import MemoryUnit
from archive.desk.queue.rank_updates import rank_translations
from archive.publishing.followers import of_apps
from archive.search.rebuild import rebuild as rebuild_search
from archive.site.caching.events import frame_changed
from archive.text.punctuation import joined

logger = logging.getLogger(__name__)
MOST_TOLD = 20


def contents() -> str:
    """What people have put into this site: “3 pages, 1 user”; empty after `migrate`."""
    # Wagtail's welcome page is a plain one.
    plain = ContentType.objects.get_for_model(Page)
    pages = Page.objects.filter(depth__gt=1).exclude(content_type=plain).count()
    users = get_user_model()._default_manager.count()
    pictures = get_image_model().objects.count()
    documents = get_document_model().objects.count()
    parts = (
        (ngettext("%(number)s page", "%(number)s pages", pages), pages),
        (ngettext("%(number)s user", "%(number)s users", users), users),
        (ngettext("%(number)s picture", "%(number)s pictures", pictures), pictures),
        (ngettext("%(number)s document", "%(number)s documents", documents), documents),
    )
    said = [part % {"number": number} for part, number in parts if number]
    return joined(said)


def restore(
    folder: Path,
    manifest: Manifest,
    *,
    overwrite: bool = False,
    with_media: bool = True,
    tell: Tell = lambda line: None,
) -> None:
    """Replace this site's rows and files by the backup's; BackupError if that isn't possible.

    One transaction: until its end readers have what was there, and so they have after an error.
    What is worked out of the rows is made after it.
    """
    if (left := unfinished()) and not overwrite:
        raise BackupError(unfinished_words(left[0]))
    wrong = list(verify(folder, manifest))
    if wrong:
        told = "\n".join(wrong[:MOST_TOLD])
        reason = _("The backup is damaged, and nothing was changed; use another one.\n%(files)s")
        raise BackupError(reason % {"files": told})
    _check_database(manifest)
    if (found := contents()) and not overwrite:
        reason = _(
            "This site holds %(what)s, and nothing was changed. Name an empty, migrated database, "
            "or replace all of that with --overwrite."
        )
        raise BackupError(reason % {"what": found})
    media = MediaReturn(folder, manifest.media if with_media else {}, overwrite=overwrite)
    try:
        with media.staged() as move, transaction.atomic():
            _load(folder, manifest, tell)
            move()
    except OSError as error:
        reason = _("%(file)s can't be written: %(error)s. Nothing was changed.")
        names = {"file": error.filename, "error": error.strerror}
        raise BackupError(reason % names) from error
    finally:
        # They may know content types by keys that are gone.
        ContentType.objects.clear_cache()
        _forget_caches()


def _check_database(manifest: Manifest) -> None:
    """Whether this database has exactly the backup's tables; BackupError with the way out."""
    here, there = set(migrations_of()), set(manifest.migrations)
    versions = joined(f"{name} {number}" for name, number in manifest.versions.items())
    if lacking := sorted(there - here):
        reason = _(
            "This database lacks migrations of the backup: %(names)s. Run “manage.py migrate”, "
            "with the releases that made the backup: %(versions)s."
        )
        raise BackupError(reason % {"names": _some(lacking), "versions": versions})
    if newer := sorted(here - there):
        reason = _(
            "This database has migrations that the backup lacks: %(names)s. Restore with the "
            "releases that made the backup (%(versions)s) into a database of theirs, and run "
            "“manage.py migrate” after that."
        )
        raise BackupError(reason % {"names": _some(newer), "versions": versions})
    models = models_kept(renditions=True)
    for table, facts in manifest.tables.items():
        columns = columns_of(models[table]) if table in models else {}
        if columns != facts.columns:
            different = sorted(name for name, _kind in columns.items() ^ facts.columns.items())
            reason = _(
                "Table %(table)s has other columns here (%(columns)s): restore with the settings "
                "and releases that made the backup, %(versions)s."
            )
            names = {"table": table, "columns": _some(different), "versions": versions}
            raise BackupError(reason % names)


def _some(names: list[str]) -> str:
    more = " …" if len(names) > MOST_TOLD else ""
    return joined(dict.fromkeys(names[:MOST_TOLD])) + more


def _load(folder: Path, manifest: Manifest, tell: Tell) -> None:
    models, table = models_kept(renditions=True), ""
    try:
        empty_tables()
        for table, facts in manifest.tables.items():
            rows = read_table(table_path(folder, table))
            respell = connection.vendor == "sqlite" != manifest.vendor
            load_table(table, facts.columns, rows, respell=respell)
            if facts.last_key is not None:
                set_last_key(models[table], facts.last_key)
            tell(f"{table}: {facts.rows}")
        ContentType.objects.clear_cache()
        # Content types and permissions of what this site has and the backup's hadn't.
        emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
        connection.check_constraints()
    except DatabaseError as error:
        reason = _("Table %(table)s doesn't go into this database: %(error)s Nothing was changed.")
        raise BackupError(reason % {"table": table, "error": error}) from error


def _forget_caches() -> None:
    for alias in caches:
        try:
            caches[alias].clear()
        except Exception:  # a cache that is away holds up no restored site
            logger.exception(
                "The cache “%s” couldn't be cleared; clear it before readers come", alias
            )


def rebuild_derived(tell: Tell) -> None:
    """Make what the backup leaves out; safe to run again."""
    steps: dict[str, Callable[[], object]] = {
        _("search index"): rebuild_search,
        _("Wagtail's search index"): partial(call_command, "update_index", verbosity=0),
        _("translation memory"): partial(add_all_fingerprints, MemoryUnit.objects.all()),
        _("translators' queue"): rank_translations,
        **{
            # In the app's own catalogue.
            _(one.name): partial(call_command, *one.command.split(), verbosity=0)
            for one in of_apps()
            if one.command
        },
        _("cached pages"): frame_changed,
    }
    for name, work in steps.items():
        tell(name)
        work()
