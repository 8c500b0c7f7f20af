"""The panel of suggested names in a story's form: what it shows, and the answers that travel with
the form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import get_language, pgettext
from wagtail.admin.panels import Panel

from archive.contrib.name_suggestions.asked import Asked, OtherMention, SuggestionLine
from archive.contrib.name_suggestions.counts import (
    COUNTS,
    ScannedStory,
    look_through,
    story_of,
)
from archive.contrib.name_suggestions.decisions import (
    Evidence,
    Subject,
    answers_to,
    decide,
    identity_of,
    read_decisions,
    token_of,
)
from archive.contrib.name_suggestions.recognition.base import (
    MENTIONED,
    NewName,
    Question,
    Suggestion,
)
from archive.contrib.name_suggestions.tie_questions import tie_questions
from archive.contrib.name_suggestions.translation_marks import mention_suggestions
from archive.entities.fields import text_in
from archive.entities.models import Entity
from archive.entities.rich_text import ADD_URL_NAME, EDIT_URL_NAME
from archive.publishing.followers import follow_later
from archive.stories.article_text import story_passages
from archive.stories.form_panels import StoryFormPanel
from archive.stories.models.relations import ArticleEntity
from archive.text.labels import row_key
from archive.text.language import LANGUAGES, column, other, supported
from archive.text.passages import Spot

_MOST_SENTENCES = 3
_MOST_SPOTS = 20


@dataclass(frozen=True)
class Item:
    """One entry of the list; `attributes` is what the script must know, as JSON-able values."""

    subject: str
    title: str
    lines: list[SuggestionLine]
    more: int
    attributes: Mapping[str, Any]
    role: str = MENTIONED
    kind: str = ""
    other_title: str = ""
    other_language: str = ""
    reasons: tuple[str, ...] = ()
    beside: OtherMention | None = None
    candidates: tuple[Item, ...] = ()
    form_url: str = ""
    # Which of two places of one name: "Oregon, United States".
    place: str = ""

    @property
    def json(self) -> str:
        return json.dumps(self.attributes, ensure_ascii=False)


def panel_context(article: Any, story: ScannedStory, user: Any) -> dict[str, Any]:
    """All that the list's template needs: two queries, and those of ties and translations."""
    answers = answers_to(article)
    found = look_through(story, answers)
    asked = Asked(article, story, found, user, {identity_of(one): one for one in answers})
    beside = mention_suggestions(asked)
    items = [
        *(_entity(one, asked, beside) for one in found.waiting.entities),
        *(_question(one, asked, beside) for one in found.waiting.questions),
        *(_new(one, asked) for one in found.waiting.new),
    ]
    return {
        "items": items,
        "ties": tie_questions(asked),
        "answered": found.answered,
        "has_text": bool(story.passages),
        "roles": dict(ArticleEntity.Role.choices),
    }


def _entity(one: Suggestion, asked: Asked, beside: Mapping[int, OtherMention]) -> Item:
    language = supported(get_language())
    return _item(
        Subject.ENTITY,
        one.names.get(language) or next(iter(one.names.values()), one.key),
        one.spots,
        asked,
        {"entity": one.entity_id, "url": reverse(EDIT_URL_NAME, args=[one.entity_id])},
        role=one.role,
        kind=str(Entity.Kind(one.kind).label),
        other_title=one.names.get(other(language), ""),
        other_language=other(language),
        reasons=one.reasons,
        beside=beside.get(one.entity_id),
    )


def _question(one: Question, asked: Asked, beside: Mapping[int, OtherMention]) -> Item:
    language, between = supported(get_language()), pgettext("between facts", ", ")
    places = {
        pk: between.join(
            filter(None, [text_in(place, "region", language).text, place.country_name])
        )
        for pk, place in Entity.objects.in_bulk([each.entity_id for each in one.candidates]).items()
    }
    candidates = (
        replace(_entity(each, asked, beside), place=places.get(each.entity_id, ""))
        for each in one.candidates
    )
    return _item(
        Subject.QUESTION,
        one.text,
        one.spots,
        asked,
        {"token": token_of(one.text)},
        other_language=one.language,
        candidates=tuple(candidates),
    )


def _new(one: NewName, asked: Asked) -> Item:
    # The form of a new name, filled in; nothing is made before somebody saves it.
    values = {
        column("name", one.language): one.text,
        "kind": one.kind,
        "story": str(asked.article.pk or ""),
    }
    form = f"{reverse(ADD_URL_NAME)}?{urlencode({k: v for k, v in values.items() if v})}"
    return _item(
        Subject.NEW,
        one.text,
        one.spots,
        asked,
        {"token": token_of(one.text), "spots": []},
        kind=str(Entity.Kind(one.kind).label) if one.kind else "",
        other_language=one.language,
        form_url=form if asked.user.has_perm("archive.add_entity") else "",
    )


