"""Which items of a batch are accepted together, as a story with its translation."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive.contrib.intake.batches.items import article_of
from archive.contrib.intake.models import ImportItem
from archive.contrib.intake.record_json import restored
from archive.contrib.intake.translations.agreement import are_apart, origins_of
from archive.contrib.intake.translations.partners import are_one_story, own_first


@dataclass(frozen=True)
class JoinedItems:
    """A story with its translation, which accepting either of the two items makes."""

    story: ImportItem
    translation: ImportItem

    def __str__(self) -> str:
        text = _("“%(text)s” (%(paper)s) becomes the translation of “%(story)s” (%(other)s)")
        papers = [one.record.get("publication") or one.source for one in self.items]
        names = {"text": self.translation, "story": self.story}
        return text % {**names, "other": papers[0], "paper": papers[1]}

    @property
    def items(self) -> tuple[ImportItem, ImportItem]:
        return self.story, self.translation

    @property
    def percent(self) -> int | None:
        """How sure it is that they are one story; None where nobody had to find out."""
        sure = self.story.group_confidence
        return None if sure is None or are_halves(*self.items) else round(sure * 100)


def partner_of(item: ImportItem) -> ImportItem | None:
    """The same story in its other language, if that waits for a decision as well."""
    return partners_of([item]).get(item.pk)


def partners_of(items: Sequence[ImportItem]) -> dict[int, ImportItem]:
    """By the keys of items of one batch, `partner_of` each that has one: a query, and one for each
    paper that their texts name."""
    groups = {item.group for item in items if item.group}
    waiting: defaultdict[str, list[ImportItem]] = defaultdict(list)
    if groups:
        same = ImportItem.objects.filter(batch=items[0].batch_id, group__in=groups)
        rows = same.filter(state__in=ImportItem.OPEN).select_related("batch", "file")
        for one in rows.order_by("pk"):
            waiting[one.group].append(one)
    found = {}
    for item in items:
        others = [one for one in waiting.get(item.group, ()) if one.pk != item.pk]
        if len(others) == 1 and _are_partners(item, others[0]):
            found[item.pk] = others[0]
    return found


def _are_partners(item: ImportItem, other: ImportItem) -> bool:
    if other.record.get("language") == item.record.get("language"):
        return False
    if are_halves(item, other):
        return True
    texts = [article_of(item), article_of(other)]
    if item.group_confidence:
        # The texts were compared; a person may have corrected their papers and days since.
        return not are_apart(*origins_of(texts))
    return are_one_story(*texts)


def are_halves(one: ImportItem, two: ImportItem) -> bool:
    return (one.source, one.number) == (two.source, two.number)


def joined_with(item: ImportItem) -> JoinedItems | None:
    """What accepting the item makes of it and of what waits beside it; None for the item alone."""
    other = partner_of(item)
    return _joined(item, other) if other else None


def joins_among(items: Iterable[ImportItem]) -> list[JoinedItems]:
    """What accepting all of them joins, of items that were compared: a query for each paper."""
    groups: defaultdict[str, list[ImportItem]] = defaultdict(list)
    for item in items:
        groups[item.group].append(item)
    pairs = [found for group, found in groups.items() if group and len(found) == 2]
    origins = iter(origins_of(restored(item.record) for found in pairs for item in found))
    joins = []
    for one, two in pairs:
        are_two = are_apart(next(origins), next(origins)) and not are_halves(one, two)
        if not are_two and one.record.get("language") != two.record.get("language"):
            joins.append(_joined(one, two))
    return joins


def _joined(one: ImportItem, two: ImportItem) -> JoinedItems:
    texts = [restored(one.record), restored(two.record)]
    return JoinedItems(one, two) if own_first(texts)[0] is texts[0] else JoinedItems(two, one)
