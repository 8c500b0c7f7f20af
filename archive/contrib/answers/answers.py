"""Answers from the archive's own data: ties, names, days and the pages about the archive.

An answer stands above the stories only where it says nearly all that was asked: see
`SearchWords.is_covered`. Nothing is generated; each leads to its page and shows its evidence.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain, combinations, islice, product
from operator import itemgetter
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language

from archive.contrib.answers.own_pages import (
    OwnPage,
    PageRanking,
    is_said,
    own_pages,
)
from archive.contrib.answers.questions import QueryPart, SearchWords
from archive.contrib.answers.said import (
    AREAS,
    HAPPENED,
    HELD,
    NAME_WORDS,
    PLACE_TYPES,
    SIGNED,
    SUPERLATIVES,
    TIE_WORDS,
    all_said,
    begins,
    countries_of_places,
    country_forms,
    labels_of,
    of_ties,
    partial_date_of,
    shortens,
)
from archive.entities.fields import Text, text_in
from archive.entities.models import Entity
from archive.entities.querysets import EntityQuerySet, canonical_id
from archive.search.analysis import name_key
from archive.search.apart import parted
from archive.search.correction import corrected
from archive.search.documents import documents_of
from archive.search.meanings import (
    DateRange,
    day_of_any_year,
    days_of,
    decade_of,
    number_in,
    pages_of,
)
from archive.search.models import DescriptionTerm, EvidenceTerm, NameHint
from archive.search.query import Query, parse
from archive.search.said import fields_of, names_of, said_by, terms_of
from archive.site.caching.site_chrome import front_page, site_chrome
from archive.site.caching.versions import NAMES, SITE, STORIES, RowCache, counted
from archive.site.lists import filled_issues
from archive.site.names.displays import tie_pages
from archive.site.names.tie_lines import TieLine, tie_line, tie_lines_of, ties_among, ties_of
from archive.site.search.answers import SearchAnswers, SearchAsked
from archive.site.story_page import PARTNERS_SHOWN
from archive.stories.models import (
    ArticleEntity,
    ArticlePage,
    IssuePage,
    PublicationPage,
    YearPage,
)
from archive.stories.querysets import ArticleQuerySet
from archive.templatetags.archive_browse_tags import decade_name
from archive.text.dates import display_partial
from archive.text.language import LANGUAGES, column, columns, other, supported
from archive.ties.models import Tie, TieEvidence
from archive.ties.querysets import TieQuerySet

MOST_ANSWERS = 2
_YEAR = re.compile(r"(?:1[89]|20)\d\d年?")
# So many places are told of those that have most ties.
_MOST_TIED = 5
# The page of all ties in charts, where a site has it.
_NUMBERS = "tie_overview"
# What parts two names: Zhanjiang's, Qingdao–Long Beach, Houston,Shenzhen; not Yan'an.
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?(?!\w)|(?<=[^\W\d])[–—,，;；](?=[^\W\d])")
# A query of more places than these is about none of their ties.
_MOST_PLACES = 4
# The names in so many of the first stories are looked at.
_FIRST_STORIES, _MOST_NAMES = 5, 80
# So many words are looked for in what is said of names and ties; words that belong together stand
# in so many characters.
_MOST_PARTS, _PHRASE = 5, 60


@dataclass(frozen=True)
class FoundAnswer:
    """`kind` chooses how it is shown: "tie", "apart", "city", "name", "page" or "day"."""

    kind: str
    url: str
    names: list[Text]
    text: Text | str = ""
    entity: Entity | None = None
    lines: list[TieLine] = field(default_factory=list)
    stories: int = 0
    years: list[int] = field(default_factory=list)
    places: tuple[Entity, ...] = ()


class Answers(SearchAnswers):
    template = "archive_answers/answers.html"

    def find(self, request: HttpRequest, asked: SearchAsked) -> Sequence[FoundAnswer]:
        """Of the query as it is; where that says nothing, of its words without those that only
        ask, and of a few stories' as it may have been meant."""
        tried, known = {""}, _Known(request, asked)
        for text in _readings(asked):
            if text not in tried and (answers := _Search(known, parse(text)).answers()):
                return answers
            tried.add(text)
        return []


def _readings(asked: SearchAsked) -> Iterator[str]:
    """What was looked for, at last what was typed: a correction may be wrong."""
    found = parse(_POSSESSIVE.sub(" ", asked.query.text))
    yield found.text
    yield parted(found)
    if not (asked.is_whole and asked.found):
        yield corrected(found)
    typed = parse(_POSSESSIVE.sub(" ", asked.typed))
    yield parted(typed) or typed.text


