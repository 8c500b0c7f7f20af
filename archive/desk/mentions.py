"""Names that an editor tags in a story, marked in its translation as well."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive.desk.models import Translation
from archive.desk.policies import lock_against, may_work_on
from archive.desk.saving import DraftSegments, SegmentChange, locked_draft, version_of
from archive.desk.segments import Row, rows
from archive.entities.glossary.termbase import load_glossary
from archive.entities.glossary.terms import Glossary
from archive.entities.models import Entity
from archive.entities.rich_text import LINK_TYPE
from archive.entities.suggestions.base import Passage, Spot, sentence_at
from archive.stories.name_suggestions.panel import Asked, OtherMention, line_of
from archive.text import richtext
from archive.text.language import LABELS
from archive.text.richtext import marked
from archive.text.segmentation import RICH, digest

OPENING = '<a linktype="{type}" id="{id}">'


@dataclass(frozen=True)
class MarkPlace:
    """A name's place in a segment's translation; `base` is a digest of the segment's words."""

    row: Row
    spot: Spot
    base: str

    def with_mark(self, entity_id: int) -> str | None:
        """The segment's text with the mark; None where it can't be set there."""
        opening = OPENING.format(type=LINK_TYPE, id=entity_id)
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
    hits: dict[str, list[tuple[int, int, int]]] = {}
    found: dict[int, MarkPlace] = {}
    for entity_id, keys in wanted.items():
        if entity_id in linked:
            continue
        for key in dict.fromkeys(keys):
            if key in texts and (place := _first(texts[key], entity_id, hits, glossary, language)):
                found[entity_id] = place
                break
    return found


def _first(
    row: Row, entity_id: int, known: dict[str, Any], glossary: Glossary, language: str
) -> MarkPlace | None:
    text = richtext.plain_text(row.target)
    if row.source.key not in known:
        known[row.source.key] = [
            (hit.terms[0].entity_id, hit.start, hit.end)
            for hit in glossary.find(text, language)
            if len(hit.terms) == 1 and not hit.form.forbidden
        ]
    for pk, start, end in known[row.source.key]:
        if pk == entity_id:
            sentence = sentence_at(text, start, end)
            spot = Spot(row.source.key, start, end, text[start:end], sentence)
            place = MarkPlace(row, spot, words_of(row.target))
            if place.with_mark(entity_id):
                return place
    return None


@transaction.atomic
def mark(
    translation: Translation, entity: Entity, key: str, base: str, *, user: Any
) -> Literal["saved", "unchanged", "clash", "gone", "refused"]:
    """Mark the entity's first free place in the segment; `base` is a digest of the
    words that were shown.

    Nothing else of the segment changes: not its words, its state, nor the source that it was
    made from. Whether the user may, and whether it is locked, is the caller's to ask.
    """
    draft = DraftSegments(locked_draft(translation))
    segment = draft.segments.get(key)
    if segment is None:
        return "gone"
    if words_of(segment.target) != base:
        return "clash"
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
        seen=segment.source_digest,
        origin=segment.origin,
        state=segment.state,
    )
    outcome = draft.take(change, user=user)
    draft.save(user)
    return outcome.kind


def beside_suggestions(asked: Asked) -> dict[int, OtherMention]:
    """By entity id; a fixed number of queries, none where nothing waits."""
    waiting = asked.found.waiting
    every = [*waiting.entities, *(one for each in waiting.questions for one in each.candidates)]
    wanted = {one.entity_id: [spot.passage for spot in one.spots] for one in every}
    for question in waiting.questions:
        for one in question.candidates:
            wanted[one.entity_id] = [spot.passage for spot in question.spots]
    if not wanted or not asked.article.pk:
        return {}
    translation = _translation(asked)
    if translation is None:
        return {}
    draft = translation.get_latest_revision_as_object()
    places = find_places(rows(draft), wanted, load_glossary(), translation.language)
    obstacle = "" if not places else _obstacle(translation, asked.user)
    action = reverse("archive_translation:mark", args=[translation.pk])
    label = LABELS[translation.language]
    return {
        pk: OtherMention(
            line_of(
                place.spot,
                [
                    Passage(
                        place.spot.passage,
                        richtext.plain_text(place.row.target),
                        translation.language,
                    )
                ],
            ),
            label,
            action="" if obstacle else action,
            values=json.dumps({"entity": pk, "key": place.spot.passage, "base": place.base}),
            obstacle=obstacle,
        )
        for pk, place in places.items()
    }


def _translation(asked: Asked) -> Translation | None:
    """The one into the language that the form doesn't show; segments stand by the stored story."""
    article = asked.article
    translations = Translation.objects.with_story().filter(done_count__gt=0)
    found: Translation | None = translations.filter(
        article_id=article.pk, language=article.target_language
    ).first()
    return found


def _obstacle(translation: Translation, user: object) -> str:
    if not may_work_on(user, translation):
        return _(
            "You do not have permission to change the %(language)s "
            "translation: its translator adds the mention."
        ) % {"language": LABELS[translation.language]}
    lock = translation.get_lock()
    if lock and lock.for_user(user):
        return _("The %(language)s translation is locked: add the mention there later.") % {
            "language": LABELS[translation.language]
        }
    return ""


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
    number = int(posted) if posted.isascii() and posted.isdecimal() and len(posted) < 19 else 0
    entity = get_object_or_404(Entity, pk=number)
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
