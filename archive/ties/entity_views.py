"""The public pages of entities: one each, and the index of their names."""

import re

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from archive.entities.bilingual import text_in
from archive.entities.models import Entity
from archive.pages import paging
from archive.pages.addresses import page_addresses
from archive.pages.caching.stamps import counted
from archive.pages.models import ArticleEntity
from archive.text.language import supported
from archive.ties import names, reading
from archive.ties.former_addresses import present_address
from archive.ties.linked_data import entity_json
from archive.ties.querysets import readable_stories
from archive.ties.stories import companions, stories_of, story_counts

ENTRIES_PER_PAGE = 100


def entity_page(request: HttpRequest, key: str) -> HttpResponse:
    """Everything the archive knows about one person, place, organisation, event or topic."""
    entity = Entity.objects.prefetch_related("names").filter(key=key).first()
    if entity is None:
        return present_address(request, "archive:entity", key)
    if entity.kind == Entity.Kind.PERSON:
        prefetch_related_objects([entity], "offices__place")
    language = supported(get_language())
    readable = readable_stories()
    role, year = _asked(request)
    counts = counted(request, f"entity {entity.pk}", lambda: story_counts(readable, entity))
    stories = stories_of(readable, entity, counts.total(role, year), role, year)
    if elsewhere := paging.moved(request, stories):
        return elsewhere
    # First of all: which page of the list it is decides the address.
    shown = paging.page_of(request, stories)
    address = page_addresses(request).canonical.partition("?")[0]
    context = {
        "entity": entity,
        "name_groups": names.name_groups(entity),
        "description": text_in(entity, "description", language),
        "region": text_in(entity, "region", language),
        "offices": _offices(entity, language),
        "partners": reading.partners(entity, language) if entity.is_place else [],
        "linked_data": entity_json(entity, address),
        "stories": _with_offices(shown, entity, language),
        "companions": companions(readable, entity, counts.total()) if counts.total() else [],
        "story_total": counts.total(),
        "story_roles": counts.roles(),
        "story_years": counts.years(role),
        "role": role,
        "year": year,
    }
    return render(request, "archive/entity_page.html", context)


def _offices(entity: Entity, language: str) -> list[names.OfficeLine]:
    return names.office_lines(entity, language) if entity.kind == Entity.Kind.PERSON else []


def _asked(request: HttpRequest) -> tuple[str, int | None]:
    """The role and the year that the list is narrowed to; Http404 for none such."""
    role, year = request.GET.get("role", ""), request.GET.get("year", "")
    if role and role not in ArticleEntity.Role.values:
        raise Http404
    # Before the year 1 there is no date.
    if year and not re.fullmatch(r"(?!0000)\d{4}", year, re.ASCII):
        raise Http404
    return role, int(year) if year else None


def _with_offices(shown: paging.StoryPage, entity: Entity, language: str) -> paging.StoryPage:
    if entity.kind == Entity.Kind.PERSON:
        for story in shown:
            # What the person was on that day, never what they are now.
            held = entity.office_on(story.print_date) if story.print_date else None
            story.office = names.office_name(held, language) if held else ""
    return shown


def entity_index(request: HttpRequest) -> HttpResponse:
    """The names of one kind, A to Z or by pinyin, all or one letter's."""
    language = supported(get_language())
    kind = request.GET.get("kind") or Entity.Kind.PLACE.value
    if kind not in Entity.Kind.values:
        raise Http404
    entries = Entity.objects.filter(kind=kind).in_reading_order(language)
    letters, letter = names.letter_counts(kind, language), request.GET.get("letter", "")
    if letter and letter not in dict(letters):
        raise Http404
    if letter:
        entries = names.under_letter(entries, letter, language)
    paginator = Paginator(entries, ENTRIES_PER_PAGE)
    paginator.count = dict(letters)[letter] if letter else sum(dict(letters).values())
    page = paginator.get_page(request.GET.get("p"))
    page.object_list = list(page.object_list)
    context = {
        "kind": Entity.Kind(kind),
        "kinds": names.kind_counts(),
        "page": page,
        "letter": letter,
        "all_letters": letters,
        "letters": names.by_initial(page.object_list, language),
        "credits_geonames": any(entity.is_from_geonames for entity in page.object_list),
    }
    return render(request, "archive/entity_index.html", context)
