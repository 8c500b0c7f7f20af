"""Files stories: print date and publication decide their place in the tree, and so the address."""

from contextvars import ContextVar
from datetime import date

from django.db import transaction

from archive.base_page import Page
from archive.stories.archive_page import free_slug
from archive.stories.models import ArticlePage, IssuePage, PublicationPage, YearPage
from archive.stories.models.browse import facts_of_place
from archive.stories.policies import is_filed

# The story that `file_article` moves: the signal that follows has another instance of the page.
_filing: ContextVar[int | None] = ContextVar("story being filed", default=None)


def year_for(publication: PublicationPage, year: int) -> YearPage:
    """The publication's page for a year; made and published if it isn't there."""
    title = f"{year:04d}"
    found = YearPage.objects.child_of(publication).filter(slug=title).first()
    if found:
        return found
    # treebeard reckons a child's place from the parent's row, which may have changed.
    publication.refresh_from_db(fields=["path", "depth", "numchild"])
    return publication.add_child(instance=YearPage(title=title, slug=title))


@transaction.atomic
def issue_for(publication: PublicationPage, day: date) -> IssuePage:
    """The publication's issue of a day; made and published if it isn't there."""
    year = year_for(publication, day.year)
    found = IssuePage.objects.child_of(year).filter(print_date=day).first()
    if found:
        return found
    issue = IssuePage(title=day.isoformat(), slug=IssuePage.slug_for(day), print_date=day)
    return year.add_child(instance=issue)


@transaction.atomic(savepoint=False)
def file_article(article: ArticlePage) -> None:
    """Move a published story under the issue that printed it, if it isn't there already."""
    if is_filed(article) or article.print_date is None:
        return
    publication = PublicationPage.objects.get(pk=article.publication_id)
    move_story(article, issue_for(publication, article.print_date))


@transaction.atomic(savepoint=False)
def move_story(article: ArticlePage, place: Page) -> None:
    """Move a story below the page that its own facts name, by a slug that is free there."""
    slug = free_slug(article.slug, place, article)
    if slug != article.slug:
        article.slug = slug
        article.save(update_fields=["slug"], clean=False)
    page = ArticlePage.objects.get(pk=article.pk)
    token = _filing.set(article.pk)
    try:
        page.move(place, pos="last-child")
    finally:
        _filing.reset(token)
    article.refresh_from_db(fields=["path", "depth", "url_path", "slug"])
    # treebeard remembers the parent.
    article.__dict__.pop("_cached_parent_obj", None)


def is_being_filed(page: Page) -> bool:
    """Whether the page goes where its own facts say, so that it needn't take the place's.

    A newer draft keeps its date and publication then.
    """
    return page.pk == _filing.get()


def take_facts_from_place(moved: Page) -> list[int]:
    """After a move by hand, the new place decides the print date and publication of each story.

    Written to the row and to the latest revision, so that publishing it doesn't move it back.
    Gives the stories' keys.
    """
    written = []
    stories = ArticlePage.objects.descendant_of(moved, inclusive=True)
    for article in stories.filter(alias_of=None):
        facts = facts_of_place(article.get_parent(), article.section)
        if not facts:
            continue
        ArticlePage.objects.filter(pk=article.pk).update(**facts)
        written.append(article.pk)
        if revision := article.get_latest_revision():
            revision.content["publication"] = facts["publication_id"]
            if "section_id" in facts:
                revision.content["section"] = None
            if day := facts.get("print_date"):
                revision.content["print_date"] = day.isoformat()
            revision.save(update_fields=["content"])
    return written
