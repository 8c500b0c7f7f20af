"""The page *State of the archive*, for administrators."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from archive.operations import state, workers
from archive.operations.health import find_health
from archive.publishing.due import retry
from archive.publishing.followers import SEARCH, start_work
from archive.text.labels import row_key

ADDRESS = "archive_state"
# What is said of a part that is well, and of one that isn't.
_PARTS: dict[str, tuple[str | Promise, str | Promise]] = {
    "database": (_("Database"), _("Database: no answer")),
    "replica": (
        _("Replica of the database"),
        _("Replica of the database: no answer, or more than a minute behind"),
    ),
    "cache": (_("Cache of pages"), _("Cache of pages: no answer")),
    "storage": (_("Storage of pictures and files"), _("Storage of pictures and files: no answer")),
    "due_work": (_("Due work is done in time"), _("Due work waits too long")),
    "search": (
        _("Search index has every published story"),
        _("Search index lacks published stories"),
    ),
    "tasks": (_("No task of the worker has failed"), _("Tasks of the worker have failed")),
    "set_aside": (_("Nothing is set aside"), _("Work is set aside")),
}


class StateView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "archive/admin/operations/state.html"
    page_title = _("State of the archive")
    header_icon = "tasks"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        work, search, failures = state.labelled_work(), state.search_state(), state.failures()
        set_aside = sum(one.set_aside for _label, one in work)
        wells = {
            **find_health().parts,
            "search": search.is_in_step,
            "set_aside": not set_aside,
        }
        tasks = workers.task_counts() if workers.has_table() else None
        wells["tasks"] = not (tasks and tasks.failed)
        return {
            **super().get_context_data(**kwargs),
            "parts": [(_PARTS[name][not is_well], is_well) for name, is_well in wells.items()],
            "work": work,
            "failures": failures,
            "more_failures": sum(one.failing + one.set_aside for _label, one in work)
            - len(failures),
            "tasks": tasks,
            "failed_tasks": [(one, workers.last_line(one)) for one in workers.failed_tasks()]
            if tasks and tasks.failed
            else [],
            "long_tasks": workers.long_tasks() if tasks and tasks.running else [],
            "search": search,
            # Out of step, and nobody is about to put it right.
            "search_is_stuck": not search.is_in_step
            and all(one.follower != SEARCH.name for _label, one in work),
            "routines": state.routine_states(),
            "tables": state.largest_tables(),
            "database_bytes": state.database_bytes(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """*Try again*: the `row` or the `task` that is named, or all rows for want of one."""
        if "task" in request.POST:
            return self._retry_task(request.POST["task"])
        pks = None
        if "row" in request.POST:
            pk = row_key(request.POST["row"])
            pks = [] if pk is None else [pk]
        count = retry(pks)
        start_work()
        said = ngettext(
            "%(count)d piece of work is tried again.",
            "%(count)d pieces of work are tried again.",
            count,
        )
        messages.success(request, said % {"count": count})
        return redirect(reverse(ADDRESS))

    def _retry_task(self, key: str) -> HttpResponse:
        with suppress(ValidationError):
            if workers.has_table() and workers.retry_tasks([key]):
                messages.success(self.request, _("The task is done again."))
        return redirect(reverse(ADDRESS))
