"""What the files list: stories by ranges of their ids, issues by year, names, ties, the rest.

A range of ids never moves: a file keeps its address and most of its content for good, and is
read by the primary key, however many stories there are.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from archive.base_page import Page
from archive.entities.models import Entity
from archive.entities.querysets import canonical_key
from archive.site.addresses import SiteAddresses
from archive.site.browse.counts import KINDS as NAME_KINDS
from archive.site.harvest_records.models import HarvestRecord
from archive.site.listed_pages import listed_pages
from archive.site.lists import with_stories
from archive.site.names.displays import tie_pages
from archive.stories.models import (
    ArticleEntity,
    ArticlePage,
    HomePage,
    InformationPage,
    IssuePage,
    PublicationPage,
    SectionPage,
    YearPage,
)
from archive.text.language import FIRST, LANGUAGES, column, other
from archive.ties.models import Tie
from archive.visibility import RestrictedPlaces, shown_to_public

# With addresses as long as they get, a file of so many stories stays below 50 MB.
STORY_IDS = 20_000
# Stories that are read at a time.
BATCH = 1_000
VIEWS = ("browse", "browse_sections", "entity_index", "tie_index")


# Pages of the tree that a file of their own isn't worth.
LISTED = (HomePage, InformationPage, PublicationPage, SectionPage, YearPage)


@dataclass(frozen=True)
class SitemapFile:
    """One file of a kind in one language; `number`: its range of ids, its year, or 0."""

    number: int
    language: str
    changed: datetime | None = None


@dataclass(frozen=True)
class SitemapUrl:
    """A page's addresses by the languages that it is published in.

    `default` is the language for readers of neither; `changed` when the text of the file's
    language last changed, None where it is unknown.
    """

    addresses: dict[str, str]
    default: str = FIRST
    changed: datetime | None = None


class SitemapKind(ABC):
    """One kind of what is listed: in both languages, story or no story, unless it says else."""

    def numbers(self) -> Iterable[int]:
        """The files' numbers."""
        return [0]

    def files(self) -> Iterator[SitemapFile]:
        """All files that list anything."""
        return (SitemapFile(number, code) for number in self.numbers() for code in LANGUAGES)

    @abstractmethod
    def urls(self, number: int, language: str, at: SiteAddresses) -> Iterator[SitemapUrl]:
        """What a file lists; nothing where there is no such file."""

    def state(self, number: int) -> tuple[int, datetime | None] | None:
        """What changes with the file's content, known without it; None where nothing is."""
        return None


class StoryPages(SitemapKind):
    """Of the harvesters' records: one query for the index, and for each batch of a file."""

    def files(self) -> Iterator[SitemapFile]:
        # By language, how many of a range's stories are published in it.
        counts = {
            column("in", code): Count(column("since", code), filter=Q(is_deleted=False))
            for code in LANGUAGES
        }
        ranges: Any = (
            HarvestRecord.objects.annotate(part=F("article_id") / STORY_IDS)
            .values("part")
            .annotate(changed=Max("datestamp"), **counts)
            .order_by("part")
        )
        for row in ranges:
            for code in LANGUAGES:
                if row[column("in", code)]:
                    yield SitemapFile(row["part"], code, row["changed"])

    def urls(self, number: int, language: str, at: SiteAddresses) -> Iterator[SitemapUrl]:
        names = (column("changed", language), column("since", other(language)))
        public = HarvestRecord.objects.filter(
            is_deleted=False,
            article__live=True,
            article__lt=(number + 1) * STORY_IDS,
            article__url_path__startswith=at.root_page.url_path,
            **{f"{column('since', language)}__isnull": False},
        )
        if restricted := RestrictedPlaces.load():
            public = public.exclude(restricted.of_stories("article__"))
        fields = ("article", "article__url_path", "article__source_language", *names)
        last, count = number * STORY_IDS - 1, BATCH
        while count == BATCH:
            found = public.filter(article__gt=last).order_by("article")
            rows = list(found.values_list(*fields)[:BATCH])
            count = len(rows)
            for last, path, source, changed, since in rows:  # noqa: B007 - the next batch's start
                languages = [language, other(language)] if since else [language]
                yield SitemapUrl(at.of_path(path, languages), source, changed)

    def state(self, number: int) -> tuple[int, datetime | None]:
        first = number * STORY_IDS
        records = HarvestRecord.objects.filter(article__gte=first, article__lt=first + STORY_IDS)
        found = records.aggregate(count=Count("pk"), changed=Max("datestamp"))
        return found["count"], found["changed"]


