"""What uses a thing that an import made, or a story: rows, stored texts, drafts, and by whom."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from wagtail.images.models import AbstractRendition
from wagtail.log_actions import registry
from wagtail.models import Revision

from archive.base_page import Page
from archive.desk.others_work import (
    named_as,
    named_of_kind,
    references_to,
    referring_fields,
    version_work,
    work_of,
    work_of_row,
)
from archive.desk.policies import name_of
from archive.entities.models import Entity
from archive.journal.plan import OthersWork
from archive.text.richtext import linked

_LINKED = {"entity": Entity, "page": Page}
# What says who reads a page, and not what it says.
_SHOWN = ("wagtail.publish", "wagtail.unpublish")
# So many drafts are read at a time.
_DRAFTS = 100
# By the named object's model and key.
NamedInDrafts = dict[tuple[str, str], list[OthersWork]]


def uses_of(thing: models.Model, drafts: NamedInDrafts) -> Iterator[OthersWork]:
    """Edits of it, pages below it, rows and texts that refer to it, and drafts that name it."""
    logs = registry.get_logs_for_instance(thing).exclude(user=None).select_related("user")
    # The admin logs a page that an import makes as made by the importer: that is no edit.
    logs = logs.exclude(action="wagtail.create")
    edits = logs.exclude(action__in=_SHOWN)
    if isinstance(thing, Page):
        # Whoever publishes a page as it is has saved it, too.
        edits = edits.exclude(action="wagtail.edit", content_changed=False)
    if last := edits.first():
        yield OthersWork(_("edited since"), name_of(last.user), at=last.timestamp)
    elif last := logs.first():
        what = _("published or taken back since")
        yield OthersWork(what, name_of(last.user), at=last.timestamp)
    if isinstance(thing, Page):
        thing.refresh_from_db()
        if thing.latest_revision_id:
            yield version_work(thing, _("edited since"))
        yield from map(work_of, thing.get_children()[:1])
    for field in referring_fields(type(thing)):
        is_derived = getattr(field.model, "wagtail_reference_index_ignore", False)
        if not is_derived and not issubclass(field.model, AbstractRendition):
            rows = field.model._base_manager.filter(**{field.name: thing.pk})
            yield from (work_of_row(row, field) for row in rows[:1])
    yield from (work_of(one) for _key, one in references_to(type(thing), [thing.pk]))
    yield from drafts.get(named_as(type(thing), thing.pk), ())


def named_in_drafts(since: datetime) -> NamedInDrafts:
    """What the newest versions name that were saved since then, whatever they are versions of.

    Neither rows nor the index of references know what only a draft says.
    """
    newest: dict[tuple[int, str], int] = {}
    versions = Revision.objects.filter(created_at__gte=since).order_by("created_at", "pk")
    for kind, key, pk in versions.values_list("base_content_type", "object_id", "pk"):
        newest[kind, key] = pk
    found: NamedInDrafts = defaultdict(list)
    keys = list(newest.values())
    for start in range(0, len(keys), _DRAFTS):
        some = Revision.objects.filter(pk__in=keys[start : start + _DRAFTS])
        for revision in some.select_related("user"):
            model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
            if model is None:
                continue
            work = _work_of(revision, model)
            for name in set(_named_in(model, revision.content)):
                if name != work.owner:
                    found[name].append(work)
    return found


def _work_of(revision: Any, model: Any) -> OthersWork:
    return OthersWork(
        named_of_kind(revision.object_str, model),
        name_of(revision.user),
        named_as(model, revision.object_id),
        revision.created_at,
    )


def _named_in(model: Any, content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The model and key of all that a version's content names, its parts' included."""
    for field in model._meta.get_fields():
        value = content.get(field.name)
        if not value or not field.concrete:
            continue
        if field.is_relation:
            if field.related_model and not isinstance(value, list | dict):
                yield named_as(field.related_model, value)
        elif hasattr(field, "extract_references"):
            for to, key, _path, _place in field.extract_references(field.to_python(value)):
                yield named_as(to, key)
        elif isinstance(value, str) and "linktype" in value:
            for kind, key in linked(value):
                if kind in _LINKED:
                    yield named_as(_LINKED[kind], key)
    for relation in get_all_child_relations(model):
        for part in content.get(relation.get_accessor_name()) or ():
            yield from _named_in(relation.related_model, part)
