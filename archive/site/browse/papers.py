"""A day's paper, rebuilt from its stories: by publication, page by page."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from archive.site.lists import illustrated
from archive.stories.models import ArticlePage, IssuePage, PublicationPage
from archive.text.labels import label_key


@dataclass(frozen=True)
class PaperPage:
    """A page of a paper; its label is "" where the stories have none."""

    label: str
    stories: list[ArticlePage]


@dataclass(frozen=True)
class Paper:
    """What one publication printed on a day. `issue` is its page in the tree, if it is there."""

    publication: PublicationPage | None
    issue: IssuePage | None
    pages: list[PaperPage]

    @property
    def story_count(self) -> int:
        return sum(len(page.stories) for page in self.pages)


def papers_of(stories: QuerySet[ArticlePage], day: date) -> list[Paper]:
    """The day's papers in the order of the publications: three queries, however many stories."""
    cards = illustrated(_cards(stories).filter(print_date=day))
    # The label once more: "2" and "02" are the same place, but two pages.
    cards.sort(
        key=lambda story: (_place(story), label_key(story.print_page), story.print_page, story.pk)
    )
    issues = list(IssuePage.objects.live().filter(print_date=day))
    return [
        Paper(publication, _issue_of(publication, issues), _pages(list(of_publication)))
        for publication, of_publication in groupby(cards, key=_publication_of)
    ]


def paper_of(stories: QuerySet[ArticlePage], slug: str, day: date) -> PublicationPage | None:
    """Of publications with the same slug, which two sites may have, the first of that day."""
    printed = stories.filter(print_date=day).values("publication")
    found = PublicationPage.objects.live().filter(pk__in=printed).order_by("path")
    # Compared here: PostgreSQL refuses to be asked for a NUL.
    return next((one for one in found if one.slug == slug), None)


def labels_of(stories: QuerySet[ArticlePage], publication: PublicationPage, day: date) -> list[str]:
    """The labels of a paper's pages, in the order of the paper; without those of no label."""
    printed = stories.filter(publication=publication.pk, print_date=day).exclude(print_page="")
    return sorted(set(printed.values_list("print_page", flat=True)), key=label_key)


def page_of(
    stories: QuerySet[ArticlePage], publication: PublicationPage, day: date, label: str
) -> list[ArticlePage]:
    cards = _cards(stories).filter(publication=publication.pk, print_date=day, print_page=label)
    return illustrated(cards.order_by("pk"))


def issue_of(publication: PublicationPage, day: date) -> IssuePage | None:
    issues = IssuePage.objects.live().filter(print_date=day)
    return issues.filter(path__startswith=publication.path).first()


def _cards(stories: Any) -> Any:
    return stories.cards().order_by()


def _publication_of(story: ArticlePage) -> PublicationPage | None:
    """None as well where its publication has been taken down."""
    return story.publication if story.publication and story.publication.live else None


def _place(story: ArticlePage) -> str:
    publication = _publication_of(story)
    return publication.path if publication else "~"


def _issue_of(publication: PublicationPage | None, issues: list[IssuePage]) -> IssuePage | None:
    if publication is None:
        return None
    return next((one for one in issues if one.path.startswith(publication.path)), None)


def _pages(stories: list[ArticlePage]) -> list[PaperPage]:
    return [
        PaperPage(label, list(on_page))
        for label, on_page in groupby(stories, key=lambda story: story.print_page)
    ]
