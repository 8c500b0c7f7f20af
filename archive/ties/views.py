"""The public pages of entities, and the list of ties."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from archive.conf import settings
from archive.entities.bilingual import text_in
from archive.entities.models import Entity, FormerKey
from archive.pages.models import ArticleEntity
from archive.text.language import supported
from archive.ties import reading

ENTRIES_PER_PAGE = 100


def entity_page(request: HttpRequest, key: str) -> HttpResponse:
    """Everything the archive knows about one person, place, organisation, event or topic."""
    entity = Entity.objects.prefetch_related("names", "offices__place").filter(key=key).first()
    if entity is None:
        return former_address(request, key)
    language = supported(get_language())
    role = request.GET.get("role", "")
    if role and role not in ArticleEntity.Role.values:
        raise Http404
    stories = Paginator(reading.stories_of(entity, role), settings.PAGE_SIZE)
    context = {
        "entity": entity,
        "name_groups": reading.name_groups(entity),
        "description": text_in(entity, "description", language),
        "region": text_in(entity, "region", language),
        "offices": reading.office_lines(entity, language),
        "ties": reading.ties_of(entity, language) if entity.is_place else [],
        "stories": stories.get_page(request.GET.get("p")),
        "story_counts": _labelled(reading.story_counts(entity)),
        "role": role,
    }
    return render(request, "archive/entity_page.html", context)


def former_address(request: HttpRequest, key: str) -> HttpResponse:
    """Leads an address whose entry was merged into another on to that one, query and all."""
    former = get_object_or_404(FormerKey.objects.select_related("entity"), key=key)
    query = request.META.get("QUERY_STRING", "")
    address = former.entity.get_absolute_url() + (f"?{query}" if query else "")
    return redirect(address, permanent=True)


def _labelled(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    return [
        (role.value, str(role.label), counts[role.value])
        for role in ArticleEntity.Role
        if role.value in counts
    ]


def entity_index(request: HttpRequest) -> HttpResponse:
    """The names of one kind, A to Z or by pinyin."""
    language = supported(get_language())
    kind = request.GET.get("kind") or Entity.Kind.PLACE.value
    if kind not in Entity.Kind.values:
        raise Http404
    names = Entity.objects.filter(kind=kind).in_reading_order(language)
    page = Paginator(names, ENTRIES_PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "kind": Entity.Kind(kind),
        "kinds": reading.kind_counts(),
        "page": page,
        "letters": reading.by_initial(page.object_list, language),
        "credits_geonames": any(entity.is_from_geonames for entity in page.object_list),
    }
    return render(request, "archive/entity_index.html", context)


def tie_index(request: HttpRequest) -> HttpResponse:
    """Every tie, in one table a kind."""
    groups = reading.ties_by_kind(supported(get_language()))
    return render(request, "archive/tie_index.html", {"groups": groups})
