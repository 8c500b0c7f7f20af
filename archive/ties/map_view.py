"""Has a locator map drawn for a story that is being written."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from archive.stories.form_views import DroppedPictureView
from archive.text.labels import row_key
from archive.ties.locator_maps import locator_map, make_locator_map


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
