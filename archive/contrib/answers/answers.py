"""Answers from the archive's own data: ties, names, days and the pages about the archive.

An answer stands above the stories only where it says nearly all that was asked: see
`SearchWords.is_covered`. Nothing is generated; each leads to its page and shows its evidence.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import combinations, product
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from archive.contrib.answers.questions import QueryPart, SearchWords
from archive.entities.countries import country_name
from archive.entities.fields import Text, text_in
from archive.entities.models import Entity
from archive.search.analysis import name_key
from archive.search.apart import parted
from archive.search.correction import corrected
from archive.search.documents import documents_of
from archive.search.meanings import also_written, days_of, decade_of
from archive.search.models import NameHint
from archive.search.query import Query, parse
from archive.site.caching.site_chrome import front_page, site_chrome
from archive.site.lists import filled_issues, readable_pages
from archive.site.names.displays import tie_pages
from archive.site.names.stories import story_counts
from archive.site.names.tie_lines import TieLine, tie_line, tie_lines_of, ties_between, ties_of
from archive.site.search.answers import SearchAnswers, SearchAsked
from archive.stories.models import (
    ArticleEntity,
    ArticlePage,
    InformationPage,
    PublicationPage,
)
from archive.templatetags.archive_browse_tags import decade_name
from archive.text.dates import display_partial
from archive.text.language import LANGUAGES, column, other, supported
from archive.text.richtext import plain_text
from archive.ties.models import Tie
from archive.ties.querysets import TieQuerySet

MOST_ANSWERS = 2
_YEAR = re.compile(r"(?:1[89]|20)\d\d年?")
# The page of all ties in charts, where a site has it.
_NUMBERS = "tie_overview"
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?\b")
# A query of more places than these is about none of their ties.
_MOST_PLACES = 4
_SUPERLATIVES = " ".join(
    [
        "most number city cities have first earliest oldest",
        "城市 最多 数量 统计 最早 第一 首对 两个 地方",
    ]
)
# The names in so many of the first stories are looked at.
_FIRST_STORIES, _MOST_NAMES = 5, 80
# What is said of any tie of two countries; a search for *Chinese sister cities* asks no more.
_TIE_WORDS = "sister friendship partner tie pair 友好 姐妹 伙伴 结好 缔结 一对 哪一对 关系 往来"
_OF_ANY_TIE = " ".join(
    [
        *(_TIE_WORDS, "城市"),
        *(form for kind in ("city", "port", "state") for form in also_written(f"sister {kind}")),
    ]
)


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


@dataclass(frozen=True)
class _OwnPage:
    """A page that is no story: what it is `called` and what is `said` on it in both languages."""

    name: Text
    url: str
    intro: Text | str
    called: str
    said: str

    def is_called(self, text: str) -> bool:
        return name_key(text) in map(name_key, self.called.splitlines())


class Answers(SearchAnswers):
    template = "archive_answers/answers.html"

    def find(self, request: HttpRequest, asked: SearchAsked) -> Sequence[FoundAnswer]:
        """Of the query as it is; where that says nothing, of its words without those that only
        ask, and of a few stories' as it may have been meant."""
        bare = parse(_POSSESSIVE.sub("", asked.query.text))
        is_meant = asked.is_whole and bool(asked.found)
        for rewritten in (_as_it_is, parted, None if is_meant else corrected):
            text = rewritten(bare) if rewritten else ""
            if text and (answers := _Search(request, asked, parse(text)).answers()):
                return answers
        return []


def _as_it_is(query: Query) -> str:
    return query.text


