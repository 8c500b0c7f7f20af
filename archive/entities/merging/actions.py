"""Merges names by redirect, and splits a name in two; the journal takes either back.

A merge sets `Entity.merged_into`: readers, tags, mentions and ties resolve through it, and nothing
that names the lost entry is rewritten. The kept entry takes over the others' names and offices.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from archive.entities.csv_files import alias_kind
from archive.entities.merging.changes import MergeKind, SplitKind, notify_names, redirect
from archive.entities.merging.fields import merged_values
from archive.entities.models import Entity, EntityName, Office
from archive.entities.romanisation import suggest_key
from archive.journal.models import JournalEntry
from archive.journal.recording import Change, Recording, recording
from archive.journal.rows import rows_of, values_of
from archive.text.language import LANGUAGES, column
from archive.text.punctuation import aside, joined

MERGED = "archive.merge_names"
SPLIT = "archive.split_name"
# Of a split entry, what is true of the new one too as often as not.
_SHARED = (
    "kind",
    "place_type",
    "country",
    "is_published",
    *(column("region", lang) for lang in LANGUAGES),
)


class IdentityError(Exception):
    """Why it can't be done, in a sentence for the editor."""


@dataclass(frozen=True)
class Parts:
    """What goes to the new entry of a split, by keys of rows; `stories` by the stories' own."""

    names: Collection[int] = ()
    stories: Collection[int] = ()
    ties: Collection[int] = ()
    offices: Collection[int] = ()


@dataclass
class Split:
    """The new entry, and what was done in the journal."""

    made: Entity
    entry: JournalEntry


@transaction.atomic
def merge_entities(
    kept: Entity, lost: Sequence[Entity], chosen: Mapping[str, int] | None = None, *, user: Any
) -> JournalEntry:
    """Keeps one entry in place of several; `chosen` says from which entry a field is taken. Raises
    IdentityError where the entries can't be one."""
    everyone = _lock([kept, *lost])
    label = joined(f"{one}{aside(one.key)}" for one in lost)
    with recording(MergeKind.name, everyone[0], label, user=user) as record:
        _merge(record, everyone, chosen or {})
        notify_names([one.pk for one in everyone], record)
    log(everyone[0], MERGED, user=user, data={"names": record.entry.label})
    return record.entry


def preview_merge(kept: Entity, lost: Sequence[Entity], chosen: Mapping[str, int]) -> list[Change]:
    """The rows that a merge would change: it is done, and taken back at once. Raises as it does."""
    with transaction.atomic():
        record = Recording()
        _merge(record, _lock([kept, *lost]), chosen)
        transaction.set_rollback(True)
    return record.changes


def check_alike(entities: Sequence[Entity]) -> None:
    """Raises IdentityError where the entries can't be one."""
    if len({entity.pk for entity in entities}) < max(2, len(entities)):
        raise IdentityError(_("Choose at least two different names."))
    kinds = {entity.kind: str(entity.get_kind_display()) for entity in entities}
    if len(kinds) > 1:
        message = _("These are of different kinds (%(kinds)s): make them one kind first.")
        raise IdentityError(message % {"kinds": joined(kinds.values())})


def _lock(entities: Sequence[Entity]) -> list[Entity]:
    """The rows as they are now, and as nobody else changes them until this is done. A name that was
    merged already isn't among `Entity.objects`, so that no circle can arise."""
    pks = [entity.pk for entity in entities]
    rows = {one.pk: one for one in Entity.objects.select_for_update().filter(pk__in=pks)}
    if len(rows) < len(set(pks)):
        raise IdentityError(_("One of these names was deleted or merged meanwhile."))
    return [rows[pk] for pk in pks]


def _merge(record: Recording, everyone: Sequence[Entity], chosen: Mapping[str, int]) -> None:
    check_alike(everyone)
    kept, *lost = everyone
    values = merged_values(everyone, chosen)
    _take_over_names(record, kept, everyone, values)
    for one in lost:
        _take_over_offices(record, kept, one)
        redirect(record, one, kept)
    entity = Entity.objects.get(pk=kept.pk)
    for name, value in values.items():
        setattr(entity, name, value)
    try:
        entity.clean()
    except ValidationError as error:
        raise IdentityError(" ".join(error.messages)) from error
    record.update(Entity.objects.get(pk=kept.pk), **{**values, **entity.sort_keys()})


