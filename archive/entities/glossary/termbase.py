"""Reads the names from the database as a glossary, and the offices that people held.

The glossary is cached in the process. Whether it is still true is asked with one query of one
row: the newest entry of Wagtail's audit log for a name (every change in the admin and every
load is logged) and the highest ids of names and other names. A save or a deletion in this
process also throws it away. Only an unlogged change by another process isn't noticed, such as
`QuerySet.update()` in a shell: restart, or save any name.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.signals import request_started
from django.db import transaction
from django.db.models import Subquery
from django.db.models.signals import post_delete, post_save
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from archive.entities.glossary.simplified import Simplifier
from archive.entities.glossary.tbx import Concept
from archive.entities.glossary.terms import Form, Glossary, Term
from archive.entities.models import Entity, EntityName, Office
from archive.text.language import LANGUAGES, column

# What an exported file says of its origin.
TBX_TITLE = "Names of the archive"

_cached: tuple[tuple[Any, ...], Glossary] | None = None
_simplifier: tuple[Glossary, Simplifier] | None = None
# What this request was told, with the `_changes` of then.
_asked: ContextVar[tuple[int, Glossary] | None] = ContextVar("glossary_of_request", default=None)
# How often a name was saved or deleted in this process.
_changes = 0


def load_glossary() -> Glossary:
    """All names: one query if nothing changed, three if they have to be read."""
    global _cached
    version = (_changes, *_version())
    cached = _cached
    if cached and cached[0] == version:
        return cached[1]
    redirects: dict[int, int] = {}
    glossary = Glossary(tuple(_terms(redirects)), redirects=redirects)
    _cached = (version, glossary)
    return glossary


def load_simplifier() -> Simplifier:
    """Converts traditional characters by the names of now.

    Asks the database once a request, so that a list of stories doesn't ask for each.
    """
    global _simplifier
    asked = _asked.get()
    if asked is None or asked[0] != _changes:
        asked = (_changes, load_glossary())
        _asked.set(asked)
    made = _simplifier
    if made is None or made[0] is not asked[1]:
        _simplifier = made = (asked[1], Simplifier(asked[1]))
    return made[1]


def _begin_request(**_kwargs: Any) -> None:
    _asked.set(None)


def forget_glossary(**_kwargs: Any) -> None:
    """Read the names anew when they are next asked for, and once more after a commit."""
    _count_change()
    transaction.on_commit(_count_change)


def _count_change() -> None:
    global _changes
    _changes += 1


def connect() -> None:
    for model in (Entity, EntityName):
        for signal in (post_save, post_delete):
            signal.connect(forget_glossary, sender=model, dispatch_uid=f"glossary-{model.__name__}")
    request_started.connect(_begin_request, dispatch_uid="glossary-of-request")


def _version() -> tuple[Any, ...]:
    entity_type = ContentType.objects.get_for_model(Entity)
    logged = ModelLogEntry.objects.filter(content_type=entity_type)
    newest = [
        Subquery(rows.order_by("-pk").values("pk")[:1])
        for rows in (logged, Entity.with_merged.all(), EntityName.objects.all())
    ]
    return tuple(ContentType.objects.filter(pk=entity_type.pk).values_list(*newest).get())


def _terms(redirects: dict[int, int]) -> Iterator[Term]:
    """All but the merged names, which go into `redirects`."""
    others = defaultdict(list)
    fields = ("text", "language", "kind", "forbidden", "valid_from", "valid_until")
    names = EntityName.objects.order_by("entity_id", "sort_order", "pk")
    for entity_id, *values in names.values_list("entity_id", *fields):
        others[entity_id].append(Form(*values))
    columns = [column("name", language) for language in LANGUAGES]
    columns = ["merged_into", "pk", "key", "kind", "country", *columns]
    rows = Entity.with_merged.order_by("key").values_list(*columns)
    for merged_into, pk, key, kind, country, *names_in in rows:
        if merged_into:
            redirects[pk] = merged_into
            continue
        canonical = [
            Form(name, language) for name, language in zip(names_in, LANGUAGES, strict=True) if name
        ]
        yield Term(pk, key, kind, (*canonical, *others[pk]), country)


def concepts(kinds: Iterable[str] = ()) -> Iterator[Concept]:
    """All names, or those of some kinds, as an exchange file has them; three queries."""
    rows = Entity.objects.order_by("key").in_bulk()
    for term in load_glossary().terms:
        entity = rows.get(term.entity_id)
        if entity and (not kinds or entity.kind in kinds):
            texts = {lang: getattr(entity, column("description", lang)) for lang in LANGUAGES}
            ids = {"Wikidata": entity.wikidata_id, "GeoNames": entity.geonames_id}
            yield Concept(
                term,
                entity.place_type or entity.kind,
                {language: text for language, text in texts.items() if text},
                entity.source_url,
                {database: str(number) for database, number in ids.items() if number},
            )


def offices_on(entity_ids: Iterable[int], day: date) -> dict[int, Office]:
    """By person, the office held on that day, the latest begun first; one query. `office_title`
    says it in a language: “Party chief of Zhanjiang”, 湛江市委书记."""
    held: dict[int, Office] = {}
    offices = Office.objects.filter(person__in=set(entity_ids)).select_related("place")
    for office in offices.order_by("person_id", "sort_order"):
        current = held.get(office.person_id)
        if day in office.period and (current is None or current.period.start < office.period.start):
            held[office.person_id] = office
    return held


def office_title(office: Office, language: str) -> str:
    """The dated role in one language, or "" where the office has no title in it."""
    if not getattr(office, column("title", language)):
        return ""
    if office.place and not office.place.name_in(language):
        return ""
    with override(language):
        return str(office)
