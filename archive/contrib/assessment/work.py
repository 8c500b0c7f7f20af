"""Counts the segments that people translated and reviewed, from the translations as they stand.

A segment counts for who wrote its present words, in the month in which they were confirmed, and
for who reviewed them. Published translations are rows; of the others the newest draft is read.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from archive.contrib.assessment.cards import cards, score_of
from archive.contrib.assessment.models import QualityCard, SegmentTime
from archive.contrib.assessment.scores import Score, amount_of, sum_of, unit_of
from archive.desk.models import Segment, Translation
from archive.text.language import LANGUAGES, length, other
from archive.text.segmentation import plain_text

_SURE = {Segment.State.CONFIRMED, Segment.State.REVIEWED}
_NAMES = (
    *("source_text", "markup", "left_out", "state", "origin", "suggested"),
    *("translated_by", "translated_at", "reviewed_by", "reviewed_at"),
)
# A person's id, the first of a month, and the language of the source.
Place = tuple[int, date, str]


@dataclass(frozen=True)
class Months:
    """Whole months, from the first day of one to the first day after the last."""

    start: date
    end: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        zone = timezone.get_current_timezone()
        first, last = (datetime.combine(day, time(), zone) for day in (self.start, self.end))
        return first, last

    def month_of(self, moment: datetime | date | None) -> date | None:
        """The first of its month, where it is within."""
        if moment is None:
            return None
        day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
        return day.replace(day=1) if self.start <= day < self.end else None


@dataclass
class Work:
    """What a person did in a month with sources in one language; lengths are in its `unit`.

    `taken` and `edited` are numbers of segments that began as suggestions, by their origin.
    """

    language: str
    segments: int = 0
    size: int = 0
    reviewed: int = 0
    reviewed_size: int = 0
    taken: Counter[str] = field(default_factory=Counter)
    edited: Counter[str] = field(default_factory=Counter)
    scores: list[Score] = field(default_factory=list)
    seconds: int = 0

    @property
    def unit(self) -> str:
        return unit_of(self.language)

    @property
    def amounts(self) -> tuple[str, str]:
        """What was confirmed and what was reviewed, with the unit."""
        return amount_of(self.size, self.language), amount_of(self.reviewed_size, self.language)

    @property
    def time(self) -> str:
        """Hours and minutes that were counted: "1:05"; "" for none."""
        minutes = round(self.seconds / 60)
        return f"{minutes // 60}:{minutes % 60:02}" if self.seconds else ""

    @property
    def score(self) -> Score | None:
        """Of all translations that were assessed, as one text."""
        return sum_of(self.scores) if self.scores else None


def work_of(
    period: Months,
    languages: Iterable[str] = LANGUAGES,
    person: int | None = None,
    timed: int | None = None,
) -> dict[Place, Work]:
    """The work of one person, or of all, with translations into these languages; four queries.

    `timed` is the person whose time is told: nobody's but one's own is.
    """
    found: dict[Place, Work] = {}

    def at(who: int | None, moment: datetime | date | None, language: str) -> Work | None:
        month = period.month_of(moment)
        if month is None or who is None or person not in (None, who):
            return None
        return found.setdefault((who, month, language), Work(language))

    for into, segment in _segments(period, list(languages), person):
        _count(segment, other(into), at)
    for card in _cards(period, list(languages), person):
        score = score_of(card)
        if work := at(card.translator_id, card.assessed_at, score.language):
            work.scores.append(score)
    for into, month, seconds in _times(period, list(languages), timed):
        if work := at(timed, month, other(into)):
            work.seconds += seconds
    return found


def _times(
    period: Months, languages: list[str], person: int | None
) -> Iterable[tuple[str, date, int]]:
    found = SegmentTime.objects.filter(
        person=person,
        day__gte=period.start,
        day__lt=period.end,
        translation__language__in=languages,
    )
    by = found.values_list("translation__language", TruncMonth("day"))
    return by.annotate(total=Sum("seconds")).order_by()


def _count(segment: Mapping[str, Any], language: str, at: Any) -> None:
    size = 0
    if not segment["left_out"]:
        size = length(plain_text(segment["source_text"], segment["markup"]), language)
    if work := at(segment["translated_by"], segment["translated_at"], language):
        work.segments += 1
        work.size += size
        # A segment from before suggestions were noted has its origin alone.
        suggested = segment["suggested"] or segment["origin"]
        # What is omitted says nothing of the words that are kept for later.
        if suggested not in ("", Segment.Origin.HUMAN) and not segment["left_out"]:
            is_taken = segment["origin"] == suggested
            (work.taken if is_taken else work.edited)[suggested] += 1
    if work := at(segment["reviewed_by"], segment["reviewed_at"], language):
        work.reviewed += 1
        work.reviewed_size += size


def _segments(
    period: Months, languages: list[str], person: int | None
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What somebody stands by, of the period or near it, with its translation's language."""
    whose = Q() if person is None else Q(translated_by=person) | Q(reviewed_by=person)
    start, end = period.moments
    when = Q(translated_at__gte=start, translated_at__lt=end)
    when |= Q(reviewed_at__gte=start, reviewed_at__lt=end)
    rows = Segment.objects.order_by().filter(
        when & whose,
        translation__language__in=languages,
        translation__has_unpublished_changes=False,
        state__in=_SURE,
    )
    for values in rows.values("translation__language", *_NAMES).iterator():
        yield values["translation__language"], values
    drafts = Translation.objects.order_by().filter(
        has_unpublished_changes=True,
        language__in=languages,
        latest_revision__created_at__gte=start,
    )
    contents = drafts.values_list("language", "latest_revision__content").iterator(chunk_size=50)
    for language, content in contents:
        for stored in content.get("segments", ()):
            if stored["state"] in _SURE:
                yield language, _values(stored)


def _values(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Of a segment in a version's JSON."""
    values = {name: stored.get(name) or "" for name in _NAMES}
    for name in ("translated", "reviewed"):
        moment = stored.get(f"{name}_at")
        values[f"{name}_at"] = parse_datetime(moment) if moment else None
        values[f"{name}_by"] = stored.get(f"{name}_by")
    return values


def _cards(period: Months, languages: list[str], person: int | None) -> Iterable[QualityCard]:
    start, end = period.moments
    found = cards().filter(
        assessed_at__gte=start, assessed_at__lt=end, translation__language__in=languages
    )
    return found if person is None else found.filter(translator=person)
