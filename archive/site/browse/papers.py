"""A day's paper, rebuilt from its stories: by publication, page by page."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from archive.site.lists import illustrated
from archive.stories.models import ArticlePage, IssuePage, PublicationPage
from archive.stories.querysets import ArticleQuerySet
from archive.text.labels import label_key
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
        return sum(len(stories) for _label, stories in self.pages)


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
