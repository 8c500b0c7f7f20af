"""Leads everything that names one entry to another: tags, mentions, offices, bylines, the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import ReferenceIndex
from wagtail.tasks import update_reference_index_task

from archive.desk.identity.ledger import Ledger, rows_of
from archive.desk.identity.ties import follow_answers, follow_ties
from archive.desk.identity.versions import (
    drafts_naming,
    follow_versions,
    speaks_of,
    versions_of,
)
from archive.desk.models import Segment, Translation
from archive.entities.models import Double, Entity
from archive.pages.models import ArticleEntity, ArticlePage
from archive.text.language import columns
from archive.ties.models import Tie

ABOUT = ArticleEntity.Role.ABOUT.value
# Made anew from the names.
_DERIVED = {"archive.searchname", "archive.namehint", "archive.nameslip"}
# Says nothing without its entry.
_GOES_ALONG = {"archive.suggestiondecision", "archive.identitychange"}
# What is led over in a way of its own.
_OWN_WAY = {ArticleEntity, Tie, Double}

Referrer = tuple[str, str, str]


def follow(ledger: Ledger, lost: Entity, kept: Entity) -> list[Tie]:
    """Leads all that names `lost` to `kept`; the ties between the two, which go, are returned."""
    stories = stories_naming(lost.pk)
    for tag in ArticleEntity.objects.filter(entity=lost.pk).order_by("pk"):
        follow_tag(ledger, tag, kept.pk)
    gone = follow_ties(ledger, lost, kept)
    follow_answers(ledger, lost, kept)
    for double in Double.objects.filter(Q(one=lost.pk) | Q(two=lost.pk)):
        ledger.delete(double)
    for model, name in relations():
        for row in rows_of(model).filter(**{name: lost.pk}).order_by("pk"):
            ledger.point(row, name, kept.pk)
    follow_mentions(ledger, stories, lost.pk, kept.pk)
    follow_versions(ledger, stories, lost.pk, kept.pk)
    return gone


def relations() -> Iterator[tuple[Any, str]]:
    """Models and columns that name an entry and need no way of their own, other rooms' too."""
    for relation in Entity._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        model: Any = relation.related_model
        if model in _OWN_WAY or model._meta.label_lower in _DERIVED or model._meta.proxy:
            continue
        yield model, relation.field.attname


def is_used(pk: int) -> bool:
    """Whether anything would be lost with the entry: names and offices of its own, entries that
    were merged into it, a tag or mention in some version of a story."""
    for model, name in relations():
        is_little = model._meta.label_lower in _GOES_ALONG
        if not is_little and rows_of(model).filter(**{name: pk}).exists():
            return True
    return any(speaks_of(version.content, pk) for version in versions_of(stories_naming(pk), pk))


def follow_tag(ledger: Ledger, tag: ArticleEntity, kept: int) -> None:
    """The story is tagged with the other entry; where it is so already, "about" wins."""
    there = ArticleEntity.objects.filter(page=tag.page_id, entity=kept).first()
    if there is None:
        ledger.update(tag, entity_id=kept)
        return
    if tag.role == ABOUT:
        ledger.update(there, role=ABOUT)
    ledger.delete(tag)


def follow_mentions(ledger: Ledger, stories: Collection[int], old: int, new: int) -> None:
    """Mentions in published texts of both languages, and in the translations' segments."""
    for pk in sorted(stories):
        for column in columns("body"):
            ledger.lead_mentions(ArticlePage, pk, column, old, new)
    mark = f'id="{old}"'
    segments = Segment.objects.filter(translation__article__in=stories).filter(
        Q(target__contains=mark) | Q(source_text__contains=mark)
    )
    for pk in segments.order_by("pk").values_list("pk", flat=True):
        for column in ("target", "source_text"):
            ledger.lead_mentions(Segment, pk, column, old, new)


def stories_naming(pk: int) -> set[int]:
    """Stories that have to do with the entry, in what readers see or in a draft."""
    types = ContentType.objects.get_for_models(Entity, ArticlePage, Translation)
    references = ReferenceIndex.objects.filter(
        to_content_type=types[Entity], to_object_id=str(pk)
    ).order_by()
    by_type = {
        model: [
            int(key)
            for key in references.filter(base_content_type=types[model]).values_list(
                "object_id", flat=True
            )
        ]
        for model in (ArticlePage, Translation)
    }
    translated = Translation.objects.filter(pk__in=by_type[Translation])
    tagged = ArticleEntity.objects.filter(entity=pk).values_list("page", flat=True)
    translated_ids = translated.values_list("article", flat=True)
    return {*by_type[ArticlePage], *translated_ids, *tagged, *drafts_naming(pk)}


def referrers(pk: int) -> set[Referrer]:
    """App, model and key of everything that the reference index says names the entry."""
    entity_type = ContentType.objects.get_for_model(Entity)
    rows = ReferenceIndex.objects.filter(to_content_type=entity_type, to_object_id=str(pk))
    found = set(rows.order_by().values_list("base_content_type", "object_id").distinct())
    types = ContentType.objects.in_bulk({type_id for type_id, _key in found})
    return {(types[one].app_label, types[one].model, key) for one, key in found}


def refresh(found: Collection[Referrer]) -> None:
    """Bring the reference index in step with rows that were written past their models."""
    for app, model, key in sorted(found):
        if apps.get_model(app, model)._base_manager.filter(pk=key).exists():
            update_reference_index_task.enqueue(app, model, key)
