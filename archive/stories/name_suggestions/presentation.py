"""What the panel shows: each suggestion with its sentences, and what other rooms ask beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from wagtail import hooks

from archive.entities.bilingual import text_in
from archive.entities.models import Entity
from archive.entities.rich_text import EDIT_URL_NAME
from archive.entities.suggestions.base import ABOUT, MENTIONED, Passage, Question, Spot, Suggestion
from archive.stories.models.relations import ArticleEntity
from archive.stories.name_suggestions.counts import Found, ScannedStory, look_through
from archive.stories.name_suggestions.decisions import (
    Evidence,
    Subject,
    answers_to,
    identity_of,
    token_of,
)
from archive.text.language import column, other, supported

ADD_ENTITY = "wagtailsnippets_archive_entity:add"
_MOST_SENTENCES = 3
_MOST_SPOTS = 20

# Hook: fn(story: Asked) -> HTML or "". What another room asks about the story, as a list item each.
SECTIONS_HOOK = "archive_suggestion_sections"
# Hook: fn(story: Asked) -> {entity id: OtherMention}. Where else the suggested names stand.
BESIDE_HOOK = "archive_beside_suggestions"


@dataclass(frozen=True)
class SuggestionLine:
    """A sentence, cut around the words that it is shown for."""

    before: str
    words: str
    after: str
    language: str


@dataclass(frozen=True)
class Asked:
    """A story with what it names: what another room's part of the panel is made from."""

    article: Any
    story: ScannedStory
    found: Found
    user: Any
    # By subject, and entity's id or token.
    answers: Mapping[tuple[str, Any], Any]

    def line(self, spot: Spot) -> SuggestionLine:
        return line_of(spot, self.story.passages)


@dataclass(frozen=True)
class OtherMention:
    """Where a suggested name stands in another text: `action` marks it there, by POST of
    `values`; "" with an `obstacle` where that can't be done."""

    line: SuggestionLine
    label: str
    action: str = ""
    values: str = ""
    obstacle: str = ""


@dataclass(frozen=True)
class Item:
    """One entry of the list; `attributes` is what the script must know, as JSON-able values."""

    subject: str
    title: str
    other_title: str
    other_language: str
    kind: str
    role: str
    lines: list[SuggestionLine]
    more: int
    attributes: Mapping[str, Any]
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
    """All that the list's template needs: two queries, and those of the other rooms."""
    answers = answers_to(article)
    found = look_through(story, answers)
    asked = Asked(article, story, found, user, {identity_of(one): one for one in answers})
    beside = _beside(asked)
    waiting = found.waiting
    items = [
        *(_entity(one, asked, beside.get(one.entity_id)) for one in waiting.entities),
        *(_question(one, asked, beside) for one in waiting.questions),
        *(_new(one, asked) for one in waiting.new),
    ]
    return {
        "items": items,
        "sections": [html for hook in hooks.get_hooks(SECTIONS_HOOK) if (html := hook(asked))],
        "answered": found.answered,
        "has_text": bool(story.passages),
        "roles": dict(ArticleEntity.Role.choices),
    }


def _beside(asked: Asked) -> dict[int, OtherMention]:
    found: dict[int, OtherMention] = {}
    for hook in hooks.get_hooks(BESIDE_HOOK):
        found.update(hook(asked))
    return found


def _entity(one: Suggestion, asked: Asked, beside: OtherMention | None) -> Item:
    language = supported(get_language())
    names = {code: name for code, name in one.names.items() if name}
    title = names.get(language) or next(iter(names.values()), one.key)
    return Item(
        Subject.ENTITY,
        title,
        names.get(other(language), ""),
        other(language),
        str(Entity.Kind(one.kind).label),
        one.role if one.role in (ABOUT, MENTIONED) else MENTIONED,
        *_lines(one.spots, asked),
        attributes={
            "subject": Subject.ENTITY,
            "entity": one.entity_id,
            "title": title,
            "url": reverse(EDIT_URL_NAME, args=[one.entity_id]),
            "evidence": Evidence.of(one.spots, one.role).as_json(),
            "spots": _places(one.spots, asked.story.passages),
        },
        reasons=one.reasons,
        beside=beside,
    )


