"""Follows an entry into drafts and versions: their tags, bylines and mentions.

Looked at are all versions of the stories and translations that have to do with the entry: those
whose rows name it, and those whose newest version does and isn't published yet, or a scheduled one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import Revision

from archive.desk.identity.ledger import Ledger
from archive.desk.identity.mentions import count
from archive.desk.models import Translation
from archive.pages.models import ArticlePage

# A version's lists of rows, with the column that names an entry.
_BATCH = 500
_LISTS = {"entity_tags": "entity", "bylines": "place"}


def drafts_naming(pk: int) -> set[int]:
    """The stories with a version to come that names the entry, or with such a translation: the
    newest one, or one that is scheduled."""
    stories, ids = _to_come(ArticlePage, pk), _to_come(Translation, pk)
    translated = Translation.objects.filter(pk__in=ids).values_list("article", flat=True)
    return stories | set(translated)


def _to_come(model: Any, pk: int) -> set[int]:
    unpublished = Q(live=False) | Q(has_unpublished_changes=True)
    newest = model.objects.filter(unpublished).order_by().values("latest_revision")
    content_type = ContentType.objects.get_for_model(model)
    scheduled = Revision.objects.filter(
        content_type=content_type, approved_go_live_at__isnull=False
    )
    # One after the other: an OR of the two would read every version that there is.
    return {
        int(row)
        for found in (Revision.objects.filter(pk__in=newest), scheduled)
        for row in _texts(found).filter(_speaks_of(pk)).values_list("object_id", flat=True)
    }


def versions_of(stories: Collection[int], pk: int) -> Iterator[Revision]:
    """The versions of these stories and their translations that name the entry."""
    translations = Translation.objects.filter(article__in=stories).values_list("pk", flat=True)
    for model, ids in ((ArticlePage, sorted(stories)), (Translation, list(translations))):
        content_type = ContentType.objects.get_for_model(model)
        for start in range(0, len(ids), _BATCH):
            keys = [str(one) for one in ids[start : start + _BATCH]]
            rows = Revision.objects.filter(content_type=content_type, object_id__in=keys)
            yield from _texts(rows).filter(_speaks_of(pk)).order_by("pk").iterator(20)


def follow_versions(ledger: Ledger, stories: Collection[int], old: int, new: int) -> None:
    """Leads these stories' versions to another entry; where both are tagged, "about" wins."""
    for revision in list(versions_of(stories, old)):
        follow_version(ledger, revision, old, new)


def follow_version(ledger: Ledger, revision: Revision, old: int, new: int) -> None:
    content = dict(revision.content)
    for name, column in _LISTS.items():
        if any(row.get(column) == old for row in content.get(name, ())):
            is_tag = name == "entity_tags"
            rows = _led(content[name], column, old, new)
            content[name] = _once(rows, column, new) if is_tag else rows
    if content != revision.content:
        ledger.rewrite_lists(Revision, revision.pk, content, tuple(_LISTS))
    ledger.lead_mentions(Revision, revision.pk, "content", old, new)


def speaks_of(content: dict[str, Any], pk: int) -> bool:
    """Whether a version's tags, bylines or texts name the entry."""
    rows = (row.get(column) for name, column in _LISTS.items() for row in content.get(name, ()))
    return pk in rows or count(content, pk) > 0


def _led(rows: list[dict[str, Any]], column: str, old: int, new: int) -> list[dict[str, Any]]:
    return [{**row, column: new} if row.get(column) == old else row for row in rows]


def _once(rows: list[dict[str, Any]], column: str, pk: int) -> list[dict[str, Any]]:
    """The rows with one at most for this entry: the first, and "about" if any of them is."""
    alike = [row for row in rows if row.get(column) == pk]
    if len(alike) < 2:
        return rows
    about = any(row.get("role") == "about" for row in alike)
    first = {**alike[0], **({"role": "about"} if about else {})}
    kept = [row for row in rows if row.get(column) != pk]
    kept.insert(rows.index(alike[0]), first)
    return kept


def _texts(rows: QuerySet[Revision]) -> QuerySet[Revision]:
    return rows.annotate(text=Cast(F("content"), TextField()))


def _speaks_of(pk: int) -> Q:
    """Versions whose text may name the entry; a cheap look that lets too many pass, never few.

    Both databases write JSON with a blank after the colon.
    """
    found = Q()
    for column in _LISTS.values():
        for end in (",", "}"):
            found |= Q(text__contains=f'"{column}": {pk}{end}')
    for marks in ('\\"', '\\\\\\"'):
        found |= Q(text__contains=f"id={marks}{pk}{marks}")
    return found
