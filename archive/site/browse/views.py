"""The pages for browsing: by calendar, with each day's papers, by section, by name."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from archive.site.anniversaries import LEAP_YEAR, anniversaries, nearest_days
from archive.site.browse import calendar
from archive.site.browse import counts as counting
from archive.site.browse.counts import KINDS, OTHER_LETTERS
from archive.site.caching.site_chrome import site_chrome
from archive.site.caching.versions import shows_today
from archive.site.lists import illustrated, readable_pages, stories_of_year
from archive.site.names.entries import (
    NO_LETTER,
    by_initial,
    known_page,
    letter_counts,
    under_letter,
)
from archive.stories.models import ArticlePage, IssuePage, PublicationPage, YearPage
from archive.stories.querysets import ArticleQuerySet
from archive.text.labels import label_key
from archive.text.language import supported
from archive.visibility import RestrictedPlaces, shown_to_public


@dataclass(frozen=True)
class Paper:
    """What one publication printed on a day. `issue` is its page in the tree, if it is there.

    `pages` are labels and stories; a label is "" where the stories have none.
    """

    publication: PublicationPage | None
    issue: IssuePage | None
    pages: list[tuple[str, list[ArticlePage]]]

    @property
    def story_count(self) -> int:
        return len(self.stories)

    @property
    def stories(self) -> list[Any]:
        return [story for _label, stories in self.pages for story in stories]


def papers_of(stories: ArticleQuerySet, day: date, restricted: RestrictedPlaces) -> list[Paper]:
    """The day's papers in the order of the publications: three queries, however many stories."""
    cards = illustrated(stories.cards().order_by().filter(print_date=day))
    # The label once more: "2" and "02" are the same place, but two pages.
    cards.sort(key=lambda one: (label_key(one.print_page), one.print_page, one.pk))
    cards.sort(key=lambda one: getattr(_publication_of(one), "path", "~"))
    issues = list(shown_to_public(IssuePage.objects.filter(print_date=day), restricted))
    papers = []
    for paper, of_paper in groupby(cards, key=_publication_of):
        pages = groupby(of_paper, key=lambda story: story.print_page)
        own = (one for one in issues if paper and one.path.startswith(paper.path))
        shown = [(label, list(on_page)) for label, on_page in pages]
        papers.append(Paper(paper, next(own, None), shown))
    return papers


def paper_of(
    stories: ArticleQuerySet, slug: str, day: date, restricted: RestrictedPlaces
) -> PublicationPage | None:
    """Of publications with the same slug, which two sites may have, the first of that day."""
    printed = stories.filter(print_date=day).values("publication")
    papers = shown_to_public(PublicationPage.objects.order_by("path"), restricted)
    found = papers.filter(pk__in=printed)
    # Compared here: PostgreSQL refuses to be asked for a NUL.
    return next((one for one in found if one.slug == slug), None)


def labels_of(stories: ArticleQuerySet, publication: PublicationPage, day: date) -> list[str]:
    """The labels of a paper's pages, in the order of the paper; without those of no label."""
    printed = stories.filter(publication=publication.pk, print_date=day).exclude(print_page="")
    return sorted(set(printed.values_list("print_page", flat=True)), key=label_key)


def page_of(
    stories: ArticleQuerySet, publication: PublicationPage, day: date, label: str
) -> list[ArticlePage]:
    on_page = stories.filter(publication=publication.pk, print_date=day, print_page=label)
    return illustrated(on_page.cards().order_by("pk"))


def issue_of(
    publication: PublicationPage, day: date, restricted: RestrictedPlaces
) -> IssuePage | None:
    issues = shown_to_public(IssuePage.objects.filter(print_date=day), restricted)
    return issues.filter(path__startswith=publication.path).first()


def _publication_of(story: ArticlePage) -> PublicationPage | None:
    """None as well where its publication has been taken down."""
    return story.publication if story.publication and story.publication.live else None


NAMES_A_PAGE = 200


def index(request: HttpRequest) -> HttpResponse:
    """The decades, and the other ways in."""
    restricted = site_chrome(request).restricted
    stories = ArticlePage.objects.order_by().shown_to_public(restricted)
    counts, language = counting.by_day(stories), _language()
    context = {
        "decades": [
            (span, calendar.decade_name(int(span.slug[:-1]), language))
            for span in calendar.decades(counts)
        ],
        "story_count": sum(counts.values()),
        "latest": max(counts, default=None),
        "groups": counting.by_section(stories, restricted),
        "kinds": list(KINDS.items()),
    }
    return render(request, "archive/browse/index.html", context)


def decade(request: HttpRequest, decade: int) -> HttpResponse:
    _stories, counts, shown = _span(request, date(max(decade, 1), 1, 1), date(decade + 9, 12, 31))
    context = {
        **shown,
        "decade": decade,
        "name": calendar.decade_name(decade, _language()),
        "years": calendar.years(decade, counts),
    }
    return render(request, "archive/browse/decade.html", context)


