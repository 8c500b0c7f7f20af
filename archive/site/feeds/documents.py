"""Feeds of stories for the readers of one language: RSS 2.0, Atom 1.0 or JSON Feed 1.1.

A view says what its feed is of, takes its stories through `feed_stories`, and answers with
`feed_response`: the same address with another `format` is the same feed in another form.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Case, F, Prefetch, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template import Context
from django.urls import NoReverseMatch, translate_url
from django.utils import translation
from django.utils.text import Truncator

from archive.addresses import address
from archive.entities.fields import text_in
from archive.entities.models import Entity
from archive.files.xml import without_illegal
from archive.site.citations.records import WRITERS
from archive.site.feeds.formats import ATOM, FORMATS, JSON, MIME_TYPES, RSS, FeedLink
from archive.site.responses import conditional_response
from archive.stories.bylines import each_once, original_citation
from archive.stories.models import (
    ArticleByline,
    ArticlePage,
    HomePage,
    PublicationPage,
    SectionPage,
)
from archive.stories.querysets import UNLISTED, ArticleQuerySet
from archive.text.language import HTML_CODES, characters, column, other

FEED_SIZE = 50
NAMES = {RSS: "RSS", ATOM: "Atom", JSON: "JSON Feed"}
# How long readers' programs and caches between may keep an answer.
FRESH_SECONDS = 600
# A summary taken from the story's beginning, in characters.
_SUMMARY = characters(300)
# Not who took its pictures, edited it or helped.
_AUTHORS = (*WRITERS, "translator")
# Name, type and address of each form of a feed.
FormLinks = list[tuple[str, str, str]]


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself; `page_url`, of the page that shows the same, is absolute.

    `site_name` signs the stories that nobody else does; `alternates` are further links.
    """

    title: str
    description: str
    language: str
    page_url: str
    site_name: str
    alternates: Sequence[FeedLink] = ()


def feed_stories(stories: ArticleQuerySet, language: str) -> list[Any]:
    """Those of the stories that are public and published in the language, the latest first.

    Latest is what readers of that language got last, whenever it was printed. Three queries.
    """
    arrived = Case(
        When(source_language=language, then=F("first_published_at")), default=F("translated_at")
    )
    # The bare "body" is empty, and to name it would be to name the active language's.
    unread = [name for name in UNLISTED if name not in ("body", column("body", language))]
    bylines = ArticleByline.objects.select_related("author__merged_into").order_by(
        "sort_order", "pk"
    )
    return list(
        stories.shown_to_public()
        .in_language(language)
        .defer(None)
        .defer(*unread)
        .select_related("publication")
        .prefetch_related(Prefetch("bylines", queryset=bylines, to_attr="feed_bylines"))
        .annotate(arrived=arrived)
        .order_by(F("arrived").desc(nulls_last=True), "-print_date", "pk")[:FEED_SIZE]
    )


def feed_response(
    request: HttpRequest, feed: Feed, stories: Iterable[Any], form: str
) -> HttpResponseBase:
    """The feed in one of FORMATS, or 304 if the asker has this very answer. No query.

    `stories` come from `feed_stories`.
    """
    self_url = request.build_absolute_uri()
    made = FORMATS[form](
        title=without_illegal(feed.title),
        link=feed.page_url,
        description=without_illegal(feed.description),
        language=HTML_CODES[feed.language],
        author_name=without_illegal(feed.site_name),
        feed_url=self_url,
        feed_guid=self_url,
        alternates=feed.alternates,
    )
    with translation.override(feed.language):
        for story in stories:
            made.add_item(**_item(story, feed.language, request))
    mime_type = f"{MIME_TYPES[form]}; charset=utf-8"
    response = HttpResponse(made.writeString("utf-8"), content_type=mime_type)
    # No Last-Modified: a story that is taken out of a feed makes none of the others newer.
    return conditional_response(request, response, FRESH_SECONDS)


def asked_form(request: HttpRequest, default: str = RSS) -> str:
    """Which of FORMATS the address asks for; raises Http404 for one that isn't there."""
    form = request.GET.get("format", default)
    if form not in FORMATS:
        raise Http404
    return form


def feed_links(address: str) -> FormLinks:
    """Name, type and address of each form of the feed at this address, for a page's links."""
    joint = "&" if "?" in address else "?"
    return [(NAMES[form], MIME_TYPES[form], f"{address}{joint}format={form}") for form in FORMATS]


