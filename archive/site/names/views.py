"""The public pages of names: entity, card, index, a city's ties, and what joins two places."""

import re
from datetime import date

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from archive.entities.fields import Text, text_in
from archive.entities.models import Entity
from archive.site import paging
from archive.site.addresses import ListPlace, page_addresses
from archive.site.caching.site_chrome import site_chrome
from archive.site.caching.versions import counted
from archive.site.metadata.schema_org import entity_json
from archive.site.names.displays import tie_displays, tie_stylesheets
from archive.site.names.entries import (
    by_initial,
    kind_counts,
    known_page,
    letter_counts,
    name_groups,
    office_lines,
    office_name,
    pinyin_of,
    under_letter,
)
from archive.site.names.stories import (
    companions,
    naming_a_partner,
    naming_both,
    stories_of,
    story_counts,
)
from archive.site.names.tie_lines import (
    TieLine,
    TimelineEntry,
    by_decade,
    by_kind,
    partners,
    ties_between,
    ties_of,
)
from archive.site.responses import conditional_response, moved_to, present_address
from archive.stories.models import ArticleEntity, ArticlePage
from archive.text.language import other, supported
from archive.ties.models import Tie

ENTRIES_PER_PAGE = 300
CITY_STORIES = 10
TIMELINE_STORIES = 200
# A corrected name is on the cards within the hour.
CARD_SECONDS = 3600


def entity_page(request: HttpRequest, key: str) -> HttpResponse:
    """Everything the archive knows about one person, place, organisation, event or topic."""
    restricted = site_chrome(request).restricted
    names = Entity.objects.shown_to_public(restricted)
    entity = names.prefetch_related("names").filter(key=key).first()
    if entity is None:
        return present_address(request, "archive:entity", key)
    is_person = entity.kind == Entity.Kind.PERSON
    if is_person:
        prefetch_related_objects([entity], "offices__place")
    language = supported(get_language())
    readable = ArticlePage.objects.cards().shown_to_public(restricted)
    role, year = _asked(request)
    counts = counted(request, f"entity {entity.pk}", lambda: story_counts(readable, entity))
    stories = stories_of(readable, entity, counts.total(role, year), role, year)
    if elsewhere := paging.mended(request):
        return elsewhere
    # First of all: which page of the list it is decides the address.
    shown = paging.page_of(request, stories)
    address = page_addresses(request).canonical.partition("?")[0]
    if is_person:
        # Each story with what the person was on its day, never what they are now.
        for story in shown:
            held = entity.office_on(story.print_date) if story.print_date else None
            story.office = office_name(held, language) if held else ""
    context = {
        "entity": entity,
        "name_groups": name_groups(entity),
        "description": text_in(entity, "description", language),
        "region": text_in(entity, "region", language),
        "offices": office_lines(entity, language) if is_person else [],
        "partners": partners(entity, language, restricted) if entity.is_place else [],
        "ways": [way for one in tie_displays() for way in one.ways_from(entity)],
        "linked_data": entity_json(entity, address),
        "stories": shown,
        "companions": companions(readable, entity, counts.total()) if counts.total() else [],
        "story_total": counts.total(),
        "story_roles": counts.roles(),
        "story_years": counts.years(role),
        "role": role,
        "year": year,
    }
    return render(request, "archive/entity_page.html", context)


def _asked(request: HttpRequest) -> tuple[str, int | None]:
    """The role and the year that the list is narrowed to; Http404 for none such."""
    role, year = request.GET.get("role", ""), request.GET.get("year", "")
    if role and role not in ArticleEntity.Role.values:
        raise Http404
    # Before the year 1 there is no date.
    if year and not re.fullmatch(r"(?!0000)\d{4}", year, re.ASCII):
        raise Http404
    return role, int(year) if year else None


def entity_index(request: HttpRequest) -> HttpResponse:
    """The names of one kind, A to Z or by pinyin, all or one letter's."""
    language = supported(get_language())
    kind = request.GET.get("kind") or Entity.Kind.PLACE.value
    if kind not in Entity.Kind.values:
        raise Http404
    names = Entity.objects.shown_to_public(site_chrome(request).restricted)
    entries = names.filter(kind=kind).in_reading_order(language)
    letters, letter = letter_counts(entries, language), request.GET.get("letter", "")
    counts = dict(letters)
    if letter and letter not in counts:
        raise Http404
    if letter:
        entries = under_letter(entries, letter, language)
    if kind == Entity.Kind.PLACE:
        # The first kind has two addresses: the one without it counts.
        given = {name: request.GET[name] for name in ("letter", "p") if request.GET.get(name)}
        request.archive_list_place = ListPlace(given, is_indexed=True)  # type: ignore[attr-defined]
    total = counts[letter] if letter else sum(counts.values())
    page = known_page(request, entries, ENTRIES_PER_PAGE, total)
    context = {
        "kind": Entity.Kind(kind),
        "kinds": kind_counts(names),
        "page": page,
        "letter": letter,
        "all_letters": letters,
        "letters": by_initial(page.object_list, language),
        "credits_geonames": any(entity.is_from_geonames for entity in page.object_list),
    }
    return render(request, "archive/entity_index.html", context)


