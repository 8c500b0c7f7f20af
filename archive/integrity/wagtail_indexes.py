"""Wagtail's own indexes: its search in the database, and where things are used."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from django.utils.translation import gettext as _
from modelsearch.index import get_indexed_models
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from archive.base_page import Page
from archive.integrity.base import ArchiveArea, Disagreement, Progress
from archive.search.backends import SearchBackend

_BATCH = 200
# A content type, and an object's key as text.
Key = tuple[int, str]


class AdminSearchArea(ArchiveArea):
    """Each object that Wagtail finds has an entry, if the database is what it searches."""

    name = "wagtail-search"
    is_on_pages = False

    def find(self) -> Iterator[Disagreement]:
        if not isinstance(get_search_backend(), SearchBackend):
            return
        entries = set(IndexEntry.objects.values_list("content_type", "object_id"))
        for model in get_indexed_models():
            of_model = ContentType.objects.get_for_model(model)
            if model is Page:
                # The root and the welcome page were never saved, so they have none until later.
                entries = {entry for entry in entries if entry[0] != of_model.pk}
                continue
            for pk in model.get_indexed_objects().order_by().values_list("pk", flat=True):
                if (of_model.pk, str(pk)) not in entries:
                    yield _problem(model, pk, _("isn't in Wagtail's search index"))
                entries.discard((of_model.pk, str(pk)))
        if entries:
            text = _("Wagtail's search index has %(count)s entries of what is gone")
            yield Disagreement(text % {"count": len(entries)})

    def repair(self, progress: Progress) -> None:
        call_command("update_index", verbosity=0)


class ReferencesArea(ArchiveArea):
    """Where images, names and pages are used, as Wagtail would write it down now."""

    name = "references"
    is_on_pages = False

    def find(self) -> Iterator[Disagreement]:
        for model, thing in _outdated():
            if thing is not None:
                yield _problem(model, thing.pk, _("what it refers to isn't noted"))
        if gone := _gone():
            text = _("%(count)s objects are gone, and what they referred to is still noted")
            yield Disagreement(text % {"count": len(gone)})

    def repair(self, progress: Progress) -> None:
        for _model, thing in _outdated():
            with transaction.atomic():
                ReferenceIndex.create_or_update_for_object(thing)
        for content_type, key in _gone():
            ReferenceIndex.objects.filter(base_content_type=content_type, object_id=key).delete()


def _problem(model: type, pk: int, text: str) -> Disagreement:
    if issubclass(model, Page):
        return Disagreement(text, pk)
    return Disagreement(f"{model._meta.label} {pk}: {text}")  # type: ignore[attr-defined]


def _sources() -> Iterator[tuple[Any, Any]]:
    """Each model that refers to others, with its objects; pages only as what they are."""
    for model in sorted(ReferenceIndex.indexed_models, key=lambda one: one._meta.label):
        objects = model._base_manager.order_by("pk")
        if issubclass(model, Page):
            objects = objects.filter(content_type=ContentType.objects.get_for_model(model))
        yield model, objects


def _outdated() -> Iterator[tuple[Any, Any]]:
    for model, objects in _sources():
        base = ReferenceIndex._get_base_content_type(model)
        batch: list[Any] = []
        for thing in objects.iterator(chunk_size=_BATCH):
            batch.append(thing)
            if len(batch) == _BATCH:
                yield from ((model, one) for one in _different(base, batch))
                batch = []
        yield from ((model, one) for one in _different(base, batch))


def _different(base: ContentType, batch: list[Any]) -> Iterator[Any]:
    stored: dict[str, set[Any]] = defaultdict(set)
    rows = ReferenceIndex.objects.filter(
        base_content_type=base, object_id__in=[str(one.pk) for one in batch]
    )
    names = ("to_content_type", "to_object_id", "model_path", "content_path")
    for key, *reference in rows.values_list("object_id", *names):
        stored[key].add(tuple(reference))
    for one in batch:
        # As `create_or_update_for_object` asks it; there is no public way to only look.
        if set(ReferenceIndex._extract_references_from_object(one)) != stored[str(one.pk)]:
            yield one


def _gone() -> set[Key]:
    noted = set(ReferenceIndex.objects.values_list("base_content_type", "object_id").distinct())
    for model, objects in _sources():
        base = ReferenceIndex._get_base_content_type(model).pk
        noted -= {(base, str(pk)) for pk in objects.values_list("pk", flat=True)}
    return noted
