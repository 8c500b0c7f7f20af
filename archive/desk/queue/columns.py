"""The columns of the translators' list."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from archive.desk.models import Translation
from archive.desk.people import name_of
from archive.desk.queue.rank_updates import standing_of
from archive.desk.queue.ranking import Reason, reasons
from archive.text.language import LABELS

MOST_REASONS = 3


def told_reasons(translation: Translation) -> list[Reason]:
    """Why the list has the story where it is; what other columns show already is left out."""
    found = reasons(standing_of(translation), timezone.localdate())
    return [reason for reason in found if reason.text()][:MOST_REASONS]


def pair(translation: Translation) -> str:
    return f"{LABELS[translation.article.source_language]} → {LABELS[translation.language]}"


class StoryColumn(TitleColumn):
    """The headline, in its own language, and below it why the story is where it is."""

    cell_template_name = "archive/admin/queue/story_cell.html"

    def get_cell_context_data(
        self, instance: Translation, parent_context: Mapping[str, Any]
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {
            **context,
            "article": instance.article,
            "pair": pair(instance),
            "reasons": told_reasons(instance),
        }


class ProgressColumn(Column):
    cell_template_name = "archive/admin/queue/progress_cell.html"


class DueColumn(Column):
    cell_template_name = "archive/admin/queue/due_cell.html"

    def get_cell_context_data(
        self, instance: Translation, parent_context: Mapping[str, Any]
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        overdue = standing_of(instance).is_overdue(timezone.localdate())
        return {**context, "is_overdue": overdue}


class SavedColumn(Column):
    cell_template_name = "archive/admin/queue/saved_cell.html"

    def get_cell_context_data(
        self, instance: Translation, parent_context: Mapping[str, Any]
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        revision = instance.latest_revision
        return {**context, "person": name_of(revision.user) if revision else ""}


def assignee(translation: Translation) -> str:
    return name_of(translation.assignee)


# The first column, the story, is the view's to make: it carries the row's buttons.
QUEUE_COLUMNS = [
    ProgressColumn("state", label=_("State"), accessor="get_state_display", sort_key="state"),
    Column(
        "print_date",
        label=_("Print date"),
        accessor="article.display_print_date",
        sort_key="article__print_date",
        classname="archive-nowrap archive-roomy",
    ),
    Column(
        "assignee",
        label=_("Assigned to"),
        accessor=assignee,
        sort_key="assignee",
        classname="archive-nowrap",
    ),
    DueColumn("due_date", label=_("Due"), sort_key="due_date", classname="archive-nowrap"),
    SavedColumn(
        "saved",
        label=_("Last saved"),
        accessor="latest_revision.created_at",
        sort_key="latest_revision__created_at",
        classname="archive-roomy archive-queue__saved",
    ),
]
