"""What the files list: stories by ranges of their ids, issues by year, names, ties, the rest.

A range of ids never moves: a file keeps its address and most of its content for good, and is
read by the primary key, however many stories there are.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from wagtail.models import Page

from archive.entities.models import Entity
from archive.entities.querysets import canonical_key
from archive.site.browse.counts import KINDS as NAME_KINDS
from archive.site.oai.models import HarvestRecord
from archive.site.sitemaps.addresses import SiteAddresses
from archive.site.sitemaps.xml import SitemapUrl
from archive.stories.models import (
    ArticleEntity,
    HomePage,
    IssuePage,
    PublicationPage,
    SectionPage,
    YearPage,
)
from archive.text.language import LANGUAGES, column
from archive.ties.models import Tie

# With addresses as long as they get, a file of so many stories stays below 50 MB.
STORY_IDS = 20_000
NAME_IDS = TIE_IDS = 5_000
# Stories that are read at a time.
BATCH = 1_000
VIEWS = [
    "browse",
    "browse_sections",
    "entity_index",
    "tie_index",
    "tie_timeline",
    "tie_overview",
]


@dataclass(frozen=True)
class SitemapFile:
    """One file of a kind in one language; `number`: its range of ids, its year, or 0."""

    number: int
    language: str
    changed: datetime | None = None


class SitemapKind(ABC):
    """One kind of what is listed."""

    @abstractmethod
    def files(self) -> Iterator[SitemapFile]:
        """All files that list anything."""

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
        other_languages = [code for code in LANGUAGES if code != language]
        names = [column("changed", language), *(column("since", code) for code in other_languages)]
        public = HarvestRecord.objects.filter(
            is_deleted=False,
            article__lt=(number + 1) * STORY_IDS,
            article__url_path__startswith=at.root_page.url_path,
            **{f"{column('since', language)}__isnull": False},
        )
        last = number * STORY_IDS - 1
        while True:
            found = public.filter(article__gt=last).order_by("article")
            rows = found.values_list(
                "article", "article__url_path", "article__source_language", *names
            )[:BATCH]
            count = 0
            for last, path, source, changed, *since in rows:  # noqa: B007 - the next batch's start
                count += 1
                others = [code for code, when in zip(other_languages, since, strict=True) if when]
                yield SitemapUrl(at.of_path(path, [language, *others]), source, changed)
            if count < BATCH:
                return

    def state(self, number: int) -> tuple[int, datetime | None]:
        first = number * STORY_IDS
        records = HarvestRecord.objects.filter(article__gte=first, article__lt=first + STORY_IDS)
        found = records.aggregate(count=Count("pk"), changed=Max("datestamp"))
        return found["count"], found["changed"]


class BilingualKind(SitemapKind):
    """What is there in both languages, story or no story."""

    @abstractmethod
    def numbers(self) -> Iterator[int]:
        """The files' numbers."""

    def files(self) -> Iterator[SitemapFile]:
        return (SitemapFile(number, code) for number in self.numbers() for code in LANGUAGES)


class IssuePages(BilingualKind):
    """A file a year."""

    def numbers(self) -> Iterator[int]:
        years = IssuePage.objects.live().public().order_by().values_list("print_date__year")
        return (year for (year,) in years.distinct().order_by("print_date__year"))

    def urls(self, number: int, language: str, at: SiteAddresses) -> Iterator[SitemapUrl]:
        issues = IssuePage.objects.live().public().descendant_of(at.root_page)
        paths = issues.filter(print_date__year=number).order_by("print_date", "pk")
        return (SitemapUrl(at.of_path(path)) for path in paths.values_list("url_path", flat=True))


class NamePages(BilingualKind):
    """People, organisations, places, events and topics of stories that readers may see; and the
    city pages of places."""

    def numbers(self) -> Iterator[int]:
        return _parts(self._found(), NAME_IDS)

    def urls(self, number: int, language: str, at: SiteAddresses) -> Iterator[SitemapUrl]:
        found = _within(self._found(), number, NAME_IDS)
        for key, is_tied in found.values_list("key", "is_tied"):
            yield SitemapUrl(at.of_view("archive:entity", key))
            if is_tied:
                yield SitemapUrl(at.of_view("archive:city", key))

    def _found(self) -> Any:
        names = ("", "__merged_into")
        ends = [f"{end}{name}" for end in ("place_a", "place_b") for name in names]
        ties = Tie.objects.order_by()
        public = HarvestRecord.objects.filter(is_deleted=False).order_by().values("pk")
        tags = ArticleEntity.objects.order_by().filter(page__in=public)
        is_tied, is_tagged = (
            reduce(or_, (Exists(rows.filter(**{column: OuterRef("pk")})) for column in columns))
            for rows, columns in ((ties, ends), (tags, [f"entity{name}" for name in names]))
        )
        named = Entity.objects.annotate(is_tied=is_tied)
        return named.filter(Q(is_tied=True) | is_tagged)


class PairPages(BilingualKind):
    """Two places and all that joins them: under the first of their ties."""

    def numbers(self) -> Iterator[int]:
        return _parts(self._found(), TIE_IDS)

    def urls(self, number: int, language: str, at: SiteAddresses) -> Iterator[SitemapUrl]:
        found = _within(self._found(), number, TIE_IDS)
        pairs = found.values_list(canonical_key("place_a"), canonical_key("place_b"))
        # A merge of names may have made two pairs the same.
        for pair in dict.fromkeys(tuple(sorted(keys)) for keys in pairs):
            yield SitemapUrl(at.of_view("archive:pair", *pair))

    def _found(self) -> Any:
        earlier = Tie.objects.order_by().filter(
            place_a=OuterRef("place_a"), place_b=OuterRef("place_b"), pk__lt=OuterRef("pk")
        )
        return Tie.objects.filter(~Exists(earlier))


class ListPages(BilingualKind):
    """The front page, publications, sections and years; ways into the archive."""

    def numbers(self) -> Iterator[int]:
        yield 0

    def urls(self, number: int, language: str, at: SiteAddresses) -> Iterator[SitemapUrl]:
        pages = Page.objects.live().public().descendant_of(at.root_page, inclusive=True)
        listed = pages.type(HomePage, PublicationPage, SectionPage, YearPage).order_by("path")
        for path in listed.values_list("url_path", flat=True):
            yield SitemapUrl(at.of_path(path))
        for name in VIEWS:
            yield SitemapUrl(at.of_view(f"archive:{name}"))
        for kind in NAME_KINDS:
            yield SitemapUrl(at.of_view("archive:browse_names", kind))


def _parts(rows: QuerySet, size: int) -> Iterator[int]:
    parts = rows.order_by().annotate(part=F("pk") / size).values_list("part", flat=True)
    return iter(parts.distinct().order_by("part"))


def _within(rows: QuerySet, number: int, size: int) -> QuerySet:
    return rows.filter(pk__gte=number * size, pk__lt=(number + 1) * size).order_by("pk")


KINDS: dict[str, SitemapKind] = {
    "pages": ListPages(),
    "stories": StoryPages(),
    "issues": IssuePages(),
    "names": NamePages(),
    "ties": PairPages(),
}
