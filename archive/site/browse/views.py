"""The pages for browsing: by calendar, by section, by name."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from archive.entities.romanisation import initial
from archive.site.browse import calendar, papers
from archive.site.browse import counts as counting
from archive.site.browse.counts import KINDS, OTHER_LETTERS
from archive.stories.models import ArticlePage, PublicationPage, YearPage
from archive.text.language import column, supported

NAMES_A_PAGE = 200


class NamesPaginator(Paginator):
    """Told how many names there are: the letters have been counted."""

    known = 0

    @property
    def count(self) -> int:  # type: ignore[override]
        return self.known


def index(request: HttpRequest) -> HttpResponse:
    """The decades, and the other ways in."""
    hidden = counting.hidden_parts()
    stories = counting.readable(hidden)
    counts = counting.by_day(stories)
    context = {
        "decades": _named_decades(calendar.decades(counts)),
        "story_count": sum(counts.values()),
        "latest": max(counts, default=None),
        "groups": counting.by_section(stories),
        "kinds": list(KINDS.items()),
    }
    return render(request, "archive/browse/index.html", context)


def decade(request: HttpRequest, decade: int) -> HttpResponse:
    first, last = date(max(decade, 1), 1, 1), date(decade + 9, 12, 31)
    stories = _stories_of(first, last)
    counts = counting.by_day(stories, first, last)
    context = {
        "decade": decade,
        "name": calendar.decade_name(decade, _language()),
        "years": calendar.years(decade, counts),
        "story_count": sum(counts.values()),
        "beside": counting.neighbours(stories, first, last),
    }
    return render(request, "archive/browse/decade.html", context)


def year(request: HttpRequest, year: int) -> HttpResponse:
    """Twelve small calendars."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    stories = _stories_of(first, last)
    counts = counting.by_day(stories, first, last)
    publications = counting.publications_of(stories, first, last)
    context = {
        "first": first,
        "months": [
            (month, calendar.weeks(month.first, counts)) for month in calendar.months(year, counts)
        ],
        "story_count": sum(counts.values()),
        "publications": publications,
        "canonical": _year_page(publications, year),
        "beside": counting.neighbours(stories, first, last),
    }
    return render(request, "archive/browse/year.html", context)


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    first = _date(year, month, 1)
    last = calendar.end_of_month(first)
    stories = _stories_of(first, last)
    counts = counting.by_day(stories, first, last)
    context = {
        "first": first,
        "weeks": calendar.weeks(first, counts),
        "story_count": sum(counts.values()),
        "days_with_stories": len(counts),
        "beside": counting.neighbours(stories, first, last),
    }
    return render(request, "archive/browse/month.html", context)


def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """All that was printed on a day, publication by publication and page by page."""
    when = _date(year, month, day)
    stories = _stories_of(when, when)
    found = papers.papers_of(stories, when)
    context = {
        "first": when,
        "day": when,
        "papers": found,
        "story_count": sum(paper.story_count for paper in found),
        # A day of one paper is that paper's issue, which has an address of its own.
        "canonical": found[0].issue if len(found) == 1 else None,
        "beside": counting.neighbours(stories, when, when),
    }
    return render(request, "archive/browse/day.html", context)


def paper_page(
    request: HttpRequest, year: int, month: int, day: int, publication: str, label: str
) -> HttpResponse:
    """One page of one paper."""
    when = _date(year, month, day)
    stories = _stories_of(when, when)
    paper = papers.paper_of(stories, publication, when)
    if paper is None:
        raise Http404
    labels = papers.labels_of(stories, paper, when)
    if label not in labels:
        raise Http404
    place = labels.index(label)
    of_paper = stories.filter(publication=paper.pk)
    context = {
        "first": when,
        "day": when,
        "publication": paper,
        "issue": papers.issue_of(paper, when),
        "label": label,
        "labels": labels,
        "stories": papers.page_of(stories, paper, when, label),
        "previous_label": labels[place - 1] if place else None,
        "next_label": labels[place + 1] if place + 1 < len(labels) else None,
        "previous_issue": _issue_beside(paper, of_paper, when, before=True),
        "next_issue": _issue_beside(paper, of_paper, when, before=False),
    }
    return render(request, "archive/browse/page.html", context)


def names(request: HttpRequest, kind: str, letter: str = "") -> HttpResponse:
    """The names of a kind that stand in any story, A to Z or by pinyin, with their numbers."""
    language, hidden = _language(), counting.hidden_parts()
    found = counting.named(KINDS[kind], hidden)
    letters = counting.letters(found, language)
    wanted = "#" if letter == OTHER_LETTERS else letter.upper()
    if letter and wanted not in dict(letters):
        raise Http404
    listed = counting.beginning_with(found, wanted, language) if letter else found
    pages = NamesPaginator(listed.in_reading_order(language), NAMES_A_PAGE)
    pages.known = dict(letters)[wanted] if letter else sum(dict(letters).values())
    page = pages.get_page(request.GET.get("p"))
    counts = counting.story_counts(page.object_list, hidden)
    context = {
        "kind": KINDS[kind],
        "kind_slug": kind,
        "kinds": list(KINDS.items()),
        "letter": wanted,
        "letters": [
            (one, count, OTHER_LETTERS if one == "#" else one.lower()) for one, count in letters
        ],
        "name_count": sum(dict(letters).values()),
        "page": page,
        "groups": _by_letter(page.object_list, counts, language),
    }
    return render(request, "archive/browse/names.html", context)


def sections(request: HttpRequest) -> HttpResponse:
    stories = counting.readable(counting.hidden_parts())
    context = {"groups": counting.by_section(stories)}
    return render(request, "archive/browse/sections.html", context)


def _language() -> str:
    return supported(get_language())


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Http404 from error


def _stories_of(first: date, last: date) -> Any:
    """The readable stories; no page exists for days before the first or after the last one."""
    stories = counting.readable(counting.hidden_parts())
    known = counting.ends(stories)
    if known is None or last < known[0] or first > known[1]:
        raise Http404
    return stories


def _named_decades(spans: list[calendar.Span]) -> list[tuple[calendar.Span, str]]:
    language = _language()
    return [(span, calendar.decade_name(int(span.slug[:-1]), language)) for span in spans]


def _year_page(publications: list[PublicationPage], year: int) -> YearPage | None:
    """A year of one publication is that publication's year."""
    if len(publications) != 1:
        return None
    found = YearPage.objects.live().child_of(publications[0]).filter(slug=f"{year:04d}")
    return found.first()


def _issue_beside(
    publication: PublicationPage, stories: Any, when: date, *, before: bool
) -> ArticlePage | None:
    found = counting.neighbours(stories, when, when)
    beside = found.previous if before else found.next
    return papers.issue_of(publication, beside) if beside else None


def _by_letter(entities: Any, counts: dict[int, int], language: str) -> list[tuple[str, list[Any]]]:
    groups: dict[str, list[Any]] = {}
    for entity in entities:
        entity.story_count = counts.get(entity.pk, 0)
        letter = initial(getattr(entity, column("sort_key", language)) or "")
        groups.setdefault(letter, []).append(entity)
    return list(groups.items())
