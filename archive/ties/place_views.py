"""City diplomacy: the page of a place's ties, and the page of what joins two places."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from archive.entities.bilingual import text_in
from archive.entities.models import Entity
from archive.pages import paging
from archive.pages.addresses import page_addresses
from archive.pages.caching.stamps import counted
from archive.text.language import supported
from archive.ties import reading
from archive.ties.former_addresses import present_address
from archive.ties.maps import small_map
from archive.ties.querysets import readable_stories
from archive.ties.stories import naming_a_partner, naming_both
from archive.ties.timeline import Entry, by_decade

CITY_STORIES = 10
TIMELINE_STORIES = 50


def city_page(request: HttpRequest, key: str) -> HttpResponse:
    """A place's ties by kind and in time, on a map; what else there is of it, its own page has."""
    place = Entity.objects.filter(key=key).first()
    if place is None:
        return present_address(request, "archive:city", key)
    if not place.is_place:
        return redirect("archive:entity", place.key)
    language = supported(get_language())
    readable = readable_stories()
    lines = reading.ties_of(readable, place, language)
    others = {line.place.pk: line.place for line in lines}
    stories = naming_a_partner(readable, place)[:CITY_STORIES] if others else []
    context = {
        "entity": place,
        "entry_address": _entry_address(request, place),
        "description": text_in(place, "description", language),
        "region": text_in(place, "region", language),
        "groups": reading.by_kind(lines),
        "others": list(others.values()),
        "map": small_map(place, others.values(), language) if others else None,
        "decades": by_decade(_dates_of(lines)),
        "stories": list(stories),
        "credits_geonames": any(one.is_from_geonames for one in (place, *others.values())),
    }
    return render(request, "archive/city_page.html", context)


def _entry_address(request: HttpRequest, place: Entity) -> str:
    """Absolute, under the site's own name: where search engines find a place without ties."""
    here = page_addresses(request).canonical.partition("?")[0]
    return here.removesuffix(request.path) + place.get_absolute_url()


def pair_page(request: HttpRequest, one: str, two: str) -> HttpResponse:
    """All that joins two places. There is one address for them: the keys in their order."""
    if one > two:
        return _in_order(request, one, two)
    places = {place.key: place for place in Entity.objects.places().filter(key__in=[one, two])}
    if len(places) < 2:
        return present_address(request, "archive:pair", one, two)
    a, b = places[one], places[two]
    language = supported(get_language())
    readable = readable_stories()
    lines = reading.ties_between(readable, a, b, language)
    if not lines:
        raise Http404
    number = counted(request, f"pair {a.pk} {b.pk}", naming_both(readable, a, b).order_by().count)
    both = naming_both(readable, a, b, number)
    if elsewhere := paging.moved(request, both):
        return elsewhere
    shown = paging.page_of(request, both)
    told = [
        Entry(story.print_date.isoformat(), "story", story)
        for story in both.order_by("print_date", "pk")[:TIMELINE_STORIES]
        if story.print_date
    ]
    context = {
        "a": a,
        "b": b,
        "lines": lines,
        "regions": [(place, text_in(place, "region", language)) for place in (a, b)],
        "map": small_map(a, [b], language),
        "decades": by_decade([*_dates_of(lines), *told]),
        "stories": shown,
        "story_count": number,
        "credits_geonames": a.is_from_geonames or b.is_from_geonames,
    }
    return render(request, "archive/pair_page.html", context)


def _in_order(request: HttpRequest, one: str, two: str) -> HttpResponse:
    found = redirect("archive:pair", two, one, permanent=True)
    query = request.META.get("QUERY_STRING", "")
    if query:
        found["Location"] += f"?{query}"
    return found


def _dates_of(lines: list[reading.TieLine]) -> list[Entry]:
    begun = [Entry(line.tie.since, "begun", line) for line in lines if line.tie.since]
    return begun + [Entry(line.tie.until, "ended", line) for line in lines if line.tie.until]
