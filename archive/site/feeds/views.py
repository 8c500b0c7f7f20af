"""The feeds of the whole archive, of a publication, a section, a name and a pair of places.

The first three read the harvesters' records and go back in pages (RFC 5005): each leads on to what
came before its last story. An index has each of them in its order, so they cost the same at any
size.
"""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.base_page import Page
from archive.entities.fields import text_in
from archive.entities.models import Entity
from archive.site.caching.site_chrome import front_page, site_chrome
from archive.site.feeds.documents import (
    FEED_SIZE,
    Feed,
    asked_form,
    feed_alternates,
    feed_response,
    feed_stories,
)
from archive.site.feeds.formats import ATOM, MIME_TYPES, FeedLink
from archive.site.harvest_records.models import HarvestRecord
from archive.site.lists import readable_pages
from archive.site.names.stories import naming_both
from archive.site.responses import present_address
from archive.stories.models import ArticlePage, PublicationPage, SectionPage
from archive.text.labels import row_key
from archive.text.language import column, supported
from archive.ties.models import Tie


def archive_feed(request: HttpRequest) -> HttpResponseBase:
    """The stories that the language's readers got last."""
    return _feed_of_page(request, _home(request), {})


def publication_feed(request: HttpRequest, publication: str) -> HttpResponseBase:
    page = _child(request, PublicationPage, _home(request), publication)
    return _feed_of_page(request, page, {"publication_id": page.pk})


def section_feed(request: HttpRequest, publication: str, section: str) -> HttpResponseBase:
    paper = _child(request, PublicationPage, _home(request), publication)
    page = _child(request, SectionPage, paper, section)
    return _feed_of_page(request, page, {"section_id": page.pk})


def entity_feed(request: HttpRequest, key: str) -> HttpResponseBase:
    """The stories tagged with the entity that are published in the address's language."""
    form, language = asked_form(request, ATOM), supported(get_language())
    names = Entity.objects.shown_to_public(site_chrome(request).restricted)
    entity = names.filter(key=key).first()
    if entity is None:
        return present_address(request, "archive:entity_feed", key)
    about = str(text_in(entity, "description", language))
    about = about or _("Stories that mention %(name)s") % {"name": entity}
    feed = _feed(request, form, str(entity), about, entity.get_absolute_url())
    stories = ArticlePage.objects.tagged_with(entity)
    return feed_response(request, feed, feed_stories(stories, language), form)


def pair_feed(request: HttpRequest, one: str, two: str) -> HttpResponseBase:
    """The stories that name both of two places that a tie joins."""
    form, language = asked_form(request), supported(get_language())
    restricted = site_chrome(request).restricted
    names = Entity.objects.shown_to_public(restricted).places()
    places = {place.key: place for place in names.filter(key__in=[one, two])}
    if len(places) < 2:
        return present_address(request, "archive:pair_feed", one, two)
    a, b = (places[key] for key in sorted(places))
    if not Tie.objects.shown_to_public(restricted).between(a, b).exists():
        raise Http404
    about = _("Stories that mention both %(one)s and %(two)s") % {"one": str(a), "two": str(b)}
    feed = _feed(request, form, f"{a} ↔ {b}", about, reverse("archive:pair", args=[a.key, b.key]))
    stories = naming_both(ArticlePage.objects.all(), a, b)
    return feed_response(request, feed, feed_stories(stories, language), form)


def _home(request: HttpRequest) -> Any:
    home = front_page(request)
    if home is None:
        raise Http404
    return home


def _child(request: HttpRequest, model: type[Page], parent: Page, slug: str) -> Any:
    found = readable_pages(model, request).child_of(parent).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _feed(
    request: HttpRequest,
    form: str,
    name: str,
    about: str,
    path: str,
    further: Sequence[FeedLink] = (),
) -> Feed:
    """What the feed says of itself; `path` is that of the page that shows the same."""
    language, site_name = supported(get_language()), str(front_page(request) or "")
    return Feed(
        title=" · ".join(dict.fromkeys(filter(None, [name, site_name]))),
        description=about,
        language=language,
        page_url=request.build_absolute_uri(path),
        site_name=site_name,
        alternates=[*feed_alternates(request, form, language), *further],
    )


def _feed_of_page(request: HttpRequest, page: Any, facts: dict[str, int]) -> HttpResponseBase:
    form, language = asked_form(request), supported(get_language())
    pks = _newest(language, facts, request.GET.get("before", ""))
    further = []
    if len(pks) > FEED_SIZE:
        parameters = request.GET.copy()
        parameters["before"] = str(pks[FEED_SIZE - 1])
        url = request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")
        further = [FeedLink("next", url, MIME_TYPES[form])]
    about = str(text_in(page, "intro", language))
    about = about or _("The latest stories of %(name)s") % {"name": page}
    feed = _feed(request, form, str(page), about, page.get_full_url(request), further)
    stories = feed_stories(ArticlePage.objects.filter(pk__in=pks[:FEED_SIZE]), language)
    return feed_response(request, feed, stories, form)


def _newest(language: str, facts: dict[str, int], before: str) -> list[int]:
    """The newest stories of a language, one more than a feed takes; `before` is a story's id."""
    since = column("since", language)
    records = HarvestRecord.objects.filter(is_deleted=False, **{f"{since}__isnull": False}, **facts)
    ranges = [records]
    if before:
        last = HarvestRecord.objects.filter(pk=row_key(before)).first()
        when = getattr(last, since, None)
        if when is None:
            raise Http404
        # Each is one range of the index; either alone can be long.
        same_time = records.filter(**{since: when}, article__gt=int(before))
        ranges = [same_time, records.filter(**{f"{since}__lt": when})]
    found: list[int] = []
    for part in ranges:
        rest = part.order_by(f"-{since}", "article").values_list("article", flat=True)
        found += rest[: FEED_SIZE + 1 - len(found)]
    return found
