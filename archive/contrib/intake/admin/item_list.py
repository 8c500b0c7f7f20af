"""The list of a batch's stories: most doubtful first, one story's two languages together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, Min, QuerySet, Value, When, Window
from django.db.models.functions import Cast, Concat
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from archive.contrib.intake.batches.items import kept_beside
from archive.contrib.intake.batches.joins import are_halves
from archive.contrib.intake.batches.tables import is_table
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.contrib.intake.plan import ImportVerdict
from archive.contrib.intake.record_warnings import in_own_language
from archive.desk.models import Translation
from archive.stories.models import ArticlePage

PER_PAGE = 50
# What a list doesn't read of its items.
UNREAD = ("text", "made", "corrected", "pictures")


@dataclass(frozen=True)
class ItemRow:
    """An item as the list shows it; `others` are the same story in its other language."""

    item: ImportItem
    format: str
    others: list[ImportItem]
    # Whether the item above is the same story.
    is_continued: bool = False
    # Of what it becomes the translation or a new version, in a sentence.
    becomes: str = ""

    @property
    def percent(self) -> int:
        return round(self.item.confidence * 100)

    @property
    def pair_percent(self) -> int | None:
        """How sure it is that `others` are the same story; None where nobody had to find out."""
        sure = self.item.group_confidence
        if sure is None or not self.others or are_halves(self.item, self.others[0]):
            return None
        return round(sure * 100)

    @property
    def day(self) -> Any:
        return parse_date((self.item.record.get("published") or "")[:10])

    @property
    def warnings(self) -> list[str]:
        return in_own_language(self.item.record.get("warnings") or [])

    @property
    def is_table(self) -> bool:
        """Whether a person may say what the columns of its file are."""
        return is_table(self.item) and self.item.state != ImportItem.State.ACCEPTED

    @property
    def lacks_columns(self) -> bool:
        """Whether cells of its table are in no field, or none is known."""
        is_failed = self.item.state == ImportItem.State.FAILED
        return self.is_table and (is_failed or bool(self.item.record.get("unplaced")))

    @property
    def is_open(self) -> bool:
        return self.item.state in ImportItem.OPEN


def ordered(batch: ImportBatch, state: str = "") -> QuerySet[ImportItem]:
    """The batch's items, those in `state` only if it is given; without their texts."""
    items = batch.items.filter(state=state) if state else batch.items.all()
    alone = Concat(Value("/"), Cast("pk", CharField()), output_field=CharField())
    return (
        items.annotate(together=Case(When(group="", then=alone), default=F("group")))
        .annotate(doubt=Window(Min("confidence"), partition_by=[F("together")]))
        .order_by("doubt", "together", "pk")
        .defer(*UNREAD)
    )


def rows_of(
    batch: ImportBatch, items: Iterable[ImportItem], names: dict[str, str]
) -> list[ItemRow]:
    """A query for the other languages, and up to two for what a text becomes."""
    shown = list(items)
    told = _becoming(shown)
    groups = {one.group for one in shown if one.group}
    found = defaultdict(list)
    for one in ImportItem.objects.filter(batch=batch, group__in=groups).defer("text"):
        found[one.group].append(one)
    rows, above = [], ""
    for item in shown:
        others = [one for one in found[item.group] if one.pk != item.pk] if item.group else []
        rows.append(
            ItemRow(
                item,
                names.get(item.format, item.format),
                others,
                is_continued=bool(item.group) and item.group == above,
                becomes=told.get(item.pk, ""),
            )
        )
        above = item.group
    return rows


def row_of(item: ImportItem, names: dict[str, str]) -> ItemRow:
    """The item alone."""
    becomes = _becoming([item]).get(item.pk, "")
    return ItemRow(item, names.get(item.format, item.format), [], becomes=becomes)


def _becoming(items: list[ImportItem]) -> dict[int, str]:
    """By item, what it becomes as things are now."""
    told = {
        item.pk: item.before.get("becomes") or {"story": item.page_id}
        for item in items
        if item.state in ImportItem.OPEN and ("becomes" in item.before or _renews(item))
    }
    keys = {one["story"] for one in told.values()}
    if not keys:
        return {}
    titles = dict(ArticlePage.objects.filter(pk__in=keys).values_list("pk", "title"))
    if not any("newest" in one for one in told.values()):
        return {pk: _becomes(one, titles, {}) for pk, one in told.items()}
    newest = dict(
        Translation.objects.filter(article__in=keys)
        .exclude(latest_revision=None)
        .values_list("article", "latest_revision")
    )
    return {pk: _becomes(one, titles, newest) for pk, one in told.items()}


def _renews(item: ImportItem) -> bool:
    """Whether it becomes a new version of a story, and nothing else says so."""
    is_duplicate = item.state == ImportItem.State.DUPLICATE
    return bool(item.page_id) and not is_duplicate and not item.would_replace_edits


def _becomes(told: dict[str, Any], titles: dict[int, str], newest: dict[int, int]) -> str:
    title = titles.get(told["story"])
    if title and "verdict" not in told:
        return _("Becomes a new version of “%(title)s”.") % {"title": title}
    # What is kept beside another's work says so itself.
    if title is None or told["verdict"] == ImportVerdict.KEEP:
        return ""
    if newest.get(told["story"]) != told["newest"]:
        return kept_beside(title)
    if told["verdict"] == ImportVerdict.CREATE:
        return _("Becomes the translation of “%(title)s”.") % {"title": title}
    return _("Becomes a new version of the translation of “%(title)s”.") % {"title": title}


@dataclass(frozen=True)
class ItemNeighbours:
    """An item's place among those of its batch that wait, from 1, and the keys around it."""

    place: int
    total: int
    previous: int | None
    next: int | None


def neighbours(item: ImportItem) -> ItemNeighbours:
    """Among the open items, and this one wherever it stands."""
    rows = ordered(item.batch).values_list("pk", "state")
    keys = [pk for pk, state in rows if pk == item.pk or state in ImportItem.OPEN]
    at = keys.index(item.pk) if item.pk in keys else 0
    return ItemNeighbours(
        at + 1,
        len(keys),
        keys[at - 1] if at else None,
        keys[at + 1] if at + 1 < len(keys) else None,
    )
