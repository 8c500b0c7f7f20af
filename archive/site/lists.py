"""What the browsing pages list, each in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from wagtail.rich_text import expand_db_html

from archive.base_page import Page
from archive.desk.pairs.actions import keeping_stories
from archive.entities.fields import text_in
from archive.photos.renditions import prefetched
from archive.site import paging
from archive.site.anniversaries import one_a_year, ties_of_week
from archive.site.caching.site_chrome import site_chrome
from archive.site.caching.versions import counted, shows_its_own, shows_today
from archive.stories.body import stored
from archive.stories.models import (
    ArticleEntity,
    ArticlePage,
    IssuePage,
    PublicationPage,
    SectionPage,
    YearPage,
)
from archive.stories.page_links import resolved_pages
from archive.text.labels import label_key
from archive.text.language import HTML_CODES, supported
from archive.text.richtext import linked_ids, without_block_keys
from archive.ties.models import Tie
from archive.visibility import shown_to_public

Context = dict[str, Any]

FRONT_PAGE_STORIES = 14
# Beside the lead, and beside the first picture below it.
FRONT_PAGE_SECOND = 4
FRONT_PAGE_BESIDE = 2
FRONT_PAGE_ROW = 3
YEAR_STORIES = 30
FRONT_PAGE_ISSUES = 8
FRONT_PAGE_PLACES = 24
FRONT_PAGE_ANNIVERSARIES = 3
FRONT_PAGE_TIES = 4


def readable_pages(model: type[Page], request: HttpRequest) -> Any:
    """The pages of a model that every reader may see."""
    return shown_to_public(model.objects.all(), site_chrome(request).restricted)


def filled_issues(parent: Page, request: HttpRequest) -> Any:
    """Those that have something to read: an issue comes to be with its first story's draft."""
    issues = readable_pages(IssuePage, request).filter(path__startswith=parent.path)
    return with_stories(issues.order_by("-print_date"), readable_pages(ArticlePage, request))


def with_stories(issues: Any, stories: Any) -> Any:
    # By the date, too, which an index serves.
    own = stories.filter(print_date=OuterRef("print_date"), path__startswith=OuterRef("path"))
    return issues.filter(Exists(own))


def _sections(parent: Page, request: HttpRequest) -> list[Any]:
    sections = readable_pages(SectionPage, request)
    return list(sections.filter(path__startswith=parent.path).order_by("path"))


def illustrated(stories: Iterable[Any]) -> list[Any]:
    """The stories, with their pictures' renditions: one query for all of them."""
    found = list(stories)
    images = [story.lead_image for story in found if story.lead_image]
    prefetch_related_objects(images, prefetched("card", "lead"))
    return found


def home(page: Page, request: HttpRequest) -> Context:
    shows_today(request)
    readable = readable_pages(ArticlePage, request).cards()
    chosen = [block["value"] for block in stored(page.leads) if block["value"]]
    leading = readable.order_by().in_bulk(chosen) if chosen else {}
    leads = [leading[pk] for pk in dict.fromkeys(chosen) if pk in leading][:FRONT_PAGE_STORIES]
    newest = readable.exclude(pk__in=leading)[: FRONT_PAGE_STORIES - len(leads)]
    stories = illustrated([*leads, *newest])
    # As an issue does, a paper comes to be with its first story's draft.
    held = counted(request, "papers", lambda: _held(readable_pages(ArticlePage, request)))
    papers = (paper for paper in site_chrome(request).papers() if paper.is_child_of(page))
    publications = [paper for paper in papers if paper.pk in held]
    own = [held[paper.pk] for paper in publications]
    issues = list(filled_issues(page, request)[:FRONT_PAGE_ISSUES])
    for issue in issues:
        papers = (paper for paper in publications if issue.path.startswith(paper.path))
        issue.publication = next(papers, None)
    more = stories[1 + FRONT_PAGE_SECOND :]
    feature = next((story for story in more if story.lead_image), None)
    rest = [story for story in more if story is not feature]
    beside = rest[:FRONT_PAGE_BESIDE] if feature else []
    rest = rest[len(beside) :]
    # A card without a picture would leave a hole beside one with, and so would half a row.
    pictured = _rows([story for story in rest if story.lead_image])
    headlines = [story for story in rest if story not in pictured]
    return {
        "lead": stories[0] if stories else None,
        "stories": stories[1:],
        "second": stories[1 : 1 + FRONT_PAGE_SECOND],
        "below": more,
        "feature": feature,
        "beside": beside,
        "pictured": pictured,
        "headlines": _rows(headlines) if feature else headlines,
        "issues": issues,
        "sections": _sections(page, request),
        "publications": publications,
        "held": sum(stories for stories, _first, _last in own),
        "held_from": min((first for _stories, first, _last in own if first), default=None),
        "held_to": max((last for _stories, _first, last in own if last), default=None),
        "places": _places(stories),
        "on_this_day": one_a_year(
            request,
            readable_pages(ArticlePage, request).order_by(),
            timezone.localdate(),
            FRONT_PAGE_ANNIVERSARIES,
        ),
        "ties_of_week": ties_of_week(
            Tie.objects.shown_to_public(site_chrome(request).restricted),
            timezone.localdate(),
            supported(get_language()),
            FRONT_PAGE_TIES,
        ),
    }


def _held(stories: Any) -> dict[int, tuple[int, date | None, date | None]]:
    """Of each paper the number of stories, the first day and the last."""
    figures = Count("pk"), Min("print_date"), Max("print_date")
    rows = stories.order_by().values_list("publication").annotate(*figures)
    return {paper: (number, first, last) for paper, number, first, last in rows}