class _Known:
    """What one reader's search may be answered from, however it is read."""

    def __init__(self, request: HttpRequest, asked: SearchAsked) -> None:
        self.request, self.asked = request, asked
        self.language = supported(get_language())
        self.restricted = site_chrome(request).restricted

    @cached_property
    def entities(self) -> EntityQuerySet:
        return Entity.objects.shown_to_public(self.restricted)

    @cached_property
    def stories(self) -> ArticleQuerySet:
        return ArticlePage.objects.shown_to_public(self.restricted)

    @cached_property
    def readable(self) -> ArticleQuerySet:
        """What the evidence of ties may be quoted from."""
        return ArticlePage.objects.cards().shown_to_public(self.restricted)

    @cached_property
    def ties(self) -> TieQuerySet:
        return Tie.objects.shown_to_public(self.restricted)

    @cached_property
    def own_pages(self) -> Sequence[OwnPage]:
        return own_pages(self.request, self.language)

    @cached_property
    def countries(self) -> str:
        """Of whom everything is in one of these, that is rarely said."""
        return counted(self.request, "countries", countries_of_places)

    @cached_property
    def tagged(self) -> dict[int, Entity]:
        """What the first stories are about, without places."""
        pages = [one.article_id for one in self.asked.found[:_FIRST_STORIES]]
        tags = ArticleEntity.objects.filter(page__in=pages).exclude(entity__kind="place")
        keys = tags.order_by("pk").values_list("entity", flat=True)[:_MOST_NAMES] if pages else ()
        return self.named(keys)

    @cached_property
    def first_story(self) -> str:
        first = [one.article_id for one in self.asked.found[:1]]
        return "\n".join(
            text
            for document in documents_of(first)
            for text in (*document.texts.values(), *map(" ".join, document.tags.values()))
        )

    @property
    def has_whole(self) -> bool:
        """Whether a story has all that was asked for."""
        return bool(self.asked.is_whole and self.asked.found)

    def named(self, keys: Iterable[int]) -> dict[int, Entity]:
        """Of these names those that readers see, with all their forms."""
        return _NAMED.get(self.request, set(keys))


def _load_named(request: HttpRequest, ids: Collection[int]) -> dict[int, Entity]:
    shown = Entity.objects.shown_to_public(site_chrome(request).restricted)
    return shown.prefetch_related("names").in_bulk(ids) if ids else {}


_NAMED = RowCache(_load_named, SITE, NAMES, STORIES)


