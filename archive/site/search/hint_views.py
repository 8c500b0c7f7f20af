"""The search box's suggestions, and what makes the search a browser's own."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from archive.search.suggestions import MOST_COUNTED, NameOffer, Offers, StoryOffer, offers
from archive.site.caching.site_chrome import front_page
from archive.site.responses import keep_for
from archive.site.throttles import SUGGESTIONS_PER_SEARCH, limited
from archive.text.language import HTML_CODES, supported

# What is typed by many is asked of the database once a minute.
FRESH_SECONDS = 60
DESCRIPTION_SECONDS = 86_400


@limited("suggest", SUGGESTIONS_PER_SEARCH)
def suggest(request: HttpRequest) -> HttpResponse:
    """What begins with `q`, as JSON; with `format=opensearch` as a browser's address bar asks."""
    typed = request.GET.get("q", "")
    found = offers(typed, supported(get_language()))
    if request.GET.get("format") == "opensearch":
        response = JsonResponse(
            _for_browsers(request, typed, found),
            safe=False,
            content_type="application/x-suggestions+json; charset=utf-8",
            json_dumps_params={"ensure_ascii": False},
        )
    else:
        stories = [_story(one, request) for one in found.stories]
        listed = [*map(_name, found.names), *stories]
        # Said to those who don't see the list.
        status = ngettext("%(number)s suggestion", "%(number)s suggestions", len(listed))
        answer = {
            "query": typed,
            "suggestions": listed,
            "status": status % {"number": len(listed)} if listed else _("No suggestions"),
        }
        response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    keep_for(response, FRESH_SECONDS, is_purged=False)
    return response


def description(request: HttpRequest) -> HttpResponse:
    """The OpenSearch description document, in the language of its address."""
    language = supported(get_language())
    search = request.build_absolute_uri(reverse("archive:search"))
    context = {
        "name": str(front_page(request) or _("Newspaper archive"))[:48],
        "language": HTML_CODES[language],
        "search": search,
        "suggest": request.build_absolute_uri(reverse("archive:search_suggest")),
        "feed": request.build_absolute_uri(reverse("archive:search_feed")),
        "self": request.build_absolute_uri(),
    }
    mime_type = "application/opensearchdescription+xml; charset=utf-8"
    response = render(request, "archive/opensearch.xml", context, content_type=mime_type)
    patch_cache_control(response, public=True, max_age=DESCRIPTION_SECONDS)
    return response


def _name(offer: NameOffer) -> dict[str, Any]:
    return {
        "type": "name",
        "text": offer.name.text,
        "language": HTML_CODES[offer.name.language],
        "other": offer.other_name,
        "other_language": HTML_CODES[offer.other_language],
        "kind": str(offer.entity.get_kind_display()),
        "count": offer.count,
        "note": _counted(offer.count),
        # A name without stories has a page all the same.
        "url": _search_url(offer.name.text) if offer.count else offer.entity.get_absolute_url(),
        "page": offer.entity.get_absolute_url(),
    }


def _story(offer: StoryOffer, request: HttpRequest) -> dict[str, Any]:
    return {
        "type": "story",
        "text": offer.headline.text,
        "language": HTML_CODES[offer.headline.language],
        "note": offer.article.display_print_date(),
        "url": offer.article.get_url(request),
    }


def _counted(count: int) -> str:
    if count > MOST_COUNTED:
        return _("over %(number)s stories") % {"number": MOST_COUNTED}
    return ngettext("%(number)s story", "%(number)s stories", count) % {"number": count}


def _for_browsers(request: HttpRequest, typed: str, found: Offers) -> list[Any]:
    """The OpenSearch Suggestions extension: query, completions, descriptions, addresses."""
    names = [
        (one.name.text, _counted(one.count), _search_url(one.name.text)) for one in found.names
    ]
    stories = [
        (one.headline.text, one.article.display_print_date(), one.article.get_url(request) or "")
        for one in found.stories
    ]
    texts, notes, urls = zip(*names, *stories, strict=True) if names or stories else ((), (), ())
    return [typed, texts, notes, list(map(request.build_absolute_uri, urls))]


def _search_url(text: str) -> str:
    return f"{reverse('archive:search')}?{urlencode({'q': text})}"
