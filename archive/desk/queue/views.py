"""The translators' list, Wagtail's own with counts above; and taking or releasing one story."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.snippets.views.snippets import IndexView

from archive.desk.errors import DeskError
from archive.desk.models import Translation
from archive.desk.policies import policy
from archive.desk.queue import actions
from archive.desk.queue.bulk_actions import SEEN, is_id, queue_buttons
from archive.desk.queue.columns import Cells, SafeExportMixin, StoryColumn, queue_cells
from archive.desk.queue.filters import search, shortcuts, state_counts, state_tabs
from archive.stories.reviews import steps_of, with_steps

# Empty values come last, whichever way the list is sorted. Few stories have no print date, and
# an index serves that order only as it stands.
NULLABLE = ("assignee", "due_date", "latest_revision__created_at")


class QueueView(SafeExportMixin, IndexView):
    """Lists every translation, whoever may work at it."""

    is_searchable = True

    @cached_property
    def export_cells(self) -> Cells:
        return queue_cells()

    def get_base_queryset(self) -> QuerySet:
        found = Translation.objects
        return found.exported() if self.is_export else found.queue()

    def get_edit_url(self, instance: Translation) -> str | None:
        # Those into other people's languages are listed, and lead nowhere.
        if not policy.user_has_permission_for_instance(self.request.user, "change", instance):
            return None
        url: str | None = super().get_edit_url(instance)
        return url

    @cached_property
    def searched(self) -> Q:
        return search(self.search_query)

    @cached_property
    def state_counts(self) -> Mapping[str, int] | None:
        """None where the filters make no sense, and so don't filter."""
        if not (self.filters and self.filters.is_valid()):
            return None
        return state_counts(self.filters, Translation.objects.order_by(), self.searched)

    def get_paginator(self, *args: Any, **kwargs: Any) -> Any:
        paginator = super().get_paginator(*args, **kwargs)
        if self.state_counts is not None:
            # The tabs have counted already.
            state = self.filters.form.cleaned_data["state"]
            counts = self.state_counts
            paginator.count = counts.get(state, 0) if state else sum(counts.values())
        return paginator

    def paginate_queryset(self, queryset: QuerySet, page_size: int) -> Any:
        """In two steps: which rows, then the rows. Sorting them with their stories is slow."""
        ids = queryset.select_related(None).values_list("pk", flat=True)
        paginator, page, found, has_others = super().paginate_queryset(ids, page_size)
        wanted = list(found)
        queue = Translation.objects.queue().order_by()
        rows = with_steps(queue, Translation.get_base_content_type()).in_bulk(wanted)
        steps = steps_of(rows.values())
        for row in rows.values():
            row.returned_step = steps.get(row.step_id)
        page.object_list = [rows[pk] for pk in wanted if pk in rows]
        return paginator, page, page.object_list, has_others

    def get_list_more_buttons(self, instance: Translation) -> list[Any]:
        # The list's own address, not the fragment's that a script asks for.
        listing = f"{self.index_url}?{self.request.GET.urlencode()}"
        return [
            *super().get_list_more_buttons(instance),
            *queue_buttons(instance, self.request.user, listing),
        ]

    def _get_title_column(self, field_name: str, column_class: Any = None, **kwargs: Any) -> Any:
        column = super()._get_title_column(field_name, column_class=StoryColumn, **kwargs)
        column.sort_key = "article__title"
        return column

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.filter(self.searched)

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        name = (self.ordering or "").removeprefix("-")
        if not name:
            return queryset
        order: Any = self.ordering
        if name in NULLABLE:
            by = F(name)
            order = by.desc(nulls_last=True) if order[0] == "-" else by.asc(nulls_last=True)
        return queryset.order_by(order, "-rank", "pk")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        if self.is_export or self.state_counts is None:
            return context
        base = Translation.objects.order_by()
        return {
            **context,
            "tabs": state_tabs(self.filters, self.state_counts),
            "shortcuts": shortcuts(self.filters, base, self.searched),
        }


def _do(
    request: HttpRequest, pk: int, act: Callable[..., actions.QueueChange]
) -> tuple[Translation, bool]:
    """The translation, and whether the act was done to it; if not, a message says why."""
    translation = get_object_or_404(Translation.objects.listed(), pk=pk)
    if not policy.user_has_permission_for_instance(request.user, "change", translation):
        raise PermissionDenied
    # The assignee's id as the page showed it.
    seen = request.GET.get(SEEN, "")
    try:
        act(translation, seen if is_id(seen) else "", user=request.user)
    except DeskError as error:
        messages.error(request, str(error))
        return translation, False
    return translation, True


def _back(request: HttpRequest, translation: Translation) -> HttpResponse:
    return redirect(get_valid_next_url_from_request(request) or translation.get_edit_url())


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Assign one translation to whoever presses the button."""
    translation, done = _do(request, pk, actions.take)
    if done:
        message = _("You have claimed “%(story)s”.") % {"story": translation.article}
        button = messages.button(translation.get_edit_url(), _("Translate"))
        messages.success(request, message, buttons=[button])
    return _back(request, translation)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let anybody take one translation."""
    translation, done = _do(request, pk, actions.give_back)
    if done:
        message = _("“%(story)s” is back in the queue.")
        messages.success(request, message % {"story": translation.article})
    return _back(request, translation)
