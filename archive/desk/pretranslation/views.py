"""The queue's two actions with the memory, and the desk's question about repetitions."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from archive.desk.csv_files import csv_file
from archive.desk.editor.autosave import standing_of, values_of
from archive.desk.models import Translation
from archive.desk.policies import refuse, refuse_work_on
from archive.desk.pretranslation.analysis import BANDS, Analysis, analyse, table
from archive.desk.pretranslation.drafts import pretranslate
from archive.desk.pretranslation.repetitions import propagate, repetitions
from archive.desk.queue.bulk_actions import QueueBulkAction
from archive.desk.segments import Row, rows

# More would keep whoever waits for a page too long; a shell takes any number.
MOST_STORIES = 1000
# So many stories are listed one by one on the screen; the file has all.
MOST_SHOWN = 100


class MemoryAction(QueueBulkAction):
    """Something done with the memory to the chosen translations."""

    def chosen(self) -> Any:
        found, _refused = self.get_actionable_objects()
        ids = [one.pk for one in found[:MOST_STORIES]]
        return Translation.objects.filter(pk__in=ids).order_by("-article__print_date", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "too_many": context["chosen_count"] > MOST_STORIES, "most": MOST_STORIES}


class PretranslateAction(MemoryAction):
    display_name = gettext_lazy("Pretranslate…")
    heading = gettext_lazy("Pretranslate from the memory")
    button = gettext_lazy("Pretranslate")
    aria_label = gettext_lazy("Fill the selected translations from the translation memory")
    action_type = "pretranslate"
    icon_name = "history"
    template_name = "archive/admin/queue/pretranslate.html"
    action_priority = 55

    @classmethod
    def execute_action(cls, objects: Any, **kwargs: Any) -> tuple[int, int]:
        filled = pretranslate(kwargs["self"].chosen(), user=kwargs["user"])
        return sum(filled.values()), len(filled)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        if not num_parent_objects:
            return _("The memory has none of the segments that nobody has begun.")
        segments = ngettext(
            "%(count)d segment now has a draft from the memory, waiting for a translator.",
            "%(count)d segments now have drafts from the memory, waiting for a translator.",
            num_parent_objects,
        )
        return segments % {"count": num_parent_objects}


class AnalyseAction(MemoryAction):
    display_name = gettext_lazy("Analyse…")
    heading = gettext_lazy("Analyse with the memory")
    button = gettext_lazy("Download as CSV")
    aria_label = gettext_lazy("Count what the memory knows of the selected translations")
    action_type = "analyse"
    icon_name = "list-ul"
    template_name = "archive/admin/queue/analysis.html"
    action_priority = 56

    @cached_property
    def analyses(self) -> list[Analysis]:
        return analyse(self.chosen())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stories = [one for one in self.analyses if one.translation]
        return {
            **super().get_context_data(**kwargs),
            "bands": BANDS.values(),
            "analyses": stories[:MOST_SHOWN],
            "wholes": [one for one in self.analyses if not one.translation],
        }

    def prepare_action(self, objects: list[Translation], _without_access: Any) -> HttpResponse:
        if not objects:
            raise PermissionDenied
        return csv_file(table(self.analyses, _("All together")), "analysis.csv")


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
    elsewhere = [str(one.translation.article) for one in found if one.translation.pk != pk]
    asked = ngettext(
        "The same text waits in %(count)d more segment of your work. Translate it so, too?",
        "The same text waits in %(count)d more segments of your work. Translate them so, too?",
        count,
    )
    answer = {"count": count, "asked": asked % {"count": count}, "stories": elsewhere[:5]}
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
    shown = [one for one in rows(draft) if one.source.key in keys]
    return {
        "count": count,
        "said": said % {"count": count},
        "rows": [
            {
                "key": one.source.key,
                "state": one.state,
                "stored": values_of(one.segment, one.source),
            }
            for one in shown
        ],
        **standing_of(draft),
    }
