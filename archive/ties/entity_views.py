"""The public pages of entities: one each, and the index of their names."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from archive.entities.bilingual import text_in
from archive.entities.models import Entity
from archive.pages.addresses import page_addresses
from archive.pages.models import ArticleEntity
from archive.text.language import supported
from archive.ties import names, reading, stories
from archive.ties.former_addresses import present_address
from archive.ties.linked_data import entity_json
from archive.ties.querysets import readable_stories

ENTRIES_PER_PAGE = 100


def entity_page(request: HttpRequest, key: str) -> HttpResponse:
    """Everything the archive knows about one person, place, organisation, event or topic."""
    entity = Entity.objects.prefetch_related("names").filter(key=key).first()
    if entity is None:
        return present_address(request, "archive:entity", key)
    if entity.kind == Entity.Kind.PERSON:
        prefetch_related_objects([entity], "offices__place")
    language = supported(get_language())
    address = page_addresses(request).canonical.partition("?")[0]
    context = {
        "entity": entity,
        "name_groups": names.name_groups(entity),
        "description": text_in(entity, "description", language),
        "region": text_in(entity, "region", language),
        "offices": _offices(entity, language),
        "partners": reading.partners(entity, language) if entity.is_place else [],
        "linked_data": entity_json(entity, address),
        **_stories(request, entity, language),
    }
    return render(request, "archive/entity_page.html", context)


def _offices(entity: Entity, language: str) -> list[names.OfficeLine]:
    return names.office_lines(entity, language) if entity.kind == Entity.Kind.PERSON else []


def _stories(request: HttpRequest, entity: Entity, language: str) -> dict[str, Any]:
    role, year = request.GET.get("role", ""), request.GET.get("year", "")
    if role and role not in ArticleEntity.Role.values:
        raise Http404
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise Http404
    wanted = int(year) if year else None
    readable = readable_stories()
    counts = stories.story_counts(readable, entity)
    page = stories.page_of(
        stories.stories_of(readable, entity, role, wanted),
        counts.total(role, wanted),
        request.GET.get("p"),
    )
    page.object_list = list(page.object_list)
    if entity.kind == Entity.Kind.PERSON:
        for story in page.object_list:
            # What the person was on that day, never what they are now.
            held = entity.office_on(story.print_date) if story.print_date else None
            story.office = names.office_name(held, language) if held else ""
    return {
        "stories": page,
        "companions": stories.companions(readable, entity) if counts.total() else [],
        "story_total": counts.total(),
        "story_roles": counts.roles(),
        "story_years": counts.years(role),
        "role_total": counts.total(role),
        "role": role,
        "year": wanted,
    }


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