def _question(one: Question, asked: Asked, beside: Mapping[int, OtherMention]) -> Item:
    places = _where([each.entity_id for each in one.candidates])
    candidates = (
        replace(
            _entity(each, asked, beside.get(each.entity_id)),
            place=places.get(each.entity_id, ""),
        )
        for each in one.candidates
    )
    return Item(
        Subject.QUESTION,
        one.text,
        "",
        one.language,
        "",
        MENTIONED,
        *_lines(one.spots, asked),
        attributes={
            "subject": Subject.QUESTION,
            "token": token_of(one.text),
            "title": one.text,
            "evidence": Evidence.of(one.spots).as_json(),
            "spots": _places(one.spots, asked.story.passages),
        },
        candidates=tuple(candidates),
    )


def _where(ids: Iterable[int]) -> dict[int, str]:
    language = supported(get_language())
    return {
        pk: ", ".join(filter(None, [text_in(place, "region", language).text, place.country_name]))
        for pk, place in Entity.objects.in_bulk(ids).items()
    }


def _new(one: Any, asked: Asked) -> Item:
    return Item(
        Subject.NEW,
        one.text,
        "",
        one.language,
        str(Entity.Kind(one.kind).label) if one.kind in Entity.Kind.values else "",
        MENTIONED,
        *_lines(one.spots, asked),
        attributes={
            "subject": Subject.NEW,
            "token": token_of(one.text),
            "title": one.text,
            "evidence": Evidence.of(one.spots).as_json(),
            "spots": [],
        },
        form_url=_add_form(one, asked) if asked.user.has_perm("archive.add_entity") else "",
    )


def _add_form(one: Any, asked: Asked) -> str:
    """The form of a new name, filled in; nothing is made before somebody saves it."""
    values = {column("name", one.language): one.text, "kind": one.kind}
    if asked.article.pk:
        values["story"] = str(asked.article.pk)
    try:
        address = reverse(ADD_ENTITY)
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode({name: value for name, value in values.items() if value})}"


def _lines(spots: Iterable[Spot], asked: Asked) -> tuple[list[SuggestionLine], int]:
    """The first sentences, each once, and how many more there are."""
    by_sentence = {(spot.passage, spot.sentence): spot for spot in reversed(list(spots))}
    first = list(reversed(by_sentence.values()))
    shown = [asked.line(spot) for spot in first[:_MOST_SENTENCES]]
    return shown, len(first) - len(shown)


def line_of(spot: Spot, passages: Iterable[Passage]) -> SuggestionLine:
    """The spot's sentence with the spot's own words in the middle, not others like them."""
    passage = next((one for one in passages if one.key == spot.passage), None)
    text, language = (passage.text, passage.language) if passage else ("", "")
    length = len(spot.sentence)
    start = text.rfind(spot.sentence, max(0, spot.end - length), spot.start + length)
    at = spot.start - start
    if start < 0 or spot.sentence[at : at + len(spot.text)] != spot.text:
        before, words, after = spot.sentence.partition(spot.text)
        return SuggestionLine(before, words, after, language)
    end = at + len(spot.text)
    return SuggestionLine(spot.sentence[:at], spot.text, spot.sentence[end:], language)


def _places(spots: Iterable[Spot], passages: Iterable[Passage]) -> list[list[Any]]:
    """[segment, start, words] in the order of the text; the start in UTF-16, as scripts count."""
    texts = {passage.key: passage.text for passage in passages}
    return [
        [spot.passage, utf16_length(texts.get(spot.passage, "")[: spot.start]), spot.text]
        for spot in list(spots)[:_MOST_SPOTS]
    ]


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