class _Search:
    """One reader's search; each answer is looked for only where the question may be about it."""

    def __init__(self, request: HttpRequest, asked: SearchAsked, query: Query) -> None:
        self.request, self.asked = request, asked
        self.language = supported(get_language())
        self.restricted = site_chrome(request).restricted
        self.question = SearchWords.read(asked.typed, query)
        self.stories = ArticlePage.objects.shown_to_public(self.restricted)
        self.ties = Tie.objects.shown_to_public(self.restricted)
        # What their evidence may be quoted from.
        self.readable = ArticlePage.objects.cards().shown_to_public(self.restricted)
        named = {one.entity_id for part in self.question.parts for one in part.named}
        shown = Entity.objects.shown_to_public(self.restricted)
        self.entities = shown.prefetch_related("names").in_bulk(named)

    def answers(self) -> list[FoundAnswer]:
        if not self.question.parts:
            return []
        ways = (self._days, self._people, self._between, self._of_all, self._of_place)
        for way in (*ways, self._names, self._pages):
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
        dated = [one for one in self.question.parts if days_of(one.text) or decade_of(one.text)]
        year = [one for one in self.question.parts if _YEAR.fullmatch(one.text)]
        if len(year) == len(self.question.open_parts("")) == 1:
            number = int(year[0].text[:4])
            name = display_partial(f"{number}", self.language)
            address = reverse("archive:browse_year", args=[number])
            yield from self._day(address, name, {"print_date__year": number})
            return
        rest = [one for one in self.question.parts if one not in dated and not one.is_any_story]
        papers = [
            paper
            for paper in site_chrome(self.request).papers()
            if not self.question.open_parts(*_fields(paper, "name"), parts=rest)
        ]
        if len(dated) != 1 or not papers:
            return
        days, decade = days_of(dated[0].text), decade_of(dated[0].text)
        if decade and not rest:
            years = {"print_date__year__gte": decade, "print_date__year__lte": decade + 9}
            address = reverse("archive:browse_decade", args=[decade])
            yield from self._day(address, decade_name(decade), years)
        elif days and days.first == days.last:
            if not rest:
                begun = self.ties.filter(since=days.first.isoformat())
                yield from self._ties(begun[:MOST_ANSWERS])
            yield from self._of_day(days.first, papers)
            if not rest:
                yield from self._events(days.first)
        elif days and days.first.month == days.last.month and not rest:
            address = reverse("archive:browse_month", args=[days.first.year, days.first.month])
            name = display_partial(days.first.isoformat()[:7], self.language)
            yield from self._day(address, name, {"print_date__range": (days.first, days.last)})

    def _of_day(self, day: date, papers: Sequence[PublicationPage]) -> Iterator[FoundAnswer]:
        """The issue, if there is one; of several papers' the day."""
        home = front_page(self.request)
        issues = filled_issues(home, self.request).filter(print_date=day) if home else ()
        of_day = [
            issue for issue in issues if any(issue.path.startswith(paper.path) for paper in papers)
        ]
        address = reverse("archive:browse_day", args=[day.year, day.month, day.day])
        name = display_partial(day.isoformat(), self.language)
        if len(of_day) == 1:
            [paper] = [one for one in papers if of_day[0].path.startswith(one.path)]
            address = of_day[0].get_url(self.request) or address
            name = f"{text_in(paper, 'name', self.language)} {name}"
        yield from self._day(address, name, {"print_date": day})

    def _events(self, day: date) -> Iterator[FoundAnswer]:
        """What is said to have been on that day."""
        said = Q()
        for code in LANGUAGES:
            text = display_partial(day.isoformat(), code)
            said |= Q(**{f"{column('description', code)}__contains": text})
        events = Entity.objects.shown_to_public(self.restricted).filter(kind=Entity.Kind.EVENT)
        for event in events.filter(said).order_by("pk")[:MOST_ANSWERS]:
            yield self._name(event, [event])

    def _day(self, address: str, name: str, printed: dict[str, Any]) -> Iterator[FoundAnswer]:
        if number := self.stories.filter(**printed).count():
            yield FoundAnswer("day", address, [Text(name, self.language)], stories=number)

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
        found = [
            (a, b, ties_between(self.ties, self.readable, a, b, self.language)) for a, b in pairs
        ]
        for a, b, lines in found:
            if lines and self._says(self._of_ties([a, b], lines), [a, b]):
                yield self._tie(a, b, lines)
        if len(places) == 2 and not (self.question.rest or any(lines for *_pair, lines in found)):
            for a, b in pairs[:1]:
                address = reverse("archive:pair", args=[a.key, b.key])
                yield FoundAnswer("apart", address, [], places=(a, b))
                yield from self._names()

    def _tie(self, a: Entity, b: Entity, lines: list[TieLine]) -> FoundAnswer:
        names = [
            Text(f"{one} — {two}", code)
            for code in self._codes()
            if (one := a.name_in(code)) and (two := b.name_in(code))
        ]
        return FoundAnswer("tie", reverse("archive:pair", args=[a.key, b.key]), names, lines=lines)

    def _ties(self, ties: TieQuerySet) -> Iterator[FoundAnswer]:
        for tie in ties.with_places().with_evidence(self.readable):
            a, b = tie.place_a.canonical, tie.place_b.canonical
            yield self._tie(a, b, [tie_line(tie, b, self.language)])

    def _of_ties(self, places: Sequence[Entity], lines: Sequence[TieLine]) -> str:
        """All that is said of ties: names, kinds, days, and what says so, in both languages."""
        said = [_OF_ANY_TIE, *map(_all_said, places)]
        for line in lines:
            tie = line.tie
            said += [_all_names(line.place), line.kind, line.since, line.until, line.status]
            said += [
                display_partial(day, code) for day in (tie.since, tie.until) for code in LANGUAGES
            ]
            said += _fields(tie, "description")
            for piece in line.evidence:
                said += [str(piece.sentence), str(piece.in_other)]
        return "\n".join(map(str, said))

    def _says(self, text: str, places: Sequence[Entity] = ()) -> bool:
        """Whether it says what was asked, and of no other name."""
        known = {one.pk for one in places}
        left = [
            part
            for part in self.question.open_parts(text)
            if known.isdisjoint(one.entity_id for one in part.named)
        ]
        return self.question.is_covered(left) and not any(part.named for part in left)

    def _of_all(self) -> Iterator[FoundAnswer]:
        """The earliest of all ties or how many there are, of a kind that is named; or a way to
        look at all of them, by its name."""
        if self._places():
            return
        rest = self.question.open_parts(_OF_ANY_TIE)
        for view, label in tie_pages().items():
            is_of_ties = 0 < len(rest) < len(self.question.parts)
            if is_of_ties and not self.question.open_parts(label, parts=rest):
                yield FoundAnswer("page", reverse(f"archive:{view}"), [Text(label, self.language)])
                return
        asks_number = self.question.asks_how_many or self.question.asks_most
        if not (self.question.asks_first or asks_number):
            return
        known = (_TIE_WORDS, _SUPERLATIVES, _of_countries())
        kinds = [
            kind for kind in Tie.Kind.values if not self.question.open_parts(_labels(kind), *known)
        ]
        of_kinds = self.ties.filter(kind__in=kinds)
        if self.question.asks_first:
            yield from self._ties(of_kinds.exclude(since="").order_by("since")[:1])
        elif kinds:
            numbers = Counter(of_kinds.order_by().values_list("kind", flat=True))
            said = [f"{Tie.Kind(kind).label}: {number}" for kind, number in numbers.most_common()]
            pages = tie_pages()
            view = _NUMBERS if _NUMBERS in pages else "tie_index"
            name = Text(str(pages[view]), self.language)
            yield FoundAnswer("page", reverse(f"archive:{view}"), [name], text=" · ".join(said))

    def _of_place(self) -> Iterator[FoundAnswer]:
        """A place's ties, where *sister cities of …* is asked for; or the one with that day."""
        named = self._places()
        if len(named) != 1 or len(self.question.parts) < 2:
            return
        tied = ((one, ties_of(self.ties, self.readable, one, self.language)) for one in named[0])
        place, lines = max(tied, key=lambda one: len(one[1]))
        places = [place]
        rest = [part for part in self.question.parts if place not in self._entities(part)]
        kinds = {line.tie.kind for line in lines}
        countries = {one.country for line in lines for one in (line.place, line.origin)}
        said = (_OF_ANY_TIE, *map(_labels, kinds), *map(_country, countries))
        left = self.question.open_parts(*said, parts=rest)
        # The countries alone don't ask for ties.
        asks = len(self.question.open_parts(*said[: 1 + len(kinds)], parts=rest)) < len(rest)
        if lines and asks and self.question.is_covered(left):
            address = reverse("archive:city", args=[place.key])
            yield FoundAnswer("city", address, self._called(place), entity=place, lines=lines)
            return
        # The one with that day, or in the state that is named.
        asked = {_partial(part.text) for part in rest} - {""}
        meant = [
            line
            for line in lines
            if (line.tie.since in asked and self._says(self._of_ties(places, [line]), places))
            or (left and asks and not self.question.open_parts(_all_said(line.place), parts=left))
        ]
        for line in meant if len(meant) == 1 else ():
            a, b = sorted((place, line.place), key=lambda one: one.key)
            yield self._tie(a, b, [line])

    def _called(self, entity: Entity) -> list[Text]:
        return [name for code in self._codes() if (name := Text(entity.name_in(code), code))]

    def _codes(self) -> tuple[str, str]:
        return self.language, other(self.language)

    def _names(self) -> Iterator[FoundAnswer]:
        """The names that the query is made of; then one that is said all that was asked of."""
        rest = self.question.rest
        every = [one for part in self.question.parts for one in self._entities(part)]
        if not rest and every:
            ranked = sorted(every, key=lambda one: one.kind == Entity.Kind.TOPIC)
            unique = list({one.pk: one for one in ranked}.values())[:MOST_ANSWERS]
            yield from (self._name(one, unique) for one in unique)
            return
        if len(self.question.parts) == len(rest) == 1 and (entity := self._completed(rest[0].text)):
            yield self._name(entity, [entity])
            return
        number = len(self.question.parts)
        candidates = {one.pk: one for one in every}
        tagged = self._tagged() if number > 1 else {}
        is_asked = self.question.is_question
        if is_asked or number > 2:
            candidates |= tagged
        else:
            # *smart cities*, of Smart city; *mayor of Zhanjiang*, of a person.
            is_of_place = bool(self._places())
            candidates |= {
                pk: one
                for pk, one in tagged.items()
                if (is_of_place and one.kind == Entity.Kind.PERSON)
                or not self.question.open_parts(_all_names(one))
            }
        if found := self._best_said(candidates.values(), is_asked=is_asked):
            yield self._name(found, [found])

    def _people(self) -> Iterator[FoundAnswer]:
        """Whom a question asks for that is said all the rest of."""
        if not self.question.asks_who or len(self.question.parts) < 2:
            return
        people = [one for one in self._tagged().values() if one.kind == Entity.Kind.PERSON]
        if found := self._best_said(people, is_asked=True):
            yield self._name(found, [found])

    def _best_said(self, candidates: Iterable[Entity], *, is_asked: bool) -> Entity | None:
        """The one that is said most of what is asked, in the fewest words: *mayor of Tustin* isn't
        who met that mayor. Of a question one of several parts may be open, but no name."""
        found, in_first = [], None
        for entity in candidates:
            if self.question.asks_who and entity.kind not in ("person", "organisation"):
                continue
            said = _all_said(entity)
            left = [
                one for one in self.question.open_parts(said) if entity not in self._entities(one)
            ]
            is_named = entity.pk in self.entities and not entity.is_place
            few = len(left) < 2 if is_named else self.question.is_covered(left)
            if left and few and not is_asked:
                if in_first is None:
                    in_first = len(self.question.open_parts(self._first_story()))
                few = not is_named and len(left) < in_first
            if not left or (few and not any(part.named for part in left)):
                width = min(self.question.width_in(text) for text in said.splitlines())
                found.append((len(left), width, entity.pk not in self.entities, entity.pk, entity))
        return min(found)[-1] if found else None

    def _tagged(self) -> dict[int, Entity]:
        """What the first stories are about, without places."""
        pages = [one.article_id for one in self.asked.found[:_FIRST_STORIES]]
        tags = ArticleEntity.objects.filter(page__in=pages).exclude(entity__kind="place")
        keys = list(tags.order_by("pk").values_list("entity", flat=True)[:_MOST_NAMES])
        shown = Entity.objects.shown_to_public(self.restricted).filter(pk__in=keys)
        return {one.pk: one for one in shown.prefetch_related("names")}

    def _completed(self, text: str) -> Entity | None:
        """The name that a word is the beginning of: *Leizhou*, of the Leizhou Peninsula."""
        key = name_key(text)
        if len(key) < 2:
            return None
        hints = NameHint.objects.filter(key__startswith=key, weight__gt=0).order_by("-weight")
        rows = dict.fromkeys(hints.values_list("entity", flat=True)[:_MOST_NAMES])
        shown = Entity.objects.shown_to_public(self.restricted).in_bulk(list(rows))
        for entity in shown.values():
            names = filter(None, (entity.name_in(code) for code in LANGUAGES))
            if any(_begins(name, text) for name in names):
                return entity
        return None

    def _name(self, entity: Entity, beside: Sequence[Entity]) -> FoundAnswer:
        counts = story_counts(self.stories, entity)
        years = sorted(year for year, _number in counts.years())
        ties = self.ties.of(entity).with_places() if entity.is_place else ()
        lines = tie_lines_of(ties, entity, self.language)
        others = {one.pk for one in beside} - {entity.pk}
        return FoundAnswer(
            *("name", entity.get_absolute_url(), self._called(entity)),
            text=text_in(entity, "description", self.language),
            entity=entity,
            lines=[line for line in lines if line.place.pk in others] or lines,
            stories=counts.total(),
            years=list(dict.fromkeys(years[:1] + years[-1:])),
        )

    def _pages(self) -> Iterator[FoundAnswer]:
        """A page that is called so; or one about the archive itself, its rights, its cookies, that
        says more of what is asked than the first story does."""
        number, question = len(self.question.parts), self.question
        pages = list(self._own_pages())
        called = [(len(question.open_parts(page.called)), page) for page in pages]
        found = [
            (left, page)
            for left, page in called
            if page.is_called(self.asked.typed)
            or (number > 2 and question.is_covered(question.open_parts(page.called)))
        ]
        is_answered = self.asked.is_whole and bool(self.asked.found)
        if not found and (question.is_to_the_archive or not is_answered):
            first = "" if question.is_to_the_archive else self._first_story()
            most = min(number, len(question.open_parts(first)))
            texts = self._texts_of_pages()
            for unnamed, page in called:
                left = question.open_parts(f"{page.called}\n{page.said}\n{texts.get(page.url, '')}")
                if len(left) < most:
                    # What it is called says twice as much as what is said on it.
                    found.append((len(left) + 2 * unnamed, page))
        for _rank, page in sorted(found, key=lambda one: one[0])[:1]:
            yield FoundAnswer("page", page.url, [page.name], text=page.intro)

    def _own_pages(self) -> Iterator[_OwnPage]:
        """What frames the site, without a query."""
        frame = site_chrome(self.request)
        listed = [page for one in frame.lists for page in one.pages]
        for page in (*frame.information, *listed, *frame.open_sections()):
            kind = "" if page in frame.information else str(page._meta.verbose_name)
            yield _OwnPage(
                text_in(page, "name", self.language),
                page.get_url(self.request) or "",
                text_in(page, "intro", self.language),
                "\n".join(_fields(page, "name")),
                "\n".join([*_fields(page, "intro"), kind]),
            )
        saved = Text(_("Saved stories"), self.language)
        yield _OwnPage(saved, reverse("archive:saved"), "", str(saved), "")

    def _texts_of_pages(self) -> dict[str, str]:
        """By address, what the pages about the archive say in both languages."""
        pages = readable_pages(InformationPage, self.request)
        return {
            page.get_url(self.request) or "": "\n".join(map(plain_text, _fields(page, "body")))
            for page in pages
        }

    def _first_story(self) -> str:
        first = [one.article_id for one in self.asked.found[:1]]
        return "\n".join(
            text
            for document in documents_of(first)
            for text in (*document.texts.values(), *map(" ".join, document.tags.values()))
        )