def _take_over_names(
    record: Recording, kept: Entity, everyone: Sequence[Entity], values: Mapping[str, Any]
) -> None:
    """Every entry's names that aren't the name from now on become other names of the kept one."""
    known = {(name.language, name.text) for name in kept.names.all()}
    main = {(language, values[column("name", language)]) for language in LANGUAGES}
    order = len(known)
    for entity in everyone:
        named = [
            EntityName(text=text, language=language, kind=alias_kind(text, language))
            for language in LANGUAGES
            if (text := entity.name_in(language))
        ]
        for name in [*named, *EntityName.objects.filter(entity=entity.pk)]:
            if (name.language, name.text) in known | main:
                continue
            known.add((name.language, name.text))
            name.pk, name.entity_id, name.sort_order = None, kept.pk, order
            name._state.adding = True
            record.create(name)
            order += 1


def _take_over_offices(record: Recording, kept: Entity, lost: Entity) -> None:
    same = [_facts(office) for office in Office.objects.filter(person=kept.pk)]
    for office in Office.objects.filter(person=lost.pk):
        if _facts(office) not in same:
            office.pk, office.person_id = None, kept.pk
            office._state.adding = True
            record.create(office)


def _facts(office: Office) -> dict[str, Any]:
    own = ("id", "person_id", "sort_order")
    return {name: value for name, value in values_of(office).items() if name not in own}


@transaction.atomic
def split_entity(entity: Entity, texts: dict[str, str], parts: Parts, *, user: Any) -> Split:
    """Makes a new entry of these names (by language) and gives it its parts. Raises IdentityError
    where the new entry wouldn't be valid."""
    entity = _lock([entity])[0]
    shared = {name: getattr(entity, name) for name in _SHARED}
    names = {column("name", language): text for language, text in texts.items()}
    made = Entity(split_from_id=entity.pk, **shared, **names)
    made.key = suggest_key(made)
    try:
        made.full_clean()
    except ValidationError as error:
        raise IdentityError(" ".join(error.messages)) from error
    made.save()
    with recording(SplitKind.name, entity, f"{made} ({made.key})", user=user) as record:
        record.note("split", made, source=entity.pk)
        _give(record, entity, made, parts, user)
        notify_names([entity.pk, made.pk], record)
    log(made, "wagtail.create", user=user)
    log(entity, SPLIT, user=user, data={"names": record.entry.label})
    return Split(made, record.entry)


def _give(record: Recording, entity: Entity, made: Entity, parts: Parts, user: Any) -> None:
    texts = [made.name_in(language) for language in LANGUAGES]
    for name in EntityName.objects.filter(entity=entity.pk, pk__in=parts.names):
        if name.text in texts:
            record.delete(name)
        else:
            record.update(name, entity_id=made.pk)
    same = set(Entity.with_merged.same_as([entity.pk]).values_list("pk", flat=True))
    for office in Office.objects.filter(pk__in=parts.offices):
        for end in ("person_id", "place_id"):
            if getattr(office, end) in same:
                record.update(office, **{end: made.pk})
                break
    # The rooms above are reached by their models' names: this one doesn't know them.
    for tie in rows_of(apps.get_model("archive", "Tie")).filter(pk__in=parts.ties):
        end = "place_a_id" if tie.place_a_id in same else "place_b_id"
        record.update(tie, **{end: made.pk})
    tags = rows_of(apps.get_model("archive", "ArticleEntity"))
    by_story: defaultdict[int, list[Any]] = defaultdict(list)
    for tag in tags.filter(entity__in=same, page__in=parts.stories).order_by("page", "role", "pk"):
        by_story[tag.page_id].append(tag)
    for tag, *others in by_story.values():
        for other in others:
            record.delete(other)
        # "About" comes first, and wins.
        record.update(tag, entity_id=made.pk)
    for story in apps.get_model("archive", "ArticlePage").objects.filter(pk__in=by_story):
        _move_tag_in_draft(story, same, made, user)


def _move_tag_in_draft(story: Any, same: Collection[int], made: Entity, user: Any) -> None:
    """A draft that an editor goes on with is followed by a version with the new tag; versions
    that are there stay as they are. Without a draft, editing starts with the public rows."""
    if not (story.latest_revision and story.has_unpublished_changes):
        return
    draft = story.get_latest_revision_as_object()
    tags = list(draft.entity_tags.all())
    old = [tag for tag in tags if tag.entity_id in same]
    for tag in old:
        tag.entity_id = made.pk
    if old:
        draft.entity_tags = [tag for tag in tags if tag not in old[1:]]
        draft.save_revision(user=user, clean=False)