# Long because the ways to answer one search share what is known of it, and are read in order.
class _Search:
    """One reading of a search; each answer is looked for only where it may be about it."""

    def __init__(self, known: _Known, query: Query) -> None:
        self.known, self.request, self.asked = known, known.request, known.asked
        self.query = query
        self.language = known.language
        self.question = SearchWords.read(self.asked.typed, query)
        named = (one.entity_id for part in self.question.parts for one in part.named)
        self.entities = known.named(named)
        self.question = replace(self.question, parts=tuple(self._without_regions()))

    def _without_regions(self) -> Iterator[QueryPart]:
        """The parts without a place that only says where another one is: *Redwood City California
        sister city* asks nothing of California."""
        places = [(part, one) for part in self.question.parts for one in self._entities(part)]
        regions = {
            (name_key(region), part.text)
            for part, place in places
            for region in fields_of(place, "region")
            if region
        }
        for part in self.question.parts:
            keys = {name_key(form) for form in part.written}
            if not any(key in keys and text != part.text for key, text in regions):
                yield part

    def answers(self) -> list[FoundAnswer]:
        if not self.question.parts:
            return []
        ways = [
            *(self._named_page, self._shortened, self._days, self._people, self._located),
            self._between,
            *(self._of_all, self._which_place, self._of_place, self._names, self._of_evidence),
            self._pages,
        ]
        if self.question.is_to_the_archive:
            ways.insert(0, self._pages)
        for way in ways:
            if found := list(way()):
                return found[:MOST_ANSWERS]
        return []

    def _entities(self, part: QueryPart) -> list[Entity]:
        found = (self.entities.get(one.entity_id) for one in part.named)
        return [one for one in found if one]

    def _places(self) -> list[list[Entity]]:
        """The places that each part may name: *Washington* names a state and a city."""
        every = (
            [one for one in self._entities(part) if one.is_place] for part in self.question.parts
        )
        return [found for found in every if found]

    def _days(self) -> Iterator[FoundAnswer]:
        """The paper of a day; a month's or a decade's stories."""
        year = [one for one in self.question.parts if _YEAR.fullmatch(one.text)]
        dated = [
            one
            for one in self.question.parts
            if one not in year and (days_of(one.text) or decade_of(one.text))
        ]
        if len(year) == 1 and not dated:
            yield from self._of_year(year[0])
            return
        rest = [one for one in self.question.parts if one not in dated and not one.is_any_paper]
        of_any_year = [one for one in map(day_of_any_year, (part.text for part in rest)) if one]
        if len(of_any_year) == 1:
            yield from self._of_any_year(*of_any_year[0], rest)
            return
        papers = [
            paper
            for paper in site_chrome(self.request).papers()
            if not self.question.open_parts(*fields_of(paper, "name"), parts=rest)
        ]
        days, decade = (days_of(dated[0].text), decade_of(dated[0].text)) if dated else (None, 0)
        if len(dated) == 1 and not papers and days and days.first == days.last:
            yield from self._events(days.first, rest)
        if len(dated) != 1 or not papers:
            return
        of_paper = {"publication__in": papers} if rest else {}
        name = f"{text_in(papers[0], 'name', self.language)} " if rest else ""
        if decade:
            years = {"print_date__year__gte": decade, "print_date__year__lte": decade + 9}
            address = reverse("archive:browse_decade", args=[decade])
            yield from self._day(address, name + decade_name(decade), years | of_paper)
        elif days and days.first == days.last:
            if not rest:
                begun = self.known.ties.filter(since=days.first.isoformat())
                yield from self._ties(begun[:MOST_ANSWERS])
            yield from self._of_day(days.first, papers)
            yield from self._events(days.first, rest)
        elif days and days.first.month == days.last.month:
            address = reverse("archive:browse_month", args=[days.first.year, days.first.month])
            issues = self._issues(days, papers) if rest else []
            if len(issues) == 1:
                # The paper of the month has but one day.
                address = issues[0].get_url(self.request) or address
            name += display_partial(days.first.isoformat()[:7], self.language)
            printed = {"print_date__range": (days.first, days.last)}
            yield from self._day(address, name, printed | of_paper)

    def _of_any_year(
        self, month: int, day: int, parts: Sequence[QueryPart]
    ) -> Iterator[FoundAnswer]:
        """A day of the year, in all of them."""
        rest = [one for one in parts if not day_of_any_year(one.text)]
        history = reverse("archive:on_this_day")
        called = (page.called for page in self.known.own_pages if page.url == history)
        if rest and self.question.open_parts(*called, parts=rest):
            return
        name = date_format(date(2000, month, day), "MONTH_DAY_FORMAT")
        printed = {"print_date__month": month, "print_date__day": day}
        address = reverse("archive:on_this_day_of", args=[month, day])
        yield from self._day(address, name, printed)

    def _of_year(self, part: QueryPart) -> Iterator[FoundAnswer]:
        """All papers' year, or that of the paper that is named."""
        number = int(part.text[:4])
        rest = [one for one in self.question.parts if one != part and not one.is_any_paper]
        name = display_partial(f"{number}", self.language)
        if not rest:
            address = reverse("archive:browse_year", args=[number])
            yield from self._day(address, name, {"print_date__year": number})
            return
        for paper in site_chrome(self.request).papers():
            names = fields_of(paper, "name")
            is_named = any(one and name_key(one) in name_key(self.asked.typed) for one in names)
            if not is_named or self.question.open_parts(*names, parts=rest):
                continue
            for page in YearPage.objects.live().child_of(paper).filter(slug=f"{number}"):
                of_paper = f"{text_in(paper, 'name', self.language)} {name}"
                printed = {"print_date__year": number, "publication": paper.pk}
                yield from self._day(page.get_url(self.request) or "", of_paper, printed)

    def _of_day(self, day: date, papers: Sequence[PublicationPage]) -> Iterator[FoundAnswer]:
        """The issue, if there is one; of several papers' the day."""
        of_day = self._issues(DateRange(day, day), papers)
        address = reverse("archive:browse_day", args=[day.year, day.month, day.day])
        name = display_partial(day.isoformat(), self.language)
        if len(of_day) == 1:
            [paper] = [one for one in papers if of_day[0].path.startswith(one.path)]
            address = of_day[0].get_url(self.request) or address
            name = f"{text_in(paper, 'name', self.language)} {name}"
        yield from self._day(address, name, {"print_date": day})

    def _issues(self, days: DateRange, papers: Sequence[PublicationPage]) -> list[IssuePage]:
        home = front_page(self.request)
        if not home:
            return []
        printed = {"print_date__range": (days.first, days.last)}
        return [
            issue
            for issue in filled_issues(home, self.request).filter(**printed)
            if any(issue.path.startswith(paper.path) for paper in papers)
        ]

    def _events(self, day: date, rest: Sequence[QueryPart]) -> Iterator[FoundAnswer]:
        """What is said to have been on that day, and all that is asked beside it."""
        said = Q()
        for code in LANGUAGES:
            month = display_partial(day.isoformat()[:7], code)
            said |= Q(**{f"{column('description', code)}__contains": month})
        events = self.known.entities.filter(kind=Entity.Kind.EVENT)
        number = re.compile(rf"(?<!\d){day.day}(?!\d)")
        for event in events.filter(said).order_by("pk")[:_MOST_NAMES]:
            told = all_said(event)
            if number.search(told) and not self.question.open_parts(told, HAPPENED, parts=rest):
                yield self._name(event, [event])

    def _day(self, address: str, name: str, printed: dict[str, Any]) -> Iterator[FoundAnswer]:
        if number := self.known.stories.filter(**printed).count():
            yield FoundAnswer("day", address, [Text(name, self.language)], stories=number)

    def _shortened(self) -> Iterator[FoundAnswer]:
        """The name or page that the query is a shorter form of: *Houston Shenzhen Association*,
        两港一洋."""
        parts = self.question.parts
        if not self.question.rest:
            return
        typed = " ".join(one.text for one in parts)
        pages = [
            (len(name), page)
            for page in self.known.own_pages
            for name in page.names
            if shortens(" ".join(one.text for one in page.not_its_kind(parts)), name)
        ]
        if pages:
            yield self._page(min(pages, key=itemgetter(0))[1])
        elif len(parts) > 1 and (
            found := [
                (len(name), one.pk, one)
                for one in self._described.values()
                for name in names_of(one).splitlines()
                if shortens(typed, name)
            ]
        ):
            yield self._name(min(found)[-1], [])

    def _located(self) -> Iterator[FoundAnswer]:
        """A place with where it is beside it: *St. Paul, Minnesota*, 广东湛江."""
        if not 1 < len(self.question.parts) <= _MOST_PLACES:
            return
        for places in self._places():
            for place in places:
                rest = [one for one in self.question.parts if place not in self._entities(one)]
                country = country_forms(place.country) if place.country else ""
                where = [*fields_of(place, "region"), country, names_of(place)]
                types = {PLACE_TYPES.get(one.text.lower(), place.place_type) for one in rest}
                is_named = 0 < len(rest) < len(self.question.parts) and types == {place.place_type}
                if is_named and not self.question.open_parts(*where, AREAS, parts=rest):
                    yield self._name(place, [place])
                    return

    def _between(self) -> Iterator[FoundAnswer]:
        """Of two places of the query, what ties them."""
        places = self._places()
        if not 1 < len(places) <= _MOST_PLACES:
            return
        pairs = [
            tuple(sorted(pair, key=lambda place: place.key))
            for some, more in combinations(places, 2)
            for pair in product(some, more)
            if pair[0] != pair[1]
        ]
        partners = PARTNERS_SHOWN.get(self.request, {one.pk for pair in pairs for one in pair})
        tied = ties_among(
            self.known.ties,
            self.known.readable,
            [one for pair in pairs if pair[1].pk in partners.get(pair[0].pk, ()) for one in pair],
            self.language,
        )
        found = [(a, b, tied.get(frozenset((a.pk, b.pk)), [])) for a, b in pairs]
        for a, b, lines in found:
            if lines and self._says(self._of_ties([a, b], lines), [a, b]):
                known = self._of_ties([a, b], [replace(line, evidence=[]) for line in lines])
                # What is more than that they are tied is told by what says all of it; one character
                # of a question only asks: 哪天.
                least = 2 if self.question.is_question else 1
                if any(len(one.text) >= least for one in self._unsaid(known, [a, b])):
                    if self.known.has_whole:
                        return
                    if told := self._told_beside(lines):
                        yield self._name(told, [told])
                        return
                yield self._tie(a, b, lines)
        if len(places) != 2 or any(lines for *_pair, lines in found):
            return
        if of_region := list(self._in_region()):
            yield from of_region
        elif not self.question.open_parts(of_ties(Tie.Kind.values), parts=self.question.rest):
            for a, b in pairs[:1]:
                address = reverse("archive:pair", args=[a.key, b.key])
                yield FoundAnswer("apart", address, self._both(a, b), places=(a, b))
                yield from self._names()

    def _told_beside(self, lines: Sequence[TieLine]) -> Entity | None:
        """Who or what is said all that is asked of two places beside a tie of theirs."""
        of_kinds = of_ties(line.tie.kind for line in lines)
        if len(self.question.open_parts(of_kinds)) < len(self.question.parts):
            return None
        return self._best_said(self._described.values(), is_asked=True)

    def _tie(self, a: Entity, b: Entity, lines: list[TieLine]) -> FoundAnswer:
        address = reverse("archive:pair", args=[a.key, b.key])
        return FoundAnswer("tie", address, self._both(a, b), lines=lines)

    def _both(self, a: Entity, b: Entity) -> list[Text]:
        return [
            Text(f"{one} — {two}", code)
            for code in self._codes()
            if (one := a.name_in(code)) and (two := b.name_in(code))
        ]

    def _ties(self, ties: TieQuerySet) -> Iterator[FoundAnswer]:
        for tie in ties.with_places().with_evidence(self.known.readable):
            a, b = tie.place_a.canonical, tie.place_b.canonical
            yield self._tie(a, b, [tie_line(tie, b, self.language)])

    def _of_ties(self, places: Sequence[Entity], lines: Sequence[TieLine]) -> str:
        """All that is said of ties: names, kinds, days, and what says so, in both languages."""
        said = [of_ties(line.tie.kind for line in lines), SIGNED, *map(self._said_of, places)]
        for line in lines:
            tie = line.tie
            said += [self._said_of(line.place), line.kind, line.since, line.until, line.status]
            said += [
                display_partial(day, code) for day in (tie.since, tie.until) for code in LANGUAGES
            ]
            said += fields_of(tie, "description")
            for piece in line.evidence:
                said += [str(piece.sentence), str(piece.in_other)]
        return "\n".join(map(str, said))

    def _said_of(self, entity: Entity) -> str:
        return all_said(self.known.named([entity.pk]).get(entity.pk, entity))

    def _says(self, text: str, places: Sequence[Entity] = ()) -> bool:
        """Whether it says what was asked, and of no other name."""
        left = self._unsaid(text, places)
        return self.question.is_covered(left) and not any(part.named for part in left)

    def _unsaid(self, text: str, places: Sequence[Entity]) -> list[QueryPart]:
        """The parts that the text doesn't say and that name none of the places, however they are
        written: haerbin, Yan'an."""
        known = {one.pk for one in places}
        return [
            part
            for part in self.question.open_parts(text)
            if known.isdisjoint(one.entity_id for one in part.named)
        ]

    def _of_all(self) -> Iterator[FoundAnswer]:
        """The earliest or the latest of all ties, or how many there are, of a kind that is
        named."""
        if self._places():
            return
        if self.question.asks_how_many and all(one.is_any_story for one in self.question.parts):
            browse = reverse("archive:browse")
            names = [page.name for page in self.known.own_pages if page.url == browse]
            for name in names:
                yield FoundAnswer("day", browse, [name], stories=self.known.stories.count())
            return
        asks_number = self.question.asks_how_many or self.question.asks_most
        if not (self.question.asks_first or self.question.asks_latest or asks_number):
            return
        known = [TIE_WORDS, SIGNED, SUPERLATIVES, self.known.countries]
        pages = tie_pages()
        view = _NUMBERS if _NUMBERS in pages else "tie_index"
        address = reverse(f"archive:{view}")
        if asks_number:
            known += [page.called for page in self.known.own_pages if page.url == address]
        kinds = [
            kind
            for kind in Tie.Kind.values
            if not self.question.open_parts(labels_of(kind), *known)
        ]
        # Of *port agreements*, those of ports.
        unsaid = {kind: len(self.question.open_parts(labels_of(kind))) for kind in kinds}
        kinds = [kind for kind in kinds if unsaid[kind] == min(unsaid.values())]
        of_kinds = self.known.ties.filter(kind__in=kinds)
        if self.question.asks_first or self.question.asks_latest:
            order = "since" if self.question.asks_first else "-since"
            begun = of_kinds.exclude(since="").exclude(status=Tie.Status.PLANNED)
            yield from self._ties(begun.order_by(order)[:1])
        elif kinds:
            if self.question.asks_most:
                most = self._numbers(of_kinds).most_common(_MOST_TIED)
                shown = self.known.entities
                places = shown.in_bulk([pk for pk, _number in most])
                numbers = [
                    (places[pk].name_in(self.language) or str(places[pk]), number)
                    for pk, number in most
                    if pk in places
                ]
            else:
                of_kind = Counter(of_kinds.order_by().values_list("kind", flat=True))
                numbers = [(Tie.Kind(kind).label, number) for kind, number in of_kind.most_common()]
            said = " · ".join(f"{name}: {number}" for name, number in numbers)
            yield FoundAnswer("page", address, [Text(str(pages[view]), self.language)], text=said)

    def _numbers(self, ties: TieQuerySet) -> Counter[int]:
        """How many of the ties each place has."""
        ends = ties.order_by().values_list(canonical_id("place_a"), canonical_id("place_b"))
        return Counter(chain.from_iterable(ends))

    def _which_place(self) -> Iterator[FoundAnswer]:
        """The one place of a region, or a type, that has so many ties as are asked for."""
        question = self.question
        asked = [part for part in question.parts if number_in(part.text)]
        if not question.asks_which_place or len(asked) != 1:
            return
        number = number_in(asked[0].text)
        years = [part for part in question.parts if _YEAR.fullmatch(part.text)]
        ties = self.known.ties.exclude(status=Tie.Status.PLANNED)
        if years:
            # One of unknown age may have been there.
            ties = ties.filter(since__lt=f"{int(years[0].text[:4]) + 1}")
        rest = [part for part in question.parts if part not in (*asked, *years)]
        held = [pk for pk, of_one in self._numbers(ties).items() if of_one == number]
        places = self.known.entities.filter(pk__in=held)
        known = (of_ties(Tie.Kind.values), SUPERLATIVES, self.known.countries)
        regions = question.open_parts(*known, parts=rest)
        of_type = [part for part in rest if PLACE_TYPES.get(part.text.lower())]
        found = [
            place
            for place in places.prefetch_related("names").order_by("pk")
            if not question.open_parts(all_said(place), parts=regions)
            and (not of_type or place.place_type == PLACE_TYPES[of_type[0].text.lower()])
        ]
        if len(found) > MOST_ANSWERS:
            return
        # Those that have had them the longest, first.
        of_found = [(place, self._lines(place)) for place in found]
        of_found.sort(key=lambda one: max(line.tie.since for line in one[1]))
        for place, lines in of_found:
            address = reverse("archive:city", args=[place.key])
            yield FoundAnswer("city", address, self._called(place), entity=place, lines=lines)

    def _of_place(self) -> Iterator[FoundAnswer]:
        """A place's ties, where *sister cities of …* is asked for; or the one with that day."""
        named = self._places()
        if len(named) != 1 or len(self.question.parts) < 2:
            return
        tied = ((one, self._lines(one)) for one in named[0])
        place, lines = max(tied, key=lambda one: len(one[1]))
        places = [place]
        rest = [part for part in self.question.parts if place not in self._entities(part)]
        kinds = {line.tie.kind for line in lines}
        countries = {one.country for line in lines for one in (line.place, line.origin)}
        told = (of_ties(kinds), *map(labels_of, kinds))
        # Where it is, and that partners sign, is known of it.
        said = (*told, *map(country_forms, countries), *fields_of(place, "region"))
        # When something was signed is told of that.
        said += () if any(partial_date_of(part.text) for part in rest) else (SIGNED,)
        left = self.question.open_parts(*said, parts=rest)
        # The countries alone don't ask for ties.
        asks = len(self.question.open_parts(*told, parts=rest)) < len(rest)
        if self.question.asks_first or self.question.asks_latest:
            yield from self._first_of(place, lines, left)
        # The one with that day or year, or in the state that is named.
        asked = {partial_date_of(part.text) for part in rest} - {""}
        meant = [
            line
            for line in lines
            if any(line.tie.since.startswith(day) for day in asked)
            or (
                left
                and asks
                and not self.question.open_parts(self._said_of(line.place), parts=left)
            )
        ]
        if len(meant) == 1:
            [line] = self._told(place, meant)
            if not asked or self._says(self._of_ties(places, [line]), places):
                yield self._line(place, line)
        if lines and asks and self.question.is_covered(left):
            address = reverse("archive:city", args=[place.key])
            yield FoundAnswer("city", address, self._called(place), entity=place, lines=lines)

    def _lines(self, place: Entity) -> list[TieLine]:
        """Its ties, without what says so."""
        return tie_lines_of(self.known.ties.of(place).with_places(), place, self.language)

    def _told(self, place: Entity, lines: Sequence[TieLine]) -> list[TieLine]:
        """The lines with what says so."""
        ties = self.known.ties.filter(pk__in=[line.tie.pk for line in lines])
        return ties_of(ties, self.known.readable, place, self.language)

    def _first_of(
        self, place: Entity, lines: Sequence[TieLine], left: Sequence[QueryPart]
    ) -> Iterator[FoundAnswer]:
        """The earliest or latest of a place's ties, of the kind that is named."""
        if self.question.open_parts(SUPERLATIVES, parts=left):
            return
        begun = [line for line in lines if line.tie.since and not line.is_planned]
        of_kind = {kind: len(self.question.open_parts(labels_of(kind))) for kind in Tie.Kind.values}
        least = min((of_kind[line.tie.kind] for line in begun), default=0)
        begun = [line for line in begun if of_kind[line.tie.kind] == least]
        begun.sort(key=lambda line: line.tie.since, reverse=not self.question.asks_first)
        for line in self._told(place, begun[:1]) if begun else ():
            yield self._line(place, line)

    def _in_region(self) -> Iterator[FoundAnswer]:
        """The one tie that a place has in another's region: Chengdu's partner in Hawaii."""
        for place in (one for found in self._places() for one in found):
            lines = self._lines(place)
            rest = [part for part in self.question.parts if place not in self._entities(part)]
            rest = self.question.open_parts(of_ties(Tie.Kind.values), parts=rest)
            meant = [
                line
                for line in lines
                if rest
                and not self.question.open_parts(
                    *(
                        self._said_of(line.place),
                        labels_of(line.tie.kind),
                        country_forms(line.place.country),
                    ),
                    parts=rest,
                )
            ]
            if len(meant) == 1:
                yield from (self._line(place, line) for line in self._told(place, meant))
                return

    def _line(self, place: Entity, line: TieLine) -> FoundAnswer:
        a, b = sorted((place, line.place), key=lambda one: one.key)
        return self._tie(a, b, [line])

    def _called(self, entity: Entity) -> list[Text]:
        return [name for code in self._codes() if (name := Text(entity.name_in(code), code))]

    def _codes(self) -> tuple[str, str]:
        return self.language, other(self.language)

    def _names(self) -> Iterator[FoundAnswer]:
        """The names that the query is made of; then one that is said all that was asked of."""
        rest = self.question.rest
        every = [one for part in self.question.parts for one in self._entities(part)]
        number = sum(not one.is_any_story for one in self.question.parts)
        asks_more = self.question.asks_why or self.question.asks_how_much
        if asks_more and number > 1 and self.asked.found:
            return
        if self.question.asks_name:
            rest = self.question.open_parts(NAME_WORDS, parts=rest)
        if not rest and every:
            # Three things at once are told by a story, if there is one.
            if self.asked.is_whole and self.asked.found and number > 2:
                return
            named = Counter(one.pk for one in every)
            ranked = sorted(every, key=lambda one: (one.kind == Entity.Kind.TOPIC, -named[one.pk]))
            unique = list({one.pk: one for one in ranked}.values())[:MOST_ANSWERS]
            yield from (self._name(one, unique) for one in unique)
            return
        if number == 1:
            read = {name_key(self.asked.typed), name_key(self.query.text)}
            is_all = bool(rest) and name_key(rest[0].text) in read
            if is_all and (entity := self._completed(rest[0].text)):
                yield self._name(entity, [entity])
                return
        region = self.question.open_parts(AREAS)
        if len(region) == 1 and not region[0].named and not self.known.has_whole:
            yield from (self._name(one, [one]) for one in self._in(region[0]))
        if number == 1:
            return
        candidates = {one.pk: one for one in every} | self.known.tagged | self._described
        if found := self._best_said(candidates.values(), is_asked=self.question.is_question):
            yield self._name(found, [found])

    def _in(self, region: QueryPart) -> list[Entity]:
        """The first places of a region that has no name of its own: *Rhode Island*."""
        found = said_by(DescriptionTerm, "entity", [region.all_terms], most=_MOST_NAMES)
        every = self.known.named(found).values()
        places = [
            one
            for one in every
            if one.is_place
            and not self.question.open_parts(*fields_of(one, "region"), parts=[region])
        ]
        return sorted(places, key=lambda one: one.key)[:MOST_ANSWERS]

    def _people(self) -> Iterator[FoundAnswer]:
        """Whom a question asks for that is said all the rest of."""
        if not self.question.asks_who or len(self.question.parts) < 2:
            return
        people = [one for one in self.known.tagged.values() if one.kind == Entity.Kind.PERSON]
        if found := self._best_said(people, is_asked=True):
            yield self._name(found, [found])

    def _best_said(self, candidates: Iterable[Entity], *, is_asked: bool) -> Entity | None:
        """The one that is said most of what is asked, in the fewest words: *mayor of Tustin* isn't
        who met that mayor. Of a question one of several parts may be open, but no name."""
        found = []
        number = len(self.question.parts)
        dated = [part for part in self.question.parts if _YEAR.fullmatch(part.text)]
        is_when = bool(dated) and all(part.named or part in dated for part in self.question.parts)
        names_topic = any(one.kind == Entity.Kind.TOPIC for one in self.entities.values())
        for entity in candidates:
            if self.question.asks_who and entity.kind not in ("person", "organisation"):
                continue
            if self.question.asks_which_place and not entity.is_place:
                continue
            # A place and a year are asked for what happened there.
            if is_when and entity.kind != Entity.Kind.EVENT:
                continue
            said = all_said(entity)
            left = [
                one for one in self.question.open_parts(said) if entity not in self._entities(one)
            ]
            if number > 2:
                # Of whom everything is in one country, that is rarely said.
                left = self.question.open_parts(self.known.countries, parts=left)
            if any(part.named for part in left):
                continue
            is_named = entity.pk in self.entities and not entity.is_place
            # Who has to do with a topic isn't what is looked for by its name.
            if names_topic and number < 3 and not (is_named or is_asked):
                continue
            if left:
                if is_named and entity.kind == Entity.Kind.TOPIC:
                    continue
                few = len(left) < 2 if is_named else self.question.is_covered(left)
                if not is_asked or not few:
                    few = (few or 2 < number - len(left) >= len(left)) and not is_named
                    # What the first story says is read for what would stand above it.
                    few = few and len(left) < self._open_in_first
                if not few:
                    continue
            width = min(self.question.width_in(text) for text in said.splitlines())
            # *mayor of Zhanjiang* in a row, or *Mayor Turner*, whose name it is.
            is_phrase = width[0] == 0 and width[1] <= _PHRASE
            # A year asks for what people did in it.
            is_named_so = len(self.question.open_parts(names_of(entity))) < number
            is_phrase |= is_named_so and (entity.kind == Entity.Kind.EVENT or not dated)
            if left or number > 2 or is_asked or is_named or is_phrase:
                unnamed = len(self.question.open_parts(names_of(entity)))
                found.append(
                    (len(left), unnamed, width, entity.pk not in self.entities, entity.pk, entity)
                )
        return min(found)[-1] if found else None

    @cached_property
    def _open_in_first(self) -> int:
        """How many parts the first story doesn't say."""
        return len(self.question.open_parts(self.known.first_story))

    @cached_property
    def _described(self) -> dict[int, Entity]:
        """Of whom or what is said each part of the question, or in its names."""
        # Of whom everything is in one country, that is rarely said.
        asked = (
            self.question.open_parts(self.known.countries)
            if len(self.question.parts) > 2
            else self.question.parts
        )
        # The index has pairs of characters: one alone is told by the text.
        parts = [part.all_terms for part in asked if len(part.text) > 1]
        if not 1 < len(parts) <= _MOST_PARTS:
            return {}
        return self.known.named(said_by(DescriptionTerm, "entity", parts, most=_MOST_NAMES))

    def _of_evidence(self) -> Iterator[FoundAnswer]:
        """The one tie whose evidence has the words, such as a name that is in no other list."""
        known = [one.pk for found in self._places() for one in found]
        dated = [part for part in self.question.rest if days_of(part.text)]
        asked = dated or self.question.rest
        # A number of something is told by a story, if there is one.
        is_number = any(number_in(part.text) for part in asked)
        is_told = self.known.has_whole and (is_number or len(self.asked.found) == 1)
        is_alone = len(self.question.parts) < 2 and bool(self.asked.found)
        if not asked or len(asked) > _MOST_PARTS or is_alone or is_told:
            return
        parts = [part.all_terms for part in asked]
        pieces = said_by(EvidenceTerm, "evidence", parts, most=_MOST_NAMES)
        if not pieces:
            return
        said: dict[int, list[str]] = defaultdict(list)
        sentences = TieEvidence.objects.filter(pk__in=pieces).order_by()
        for tie, *of_piece in sentences.values_list("tie", *columns("sentence")):
            said[tie] += filter(None, of_piece)
        meant = [
            tie
            for tie, of_tie in said.items()
            if all(part.is_in(terms_of("\n".join(of_tie))) for part in asked)
        ]
        if not meant:
            return
        ties = self.known.ties.filter(pk__in=meant)
        if known:
            ties = ties.filter(Q(place_a__in=known) | Q(place_b__in=known))
        found = []
        for tie in ties.with_places().with_evidence(self.known.readable):
            places = [tie.place_a.canonical, tie.place_b.canonical]
            line = tie_line(tie, places[1], self.language)
            if self._says(self._of_ties(places, [line]), places):
                found.append((*places, line))
        for a, b, line in found if len(found) == 1 else ():
            yield self._tie(a, b, [line])

    def _completed(self, text: str) -> Entity | None:
        """The name that a word is the beginning of: *Leizhou*, of the Leizhou Peninsula."""
        key = name_key(text)
        if len(key) < 2:
            return None
        hints = NameHint.objects.filter(key__startswith=key).order_by("-weight")
        rows = dict.fromkeys(hints.values_list("entity", flat=True)[:_MOST_NAMES])
        shown = self.known.entities.in_bulk(list(rows))
        for entity in shown.values():
            names = filter(None, (entity.name_in(code) for code in LANGUAGES))
            if any(begins(name, text) for name in names):
                return entity
        return None

    def _name(self, entity: Entity, beside: Sequence[Entity]) -> FoundAnswer:
        told = self.known.stories.tagged_with(entity).order_by()
        number, *days = told.aggregate(Count("pk"), Min("print_date"), Max("print_date")).values()
        ties = self.known.ties.of(entity).with_places() if entity.is_place else ()
        lines = tie_lines_of(ties, entity, self.language)
        others = {one.pk for one in beside} - {entity.pk}
        return FoundAnswer(
            *("name", entity.get_absolute_url(), self._called(entity)),
            text=text_in(entity, "description", self.language),
            entity=entity,
            lines=[line for line in lines if line.place.pk in others] or lines,
            stories=number,
            years=list(dict.fromkeys(day.year for day in days if day)),
        )

    def _named_page(self) -> Iterator[FoundAnswer]:
        """The page whose name is all that is left of the query, alone or beside its paper's."""
        if len(self.question.parts) < 2:
            return
        key = name_key(self.asked.typed)
        for page in self.known.own_pages:
            names = [one for one in page.names if name_key(one) in key]
            if names and not self.question.open_parts(*names, *page.within):
                yield self._page(page)
                return

    def _pages(self) -> Iterator[FoundAnswer]:
        """A page that is called so; or the one that says more of what is asked than the first
        story does. A word that fewer of these pages have says more."""
        question = self.question
        asked = [one for one in question.parts if not one.is_any_story]
        # One character is a part of too many words: 市, 图.
        asked = [one for one in asked if len(one.text) > 1] or asked
        # *This site* is what is asked, not what is asked for.
        asked = [one for one in asked if not one.is_address] or asked
        pages = self.known.own_pages
        for page in pages:
            if page.is_named(self.asked.typed):
                yield self._page(page)
                return
        if question.is_question or question.asks_for_list:
            # *Which people are in the archive?*
            listed = question.open_parts(HELD, parts=asked)
            people = reverse("archive:browse_names", args=["people"])
            if question.asks_who and not listed:
                yield from (self._page(page) for page in pages if page.url == people)
                return
            lists = [
                (len(page.name_terms), at)
                for at, page in enumerate(pages)
                if not page.kind and listed and all(one.is_in(page.name_terms) for one in listed)
            ]
            if lists:
                yield self._page(pages[min(lists)[1]])
                return
        is_of_day = any(days_of(one.text) or pages_of(one.text) for one in asked)
        if not asked and question.is_to_the_archive:
            about = (page for page in pages if page.is_about_the_archive)
            yield from (self._page(page) for page in islice(about, 1))
            return
        if not asked or is_of_day or any(one.named and not is_said(one, pages) for one in asked):
            return
        ranked = PageRanking(pages, asked, fewest=1 if question.is_to_the_archive else 2)
        best = ranked.best
        if best is None:
            return
        if self.asked.is_whole and self.asked.found and not question.is_to_the_archive:
            # Stories have it all: so must what the page is called.
            is_list = question.asks_for_list or len(question.parts) > 1
            if is_list and ranked.is_all_called(best):
                yield self._page(best)
            return
        of_story = terms_of(self.known.first_story)
        share = 1 if question.is_to_the_archive and best.is_about_the_archive else 2
        if ranked.score > share * ranked.weight_of([one.is_in(of_story) for one in asked]):
            yield self._page(best)

    def _page(self, page: OwnPage) -> FoundAnswer:
        return FoundAnswer("page", page.url, [page.name], text=page.intro)
