"""The desk's question about repetitions of a segment that was confirmed."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from archive.desk.editor.autosave import standing_of, values_of
from archive.desk.models import Translation
from archive.desk.policies import refuse, refuse_work_on
from archive.desk.repetitions import propagate, repetitions
from archive.desk.segments import Row, rows


@require_http_methods(["GET", "POST"])
def repetitions_view(request: HttpRequest, pk: int) -> HttpResponse:
    """How often a confirmed segment's words stand untranslated in one's work; POST fills them."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation, locked_too=True):
        return refused
    key = (request.POST if request.method == "POST" else request.GET).get("key", "")
    draft = translation.get_latest_revision_as_object()
    row = next((one for one in rows(draft) if one.source.key == key), None)
    if row is None:
        return refuse(_("This paragraph was deleted."), 410)
    if request.method == "POST":
        return JsonResponse(_filled(translation, row, request.user))
    found = repetitions(translation, row, request.user)
    count = sum(len(one.rows) for one in found)
    here = {pk: _("This story")}
    places = [here.get(one.translation.pk, str(one.translation.article)) for one in found]
    asked = ngettext(
        "The same text waits in %(count)d more segment. Translate it so, too?",
        "The same text waits in %(count)d more segments. Translate them so, too?",
        count,
    )
    answer = {"count": count, "asked": asked % {"count": count}, "stories": places[:5]}
    return JsonResponse(answer)


def _filled(translation: Any, row: Row, user: Any) -> dict[str, Any]:
    """Fills the row's repetitions; tells the desk which of its own rows have words now."""
    filled = propagate(translation, row, user)
    count = sum(map(len, filled.values()))
    said = ngettext("Filled: %(count)d segment", "Filled: %(count)d segments", count)
    if not count:
        said = _("Nothing was filled: no segment waits for these words any more.")
    stored: Any = Translation.objects.with_story().get(pk=translation.pk)
    draft = stored.get_latest_revision_as_object()
    keys = set(filled.get(translation.pk, ()))
    laid_out = rows(draft)
    return {
        "count": count,
        "said": said % {"count": count},
        "rows": [
            {
                "key": one.source.key,
                "state": one.state,
                "stored": values_of(one.segment, one.source),
            }
            for one in laid_out
            if one.source.key in keys
        ],
        **standing_of(draft, laid_out),
    }
