"""Merges entries: one is kept, and everything that names the others names it from now on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from archive.desk.identity.errors import IdentityError
from archive.desk.identity.fields import merged_values
from archive.desk.identity.following import Referrer, follow, referrers, refresh, stories_naming
from archive.desk.identity.ledger import Entry, Ledger
from archive.entities.csv_import import alias_kind
from archive.entities.models import Entity, EntityName, FormerKey, IdentityChange
from archive.entities.sorting import sort_key
from archive.pages.models import ArticlePage
from archive.pages.signals import texts_changed
from archive.text.language import LANGUAGES, column

MERGED = "archive.merge_names"


@dataclass
class Merged:
    """What a merge changed, or would change; `gone` are the ties between the entries."""

    entries: list[Entry]
    gone: list[str] = field(default_factory=list)
    change: IdentityChange | None = None


def preview_merge(kept: Entity, lost: Sequence[Entity], chosen: Mapping[str, int]) -> Merged:
    """What a merge would change: it is done, and taken back at once. Raises as the merge does."""
    with transaction.atomic():
        ledger, gone = _merge(kept, lost, chosen)
        transaction.set_rollback(True)
    return Merged(ledger.entries, gone)


@transaction.atomic
def merge_entities(
    kept: Entity, lost: Sequence[Entity], chosen: Mapping[str, int] | None = None, *, user: Any
) -> Merged:
    """Keeps one entry in place of several; `chosen` says from which entry a field is taken.

    Raises IdentityError where the entries can't be one.
    """
    everyone = [kept, *lost]
    named = {pk for one in everyone for pk in stories_naming(one.pk)}
    found = {referrer for one in everyone for referrer in referrers(one.pk)}
    label = ", ".join(f"{one} ({one.key})" for one in lost)[:500]
    ledger, gone = _merge(kept, lost, chosen or {})
    change = IdentityChange.objects.create(
        kind=IdentityChange.Kind.MERGE,
        entity_id=kept.pk,
        label=label,
        entries=ledger.entries,
        made_by=user,
    )
    log(Entity.objects.get(pk=kept.pk), MERGED, user=user, data={"names": label})
    after_change([kept.pk], named, found)
    return Merged(ledger.entries, gone, change)


def after_change(entities: Sequence[int], stories: set[int], found: set[Referrer]) -> None:
    """Brings what is derived in step: search, glossary, and the reference index."""
    for entity in Entity.objects.filter(pk__in=entities):
        entity.save()
    refresh(found)
    pks = list(ArticlePage.objects.filter(pk__in=stories).values_list("pk", flat=True))
    texts_changed.send(ArticlePage, pks=pks)


def check_alike(entities: Sequence[Entity]) -> None:
    """Raises IdentityError where the entries can't be one."""
    if len({entity.pk for entity in entities}) < max(2, len(entities)):
        raise IdentityError(_("Choose at least two different names."))
    kinds = {entity.kind: str(entity.get_kind_display()) for entity in entities}
    if len(kinds) > 1:
        message = _("These are of different kinds (%(kinds)s): make them one kind first.")
        raise IdentityError(message % {"kinds": ", ".join(kinds.values())})


def _merge(
    kept: Entity, lost: Sequence[Entity], chosen: Mapping[str, int]
) -> tuple[Ledger, list[str]]:
    everyone = _lock([kept, *lost])
    check_alike(everyone)
    kept, lost = everyone[0], everyone[1:]
    ledger = Ledger()
    values = merged_values(everyone, chosen)
    gone = [str(tie) for one in lost for tie in follow(ledger, one, kept)]
    _keep_names(ledger, kept, everyone, values)
    for one in lost:
        # An undone merge may have left its key to the entry that its own was merged into since.
        for former in FormerKey.objects.filter(key=one.key):
            ledger.delete(former)
        ledger.create(FormerKey(key=one.key, entity_id=kept.pk))
        ledger.delete(one)
    _write(ledger, kept, values)
    return ledger, gone


def _lock(entities: Sequence[Entity]) -> list[Entity]:
    """The rows as they are now, and as nobody else changes them until this is done."""
    pks = [entity.pk for entity in entities]
    rows = {one.pk: one for one in Entity.objects.select_for_update().filter(pk__in=pks)}
    if len(rows) < len(set(pks)):
        raise IdentityError(_("One of these names was deleted or merged meanwhile."))
    return [rows[pk] for pk in pks]


def _keep_names(
    ledger: Ledger, kept: Entity, everyone: Sequence[Entity], values: Mapping[str, Any]
) -> None:
    """Every entry's name that isn't the name from now on becomes another name."""
    order = EntityName.objects.filter(entity=kept.pk).count()
    for language in LANGUAGES:
        name = values[column("name", language)]
        rows = {row.text: row for row in kept.names.filter(language=language)}
        for text in dict.fromkeys(entity.name_in(language) for entity in everyone):
            if text and text != name and text not in rows:
                kind = alias_kind(text, language)
                ledger.create(
                    EntityName(
                        entity_id=kept.pk,
                        text=text,
                        language=language,
                        kind=kind,
                        sort_order=order,
                    )
                )
                order += 1
        if name in rows:
            ledger.delete(rows[name])


def _write(ledger: Ledger, kept: Entity, values: Mapping[str, Any]) -> None:
    entity = Entity.objects.get(pk=kept.pk)
    before = {name: getattr(entity, name) for name in values}
    for name, value in values.items():
        setattr(entity, name, value)
    keys = {
        column("sort_key", language): sort_key(
            entity.name_in(language), language, pinyin=entity.pinyin
        )
        for language in LANGUAGES
    }
    try:
        entity.clean()
    except ValidationError as error:
        raise IdentityError(" ".join(error.messages)) from error
    for name, value in before.items():
        setattr(entity, name, value)
    ledger.update(entity, **{**values, **keys})
