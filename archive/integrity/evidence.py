"""What a person has to look at: files of the media, which fields name them, and ties' sources."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from django.db import connection, models
from django.utils.translation import gettext as _
from wagtail.images.models import AbstractRendition

from archive.integrity.base import ArchiveArea, Disagreement, Progress
from archive.stories.body import raw
from archive.text.punctuation import joined
from archive.ties.models import TieEvidence


def tables() -> dict[str, type[models.Model]]:
    """The model of each table of all installed apps, in the order of the tables' names."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return dict(sorted(found.items()))


def file_fields(among: Iterable[type[models.Model]]) -> list[models.FileField]:
    return [
        field
        for model in among
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.FileField)
    ]


def names_in(field: models.FileField) -> list[str]:
    """The files that the field's rows name. Its manager may hide some: so the SQL is here."""
    quote = connection.ops.quote_name
    column, table = quote(str(field.column)), quote(field.model._meta.db_table)
    with connection.cursor() as cursor:
        sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> '' ORDER BY {column}"  # noqa: S608
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


def can(storage: Any, name: str) -> bool:
    """Whether the storage has this method of Django's storages; not all have each."""
    return getattr(storage.__class__, name) is not getattr(Storage, name)


class MediaArea(ArchiveArea):
    """Files that rows name and that aren't there, and files in those folders that no row names."""

    name = "media"

    def find(self) -> Iterator[Disagreement]:
        known: dict[Any, set[str]] = {}
        for field in file_fields(tables().values()):
            names = set(names_in(field))
            known.setdefault(field.storage, set()).update(names)
            for name in sorted(names - _existing(field.storage, names)):
                is_derived = issubclass(field.model, AbstractRendition)
                rows = field.model._base_manager.filter(**{field.name: name})
                keys = joined(rows.values_list("pk", flat=True))
                text = _("%(file)s is missing: %(model)s %(keys)s. Upload it again or restore it.")
                names_ = {"file": name, "model": field.model._meta.label, "keys": keys}
                yield Disagreement(text % names_, is_derived=is_derived)
        for storage, names in known.items():
            for name in sorted(_in_folders(storage, names) - names):
                text = _("%(file)s belongs to nothing: delete it if nobody misses it.")
                yield Disagreement(text % {"file": name}, is_derived=False)

    def repair(self, progress: Progress) -> None:
        """Sizes of pictures are made again when they are asked for."""
        for field in file_fields(tables().values()):
            if issubclass(field.model, AbstractRendition):
                names = set(names_in(field))
                gone = names - _existing(field.storage, names)
                for name in gone:
                    field.model._base_manager.filter(**{field.name: name}).delete()


def _in_folders(storage: Any, names: set[str]) -> set[str]:
    folders = {str(PurePosixPath(name).parent) for name in names} - {"."}
    found = set()
    for folder in folders if can(storage, "listdir") else ():
        # A folder may be missing.
        with suppress(OSError):
            found |= {f"{folder}/{name}" for name in storage.listdir(folder)[1]}
    return found


def _existing(storage: Any, names: set[str]) -> set[str]:
    # A folder's list is one question to a remote storage; to ask for each file is thousands.
    listed = _in_folders(storage, names)
    return {name for name in names if name in listed or storage.exists(name)}


class TiesArea(ArchiveArea):
    """The paragraph that a piece of evidence names is still in its story."""

    name = "ties"

    def find(self) -> Iterator[Disagreement]:
        rows = TieEvidence.objects.exclude(article=None).exclude(block_id="")
        for piece in rows.select_related("article").order_by("pk").iterator(chunk_size=200):
            blocks = {block["id"] for block in raw(piece.article.source("body"))}
            if piece.block_id not in blocks:
                text = _("the paragraph that tie %(tie)s rests on is gone: choose another there")
                yield Disagreement(text % {"tie": piece.tie_id}, piece.article_id, is_derived=False)