def _item(
    subject: str,
    title: str,
    spots: Iterable[Spot],
    asked: Asked,
    known_by: Mapping[str, Any],
    *,
    role: str = MENTIONED,
    **shown: Any,
) -> Item:
    """With the first sentences, each once, and how many more there are."""
    spots = tuple(spots)
    by_sentence: dict[tuple[str, str], Spot] = {}
    for spot in spots:
        by_sentence.setdefault((spot.passage, spot.sentence), spot)
    lines = [asked.line(spot) for spot in islice(by_sentence.values(), _MOST_SENTENCES)]
    texts = {passage.key: passage.text for passage in asked.story.passages}
    attributes = {
        "subject": subject,
        "title": title,
        "evidence": Evidence.of(spots, role).as_json(),
        # Segment, start, words, in the order of the text; the start in UTF-16, as scripts count.
        "spots": [
            [spot.passage, len(before.encode("utf-16-le", "surrogatepass")) // 2, spot.text]
            for spot in spots[:_MOST_SPOTS]
            for before in [texts.get(spot.passage, "")[: spot.start]]
        ],
        **known_by,
    }
    more = len(by_sentence) - len(lines)
    return Item(subject, title, lines, more, attributes, role, **shown)


# The hidden input with the answers that are saved with the form, as JSON.
ANSWERS = "suggestion_answers"
# Where the panel is in the form: "…/edit/#suggestions".
ANCHOR = "suggestions"
TAGS = "entity_tags"
_MOST_TAGS = 1000


def story_from_form(article: Any, data: Mapping[str, str], files: Any) -> ScannedStory:
    """The text, date and tags that the posted form holds; what it lacks is the article's. Nothing
    is validated and nothing but memory is written: half a form will do."""
    language = data.get("source_language") or article.source_language
    article.source_language = language if language in LANGUAGES else article.source_language
    for name in article.text_fields:
        field = column(name, article.source_language)
        setattr(article, field, data.get(field, getattr(article, field)))
    body = column("body", article.source_language)
    if f"{body}-count" in data:
        block = article._meta.get_field(body).stream_block
        setattr(article, body, block.value_from_datadict(data, files, body))
    day = article.print_date
    if "print_date" in data:
        try:
            day = parse_date(data["print_date"])
        except ValueError:
            day = None
    passages = tuple(story_passages(article, article.source_language))
    dateline = article.source("dateline") or ""
    return ScannedStory(passages, day, _tagged(article, data), dateline)


def _tagged(article: Any, data: Mapping[str, str]) -> frozenset[int]:
    count = data.get(f"{TAGS}-TOTAL_FORMS", "")
    if not count.isdecimal():
        return frozenset(tag.entity_id for tag in article.entity_tags.all())
    rows = [f"{TAGS}-{number}" for number in range(min(int(count[:9]), _MOST_TAGS))]
    posted = [data.get(f"{row}-entity", "") for row in rows if not data.get(f"{row}-DELETE")]
    return frozenset(pk for pk in map(row_key, posted) if pk is not None)


def follow_version(story: Any, user: Any, answers: str) -> None:
    """Each version stores the answers given in its form; what waits is counted later. What is
    refused, or left by closing the window, answers nothing."""
    if decisions := read_decisions(answers):
        decide(story, decisions, user=user)
    follow_later([story.pk], COUNTS)


class SuggestionsPanel(StoryFormPanel):
    """Suggested names as the stored draft has them; its script asks again for what is typed."""

    # Of its tab: what is accepted goes into the list of tagged names below.
    order = 50

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive_name_suggestions/admin/panel.html"

        class Media:
            css = {"all": ["archive_name_suggestions/suggestions.css"]}
            js = [
                "archive_name_suggestions/suggestions-form.js",
                "archive_name_suggestions/suggestions.js",
            ]

        def is_shown(self) -> bool:
            page, user = self.instance, self.request.user if self.request else None
            if user is None or getattr(page, "alias_of_id", None):
                return False
            return not (page.pk and page.permissions_for_user(user).page_locked())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            page = self.instance
            return {
                **super().get_context_data(parent_context),
                **panel_context(page, story_of(page), self.request.user),
                "again_url": self._address("again"),
                "answer_url": self._address("answer") if page.pk else "",
                "answers": ANSWERS,
            }

        def _address(self, name: str) -> str:
            page = self.instance
            if page.pk:
                return reverse(f"archive_name_suggestions:{name}", args=[page.pk])
            return reverse("archive_name_suggestions:again_new")
