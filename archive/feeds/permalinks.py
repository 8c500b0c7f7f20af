"""Permanent addresses of stories, in no language: /s/1h2/; and /s/1h2/zh/ for one of them."""

from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from wagtail.models import Site

from archive.feeds.short_ids import number_of, short_id
from archive.text.language import CHINESE, ENGLISH, supported
from archive.text.reversing import address

# How the addresses name the languages.
SUFFIXES = {ENGLISH: "en", CHINESE: "zh"}
_LANGUAGES = {suffix: language for language, suffix in SUFFIXES.items()}


def permalink(request: HttpRequest, short: str, suffix: str = "") -> HttpResponse:
    """To where the story is now, in the language asked for, or else in the one it was written in.

    Browsers take the fragment along, so a link to a paragraph stays one.
    """
    if suffix and suffix not in _LANGUAGES:
        raise Http404
    article = readable_story(short)
    wanted = _LANGUAGES.get(suffix) or supported(translation.get_language())
    language = wanted if wanted in article.languages() else article.source_language
    place = story_address(request, article, language)
    query = request.META.get("QUERY_STRING", "")
    # Not for good: a story may move, and get its translation.
    response = redirect(f"{place}?{query}" if query else place)
    if not suffix:
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def permanent_path(article: Any, language: str = "") -> str:
    """The path of the story's permanent address, in one of its languages or in none."""
    if not language:
        return address("archive_permalink", short_id(article.pk))
    return address("archive_permalink_in", short_id(article.pk), SUFFIXES[language])


def story_address(request: HttpRequest, article: Any, language: str) -> str:
    """Where the story is now, in one of its languages; Http404 where no site has it."""
    with translation.override(language):
        place = article.get_url(request)
    if not place:
        raise Http404
    return str(place)


def site_root(request: HttpRequest) -> str:
    """The site's own name, whichever name the request came in by: "https://archive.example"."""
    site = Site.find_for_request(request)
    return str(site.root_url) if site else f"{request.scheme}://{request.get_host()}"


def readable_story(short: str) -> Any:
    """The story of a short id, if any reader may see it; else Http404. Two queries."""
    number = number_of(short)
    if number is None:
        raise Http404
    stories = apps.get_model("archive", "ArticlePage").objects.cards().public()
    article = stories.filter(pk=number).first()
    if article is None:
        raise Http404
    return article
