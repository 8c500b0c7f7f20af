"""A dossier as a page, as one text to read or print, as a feed and as a book; a story as a book."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model

from archive.contrib.dossiers.contents import DossierContents, read_contents
from archive.contrib.dossiers.epub import EPUB, Chapter, write_epub
from archive.contrib.dossiers.models import DossierPage
from archive.entities.fields import text_in
from archive.site.addresses import page_url, site_root
from archive.site.caching.site_chrome import front_page
from archive.site.feeds.documents import (
    FRESH_SECONDS,
    Feed,
    asked_form,
    feed_alternates,
    feed_links,
    feed_response,
    feed_stories,
)
from archive.site.lists import readable_pages
from archive.site.modes import View
from archive.site.permalinks import permanent_path, readable_story
from archive.site.responses import conditional_response
from archive.site.story_page import story_context
from archive.stories.models import ArticlePage
from archive.text.language import HTML_CODES, supported

# Of longer dossiers, the first so many stories are in the text and the book.
MOST_STORIES = 60


def dossier_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    urls = {}
    if not getattr(request, "is_preview", False):
        feed = reverse("archive:dossier_feed", args=[page.slug])
        urls = {
            "reader": reverse("archive:dossier_reader", args=[page.slug]),
            "epub": reverse("archive:dossier_epub", args=[page.slug]),
            "feeds": feed_links(feed),
        }
    return {"contents": read_contents(page, request), "dossier_urls": urls}


@require_safe
def dossier_reader(request: HttpRequest, slug: str) -> HttpResponse:
    dossier = _dossier(request, slug)
    contents = read_contents(dossier, request)
    context = {
        "page": dossier,
        "page_url": page_url(dossier, request),
        "contents": contents,
        "stories": [html for _title, html, _code in _stories(contents, request)],
    }
    return render(request, "archive_dossiers/dossier_reader.html", context)


@require_safe
def dossier_feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Its stories that are published in the language, the latest first."""
    dossier, form, language = (
        _dossier(request, slug),
        asked_form(request),
        supported(get_language()),
    )
    site = str(front_page(request) or "")
    feed = Feed(
        title=" · ".join(filter(None, [str(dossier), site])),
        description=str(text_in(dossier, "intro", language)) or str(dossier),
        language=language,
        page_url=request.build_absolute_uri(page_url(dossier, request)),
        site_name=site,
        alternates=feed_alternates(request, form, language),
    )
    keys = [one.pk for one in read_contents(dossier, request).stories]
    stories = feed_stories(ArticlePage.objects.filter(pk__in=keys), language)
    return feed_response(request, feed, stories, form)


@require_safe
def dossier_epub(request: HttpRequest, slug: str) -> HttpResponseBase:
    dossier = _dossier(request, slug)
    contents = read_contents(dossier, request)
    language, root = HTML_CODES[supported(get_language())], site_root(request)
    beginning = render_to_string(
        "archive_dossiers/introduction.html", {"page": dossier, "contents": contents}, request
    )
    stories = _stories(contents, request)
    chapters = [
        Chapter(str(dossier), beginning, language),
        *(Chapter(title, html, code) for title, html, code in stories),
    ]
    address = f"{root}{page_url(dossier, request)}"
    return _book(request, dossier, str(dossier), address, chapters)


@require_safe
def story_epub(request: HttpRequest, short: str) -> HttpResponseBase:
    """One story as a book, in the reader's language or else in its own."""
    story = ArticlePage.objects.select_related("publication", "section").get(
        pk=readable_story(short).pk
    )
    title, html, code = _part(story, request)
    address = f"{site_root(request)}{permanent_path(story, supported(get_language()))}"
    return _book(request, story, title, address, [Chapter(title, html, code)])


def _book(
    request: HttpRequest, page: Any, title: str, address: str, chapters: Sequence[Chapter]
) -> HttpResponseBase:
    """The EPUB of a page, in the language of its first chapter."""
    language = chapters[0].language
    book = write_epub(
        title=title,
        address=address,
        language=language,
        publisher=str(front_page(request) or ""),
        # A page that a program made was never published by anybody.
        modified=(page.last_published_at or timezone.now()).astimezone(UTC),
        chapters=chapters,
        files=_picture_file,
        toc_title=_("Contents"),
    )
    headers = {
        "Content-Disposition": f'attachment; filename="{page.slug}-{language}.epub"',
        "X-Robots-Tag": "noindex",
    }
    response = HttpResponse(book, content_type=EPUB, headers=headers)
    return conditional_response(request, response, FRESH_SECONDS)


def _dossier(request: HttpRequest, slug: str) -> Any:
    home = front_page(request)
    pages = readable_pages(DossierPage, request)
    found = pages.child_of(home).filter(slug=slug).first() if home else None
    if found is None:
        raise Http404
    return found


def _stories(contents: DossierContents, request: HttpRequest) -> list[tuple[str, Any, str]]:
    """Headline, HTML and language of each story; some ten queries for each."""
    # With their bodies, which lists leave in the database.
    keys = [one.pk for one in contents.stories[:MOST_STORIES]]
    whole = ArticlePage.objects.live().select_related("publication", "section").in_bulk(keys)
    return [_part(whole[key], request) for key in keys if key in whole]


def _part(story: Any, request: HttpRequest) -> tuple[str, Any, str]:
    language, root = supported(get_language()), site_root(request)
    context = story_context(story, request, language, View(language, language))
    text = context["text"]
    context["permanent"] = f"{root}{permanent_path(story, text.language)}"
    html = render_to_string("archive_dossiers/story.html", context, request)
    return text.headline, html, text.html_language


def _picture_file(src: str) -> Any:
    """The file of a picture that a page shows, by its address; None for any other."""
    model = get_image_model().get_rendition_model()
    storage = model._meta.get_field("file").storage
    base = storage.url("")
    if not src.startswith(base):
        return None
    rendition = model.objects.filter(file=src.removeprefix(base)).first()
    return rendition.file if rendition else None