class IssuePages(SitemapKind):
    """A file a year."""

    def _issues(self) -> Any:
        issues = shown_to_public(IssuePage.objects.all())
        return with_stories(issues, shown_to_public(ArticlePage.objects.order_by()))

    def numbers(self) -> Iterable[int]:
        years = self._issues().order_by("print_date__year")
        return years.values_list("print_date__year", flat=True).distinct()

    def urls(self, number: int, language: str, at: SiteAddresses) -> Iterator[SitemapUrl]:
        if not MINYEAR <= number <= MAXYEAR:
            return iter(())
        issues = self._issues().descendant_of(at.root_page)
        paths = issues.filter(print_date__year=number).order_by("print_date", "pk")
        return (SitemapUrl(at.of_path(path)) for path in paths.values_list("url_path", flat=True))


class RangedKind(SitemapKind):
    """A file for each range of so many ids."""

    size = 5_000

    @abstractmethod
    def rows(self) -> QuerySet:
        """Everything that is listed."""

    def numbers(self) -> Iterable[int]:
        parts = self.rows().order_by().annotate(part=F("pk") / self.size)
        return parts.values_list("part", flat=True).distinct().order_by("part")

    def within(self, number: int) -> QuerySet:
        first = number * self.size
        return self.rows().filter(pk__gte=first, pk__lt=first + self.size).order_by("pk")


class NamePages(RangedKind):
    """People, organisations, places, events and topics of stories that readers may see; and the
    city pages of places."""

    def urls(self, number: int, language: str, at: SiteAddresses) -> Iterator[SitemapUrl]:
        for key, is_tied in self.within(number).values_list("key", "is_tied"):
            yield SitemapUrl(at.of_view("archive:entity", key))
            if is_tied:
                yield SitemapUrl(at.of_view("archive:city", key))

    def rows(self) -> QuerySet:
        names = ("", "__merged_into")
        ends = [f"{end}{name}" for end in ("place_a", "place_b") for name in names]
        restricted = RestrictedPlaces.load()
        ties = Tie.objects.shown_to_public(restricted).order_by()
        tags = ArticleEntity.objects.order_by().filter(page__live=True)
        if restricted:
            tags = tags.exclude(restricted.of_stories("page__"))
        is_tied, is_tagged = (
            reduce(or_, (Exists(rows.filter(**{column: OuterRef("pk")})) for column in columns))
            for rows, columns in ((ties, ends), (tags, [f"entity{name}" for name in names]))
        )
        names = Entity.objects.shown_to_public(restricted).annotate(is_tied=is_tied)
        return names.filter(Q(is_tied=True) | is_tagged)


class PairPages(RangedKind):
    """Two places and all that joins them: under the first of their ties."""

    def urls(self, number: int, language: str, at: SiteAddresses) -> Iterator[SitemapUrl]:
        keys = self.within(number).values_list(*map(canonical_key, ("place_a", "place_b")))
        # A merge of names may have made two pairs the same.
        pairs = dict.fromkeys(tuple(sorted(pair)) for pair in keys)
        return (SitemapUrl(at.of_view("archive:pair", *pair)) for pair in pairs)

    def rows(self) -> QuerySet:
        ties = Tie.objects.shown_to_public()
        earlier = ties.order_by().filter(
            place_a=OuterRef("place_a"), place_b=OuterRef("place_b"), pk__lt=OuterRef("pk")
        )
        return ties.filter(~Exists(earlier))


class ListPages(SitemapKind):
    """The front page, publications, sections and years; ways into the archive."""

    def urls(self, number: int, language: str, at: SiteAddresses) -> Iterator[SitemapUrl]:
        if number:
            return
        models = (*LISTED, *(one.model for one in listed_pages()))
        pages = Page.objects.descendant_of(at.root_page, inclusive=True).type(*models)
        listed = shown_to_public(pages).order_by("path")
        for path in listed.values_list("url_path", flat=True):
            yield SitemapUrl(at.of_path(path))
        for name in dict.fromkeys((*VIEWS, *tie_pages())):
            yield SitemapUrl(at.of_view(f"archive:{name}"))
        for kind in NAME_KINDS:
            yield SitemapUrl(at.of_view("archive:browse_names", kind))


KINDS: dict[str, SitemapKind] = {
    "pages": ListPages(),
    "stories": StoryPages(),
    "issues": IssuePages(),
    "names": NamePages(),
    "ties": PairPages(),
}
