"""All ties in time and in charts, two places to compare, and the maps a story's form asks for."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.contrib.tie_maps.charts import charts
from archive.contrib.tie_maps.locator_maps import locator_map, make_locator_map
from archive.entities.models import Entity
from archive.site.addresses import ListPlace
from archive.site.caching.site_chrome import site_chrome
from archive.site.names.entries import known_page
from archive.site.names.tie_figures import TieFilter, tally
from archive.site.names.tie_lines import TimelineEntry, by_decade, tie_lines
from archive.site.names.tie_views import filter_context
from archive.stories.form_views import DroppedPictureView
from archive.text.labels import row_key
from archive.text.language import supported
from archive.ties.models import Tie

TIMELINE_PER_PAGE = 100


def tie_timeline(request: HttpRequest) -> HttpResponse:
    """The dated ties in the order in which they began, by decade."""
    chosen = TieFilter.read(request.GET)
    every = Tie.objects.shown_to_public(site_chrome(request).restricted)
    ties = chosen.narrow(every)
    language, found = supported(get_language()), tally(ties)
    dated = ties.exclude(since="").with_places().order_by("since", "pk")
    page = known_page(request, dated, TIMELINE_PER_PAGE, found.total - found.undated)
    filters = filter_context(chosen, found, every)
    lines = tie_lines(page.object_list, language, evidence=False, home=filters["home"])
    entries = [TimelineEntry(line.tie.since, "begun", line) for line in lines]
    context = {
        **filters,
        "page": page,
        "decades": by_decade(entries),
        "undated": found.undated,
    }
    return render(request, "archive_tie_maps/tie_timeline.html", context)


def tie_overview(request: HttpRequest) -> HttpResponse:
    """How many ties there are: by place, country, kind and decade."""
    chosen = TieFilter.read(request.GET)
    every = Tie.objects.shown_to_public(site_chrome(request).restricted)
    ties = chosen.narrow(every)
    found = tally(ties)
    context = {
        **filter_context(chosen, found, every),
        "charts": charts(ties, found, chosen, supported(get_language())),
    }
    return render(request, "archive_tie_maps/tie_overview.html", context)


def compare_places(request: HttpRequest) -> HttpResponse:
    """A form for two places; with both of them in the address, their page."""
    names = Entity.objects.shown_to_public(site_chrome(request).restricted).places()
    places = list(names.in_reading_order(supported(get_language())))
    chosen = [request.GET.get(name, "") for name in ("one", "two")]
    if all(chosen) and len({place.key for place in places} & {*chosen}) == 2:
        return redirect("archive:pair", *sorted(chosen))
    request.archive_list_place = ListPlace({}, is_indexed=False)  # type: ignore[attr-defined]
    context = {"places": places, "one": chosen[0], "two": chosen[1], "is_refused": all(chosen)}
    response = render(request, "archive_tie_maps/compare.html", context)
    response["Cache-Control"] = "no-cache"
    return response


class LocatorMapView(DroppedPictureView):
    """POST of "entity", once for each name: {"result"} as the picture chooser has it, or {"error"}.

    Whoever may add pictures may; a map that is there already is taken from there.
    """

    def post(self, request: HttpRequest) -> JsonResponse:
        keys = [key for one in request.POST.getlist("entity") if (key := row_key(one))]
        shown = locator_map(keys)
        if shown is None:
            words = _("No place with coordinates is tagged: tag one, or give it its coordinates.")
            return JsonResponse({"error": words}, status=400)
        policy = self.get_permission_policy()
        own = policy.collections_user_has_permission_for(request.user, "add")
        picture = make_locator_map(
            shown,
            policy.instances_user_has_permission_for(request.user, "choose"),
            uploaded_by_user=request.user,
            collection=own.first(),
        )
        return JsonResponse({"result": self.get_chosen_response_data(picture)})