def _rows(stories: list[Any]) -> list[Any]:
    """As many as fill rows."""
    return stories[: len(stories) // FRONT_PAGE_ROW * FRONT_PAGE_ROW]


def _places(stories: list[Any]) -> list[Any]:
    """The places that these stories are about, most named first: one query in any archive."""
    tags = ArticleEntity.objects.filter(
        page__in=[story.pk for story in stories], role="about", entity__kind="place"
    ).select_related("entity__merged_into")
    counts = Counter(entity for _page, entity in {(tag.page_id, tag.entity) for tag in tags})
    ranked = sorted(counts, key=lambda entity: (-counts[entity], entity.key))
    return ranked[:FRONT_PAGE_PLACES]


def publication(page: Page, request: HttpRequest) -> Context:
    return {
        "publication": page,
        "years": list(readable_pages(YearPage, request).child_of(page).order_by("-slug")),
        "sections": _sections(page, request),
        "issues": list(filled_issues(page, request)[:FRONT_PAGE_ISSUES]),
        **_page_of_list(page, request),
    }


def year(page: Page, request: HttpRequest) -> Context:
    """The year's issues by month, each with the number of its stories."""
    parent = page.get_parent()
    of_year = readable_pages(ArticlePage, request).filter(
        publication=parent.pk, print_date__year=int(page.slug)
    )
    counts = dict(of_year.order_by().values_list("print_date").annotate(Count("pk")))
    issues = list(filled_issues(page, request).order_by("print_date"))
    for one in issues:
        one.story_count = counts.get(one.print_date, 0)
    months = groupby(issues, key=lambda one: one.print_date.replace(day=1))
    return {
        "publication": parent.specific,
        "months": [(first_day, list(of_month)) for first_day, of_month in months],
        "stories": stories_of_year(of_year, sum(counts.values())),
    }


def stories_of_year(stories: Any, number: int) -> list[Any]:
    """Some few are listed below the calendar: two queries; of more, a reader chooses the day."""
    return illustrated(stories.cards()) if number <= YEAR_STORIES else []


def issue(page: Page, request: HttpRequest) -> Context:
    """One day's paper, page by page, and its neighbours."""
    paper = PublicationPage.objects.ancestor_of(page).first()
    stories: list[Any] = []
    previous_issue = next_issue = None
    if paper:
        # By its date: an index serves that, while the tree's paths are compared one by one.
        readable = readable_pages(ArticlePage, request).cards()
        of_the_day = readable.filter(publication_id=paper.pk, print_date=page.print_date)
        stories = illustrated(one for one in of_the_day if one.path.startswith(page.path))
        stories.sort(key=lambda story: label_key(story.print_page))
        issues = filled_issues(paper, request)
        previous_issue = issues.filter(print_date__lt=page.print_date).first()
        later = issues.filter(print_date__gt=page.print_date)
        next_issue = later.order_by("print_date").first()
    if stories:
        # Without any, it shows those of other days.
        shows_its_own(request)
    paper_pages = groupby(stories, key=lambda story: story.print_page)
    return {
        "publication": paper,
        "stories": stories,
        "paper_pages": [(label, list(on_page)) for label, on_page in paper_pages],
        "story_count": len(stories),
        "joined": [] if stories else _joined(request, path__startswith=page.path),
        "previous_issue": previous_issue,
        "next_issue": next_issue,
    }


def section(page: Page, request: HttpRequest) -> Context:
    return {"publication": page.get_parent().specific, **_page_of_list(page, request)}


def listed(page: Page, request: HttpRequest) -> Any:
    """The stories of a publication or a section, newest first; `?only=read` leaves out those that
    aren't in the page's language.
    """
    stories = readable_pages(ArticlePage, request).cards().filter(**_filed_in(page))
    if _is_of_one_language(request):
        return stories.in_language(supported(get_language()))
    return stories


def _filed_in(page: Page) -> dict[str, int]:
    return {"section" if isinstance(page, SectionPage) else "publication": page.pk}


def _joined(request: HttpRequest, **filed: Any) -> list[Any]:
    """The stories that have the texts of such as were filed here as their translations."""
    gone = ArticlePage.objects.filter(live=False, **filed).order_by()
    kept = readable_pages(ArticlePage, request).filter(pk__in=keeping_stories(gone.values("pk")))
    return illustrated(kept.cards()[:YEAR_STORIES])


def _is_of_one_language(request: HttpRequest) -> bool:
    return request.GET.get("only") == "read"


def information(page: Page, request: HttpRequest) -> Context:
    """The page's text, in the reader's language or else in the other; links only to what every
    reader may see."""
    language = supported(get_language())
    text = text_in(page, "body", language)
    targets = linked_ids(text.text, "page")
    pages = readable_pages(Page, request).in_bulk(targets) if targets else {}
    with resolved_pages(pages):
        html = expand_db_html(without_block_keys(text.text))
    return {
        "text": mark_safe(html),  # noqa: S308 - an editor's rich text, through Wagtail's rewriter
        "text_lang": HTML_CODES[text.language] if text.language != language else "",
    }


def _page_of_list(page: Page, request: HttpRequest) -> Context:
    """The number of all stories stands on the first page: the others stay as they are."""
    stories = listed(page, request)
    shown = paging.page_of(request, stories)
    illustrated(shown)
    language, is_narrowed = supported(get_language()), _is_of_one_language(request)
    name = f"page {page.pk} {language}" if is_narrowed else f"page {page.pk}"
    number = counted(request, name, stories.order_by().count) if shown.is_first else 0
    return {
        "stories": shown,
        "story_count": number,
        "joined": [] if shown or is_narrowed else _joined(request, **_filed_in(page)),
        "is_of_one_language": is_narrowed,
        # Of a list without such stories, there is nothing to leave out.
        "has_other_language": any(language not in story.languages() for story in shown),
    }
