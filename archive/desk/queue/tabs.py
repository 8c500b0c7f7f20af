"""The links with counts above the list: each state, and what a translator looks for first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from archive.desk.queue.filters import (
    IS_OPEN,
    ME,
    NOBODY,
    OVERDUE,
    PENDING,
    QueueFilterSet,
    assigned,
    due,
)
from archive.pages.states import TranslationState

# Parameters that say how the list is shown, not what is in it.
NOT_FILTERS = ("p", "export", "_w_filter_fragment")
LOOKED_FOR = ("assignee", "due", "correction")


@dataclass(frozen=True)
class Tab:
    label: Any
    count: int
    query: str
    is_current: bool = False
    is_pressing: bool = False


def link(params: QueryDict, drop: tuple[str, ...], **values: str) -> str:
    """The query string with other values of some filters, from the first page on."""
    query = params.copy()
    for name in (*NOT_FILTERS, *drop):
        query.pop(name, None)
    for name, value in values.items():
        query[name] = value
    return f"?{query.urlencode()}"


def state_tabs(filters: QueueFilterSet, counts: Mapping[str, int]) -> list[Tab]:
    """All, and each state, with its number of translations."""
    params, current = filters.request.GET, filters.form.cleaned_data.get("state", "")
    tabs = [Tab(_("All"), sum(counts.values()), link(params, ("state",)), not current)]
    for state, label in TranslationState.choices:
        query = link(params, ("state",), state=state)
        tabs.append(Tab(label, counts.get(state, 0), query, current == state))
    return tabs


def state_counts(filters: QueueFilterSet, base: QuerySet, words: Q) -> Mapping[str, int]:
    """How many translations are in each state, under the other filters: one query."""
    found = filters.filter_queryset(base, leave_out={"state"}).filter(words)
    rows = found.order_by().values_list("state").annotate(Count("pk"))
    return dict(rows)


def shortcuts(filters: QueueFilterSet, base: QuerySet, words: Q) -> list[Tab]:
    """Mine, nobody's, overdue, corrections: of what there is to do; one query."""
    user, params = filters.request.user, filters.request.GET
    wanted: list[tuple[Any, str, str, Q]] = [
        (_("Mine"), "assignee", ME, assigned(ME, user) & IS_OPEN),
        (_("Nobody’s"), "assignee", NOBODY, assigned(NOBODY, user) & IS_OPEN),
        (_("Overdue"), "due", OVERDUE, due(OVERDUE)),
        (_("Correction missing"), "correction", PENDING, Q(correction_since__isnull=False)),
    ]
    found = filters.filter_queryset(base, leave_out=LOOKED_FOR).filter(words).order_by()
    counts = found.aggregate(
        **{value: Count("pk", filter=condition) for _label, _name, value, condition in wanted}
    )
    chosen = filters.form.cleaned_data
    return [
        Tab(
            label,
            counts[value],
            link(params, LOOKED_FOR, **({} if chosen.get(name) == value else {name: value})),
            is_current=chosen.get(name) == value,
            is_pressing=name != "assignee" and counts[value] > 0,
        )
        for label, name, value, _condition in wanted
    ]
