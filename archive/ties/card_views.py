"""The address of a name's card: a fragment of HTML for each entity and day, for any cache."""

from datetime import date
from hashlib import sha256

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from archive.entities.models import Entity
from archive.text.language import supported
from archive.ties.cards import card_of
from archive.ties.former_addresses import present_address

# A corrected name is on the cards within the hour.
FRESH_SECONDS = 3600


@require_safe
def entity_card(request: HttpRequest, key: str) -> HttpResponse:
    """`?on=2015-09-22` is the day of the story; without it a person has no office."""
    day = _day(request.GET.get("on", ""))
    entity = Entity.objects.filter(key=key).first()
    if entity is None:
        return present_address(request, "archive:entity_card", key)
    if day and entity.kind == Entity.Kind.PERSON:
        prefetch_related_objects([entity], "offices__place")
    card = card_of(entity, supported(get_language()), day)
    response = render(request, "archive/entity_card.html", {"card": card, "entity": entity})
    # Part of a page, not a page.
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def _day(text: str) -> date | None:
    """None for none; Http404 for what is no day, so that a day has one address."""
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise Http404
    return day
