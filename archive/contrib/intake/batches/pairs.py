"""Finds the stories of a batch that are one story in two languages, once its files are read."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

from django.db import transaction
from django.utils.dateparse import parse_date
from wagtail.log_actions import log

from archive.alignment.pairs import PairText, compare_texts, find_pairs
from archive.contrib.intake.batches.duplicates import text_of
from archive.contrib.intake.batches.items import compare
from archive.contrib.intake.batches.policies import check_batch
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.contrib.intake.record_json import restored
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.translations.agreement import are_apart, origins_of
from archive.contrib.intake.translations.undo import part
from archive.desk.pairs.undo import PARTED
from archive.journal.plan import JournalError
from archive.stories.models import ArticlePage
from archive.text.language import LANGUAGES
from archive.text.stored_messages import in_each_language
from archive.text.stored_messages import message as _

# So many items are compared at a time, in the order of their dates: memory is bounded.
MOST_AT_ONCE = 5000
_WAITING = (ImportItem.State.READY, ImportItem.State.CHECK)


@transaction.atomic
def pair_items(batch: ImportBatch) -> int:
    """Give the two items of each probable pair a group with its confidence; how many pairs.

    What a person has parted stays so. Items of one group by their names that turn out to be two
    stories are in none.
    """
    items = batch.items.filter(group_confidence=None, state__in=_WAITING)
    if items.order_by().values("record__language").distinct().count() < len(LANGUAGES):
        return 0
    keys = list(items.order_by("record__published", "pk").values_list("pk", flat=True))
    found = 0
    for start in range(0, len(keys), MOST_AT_ONCE):
        some = ImportItem.objects.filter(pk__in=keys[start : start + MOST_AT_ONCE])
        found += _pair(list(some.order_by("pk").only("source", "number", "record", "group")))
    return found


def _pair(items: list[ImportItem]) -> int:
    by_pk = {item.pk: item for item in items}
    by_name = Counter(item.group for item in items if item.group)
    origins = dict(zip(by_pk, origins_of(restored(item.record) for item in items), strict=True))
    found = find_pairs(
        map(_pair_text, items),
        compare_texts,
        apart=lambda one, two: are_apart(origins[cast(int, one.key)], origins[cast(int, two.key)]),
    )
    for pair in found:
        one, two = by_pk.pop(cast(int, pair.one)), by_pk.pop(cast(int, pair.two))
        group = one.group if one.group == two.group else ""
        for item in (one, two):
            item.group = group or f"pair-{one.pk}-{two.pk}"
            item.group_confidence = pair.confidence
    for item in by_pk.values():
        # A name that nobody else here has may meet one of another import.
        item.group = "" if by_name[item.group] > 1 else item.group
    ImportItem.objects.bulk_update(items, ["group", "group_confidence"], batch_size=200)
    return len(found)


def _pair_text(item: ImportItem) -> PairText:
    record = item.record
    captions = (caption.get("text") or "" for caption in record.get("captions") or ())
    lines = [*(record.get(name) or "" for name in ArticlePage.heading_fields), text_of(record)]
    return PairText(
        key=item.pk,
        language=record.get("language") or "",
        text="\n".join(filter(None, [*lines, *captions])),
        name=item.source,
        number=item.number,
        day=parse_date((record.get("published") or "")[:10]),
        page=record.get("page") or "",
        pictures=frozenset(_pictures(record)),
    )


def _pictures(record: dict[str, Any]) -> Iterator[str]:
    for image in record.get("images") or ():
        if name := image.get("name"):
            yield name.rpartition("/")[2].casefold()


@transaction.atomic
def part_pair(item: ImportItem, user: Any) -> None:
    """A person says that an item and the others of its group aren't one story; it is remembered.

    Raises IntakeError where one of them is in the archive already, and PermissionDenied.
    """
    check_batch(item.batch, user)
    rows = ImportItem.objects.select_for_update().filter(batch=item.batch_id, group=item.group)
    states = set(rows.values_list("state", flat=True)) if item.group else set()
    if not states or ImportItem.State.ACCEPTED in states:
        raise IntakeError(_("this story is in no pair that could be parted; load the list again"))
    rows.update(group="", group_confidence=0)


def became_translation(item: ImportItem) -> bool:
    """Whether accepting the item has given a story the translation that it hadn't."""
    row = item.before.get("translation")
    is_first = row is not None and not row.get("latest_revision_id")
    return item.state == ImportItem.State.ACCEPTED and is_first


@transaction.atomic
def part_story(item: ImportItem, user: Any) -> None:
    """Make two stories again of one: the text that became its translation, published or not, waits
    for a decision again.

    Raises IntakeError where it isn't as it was imported, and PermissionDenied.
    """
    check_batch(item.batch, user)
    rows = ImportItem.objects.select_for_update(of=("self",)).filter(pk=item.pk)
    found = rows.select_related("batch", "page", "revision").first()
    if not (found and found.page and found.accepted_at and became_translation(found)):
        raise IntakeError(_("this story is in no pair that could be parted; load the list again"))
    story = found.page
    try:
        part(story, found.revision, found.accepted_at, user)
    except JournalError as reason:
        raise IntakeError(str(reason)) from reason
    log(story, PARTED, user=user)
    found.group, found.group_confidence, found.revision, found.before = "", 0, None, {}
    compare(found)
    # Whoever accepts many is to look at this one.
    found.state = ImportItem.State.CHECK
    found.error = in_each_language(
        lambda: _("An editor has parted this text from “%(story)s”.") % {"story": story}
    )
    found.save(update_fields=["state", "error"])