def feed_alternates(request: HttpRequest, form: str, language: str) -> list[FeedLink]:
    """The feed that is asked for in the other forms, and in the other language."""
    parameters = request.GET.copy()
    found = []
    for one, mime_type in MIME_TYPES.items():
        parameters["format"] = one
        url = request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")
        if one != form:
            found.append(FeedLink("alternate", url, mime_type))
        else:
            elsewhere = translate_url(url, other(language))
            found.append(FeedLink("alternate", elsewhere, mime_type, other(language)))
    return found


def _item(story: Any, language: str, request: HttpRequest) -> dict[str, Any]:
    """The story as `add_item` of Django's generators takes it; texts are plain."""
    is_source, elsewhere = story.source_language == language, other(language)
    text = story.in_language(language)
    beginning = Truncator("" if text.standfirst else text.first_paragraph)
    url = story.get_full_url(request)
    host = urlsplit(url).hostname or "localhost"
    day = story.first_published_at or story.translated_at
    authors = [
        text_in(line.author, "name", language)
        for line in each_once(story.feed_bylines)
        if line.role in _AUTHORS
    ]
    print_facts: dict[str, str] = {}
    if is_source and not story.is_sample:
        paper = str(text_in(story.publication, "name", language)) if story.publication else ""
        print_facts = {
            "publicationName": paper,
            "publicationDate": story.print_date.isoformat() if story.print_date else "",
            "startingPage": story.print_page,
        }
    elif apart := story.translation_print:
        authors = [one["name"] for one in apart["authors"] if one["role"] in _AUTHORS]
        print_facts = {
            "publicationName": apart["publication"],
            "publicationDate": apart["date"],
            "startingPage": apart["page"],
        }
    printed = "" if is_source or print_facts else original_citation(story)
    translation_link = FeedLink("alternate", translate_url(url, elsewhere), "text/html", elsewhere)
    return {
        "title": without_illegal(text.headline),
        "link": url,
        # Else how the first paragraph begins.
        "description": without_illegal(text.standfirst or beginning.chars(_SUMMARY[language])),
        # Names the text for good, wherever the story may go: a `tag:` URI (RFC 4151).
        "unique_id": f"tag:{host},{day:%Y-%m-%d}:story-{story.pk}-{HTML_CODES[language]}",
        "unique_id_is_permalink": False,
        "pubdate": story.first_published_at if is_source else story.translated_at,
        "updateddate": story.last_published_at if is_source else story.translated_at,
        "authors": list(dict.fromkeys(without_illegal(str(name)) for name in authors)),
        "print_facts": {
            name: without_illegal(value) for name, value in print_facts.items() if value
        },
        "source": "" if is_source else without_illegal(printed),
        "alternates": [translation_link] if len(story.languages()) > 1 else [],
    }


@dataclass(frozen=True)
class PageFeed:
    """A feed in each of its forms, under the name of what it is of."""

    name: str
    forms: FormLinks


def own_feed(context: Context) -> PageFeed | None:
    """The feed of what a page shows, from its template's context; without a query."""
    page, entity, one, two = (context.get(name) for name in ("page", "entity", "a", "b"))
    if isinstance(page, ArticlePage):
        page = page.section or page.publication
    if isinstance(entity, Entity):
        return _page_feed(entity, "entity_feed", entity.key)
    if isinstance(one, Entity) and isinstance(two, Entity):
        return _page_feed(f"{one} ↔ {two}", "pair_feed", one.key, two.key)
    if isinstance(page, SectionPage):
        # By its address: a slug may be no slug of ASCII letters, and has no feed then.
        return _page_feed(page, "section_feed", *page.url_path.strip("/").split("/")[-2:])
    if isinstance(page, PublicationPage):
        return _page_feed(page, "publication_feed", page.slug)
    return _page_feed(page, "archive_feed") if isinstance(page, HomePage) else None


def archive_feed(name: str) -> PageFeed | None:
    """The feed of the whole archive, which is called so."""
    return _page_feed(name, "archive_feed")


def _page_feed(name: Any, view: str, *keys: str) -> PageFeed | None:
    """None where the archive's addresses aren't mounted."""
    try:
        return PageFeed(str(name), feed_links(address(f"archive:{view}", *keys)))
    except NoReverseMatch:
        return None
