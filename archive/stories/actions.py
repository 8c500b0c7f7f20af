"""Files stories: print date and publication decide their place in the tree, and so the address."""

from contextvars import ContextVar
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from archive.base_page import Page
from archive.stories.archive_page import free_slug, story_slug
from archive.stories.models import ArticlePage, IssuePage, PublicationPage, SectionPage, YearPage
from archive.stories.models.browse import facts_of_place
from archive.stories.policies import is_filed, never_shown

# The story that `file_article` moves: the signal that follows has another instance of the page.
_filing: ContextVar[int | None] = ContextVar("story being filed", default=None)


def year_for(publication: PublicationPage, year: int, *, live: bool = True) -> YearPage:
    """The publication's page for a year; made if it isn't there, for readers only with `live`."""
    title = f"{year:04d}"
    found = YearPage.objects.child_of(publication).filter(slug=title).first()
    if found:
        return found
    # treebeard reckons a child's place from the parent's row, which may have changed.
    publication.refresh_from_db(fields=["path", "depth", "numchild"])
    return publication.add_child(instance=YearPage(title=title, slug=title, live=live))


@transaction.atomic
def issue_for(publication: PublicationPage, day: date, *, live: bool = True) -> IssuePage:
    """The publication's issue of a day; made if it isn't there, for readers only with `live`.

    Made for a story that waits, both stay drafts, until `show_places`.
    """
    year = year_for(publication, day.year, live=live)
    found = IssuePage.objects.child_of(year).filter(print_date=day).first()
    if found:
        return found
    slug = IssuePage.slug_for(day)
    issue = IssuePage(title=day.isoformat(), slug=slug, print_date=day, live=live)
    return year.add_child(instance=issue)


@transaction.atomic(savepoint=False)
def file_article(article: ArticlePage) -> None:
    """Move a story under the issue that printed it, if it isn't there already.

    With a live story, readers get the pages that were made for it, too.
    """
    if not is_filed(article, shown=article.live):
        if not is_filed(article) and article.print_date:
            publication = PublicationPage.objects.get(pk=article.publication_id)
            move_story(article, issue_for(publication, article.print_date, live=article.live))
        if article.live:
            show_places(article)
    if article.live and article.first_published_at == article.last_published_at:
        claim_slug(article)


def claim_slug(article: ArticlePage) -> None:
    """At its first publication a story gets its headline's slug from a draft left lying about.

    That is one which nobody has published, submitted or offered to translators; it takes the
    story's slug with a number.
    """
    wanted, _hyphen, number = article.slug.rpartition("-")
    if not (wanted and number.isdecimal() and wanted == story_slug(article.source("headline"))):
        return
    drafts = ArticlePage.objects.sibling_of(article).filter(slug=wanted, live=False)
    holder = drafts.filter(first_published_at=None, translations=None, alias_of=None).first()
    if holder:
        _give_slug(holder, article.slug)
        _give_slug(article, wanted)


def _give_slug(article: ArticlePage, slug: str) -> None:
    """On the row and in the newest version: publishing that must not bring the former back."""
    article.slug = slug
    article.save(update_fields=["slug", "url_path"], clean=False)
    if revision := article.get_latest_revision():
        revision.content["slug"] = slug
        revision.save(update_fields=["content"])


def show_places(article: ArticlePage) -> None:
    """Publish the paper, year, issue and section that were made for a story that is live now."""
    here = Q(pk=article.section_id) | Q(pk__in=article.get_ancestors().values("pk"))
    kinds = (PublicationPage, YearPage, IssuePage, SectionPage)
    for page in Page.objects.filter(here, never_shown()).type(*kinds).order_by("path").specific():
        page.live = True
        page.first_published_at = page.last_published_at = timezone.now()
        page.save(update_fields=["live", "first_published_at", "last_published_at"], clean=False)


@transaction.atomic(savepoint=False)
def move_story(article: ArticlePage, place: Page) -> None:
    """Move a story below the page that its own facts name, by a slug that is free there."""
    slug = free_slug(article.slug, place, article)
    if slug != article.slug:
        _give_slug(article, slug)
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
