"""What of a story's suggestions still waits for an answer, and the count of it for lists."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext_noop, ngettext
from wagtail.models import Revision

from archive.contrib.name_suggestions.decisions import (
    Evidence,
    Subject,
    answers_to,
    has_changed,
    identity_of,
    token_of,
)
from archive.contrib.name_suggestions.models import SuggestionCount, SuggestionDecision
from archive.contrib.name_suggestions.recognition.base import Suggestions
from archive.contrib.name_suggestions.recognition.engine import suggest
from archive.contrib.name_suggestions.recognition.facts import Gazetteer
from archive.contrib.name_suggestions.recognition.gazetteer import load_gazetteer
from archive.publishing.followers import Follower
from archive.stories.article_text import story_passages
from archive.stories.models import ArticlePage
from archive.text.passages import Passage

logger = logging.getLogger(__name__)

REPORT = "archive_name_suggestions:report"

_CHUNK = 200
_MOST_AT_ONCE = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ScannedStory:
    """A story's draft as the engine sees it: its text, date, tags (entities' ids), dateline."""

    passages: tuple[Passage, ...]
    day: Any
    tagged: frozenset[int]
    dateline: str = ""


@dataclass(frozen=True)
class Found:
    """All that the story names; of it what waits, and what was answered before (`answered`)."""

    everything: Suggestions
    waiting: Suggestions
    answered: tuple[SuggestionDecision, ...]


def story_of(article: Any) -> ScannedStory:
    """The draft in memory, with its tags."""
    return ScannedStory(
        tuple(story_passages(article, article.source_language)),
        article.print_date,
        frozenset(tag.entity_id for tag in article.entity_tags.all()),
        article.source("dateline") or "",
    )


def look_through(
    story: ScannedStory,
    answers: Iterable[SuggestionDecision],
    gazetteer: Gazetteer | None = None,
) -> Found:
    """Run the engine and set aside what is tagged, or answered on evidence that still stands. The
    gazetteer's query, if it isn't given."""
    gazetteer = gazetteer or load_gazetteer()
    everything = suggest(gazetteer, story.passages, story.day, story.dateline)
    tagged = gazetteer.present(story.tagged)
    rows = {identity_of(one): one for one in answers}
    answered: dict[Any, SuggestionDecision] = {}

    def waits(subject: str, known_by: Any, evidence: Evidence) -> bool:
        row = rows.get((subject, known_by))
        if row is None or has_changed(Evidence.read(row.evidence), evidence):
            return True
        answered[subject, known_by] = row
        return False

    waiting = Suggestions(
        tuple(
            one
            for one in everything.entities
            if one.entity_id not in tagged
            and waits(Subject.ENTITY, one.entity_id, Evidence.of(one.spots, one.role))
        ),
        tuple(
            one
            for one in everything.questions
            # Whoever tagged one of them by hand has answered.
            if not tagged & {candidate.entity_id for candidate in one.candidates}
            and waits(Subject.QUESTION, token_of(one.text), Evidence.of(one.spots))
        ),
        tuple(
            one
            for one in everything.new
            if waits(Subject.NEW, token_of(one.text), Evidence.of(one.spots))
        ),
    )
    return Found(everything, waiting, tuple(answered.values()))


def bring_up_to_date(article: Any) -> None:
    """Count what waits for the draft in memory: the answers, the gazetteer, and one write."""
    _store(_counted(article, answers_to(article), load_gazetteer()))


def count_new(articles: Iterable[Any]) -> None:
    """The same for many that nobody can have answered yet: the gazetteer, and one write."""
    gazetteer = load_gazetteer()
    _store([row for article in articles for row in _counted(article, [], gazetteer)])


def _counted(
    article: Any, answers: Iterable[SuggestionDecision], gazetteer: Gazetteer
) -> list[SuggestionCount]:
    try:
        return [count_of(story_of(article), answers, article.pk, gazetteer)]
    except Exception:  # whatever a text does to the engine, its editor can save it
        logger.exception("The suggestions for story %s can't be counted", article.pk)
        return []


def count_of(
    story: ScannedStory,
    answers: Iterable[SuggestionDecision],
    pk: int,
    gazetteer: Gazetteer | None = None,
) -> SuggestionCount:
    found = look_through(story, answers, gazetteer).waiting
    names, questions = len(found.entities), len(found.questions)
    return SuggestionCount(
        page_id=pk,
        entities=names,
        questions=questions,
        new=len(found.new),
        waiting=names + questions,
    )


def _store(rows: list[SuggestionCount]) -> None:
    SuggestionCount.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=["entities", "questions", "new", "waiting"],
    )


def say_waiting(pks: Collection[int]) -> str:
    """ "12 suggested names are pending in the imported stories: http://…", as they were counted
    last; "" where none is. A query a 500."""
    wanted, waiting = list(pks), 0
    for start in range(0, len(wanted), _MOST_AT_ONCE):
        rows = SuggestionCount.objects.filter(pk__in=wanted[start : start + _MOST_AT_ONCE])
        waiting += rows.aggregate(total=Sum("waiting"))["total"] or 0
    if not waiting:
        return ""
    message = ngettext(
        "%(count)d suggested name is pending in the imported stories: %(address)s",
        "%(count)d suggested names are pending in the imported stories: %(address)s",
        waiting,
    )
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", "").rstrip("/")
    return message % {"count": waiting, "address": base + reverse(REPORT)}


def recount(progress: Progress | None = None) -> int:
    """Count every story's suggestions anew, as its newest draft stands; how many stories. For
    changes of the list of names: a chunk of stories costs four queries, of any size."""
    stories = ArticlePage.objects.filter(alias_of__isnull=True)
    pks = list(stories.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), _CHUNK):
        chunk = pks[start : start + _CHUNK]
        _recount(stories.filter(pk__in=chunk).prefetch_related("entity_tags"))
        if progress:
            progress(start + len(chunk), len(pks))
    return len(pks)


def recount_stories(pks: Collection[int]) -> None:
    """The same for some stories."""
    stories = ArticlePage.objects.filter(alias_of__isnull=True, pk__in=pks)
    _recount(stories.prefetch_related("entity_tags"))


def _recount(chunk: Iterable[Any]) -> None:
    answers: dict[int, list[SuggestionDecision]] = {article.pk: [] for article in chunk}
    decisions = SuggestionDecision.objects.filter(page_id__in=answers)
    for one in decisions.select_related("entity__merged_into"):
        answers[one.page_id].append(one)
    drafts = Revision.objects.in_bulk(
        [one.latest_revision_id for one in chunk if one.has_unpublished_changes]
    )
    rows = []
    for article in chunk:
        revision = drafts.get(article.latest_revision_id)
        draft = article.with_content_json(revision.content) if revision else article
        rows.append(count_of(story_of(draft), answers[article.pk], article.pk))
    _store(rows)


COUNTS = Follower(
    gettext_noop("suggested names"), recount_stories, command="count_suggestions", of_versions=True
)
