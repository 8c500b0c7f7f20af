"""Splits an entry that was two things: what is chosen goes to a new entry."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log

from archive.desk.identity.errors import IdentityError
from archive.desk.identity.following import follow_mentions, follow_tag, referrers
from archive.desk.identity.ledger import Ledger
from archive.desk.identity.merging import after_change
from archive.desk.identity.ties import lead_tie
from archive.desk.identity.versions import follow_versions
from archive.entities import keys
from archive.entities.models import Entity, EntityName, IdentityChange, Office
from archive.pages.models import ArticleEntity
from archive.text.language import LANGUAGES, column
from archive.ties.models import Tie

SPLIT = "archive.split_name"
# Of the old entry, what is true of the new one too as often as not.
_SHARED = ("kind", "place_type", "country", *(column("region", lang) for lang in LANGUAGES))


@dataclass(frozen=True)
class Parts:
    """What goes to the new entry, by keys of rows; `stories` by the stories' own."""

    names: Collection[int] = ()
    stories: Collection[int] = ()
    ties: Collection[int] = ()
    offices: Collection[int] = ()


@dataclass
class Split:
    """The new entry, and the record by which the split can be undone."""

    made: Entity
    change: IdentityChange


@transaction.atomic
def split_entity(
    entity: Entity, texts: dict[str, str], parts: Parts, *, user: Any, key: str = ""
) -> Split:
    """Makes a new entry of these names (by language) and gives it its parts.

    Raises IdentityError where the new entry wouldn't be valid.
    """
    entity = Entity.objects.select_for_update().get(pk=entity.pk)
    found = referrers(entity.pk)
    ledger = Ledger()
    made = _make(ledger, entity, texts, key)
    stories = _give(ledger, entity, made, parts)
    change = IdentityChange.objects.create(
        kind=IdentityChange.Kind.SPLIT,
        entity_id=entity.pk,
        label=f"{made} ({made.key})",
        entries=ledger.entries,
        made_by=user,
    )
    log(made, "wagtail.create", user=user)
    log(entity, SPLIT, user=user, data={"names": change.label})
    after_change([entity.pk, made.pk], stories, found)
    return Split(made, change)


def _make(ledger: Ledger, entity: Entity, texts: dict[str, str], key: str) -> Entity:
    made = Entity(key=key, **{name: getattr(entity, name) for name in _SHARED})
    for language, text in texts.items():
        setattr(made, column("name", language), text)
    made.key = made.key or keys.suggest(made)
    try:
        made.full_clean()
    except ValidationError as error:
        raise IdentityError(" ".join(error.messages)) from error
    ledger.create(made)
    return made


def _give(ledger: Ledger, entity: Entity, made: Entity, parts: Parts) -> set[int]:
    for name in EntityName.objects.filter(entity=entity.pk, pk__in=parts.names):
        texts = [made.name_in(language) for language in LANGUAGES]
        if name.text in texts:
            ledger.delete(name)
        else:
            ledger.update(name, entity_id=made.pk)
    for office in Office.objects.filter(pk__in=parts.offices):
        if office.person_id == entity.pk:
            ledger.update(office, person_id=made.pk)
        elif office.place_id == entity.pk:
            ledger.update(office, place_id=made.pk)
    for tie in Tie.objects.of(entity).filter(pk__in=parts.ties).with_places():
        lead_tie(ledger, tie, entity, made)
    tags = ArticleEntity.objects.filter(entity=entity.pk, page__in=parts.stories)
    for tag in tags:
        follow_tag(ledger, tag, made.pk)
    stories = set(parts.stories)
    follow_mentions(ledger, stories, entity.pk, made.pk)
    follow_versions(ledger, stories, entity.pk, made.pk)
    return stories