@require_safe
def entity_card(request: HttpRequest, key: str) -> HttpResponseBase:
    """`?on=2015-09-22` is the day of the story; without it a person has no office.

    The office is the one held on that day, "" where the archive can't vouch for any; it is never
    today's. Four queries at most beside the entity's own.
    """
    day = _day(request.GET.get("on", ""))
    restricted = site_chrome(request).restricted
    entity = Entity.objects.shown_to_public(restricted).filter(key=key).first()
    if entity is None:
        return present_address(request, "archive:entity_card", key)
    language, held = supported(get_language()), None
    if day and entity.kind == Entity.Kind.PERSON:
        prefetch_related_objects([entity], "offices__place")
        held = entity.office_on(day)
    names = [Text(entity.name_in(code), code) for code in (language, other(language))]
    stories = ArticlePage.objects.shown_to_public(restricted)
    card = {
        "names": list(filter(None, names)),
        "pinyin": pinyin_of(entity),
        "office": office_name(held, language) if held else "",
        "day": day,
        "region": text_in(entity, "region", language) if entity.is_place else "",
        "country": entity.country_name if entity.is_place else "",
        "story_count": stories.tagged_with(entity).count(),
    }
    response = render(request, "archive/entity_card.html", {"card": card, "entity": entity})
    # Part of a page, not a page.
    response["X-Robots-Tag"] = "noindex"
    return conditional_response(request, response, CARD_SECONDS)


def _day(text: str) -> date | None:
    """None for none; Http404 for what is no day, so that a day has one address."""
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        raise Http404 from None
    if day is None or day.isoformat() != text:
        raise Http404
    return day


def city_page(request: HttpRequest, key: str) -> HttpResponse:
    """A place's ties by kind and in time; what else there is of it, its own page has."""
    restricted = site_chrome(request).restricted
    place = Entity.objects.shown_to_public(restricted).filter(key=key).first()
    if place is None:
        return present_address(request, "archive:city", key)
    if not place.is_place:
        return redirect("archive:entity", place.key)
    language = supported(get_language())
    readable = ArticlePage.objects.cards().shown_to_public(restricted)
    ties = Tie.objects.shown_to_public(restricted)
    lines = ties_of(ties, readable, place, language)
    others = {line.place.pk: line.place for line in lines}
    stories = naming_a_partner(readable, ties, place)[:CITY_STORIES] if others else []
    # Absolute, under the site's own name: where search engines find a place without ties.
    here = page_addresses(request).canonical.partition("?")[0]
    entry_address = here.removesuffix(request.path) + place.get_absolute_url()
    context = {
        "entity": place,
        "entry_address": entry_address,
        "description": text_in(place, "description", language),
        "region": text_in(place, "region", language),
        "groups": by_kind((line.tie.kind, line) for line in lines),
        "others": list(others.values()),
        "displays": [one.of_city(request, place, lines) for one in tie_displays()],
        "stylesheets": tie_stylesheets(),
        "decades": by_decade(_dates_of(lines)),
        "stories": list(stories),
        "credits_geonames": any(one.is_from_geonames for one in (place, *others.values())),
    }
    return render(request, "archive/city_page.html", context)


def pair_page(request: HttpRequest, one: str, two: str) -> HttpResponse:
    """All that joins two places, or that nothing does, and what each of them has. There is one
    address for them: the keys in their order."""
    if one > two:
        return moved_to(request, "archive:pair", two, one)
    restricted = site_chrome(request).restricted
    names = Entity.objects.shown_to_public(restricted).places()
    places = {place.key: place for place in names.filter(key__in=[one, two])}
    if len(places) < 2:
        return present_address(request, "archive:pair", one, two)
    a, b = places[one], places[two]
    language = supported(get_language())
    readable = ArticlePage.objects.cards().shown_to_public(restricted)
    ties = Tie.objects.shown_to_public(restricted)
    lines = ties_between(ties, readable, a, b, language)
    number = counted(request, f"pair {a.pk} {b.pk}", naming_both(readable, a, b).order_by().count)
    both = naming_both(readable, a, b, number)
    if elsewhere := paging.mended(request):
        return elsewhere
    shown = paging.page_of(request, both)
    dated = [
        TimelineEntry(story.print_date.isoformat(), "story", story)
        for story in both.order_by("print_date", "pk")[:TIMELINE_STORIES]
        if story.print_date
    ]
    context = {
        "a": a,
        "b": b,
        "lines": lines,
        "regions": [(place, text_in(place, "region", language)) for place in (a, b)],
        "displays": [one.of_pair(request, a, b, lines) for one in tie_displays()],
        "stylesheets": tie_stylesheets(),
        "decades": by_decade([*_dates_of(lines), *dated]),
        "timeline_stories": len(dated),
        "stories": shown,
        "story_count": number,
        "credits_geonames": a.is_from_geonames or b.is_from_geonames,
    }
    response = render(request, "archive/pair_page.html", context)
    if not lines:
        response["X-Robots-Tag"] = "noindex"
        # There are as many as pairs of places: no cache is filled with them, nor told of changes.
        response["Cache-Control"] = "no-cache"
    return response


def _dates_of(lines: list[TieLine]) -> list[TimelineEntry]:
    begun = [TimelineEntry(line.tie.since, "begun", line) for line in lines]
    ended = [TimelineEntry(line.tie.until, "ended", line) for line in lines]
    return [entry for entry in begun + ended if entry.date]
