"""What the site tells programs that read it: llms.txt, and whether it may be mined for data."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control

from archive.conf import settings
from archive.site.addresses import SiteAddresses
from archive.site.caching.site_chrome import front_page, site_chrome
from archive.site.exports import exports
from archive.site.feeds.documents import FRESH_SECONDS
from archive.site.twins import twin_path
from archive.text.language import LABELS, LANGUAGES


def llms_txt(request: HttpRequest) -> HttpResponse:
    """The way in for language models, after llmstxt.org; Http404 where there are no twins."""
    home = front_page(request)
    if home is None or not settings.MARKDOWN:
        raise Http404
    at, chrome = SiteAddresses.of(request), site_chrome(request)
    papers = [one for one in chrome.papers() if one.is_child_of(home)]
    languages = []
    for code in LANGUAGES:
        with translation.override(code):
            pages = [home, *papers, *(one for one in chrome.information if one.is_child_of(home))]
            links = [(str(one), twin_path(at.of_path(one.url_path)[code], one)) for one in pages]
        languages.append((LABELS[code], links))
    with translation.override(LANGUAGES[0]):
        context: dict[str, Any] = {"home": home, "languages": languages, "at": at}
        context["search"] = at.of_view("archive:search")[LANGUAGES[0]]
        context["sitemap"] = at.of_neutral("archive_sitemap")
        context["exports"] = list(filter(None, (one.links(request) for one in exports())))
        response = render(
            request, "archive/llms.txt", context, content_type="text/plain; charset=utf-8"
        )
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return response


def tdm_headers() -> dict[str, str]:
    """Of the TDM Reservation Protocol, for every page; none where nothing is reserved or free."""
    if settings.TDM_RESERVATION is None:
        return {}
    found = {"tdm-reservation": "1" if settings.TDM_RESERVATION else "0"}
    if settings.TDM_POLICY:
        found["tdm-policy"] = settings.TDM_POLICY
    return found


def tdmrep(request: HttpRequest) -> HttpResponse:
    """The same for the whole site, its pictures included."""
    headers = tdm_headers()
    if not headers:
        raise Http404
    rule: dict[str, Any] = {"location": "/", **headers}
    rule["tdm-reservation"] = int(headers["tdm-reservation"])
    response = JsonResponse([rule], safe=False)
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return response
