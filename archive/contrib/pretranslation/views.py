"""The queue's two actions with the memory."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.contrib.pretranslation.analysis import BANDS, Analysis, analyse, table
from archive.contrib.pretranslation.drafts import pretranslate
from archive.desk.models import Translation
from archive.desk.queue.bulk_actions import QueueBulkAction
from archive.wagtail_admin import csv_file

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


class LeastMatchForm(forms.Form):
    least = forms.TypedChoiceField(
        choices=(
            (100, gettext_lazy("100%, and texts all of whose sentences are known")),
            *((score, f"{score}%") for score in (95, 85, 75)),
        ),
        required=False,
        empty_value="100",
        initial=100,
        label=gettext_lazy("Lowest match"),
        help_text=gettext_lazy(
            "Below 100%, figures, dates and names are put in place where that is sure. The row "
            "says what was adapted, and what differs."
        ),
    )


class PretranslateAction(MemoryAction):
    display_name = gettext_lazy("Pretranslate…")
    heading = gettext_lazy("Pretranslate from the memory")
    button = gettext_lazy("Pretranslate")
    aria_label = gettext_lazy("Fill the selected translations from the translation memory")
    action_type = "pretranslate"
    form_class = LeastMatchForm
    icon_name = "history"
    template_name = "archive_pretranslation/admin/pretranslate.html"
    action_priority = 55

    @classmethod
    def execute_action(cls, objects: Any, **kwargs: Any) -> tuple[int, int]:
        action = kwargs["self"]
        least = int(action.cleaned_form.cleaned_data["least"])
        filled = pretranslate(action.chosen(), user=kwargs["user"], least=least)
        if filled.entry:
            segments = ngettext(
                "%(count)d segment now has a draft from the memory, waiting for a translator.",
                "%(count)d segments now have drafts from the memory, waiting for a translator.",
                filled.count,
            )
            action.offer_undo(segments % {"count": filled.count}, filled.entry)
        return filled.count, len(filled.keys)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        return None if num_parent_objects else _("There are no segments to pretranslate.")


class AnalyseAction(MemoryAction):
    display_name = gettext_lazy("Analyse…")
    heading = gettext_lazy("Analyse with the memory")
    button = gettext_lazy("Download as CSV")
    aria_label = gettext_lazy("Count what the memory knows of the selected translations")
    action_type = "analyse"
    icon_name = "list-ul"
    template_name = "archive_pretranslation/admin/analysis.html"
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