def year(request: HttpRequest, year: int) -> HttpResponse:
    """Twelve small calendars."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    stories, counts, shown = _span(request, first, last)
    restricted = site_chrome(request).restricted
    publications = counting.publications_of(stories, first, last, restricted)
    canonical = None
    if len(publications) == 1:
        # A year of one publication is that publication's year.
        years = readable_pages(YearPage, request).child_of(publications[0])
        canonical = years.filter(slug=f"{year:04d}").first()
    months = calendar.months(year, counts)
    context = {
        **shown,
        "first": first,
        "months": [(month, calendar.weeks(month.first, counts)) for month in months],
        "stories": stories_of_year(
            stories.filter(print_date__range=(first, last)), shown["story_count"]
        ),
        "publications": publications,
        "canonical": canonical,
    }
    return render(request, "archive/browse/year.html", context)


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    first = _date(year, month, 1)
    _stories, counts, shown = _span(request, first, calendar.end_of_month(first))
    context = {
        **shown,
        "first": first,
        "weeks": calendar.weeks(first, counts),
        "days_with_stories": len(counts),
    }
    return render(request, "archive/browse/month.html", context)


def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """All that was printed on a day, publication by publication and page by page."""
    when = _date(year, month, day)
    stories = _stories_of(request, when, when)
    found = papers_of(stories, when, site_chrome(request).restricted)
    context = {
        "first": when,
        "day": when,
        "papers": found,
        "story_count": sum(paper.story_count for paper in found),
        # A day of one paper is that paper's issue, which has an address of its own.
        "canonical": found[0].issue if len(found) == 1 else None,
        "neighbours": counting.neighbours(stories, when, when),
    }
    return render(request, "archive/browse/day.html", context)


def on_this_day(
    request: HttpRequest, month: int | None = None, day: int | None = None
) -> HttpResponse:
    """What was printed on a day of the year in any year; without one, on today's in earlier years.

    Nine queries, whatever the number of stories.
    """
    today, before = timezone.localdate(), 0
    is_today = month is None or day is None
    if is_today:
        shows_today(request)
        before = today.year
    when = _date(LEAP_YEAR, month or 0, day or 0) if not is_today else today.replace(year=LEAP_YEAR)
    stories = readable_pages(ArticlePage, request).order_by()
    years = anniversaries(request, stories, when, before)
    illustrated(story for year in years for story in year.stories)
    context = {
        "is_today": is_today,
        "when": when,
        "years": years,
        "story_count": sum(year.total for year in years),
        "previous_day": when - timedelta(days=1),
        "next_day": when + timedelta(days=1),
        "nearest_days": [] if years else nearest_days(request, stories, when),
    }
    return render(request, "archive/browse/on_this_day.html", context)


def paper_page(
    request: HttpRequest, year: int, month: int, day: int, publication: str, label: str
) -> HttpResponse:
    """One page of one paper."""
    when = _date(year, month, day)
    stories, restricted = _stories_of(request, when, when), site_chrome(request).restricted
    paper = paper_of(stories, publication, when, restricted)
    if paper is None:
        raise Http404
    labels = labels_of(stories, paper, when)
    if label not in labels:
        raise Http404
    place = labels.index(label)
    days = counting.neighbours(stories.filter(publication=paper.pk), when, when)
    previous_issue, next_issue = (issue_of(paper, day, restricted) if day else None for day in days)
    context = {
        "first": when,
        "day": when,
        "publication": paper,
        "issue": issue_of(paper, when, restricted),
        "label": label,
        "labels": labels,
        "stories": page_of(stories, paper, when, label),
        "previous_label": labels[place - 1] if place else None,
        "next_label": labels[place + 1] if place + 1 < len(labels) else None,
        "previous_issue": previous_issue,
        "next_issue": next_issue,
    }
    return render(request, "archive/browse/page.html", context)


def names(request: HttpRequest, kind: str, letter: str = "") -> HttpResponse:
    """The names of a kind that stand in any story, A to Z or by pinyin, with their numbers."""
    language, restricted = _language(), site_chrome(request).restricted
    found = counting.named(KINDS[kind], restricted)
    letters = letter_counts(found, language)
    numbers = dict(letters)
    wanted = NO_LETTER if letter == OTHER_LETTERS else letter.upper()
    if letter and wanted not in numbers:
        raise Http404
    listed = under_letter(found, wanted, language) if letter else found
    number = numbers[wanted] if letter else sum(numbers.values())
    page = known_page(request, listed.in_reading_order(language), NAMES_A_PAGE, number)
    counts = counting.story_counts(page.object_list, restricted)
    for entity in page.object_list:
        entity.story_count = counts.get(entity.pk, 0)
    context = {
        "kind": KINDS[kind],
        "kind_slug": kind,
        "kinds": list(KINDS.items()),
        "letter": wanted,
        "letters": [
            (one, count, OTHER_LETTERS if one == NO_LETTER else one.lower())
            for one, count in letters
        ],
        "name_count": sum(numbers.values()),
        "page": page,
        "groups": by_initial(page.object_list, language),
    }
    return render(request, "archive/browse/names.html", context)


def sections(request: HttpRequest) -> HttpResponse:
    stories, restricted = (
        readable_pages(ArticlePage, request).order_by(),
        site_chrome(request).restricted,
    )
    groups = counting.by_section(stories, restricted)
    return render(request, "archive/browse/sections.html", {"groups": groups})


def _language() -> str:
    return supported(get_language())


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Http404 from error


def _stories_of(request: HttpRequest, first: date, last: date) -> counting.Stories:
    """The readable stories; no page exists for days before the first or after the last one."""
    stories: counting.Stories = readable_pages(ArticlePage, request).order_by()
    known = counting.ends(stories)
    if known is None or last < known[0] or first > known[1]:
        raise Http404
    return stories


def _span(
    request: HttpRequest, first: date, last: date
) -> tuple[counting.Stories, calendar.Counts, dict[str, Any]]:
    """The readable stories, their numbers by day, and what all pages of a time show."""
    stories = _stories_of(request, first, last)
    counts = counting.by_day(stories, first, last)
    near = counting.neighbours(stories, first, last)
    return stories, counts, {"story_count": sum(counts.values()), "neighbours": near}