def _fields(thing: Any, *names: str) -> list[str]:
    """What the fields hold in each language."""
    return [getattr(thing, column(name, code)) or "" for name in names for code in LANGUAGES]


def _all_names(entity: Entity) -> str:
    names = [entity.name_in(code) for code in LANGUAGES]
    return "\n".join([*names, *(one.text for one in entity.names.all())])


def _all_said(entity: Entity) -> str:
    """The names, and what is said of the entity, in both languages."""
    kinds = [entity.get_place_type_display() if entity.is_place else entity.get_kind_display()]
    said = _fields(entity, "description", "region")
    return "\n".join([_all_names(entity), *said, *map(str, kinds)])


def _begins(name: str, text: str) -> bool:
    """Whether the text is a name's first words or its last one, a surname; in Chinese, its first
    characters, two or more."""
    key, words = name_key(text), name.split()
    if not name.isascii():
        return len(key) > 1 and name_key(name).startswith(key)
    starts = any(name_key(" ".join(words[:end])) == key for end in range(1, len(words)))
    return starts or name_key(words[-1]) == key


@lru_cache(maxsize=64)
def _labels(kind: str) -> str:
    """A kind's name in each of the archive's languages, and what else it is called."""
    said = []
    for code in LANGUAGES:
        with override(code):
            said.append(str(Tie.Kind(kind).label))
    return " ".join([*said, *(form for label in said for form in also_written(label))])


def _of_countries() -> str:
    """The countries that have most of the places."""
    codes = Entity.objects.exclude(country="").order_by().values_list("country")
    most = codes.annotate(Count("pk")).order_by("-pk__count").values_list("country", flat=True)
    return " ".join(map(_country, most[:MOST_ANSWERS]))


@lru_cache(maxsize=512)
def _country(code: str) -> str:
    """A country's name in each of the archive's languages, and its short ways to be written."""
    said = [country_name(code, language) for language in LANGUAGES]
    return " ".join([*said, *(form for name in said for form in also_written(name))])


def _partial(text: str) -> str:
    """The day, month or year that a part names, as ties have it: "1987-03-13"; or ""."""
    if text.isdigit() and len(text) == 4:
        return text
    days = days_of(text)
    if days is None:
        return ""
    return days.first.isoformat() if days.first == days.last else days.first.isoformat()[:7]
