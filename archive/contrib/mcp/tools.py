"""What an agent may ask the archive: values in, JSON out, and nothing of the protocol.

Each answer is what every reader may see, found by the search that readers have. Whatever is quoted
has a permanent address, and says what may be done with it (`use`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import strip_tags

from archive.contrib.api.records import (
    PairedSegment,
    StoryPlace,
    as_json,
    in_languages,
    segments_of,
    use_of,
)
from archive.entities.models import Entity
from archive.search.analysis import name_key
from archive.search.engines import SearchError
from archive.search.models import LONGEST_NAME_KEY, SearchName
from archive.site.citations.formats import csl_item
from archive.site.citations.styles import plain_citations
from archive.site.metadata.schema_org import same_as
from archive.site.names.entries import name_groups
from archive.site.names.stories import story_counts
from archive.site.names.tie_lines import EvidenceLine, tie_line
from archive.site.permalinks import number_of
from archive.site.search.answers import search_answers
from archive.site.search.views import SearchHit, asked_of, corrected_search
from archive.site.throttles import count_search
from archive.site.twins import to_markdown
from archive.stories.models import ArticlePage
from archive.text.labels import row_key
from archive.text.language import FIRST, LANGUAGES
from archive.ties.models import Tie

Answer = dict[str, Any]
_PERMANENT = re.compile(r"/s/(?P<short>\w+)/(?:\w+/)?(?:#(?P<block>[\w-]+))?\Z", re.ASCII)
# Of names that are written alike.
_MOST_NAMES = 10


class AgentError(Exception):
    """The message tells the agent what is wrong."""


@dataclass(frozen=True)
class AgentTools:
    """`request_of` gives the request that a call belongs to."""

    request_of: Callable[[], HttpRequest]

    def search(
        self,
        query: str,
        language: str = FIRST,
        publication: str = "",
        section: str = "",
        year: int | None = None,
        place: str = "",
        person: str = "",
        sort: str = "relevance",
        page: int = 1,
    ) -> Answer:
        """Search the stories of the archive, in English or Chinese, as its readers do.

        Filters: `publication` and `section` by slug, `place` and `person` by key (see `name`),
        `year` of print. `sort` is relevance, newest or oldest. Above the stories may stand
        `answers` in Markdown: what the archive knows of ties, names and days. Each story has its
        permanent address and, in `use`, what may be done with it.
        """
        request, read_in = self.request_of(), _language(language)
        if wait := count_search(request, "search"):
            raise AgentError(f"There were too many searches. Try again in {wait} seconds.")
        given = {"q": query, "publication": publication, "section": section, "sort": sort}
        given |= {"year": str(year or ""), "p": str(page)}
        asked = QueryDict(mutable=True)
        asked.update({name: value for name, value in given.items() if value})
        asked.update({name: key for name, key in (("place", place), ("person", person)) if key})
        with translation.override(read_in):
            try:
                _asked, found, correction = corrected_search(asked, read_in)
            except SearchError as error:
                raise AgentError("The search doesn't answer at the moment.") from error
            told = asked_of(found, correction)
            first = page == 1 and not found.chosen.filters
            answers = search_answers(request, told) if first else []
            at = StoryPlace.of(request)
            said = [
                to_markdown(
                    f"<main>{render_to_string(name, {'answers': one}, request)}</main>",
                    f"{at.root_url}/",
                )
                for name, one in answers
            ]
        records = {one.id: one for one in at.records([hit.article.pk for hit in found.hits])}
        return {
            "query": found.query.text,
            "typed": told.typed,
            "has_all_words": told.is_whole,
            "total": found.total,
            "page": found.number,
            "pages": found.pages,
            "answers": said,
            "stories": [
                {**as_json(records[hit.article.pk]), **_passage(hit)}
                for hit in found.hits
                if hit.article.pk in records
            ],
        }

    def story(self, address: str) -> Answer:
        """A story in both languages, its text in segments that are paired by key.

        `address` is the story's permanent address (https://…/s/1h2/), or its id. A segment's own
        address is that of its text and `#`, then its `block`.
        """
        found = StoryPlace.of(self.request_of()).records(
            [_story_and_block(address)[0]], with_segments=True
        )
        if not found:
            raise AgentError("Readers have no such story.")
        told: Answer = as_json(found[0])
        return told

    def paragraph(self, address: str, block: str = "") -> Answer:
        """One paragraph in both languages, and how it is cited.

        `address` is that of the story, or of the paragraph itself (https://…/s/1h2/en/#b1); without
        that, `block` names it. Each language has its permanent address, its citation in words and
        as CSL-JSON.
        """
        at = StoryPlace.of(self.request_of())
        pk, of_address = _story_and_block(address)
        block = block or of_address
        story = at.stories([pk], with_segments=True).get(pk)
        if story is None:
            raise AgentError("Readers have no such story.")
        segments = [one for one in segments_of(story) if block in (one.block, one.key)]
        if not segments:
            raise AgentError("The story has no such block: see `segments` of the tool `story`.")
        said = {code for one in segments for code in one.text}
        languages = [code for code in story.languages() if code in said]
        return {
            "story": at.permanent_url(story),
            "segments": as_json(segments),
            "texts": [self._cited(at, story, code, segments) for code in languages],
            "use": as_json(use_of(story)),
        }

    def _cited(
        self, at: StoryPlace, story: Any, language: str, segments: list[PairedSegment]
    ) -> Answer:
        record = at.cited(story, language)
        record = replace(record, url=f"{record.url}#{segments[0].block}")
        today = timezone.localdate()
        return {
            "language": language,
            "url": record.url,
            "text": "\n".join(one.text[language] for one in segments if language in one.text),
            "citation": csl_item(record, today),
            "cited": {
                one.style: unescape(strip_tags(one.html))
                for one in plain_citations(record, today, language)
            },
        }

    def name(self, name: str) -> Answer:
        """People, organisations, places, events and topics of this name or key, in both languages.

        The name may be written in English, in Chinese, or as it was once written.
        """
        at = StoryPlace.of(self.request_of())
        return {"names": [self._name(at, one) for one in _names(at, name)]}

    def _name(self, at: StoryPlace, entity: Entity) -> Answer:
        stories = ArticlePage.objects.shown_to_public(at.chrome.restricted)
        others = {one.language: [form.text for form in one.others] for one in name_groups(entity)}
        return {
            "key": entity.key,
            "kind": entity.kind,
            "name": in_languages(entity, "name"),
            "other_names": {code: forms for code, forms in others.items() if forms},
            "description": in_languages(entity, "description"),
            "country": entity.country,
            "same_as": same_as(entity),
            "stories": story_counts(stories, entity).total(),
            "url": at.of_view("archive:entity", entity.key),
        }

    def ties(self, place: str, other: str = "", kind: str = "", language: str = FIRST) -> Answer:
        """What ties a place to others (sister cities, ports, visits, trade…), with what says so.

        Places by name or key; `other` narrows it to one partner, `kind` to one kind of tie. Each
        piece of evidence has the permanent address of the paragraph that it rests on.
        """
        at, read_in = StoryPlace.of(self.request_of()), _language(language)
        one = _place(at, place)
        restricted = at.chrome.restricted
        ties = Tie.objects.shown_to_public(restricted)
        ties = ties.between(one, _place(at, other)) if other else ties.of(one)
        ties = ties.filter(kind=kind) if kind else ties
        readable = ArticlePage.objects.cards().shown_to_public(restricted)
        found = []
        for tie in ties.with_places().with_evidence(readable):
            with translation.override(read_in):
                line = tie_line(tie, tie.other_place(one), read_in)
            places = [end.canonical for end in (tie.place_a, tie.place_b)]
            found.append(
                {
                    "kind": tie.kind,
                    "places": {end.key: in_languages(end, "name") for end in places},
                    "since": tie.since,
                    "until": tie.until,
                    "status": tie.status,
                    "said": line.kind,
                    "description": in_languages(tie, "description"),
                    "evidence": [_evidence(at, one) for one in line.evidence],
                    "url": at.of_view("archive:pair", *(end.key for end in places)),
                }
            )
        return {"place": one.key, "ties": found}


def _passage(hit: SearchHit) -> Answer:
    return {
        "passage": unescape(strip_tags(hit.passage)),
        "passage_language": hit.passage_language,
    }


def _evidence(at: StoryPlace, line: EvidenceLine) -> Answer:
    texts = (line.sentence, line.in_other)
    told: Answer = {
        "sentence": {text.language: text.text for text in texts if text},
        "source": line.source_url,
    }
    if line.story:
        url = at.permanent_url(line.story, line.story.source_language)
        told["story"] = f"{url}#{line.anchor}" if line.anchor else url
        told["use"] = as_json(use_of(line.story))
    return told


def _language(language: str) -> str:
    if language not in LANGUAGES:
        raise AgentError(f"The archive's languages are {' and '.join(LANGUAGES)}.")
    return language


def _story_and_block(address: str) -> tuple[int, str]:
    """The id of the story, and the block that the address leads to, or ""."""
    match = _PERMANENT.search(address)
    pk = number_of(match["short"]) if match else row_key(address)
    if pk is None:
        raise AgentError("Give a story's permanent address, https://…/s/1h2/, or its id.")
    return pk, (match["block"] or "") if match else ""


def _names(at: StoryPlace, name: str) -> list[Entity]:
    """By key, or else by how it is written; a merged name's key stands for the one that is kept."""
    shown = Entity.objects.shown_to_public(at.chrome.restricted).prefetch_related("names")
    if "\0" in name:
        return []
    by_key = Entity.with_merged.filter(key=name).select_related("merged_into").first()
    if by_key and (found := shown.filter(pk=by_key.canonical.pk).first()):
        return [found]
    key = name_key(name)
    if not key or len(key) > LONGEST_NAME_KEY:
        return []
    written = SearchName.objects.filter(key=key).order_by().values("entity")
    return list(shown.filter(pk__in=written).order_by("key")[:_MOST_NAMES])


def _place(at: StoryPlace, name: str) -> Entity:
    places = [one for one in _names(at, name) if one.is_place]
    if len(places) == 1:
        return places[0]
    if not places:
        raise AgentError(f"There is no place {name!r}.")
    keys = ", ".join(one.key for one in places)
    raise AgentError(f"Several places are called {name!r}. Give the key of one: {keys}.")
