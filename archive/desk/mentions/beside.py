"""What the panel of suggested names shows of the translation."""

from __future__ import annotations

import json

from django.urls import reverse
from django.utils.translation import gettext as _

from archive.desk.mentions.finding import find_places
from archive.desk.models import Translation
from archive.desk.policies import may_work_on
from archive.desk.segments import rows
from archive.entities.glossary.termbase import load_glossary
from archive.entities.suggestions.base import Passage
from archive.pages.name_suggestions.presentation import Asked, Beside, line_of
from archive.text.language import LABELS
from archive.text.richtext import plain_text


def beside_suggestions(asked: Asked) -> dict[int, Beside]:
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
    draft.article = translation.article
    places = find_places(rows(draft), wanted, load_glossary(), translation.language)
    obstacle = "" if not places else _obstacle(translation, asked.user)
    action = reverse("archive_translation:mark", args=[translation.pk])
    label = LABELS[translation.language]
    return {
        pk: Beside(
            line_of(
                place.spot,
                [Passage(place.spot.passage, plain_text(place.row.target), translation.language)],
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
    translations = Translation.objects.select_related("article", "latest_revision")
    found: Translation | None = translations.filter(
        article_id=asked.article.pk, language=asked.article.target_language, done_count__gt=0
    ).first()
    return found


def _obstacle(translation: Translation, user: object) -> str:
    if not may_work_on(user, translation):
        return _("The %(language)s translation isn’t yours to change: its translator marks it.") % {
            "language": LABELS[translation.language]
        }
    lock = translation.get_lock()
    if lock and lock.for_user(user):
        return _("The %(language)s translation is locked: mark the name there later.") % {
            "language": LABELS[translation.language]
        }
    return ""
