"""A saved search: the newest stories that any search finds, as a feed."""

import logging

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.search import facets
from archive.search.engines import SearchError
from archive.search.matching import matching
from archive.search.query import conditions_of, parse
from archive.site.caching.site_chrome import site_navigation
from archive.site.feeds.documents import (
    FORMATS,
    MIME_TYPES,
    NAMES,
    RSS,
    Feed,
    FeedLink,
    feed_response,
    feed_stories,
)
from archive.stories.models import ArticlePage
from archive.text.language import other, supported

logger = logging.getLogger(__name__)

FORM = "format"


def search_feed(request: HttpRequest) -> HttpResponse:
    """What the page of the same parameters finds, in its language, the latest published first."""
    language = supported(get_language())
    form = request.GET.get(FORM, RSS)
    if form not in FORMATS:
        raise Http404
    query = parse(request.GET.get("q", ""))
    chosen, conditions = facets.chosen(request.GET), conditions_of(query)
    stories = ArticlePage.objects.all()
    if conditions.is_void:
        stories = stories.none()
    elif conditions or chosen.filters:
        try:
            stories = stories.filter(pk__in=matching(conditions, chosen.filters))
        except SearchError:
            logger.exception("The search engine does not answer.")
            return HttpResponse(status=503, headers={"Retry-After": "60"})
    names = [str(entity) for entity in dict.fromkeys(chosen.entities.values())]
    feed = _feed(request, query.text, names, language)
    return feed_response(request, feed, feed_stories(stories, language), form)


def feed_links(parameters: QueryDict) -> list[tuple[str, str, str]]:
    """The feeds of a results page: what each is called, its type and its address."""
    return [(NAMES[form], MIME_TYPES[form], _address(parameters, form)) for form in FORMATS]


def _address(parameters: QueryDict, form: str) -> str:
    kept = facets.without(parameters, "sort", "exact")
    kept[FORM] = form
    return f"{reverse('archive:search_feed')}?{kept.urlencode()}"


def _feed(request: HttpRequest, text: str, names: list[str], language: str) -> Feed:
    site = str(site_navigation(request).home or _("Newspaper archive"))
    wanted = " · ".join(filter(None, [text[:120], *names])) or _("All stories")
    page = facets.without(request.GET)
    others = [
        FeedLink("alternate", request.build_absolute_uri(_address(request.GET, form)), mime_type)
        for form, mime_type in MIME_TYPES.items()
        if form != request.GET.get(FORM, RSS)
    ]
    elsewhere = translate_url(request.build_absolute_uri(), other(language))
    return Feed(
        title=_("%(query)s: search in %(site)s") % {"query": wanted, "site": site},
        description=_("The newest stories that this search finds."),
        language=language,
        page_url=request.build_absolute_uri(f"{reverse('archive:search')}?{page.urlencode()}"),
        site_name=site,
        alternates=[
            *others,
            FeedLink(
                "alternate", elsewhere, MIME_TYPES[request.GET.get(FORM, RSS)], other(language)
            ),
        ],
    )
