"""What makes a translation worth doing first: points, and why in words. Values in, values out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import log10

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.stories.marks import TranslationState

# Whatever waits comes before whatever is done.
WAITING = 10
# More than all the rest together: readers are told something wrong.
CORRECTION = 2000
URGENCY = {1: 350, 2: 700}
OVERDUE, DUE_SOON, DUE_THIS_WEEK = 600, 300, 150
COMPLETES_A_SET, PART_OF_A_SET = 300, 200
BY_STATE: dict[str, int] = {
    TranslationState.SOURCE_CHANGED: 250,
    TranslationState.IN_REVIEW: 80,
    TranslationState.IN_PROGRESS: 60,
}
# A hundred thousand reads weigh as much as a story that is due this week.
READS_PER_TENFOLD, MOST_FOR_READS = 30, 150
FRESH = ((7, 120), (30, 60), (365, 20))

SOON = timedelta(days=2)
WEEK = timedelta(days=7)
OPEN = (
    TranslationState.NOT_STARTED,
    TranslationState.IN_PROGRESS,
    TranslationState.IN_REVIEW,
    TranslationState.SOURCE_CHANGED,
)
UNPUBLISHED = OPEN[:3]
# Below the points, the print date decides: the newest paper first.
POINT = 10_000_000


@dataclass(frozen=True)
class RankFactors:
    """All that the rank of a translation rests on; the print date is the story's."""

    state: str
    urgency: int = 0
    due_date: date | None = None
    is_missing_correction: bool = False
    print_date: date | None = None
    related_count: int = 0
    related_done_count: int = 0
    reads: int = 0

    @property
    def is_open(self) -> bool:
        """Whether there is anything to do."""
        return self.state in OPEN or self.is_missing_correction

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due_date is not None and self.due_date < today


@dataclass(frozen=True)
class Reason:
    """What speaks for a translation: `text` reads it in the active language; "" for the obvious."""

    points: int
    text: Callable[[], str] = str
    is_pressing: bool = False


def rank(factors: RankFactors, today: date) -> int:
    """A number to sort by, highest first; stories with nothing to do come last."""
    points = sum(reason.points for reason in reasons(factors, today))
    return points * POINT + (factors.print_date.toordinal() if factors.print_date else 0)


def reasons(factors: RankFactors, today: date) -> list[Reason]:
    """Why it should be done soon, weightiest first; none if there is nothing to do."""
    if not factors.is_open:
        return []
    found = [
        # The list has a column for the state: no more words about it.
        Reason(WAITING + BY_STATE.get(factors.state, 0)),
        *_wanted(factors),
        *_due(factors, today),
        *_related(factors),
        *_read(factors),
        *_fresh(factors, today),
    ]
    return sorted(found, key=lambda reason: -reason.points)


def _wanted(factors: RankFactors) -> Iterator[Reason]:
    if factors.is_missing_correction:
        yield Reason(CORRECTION, lambda: _("Correction missing for readers"), is_pressing=True)
    if factors.urgency >= max(URGENCY):
        yield Reason(URGENCY[2], lambda: _("Urgent"), is_pressing=True)
    elif factors.urgency:
        yield Reason(URGENCY[1], lambda: _("High priority"))


def _due(factors: RankFactors, today: date) -> Iterator[Reason]:
    due = factors.due_date
    if due is None:
        return
    if due < today:
        yield Reason(OVERDUE, lambda: _("Overdue"), is_pressing=True)
    elif due == today:
        yield Reason(DUE_SOON, lambda: _("Due today"), is_pressing=True)
    elif due <= today + SOON:
        yield Reason(DUE_SOON, lambda: _("Due soon"))
    elif due <= today + WEEK:
        yield Reason(DUE_THIS_WEEK, lambda: _("Due within a week"))


def _related(factors: RankFactors) -> Iterator[Reason]:
    count, done = factors.related_count, factors.related_done_count
    if not done or factors.state not in UNPUBLISHED:
        return

    def how_many() -> str:
        message = ngettext(
            "%(done)d of %(count)d related story is in both languages",
            "%(done)d of %(count)d related stories are in both languages",
            count,
        )
        return message % {"done": done, "count": count}

    # The last one of a set makes it whole.
    yield Reason(COMPLETES_A_SET if done == count else PART_OF_A_SET * done // count, how_many)


def _read(factors: RankFactors) -> Iterator[Reason]:
    def how_often() -> str:
        message = ngettext("Read once", "Read %(count)d times", factors.reads)
        return message % {"count": factors.reads}

    if factors.reads > 0:
        points = min(MOST_FOR_READS, int(READS_PER_TENFOLD * log10(factors.reads)))
        yield Reason(points, how_often)


def _fresh(factors: RankFactors, today: date) -> Iterator[Reason]:
    age = (today - factors.print_date).days if factors.print_date else -1
    points = next((points for days, points in FRESH if 0 <= age <= days), 0)
    if points:
        is_news = points == FRESH[0][1]
        yield Reason(points, lambda: _("In this week's paper") if is_news else "")
