"""Feeds of stories for the readers of one language: RSS 2.0, Atom 1.0 or JSON Feed 1.1.

A view says what its feed is of, takes its stories through `feed_stories`, and answers with
`feed_response`: the same address with another `format` is the same feed in another form.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Case, F, Prefetch, When
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import translate_url
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.text import Truncator

from archive.entities.fields import text_in
from archive.site.feeds.formats import ATOM, FORMATS, JSON, MIME_TYPES, RSS, FeedItem, FeedLink
from archive.stories.models import ArticleByline
from archive.stories.querysets import UNLISTED, ArticleQuerySet
from archive.text.language import HTML_CODES, column, other
from archive.text.richtext import is_blank, plain_text

FEED_SIZE = 50
NAMES = {RSS: "RSS", ATOM: "Atom", JSON: "JSON Feed"}
# How long readers' programs and caches between may keep an answer.
FRESH_SECONDS = 600
# A summary taken from the story's beginning, in characters.
_SUMMARY = {"en": 300, "zh-hans": 150}


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
    bylines = ArticleByline.objects.select_related("author").order_by("sort_order", "pk")
    return list(
        stories.live()
        .public()
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
) -> HttpResponse:
    """The feed in one of FORMATS, or 304 if the asker has this very answer. No query.

    `stories` come from `feed_stories`.
    """
    with translation.override(feed.language):
        items = [_item(story, feed.language, request) for story in stories]
    self_url = request.build_absolute_uri()
    content = FORMATS[form](feed, items, self_url).encode()
    response = HttpResponse(content, content_type=f"{MIME_TYPES[form]}; charset=utf-8")
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    # No Last-Modified: a story that is taken out of a feed makes none of the others newer.
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    # 304, or the response itself where the asker has none or an older one.
    return get_conditional_response(request, etag, response=response) or response


def asked_form(request: HttpRequest, default: str = RSS) -> str:
    """Which of FORMATS the address asks for; raises Http404 for one that isn't there."""
    form = request.GET.get("format", default)
    if form not in FORMATS:
        raise Http404
    return form


def feed_links(address: str) -> list[tuple[str, str, str]]:
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


def _item(story: Any, language: str, request: HttpRequest) -> FeedItem:
    is_source = story.source_language == language
    url = story.get_full_url(request)
    published = story.languages()
    other_language = other(language)
    return FeedItem(
        uid=_tag_uri(story, language, url),
        url=url,
        title=getattr(story, column("headline", language)) or "",
        summary=_summary(story, language),
        authors=[str(text_in(line.author, "name", language)) for line in story.feed_bylines],
        published=story.first_published_at if is_source else story.translated_at,
        updated=story.last_published_at if is_source else story.translated_at,
        print_date=story.print_date,
        print_page=story.print_page,
        publication=str(text_in(story.publication, "name", language)) if story.publication else "",
        alternates=[
            FeedLink("alternate", translate_url(url, other_language), "text/html", other_language)
        ]
        if len(published) > 1
        else [],
    )


def _tag_uri(story: Any, language: str, url: str) -> str:
    """Names the text for good, wherever the story may go: a `tag:` URI (RFC 4151)."""
    day = story.first_published_at or story.translated_at
    host = urlsplit(url).hostname or "localhost"
    return f"tag:{host},{day:%Y-%m-%d}:story-{story.pk}-{HTML_CODES[language]}"


def _summary(story: Any, language: str) -> str:
    """The standfirst, or else how the first paragraph begins."""
    standfirst = getattr(story, column("standfirst", language)) or ""
    return standfirst or Truncator(_first_paragraph(story, language)).chars(_SUMMARY[language])


def _first_paragraph(story: Any, language: str) -> str:
    body = getattr(story, column("body", language))
    # As stored: to make blocks of it would ask for the body's pictures.
    for block in body.raw_data if body else []:
        if block["type"] == "paragraph" and not is_blank(block["value"]):
            return plain_text(block["value"])
    return ""


__all__ = [
    "ATOM",
    "FORMATS",
    "JSON",
    "MIME_TYPES",
    "NAMES",
    "RSS",
    "Feed",
    "FeedLink",
    "asked_form",
    "feed_alternates",
    "feed_links",
    "feed_response",
    "feed_stories",
]
