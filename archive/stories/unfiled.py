"""Stories that wait for filing: drafts whose headline, publication or print date isn't known.

What they lack is read from what is empty; nothing is marked. A story without a publication lies
below the publication for unfiled stories, one without a date directly below its publication.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.base_page import Page
from archive.conf import settings
from archive.stories.actions import file_article, move_story
from archive.stories.archive_page import latin_slug
from archive.stories.models import ArticlePage, HomePage, PublicationPage
from archive.text.language import ENGLISH, LANGUAGES, column

# What a story may lack for its place in the archive, by field.
LACKS = {"headline": _("headline"), "publication": _("publication"), "print_date": _("print date")}


def lacks_of(article: Any) -> list[str]:
    """The names in LACKS of what the story lacks."""
    values = {
        "headline": article.source("headline"),
        "publication": article.publication_id,
        "print_date": article.print_date,
    }
    return [name for name, value in values.items() if not value]


def lacking(name: str) -> Q:
    """The stories that lack the field, a name in LACKS."""
    if name != "headline":
        return Q(**{f"{name}__isnull": True})
    found = Q()
    for language in LANGUAGES:
        headline = column("headline", language)
        is_empty = Q(**{headline: ""}) | Q(**{f"{headline}__isnull": True})
        found |= Q(source_language=language) & is_empty
    return found


def waiting() -> Any:
    """The stories that nobody could read yet and that lack something for their place."""
    lack = lacking("headline") | lacking("publication") | lacking("print_date")
    drafts = ArticlePage.objects.filter(live=False, first_published_at=None, alias_of=None)
    return drafts.filter(lack)


def unfiled_publication() -> PublicationPage | None:
    """The publication for unfiled stories; made, for no reader's eyes, if it isn't there.

    None where the archive has no front page.
    """
    if found := PublicationPage.objects.filter(is_unfiled=True).first():
        return found
    home = HomePage.objects.first()
    if home is None:
        return None
    given = settings.UNFILED_PUBLICATION
    fallback = given.get(ENGLISH) or next(iter(given.values()))
    names = {column("name", code): given.get(code, fallback) for code in LANGUAGES}
    slug = latin_slug(fallback) or "unfiled"
    page = PublicationPage(title=fallback, slug=slug, live=False, is_unfiled=True, **names)
    try:
        with transaction.atomic():
            home.add_child(instance=page)
    except IntegrityError:
        # Another import has made it meanwhile.
        return PublicationPage.objects.get(is_unfiled=True)
    return page


def follow_filing(story: ArticlePage, user: Any) -> None:
    """After a new version of a story that nobody could read yet: its row has the version's facts.

    So that lists know what it still lacks. A story that waited goes where it belongs now.
    """
    if story.live or story.first_published_at or story.alias_of_id:
        return
    headline = column("headline", story.source_language)
    names = ("publication_id", "print_date", headline)
    row = ArticlePage.objects.filter(pk=story.pk).values(*names).first()
    if row is None:
        return
    facts = {name: getattr(story, name) for name in names}
    if facts == row:
        return
    ArticlePage.objects.filter(pk=story.pk).update(**facts, title=story.title)
    if row["publication_id"] is None or row["print_date"] is None:
        _file_draft(story)


def _file_draft(story: ArticlePage) -> None:
    """Under its issue, or below its publication while its date isn't known."""
    if story.publication_id is None:
        return
    if story.print_date:
        file_article(story)
        return
    paper = PublicationPage.objects.get(pk=story.publication_id)
    if story.path[: -Page.steplen] != paper.path:
        move_story(story, paper)
