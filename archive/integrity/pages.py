"""The tree of pages, and the versions of what has any."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection, Revision, RevisionMixin

from archive.base_page import Page
from archive.integrity.base import ArchiveArea, Disagreement, Progress
from archive.text.punctuation import joined


class TreeArea(ArchiveArea):
    """Treebeard's paths, the addresses made of slugs, and each page's own table."""

    name = "tree"

    def find(self) -> Iterator[Disagreement]:
        for model in (Page, Collection):
            strange, uneven, orphans, depths, counts = model.find_problems()
            for pk in chain(strange, uneven):
                yield self._problem(model, pk, _("its path can't be read"), is_derived=False)
            for pk in orphans:
                yield self._problem(model, pk, _("its parent is missing"), is_derived=False)
            for pk in depths:
                yield self._problem(model, pk, _("its depth doesn't fit its path"))
            for pk in counts:
                yield self._problem(model, pk, _("the number of its children is wrong"))
        for pk in _without_own_row():
            text = _("the row of its own table is missing")
            yield self._problem(Page, pk, text, is_derived=False)
        for pk in _wrong_addresses():
            yield self._problem(Page, pk, _("its address isn't made of the slugs above it"))

    def _problem(self, model: Any, pk: int, text: str, *, is_derived: bool = True) -> Disagreement:
        if model is Page:
            return Disagreement(text, pk, is_derived)
        return Disagreement(f"{model._meta.label} {pk}: {text}", None, is_derived)

    def repair(self, progress: Progress) -> None:
        for model in (Page, Collection):
            model.fix_tree()
        for pk, address in _wrong_addresses().items():
            Page.objects.filter(pk=pk).update(url_path=address)


def _without_own_row() -> Iterator[int]:
    used = Page.objects.order_by().values_list("content_type", flat=True).distinct()
    for content_type in ContentType.objects.filter(pk__in=used):
        model: Any = content_type.model_class()
        if model is not Page:
            pages = Page.objects.filter(content_type=content_type).order_by()
            own = model._base_manager.order_by().values("pk") if model else []
            yield from pages.exclude(pk__in=own).values_list("pk", flat=True)


def _wrong_addresses() -> dict[int, str]:
    """By page, the address that it should have; of pages whose parents are there."""
    addresses: dict[str, str] = {}
    wrong = {}
    names = ("pk", "path", "slug", "url_path", "content_type")
    rows = Page.objects.order_by("path").values_list(*names)
    for pk, path, slug, stored, content_type in rows.iterator():
        above = path[: -Page.steplen]
        if above and above not in addresses:
            continue
        # An issue's address has its date in it.
        model: Any = ContentType.objects.get_for_id(content_type).model_class() or Page
        parent = Page(url_path=addresses[above]) if above else None
        addresses[path] = model(slug=slug).set_url_path(parent)
        if stored != addresses[path]:
            wrong[pk] = addresses[path]
    return wrong


class RevisionsArea(ArchiveArea):
    """Which version is the latest, which one is live; and versions of what is gone."""

    name = "revisions"

    def find(self) -> Iterator[Disagreement]:
        for model in _versioned_models():
            label = model._meta.label
            for pk, right in _right_pointers(model):
                text = _("wrong versions are named: %(columns)s") % {"columns": joined(right)}
                if model is Page:
                    yield Disagreement(text, pk)
                else:
                    yield Disagreement(f"{label} {pk}: {text}")
            known = {str(pk) for pk in model._base_manager.values_list("pk", flat=True)}
            for key in sorted(_versions_of(model)[0].keys() - known):
                text = _("%(model)s %(key)s is gone, and its versions are still there")
                yield Disagreement(text % {"model": label, "key": key}, is_derived=False)

    @transaction.atomic
    def repair(self, progress: Progress) -> None:
        for model in _versioned_models():
            for pk, right in list(_right_pointers(model)):
                model._base_manager.filter(pk=pk).update(**right)


def _versioned_models() -> list[Any]:
    """Those whose own table names its latest version and, as drafts do, its live one."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, RevisionMixin)
        and {"latest_revision", "live_revision"} <= {f.name for f in model._meta.local_fields}
    ]


def _versions_of(model: Any) -> tuple[dict[str, int], dict[int, str]]:
    """By each object's key its newest version; by each version the key of its object."""
    base = ContentType.objects.get_for_model(model, for_concrete_model=False)
    rows = Revision.objects.filter(base_content_type=base).order_by("created_at", "pk")
    owners = dict(rows.values_list("pk", "object_id").iterator())
    return {key: pk for pk, key in owners.items()}, owners


def _right_pointers(model: Any) -> Iterator[tuple[int, dict[str, int | None]]]:
    """Of the rows that name a wrong version: their key, and what their columns should hold."""
    newest, owners = _versions_of(model)
    rows = model._base_manager.order_by("pk")
    # An alias shows its original's version.
    aliases = set(rows.exclude(alias_of=None).values_list("pk", flat=True) if model is Page else ())
    for pk, latest, live in rows.values_list("pk", "latest_revision", "live_revision"):
        right: dict[str, int | None] = {}
        if latest != newest.get(str(pk)):
            right["latest_revision"] = newest.get(str(pk))
        if live and owners.get(live) != str(pk) and pk not in aliases:
            right["live_revision"] = None
        if right:
            yield pk, right
