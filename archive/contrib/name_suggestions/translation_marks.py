"""Names that an editor tags in a story, marked in its translation as well."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive.contrib.name_suggestions.asked import Asked, OtherMention, line_of
from archive.desk.models import Translation
from archive.desk.policies import lock_against, may_work_on
from archive.desk.queue.bulk_actions import is_id
from archive.desk.saving import DraftSegments, SegmentChange, locked_draft, version_of
from archive.desk.segments import Row, rows
from archive.entities.glossary.termbase import load_glossary
from archive.entities.glossary.terms import Glossary
from archive.entities.models import Entity
from archive.entities.rich_text import LINK_TYPE
from archive.text import richtext
from archive.text.language import LABELS
from archive.text.passages import Passage, Spot
from archive.text.richtext import marked
from archive.text.segmentation import RICH, digest
from archive.text.sentences import sentence_at


@dataclass(frozen=True)
class MarkPlace:
    """A name's place in a segment's translation."""

    row: Row
    spot: Spot

    def with_mark(self, entity_id: int) -> str | None:
        """The segment's text with the mark; None where it can't be set there."""
        opening = f'<a linktype="{LINK_TYPE}" id="{entity_id}">'
        return marked(self.row.target, self.spot.start, self.spot.end, opening)


def words_of(target: str) -> str:
    """Names what a segment says, whatever is marked in it: two names of one paragraph may be
    accepted one after the other."""
    return digest(target, RICH)


def find_places(
    rows: Iterable[Row], wanted: Mapping[int, Sequence[str]], glossary: Glossary, language: str
) -> dict[int, MarkPlace]:
    """For each entity its first free place in the segments that the source names it in, in order.

    `wanted` gives those segments' keys by entity id. What the translation links already is left
    out, and so is a name that several entities have and a segment without rich text.
    """
    texts = {row.source.key: row for row in rows if row.source.markup == RICH and row.target}
    linked = glossary.present(
        pk for row in texts.values() for pk in richtext.linked_ids(row.target, LINK_TYPE)
    )

    @cache
    def names_in(key: str) -> list[tuple[int, Spot]]:
        names, text = [], richtext.plain_text(texts[key].target)
        for hit in glossary.find(text, language):
            if len(hit.terms) == 1 and not hit.form.forbidden:
                start, end = hit.start, hit.end
                spot = Spot(key, start, end, text[start:end], sentence_at(text, start, end))
                names.append((hit.terms[0].entity_id, spot))
        return names

    found: dict[int, MarkPlace] = {}
    for entity_id, keys in wanted.items():
        places = (
            MarkPlace(texts[key], spot)
            for key in dict.fromkeys(keys)
            if key in texts
            for pk, spot in names_in(key)
            if pk == entity_id and pk not in linked
        )
        if place := next((one for one in places if one.with_mark(entity_id)), None):
            found[entity_id] = place
    return found


@transaction.atomic
def mark(
    translation: Translation, entity: Entity, key: str, base: str, *, user: Any
) -> Literal["saved", "unchanged", "conflict", "gone", "refused"]:
    """Mark the entity's first free place in the segment; `base` names the words that were shown.

    Nothing else of the segment changes: not its words, its state, nor the source it was made from.
    """
    draft = DraftSegments(locked_draft(translation))
    segment = draft.segments.get(key)
    if segment is None:
        return "gone"
    if words_of(segment.target) != base:
        return "conflict"
    places = find_places(draft.rows, {entity.pk: [key]}, load_glossary(), translation.language)
    target = places[entity.pk].with_mark(entity.pk) if entity.pk in places else None
    if target is None:
        return "unchanged"
    change = SegmentChange(
        key,
        target,
        version_of(segment),
        joined=segment.joined,
        note=segment.note,
        former=segment,
    )
    outcome = draft.take(change, user=user)
    draft.save(user)
    return outcome.kind


def mention_suggestions(asked: Asked) -> dict[int, OtherMention]:
    """By entity id; a fixed number of queries, none where nothing waits."""
    waiting = asked.found.waiting
    wanted = {one.entity_id: [spot.passage for spot in one.spots] for one in waiting.entities}
    for question in waiting.questions:
        for one in question.candidates:
            wanted[one.entity_id] = [spot.passage for spot in question.spots]
    if not wanted or not asked.article.pk:
        return {}
    # Into the language that the form doesn't show; segments stand by the stored story.
    has_words = Q(done_count__gt=0) | Q(stale_count__gt=0)
    translations = Translation.objects.with_story().filter(has_words)
    language = asked.article.target_language
    translation = translations.filter(article_id=asked.article.pk, language=language).first()
    if translation is None:
        return {}
    draft = translation.get_latest_revision_as_object()
    places = find_places(rows(draft), wanted, load_glossary(), language)
    obstacle = "" if not places else _obstacle(translation, asked.user)
    action = reverse("archive_name_suggestions:mark", args=[translation.pk])
    found = {}
    for pk, place in places.items():
        key, text = place.spot.passage, richtext.plain_text(place.row.target)
        found[pk] = OtherMention(
            line_of(place.spot, [Passage(key, text, language)]),
            LABELS[language],
            action="" if obstacle else action,
            values=json.dumps({"entity": pk, "key": key, "base": words_of(place.row.target)}),
            obstacle=obstacle,
        )
    return found


def _obstacle(translation: Translation, user: object) -> str:
    if not may_work_on(user, translation):
        message = _(
            "You do not have permission to change the %(language)s "
            "translation: its translator adds the mention."
        )
    elif (lock := translation.get_lock()) and lock.for_user(user):
        message = _("The %(language)s translation is locked: add the mention there later.")
    else:
        return ""
    return message % {"language": LABELS[translation.language]}


@require_POST
@transaction.atomic
def mark_name(request: HttpRequest, pk: int) -> JsonResponse:
    """POST `entity`, `key` (the segment) and `base` (the version it was read from)."""
    # Whoever submits it at this moment waits, or has made a lock that is seen here.
    translation = Translation.objects.locked().filter(pk=pk).first()
    if translation is None or not may_work_on(request.user, translation):
        raise PermissionDenied
    if message := lock_against(request.user, translation):
        return _say(message, 423)
    posted = request.POST.get("entity", "")
    entity = get_object_or_404(Entity, pk=posted if is_id(posted) else 0)
    key, base = request.POST.get("key", ""), request.POST.get("base", "")
    said = {"language": LABELS[translation.language]}
    match mark(translation, entity, key, base, user=request.user):
        case "saved":
            return _say(_("Mention added to the draft of the %(language)s translation.") % said)
        case "unchanged":
            return _say(_("The %(language)s translation already has this mention.") % said)
        case _other:
            message = _(
                "The %(language)s translation was changed by somebody else: add the mention there."
            )
            return _say(message % said, 409)


def _say(message: str, status: int = 200) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)
