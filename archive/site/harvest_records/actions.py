"""The records' verbs: follow stories as they change, follow whole branches, rebuild."""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from archive.base_page import Page
from archive.inserts import in_batches
from archive.site.caching.versions import WITHDRAWN, touch
from archive.site.harvest_records.models import HarvestRecord
from archive.stories.models import ArticlePage
from archive.text.language import LANGUAGES, column, columns, other
from archive.visibility import RestrictedPlaces

BATCH = 500
FACTS = ["is_deleted", "publication_id", "section_id", *columns("since", "changed")]


def follow_stories(pks: Collection[int], *, at: datetime | None = None) -> int:
    """Say of each of these stories that it has changed; how many records were written.

    A story that readers may no longer see becomes a deleted record; one that they never saw gets
    none. `at` is the datestamp, now unless told otherwise.
    """
    return _write(pks, at or _now())


def keep_address(story: ArticlePage) -> None:
    """Before a story is deleted: whoever comes to its address later is told that it is gone."""
    if restricted := RestrictedPlaces.load():
        held = ArticlePage.objects.filter(restricted.of_stories(), pk=story.pk)
        if held.exists():
            return
    HarvestRecord.objects.filter(pk=story.pk).update(former_path=story.url_path)


def follow_branch(page: Page) -> int:
    """After a restriction has come or gone, or the page has moved: its stories (dis)appear."""
    held = RestrictedPlaces((page.path,), (page.pk,)).of_stories()
    stories = ArticlePage.objects.filter(held).order_by().values_list("pk", flat=True)
    return sum(_repair(pks, _now()) for pks in in_batches(list(stories), BATCH))


def touch_branch(page: Page) -> None:
    """After a page's address has changed, and with it those of the stories below: one query."""
    below = ArticlePage.objects.descendant_of(page, inclusive=True).order_by().values("pk")
    known = HarvestRecord.objects.filter(article__in=below, is_deleted=False)
    known.update(datestamp=_now())


def rebuild(progress: Callable[[int, int], None] | None = None) -> int:
    """Bring every record in step with its story; how many were written.

    Where there was none at all, a datestamp is when the story was last published. Otherwise what
    is repaired counts as a change of today, so that those who have harvested before get it too.
    """
    at = _now() if HarvestRecord.objects.exists() else None
    stories, records = ArticlePage.objects.order_by("pk"), HarvestRecord.objects.order_by("pk")
    gone = records.exclude(article__in=ArticlePage.objects.values("pk"))
    total, done, written = stories.count(), 0, 0
    for pks in in_batches(list(stories.values_list("pk", flat=True)), BATCH):
        written += _repair(pks, at)
        done += len(pks)
        if progress:
            progress(done, total)
    return written + sum(
        _repair(pks, at) for pks in in_batches(list(gone.values_list("pk", flat=True)), BATCH)
    )


def outdated_records() -> Iterator[int]:
    """The keys of stories whose record says something else than `rebuild` would write."""
    stories, records = ArticlePage.objects.all(), HarvestRecord.objects.all()
    gone = records.exclude(article__in=stories.order_by().values("pk"))
    for found in (stories, gone):
        for pks in in_batches(list(found.order_by("pk").values_list("pk", flat=True)), BATCH):
            yield from (one.record.pk for one in _changes(pks, None) if one.is_news)


def _repair(pks: Collection[int], at: datetime | None) -> int:
    """Only where what the record says has changed."""
    return _write(pks, at, only_changed=True)


@transaction.atomic(savepoint=False)
def _write(pks: Collection[int], at: datetime | None, *, only_changed: bool = False) -> int:
    if connection.features.has_select_for_update:
        # Nobody else writes these stories' records until this is committed. A statement of its
        # own: what is read after it is as the last holder of the lock left it.
        locked = ArticlePage.objects.select_for_update(of=("self",), no_key=True)
        list(locked.filter(pk__in=pks).order_by("pk").only("pk"))
    found = list(_changes(pks, at))
    if any(one.is_withdrawal for one in found):
        touch([WITHDRAWN])
    changes = [one.record for one in found if one.is_news or not only_changed]
    written = HarvestRecord.objects.bulk_create(
        changes,
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["datestamp", *FACTS, *columns("withdrawn")],
        batch_size=BATCH,
    )
    return len(written)


class _RecordChange(NamedTuple):
    """A record as it should be; `is_withdrawal`: readers lose the story or one of its texts."""

    record: HarvestRecord
    is_news: bool
    is_withdrawal: bool


def _changes(pks: Collection[int], at: datetime | None) -> Iterator[_RecordChange]:
    facts = dict(_facts(pks))
    known = HarvestRecord.objects.in_bulk(pks)
    for pk in pks:
        record = known.get(pk)
        if pk in facts:
            changed = max(filter(None, (facts[pk][name] for name in columns("changed"))))
            latest = changed.astimezone(UTC).replace(microsecond=0)
            made = HarvestRecord(article_id=pk, datestamp=at or latest, **facts[pk])
            is_news = record is None or any(getattr(record, n) != facts[pk][n] for n in FACTS)
            is_lost = False
            for language in LANGUAGES:
                since, withdrawn = column("since", language), column("withdrawn", language)
                if facts[pk][since]:
                    continue
                if getattr(record, since, None):
                    is_lost = True
                    setattr(made, withdrawn, made.datestamp)
                else:
                    setattr(made, withdrawn, getattr(record, withdrawn, None))
            yield _RecordChange(made, is_news, is_lost)
        elif record:
            is_news = not record.is_deleted
            record.is_deleted, record.datestamp = True, at or _now()
            yield _RecordChange(record, is_news, is_news)


def _facts(pks: Collection[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """What the records of those that readers may see should say: two queries."""
    public = ArticlePage.objects.filter(pk__in=pks).order_by().shown_to_public()
    headlines = columns("headline")
    names = ["first_published_at", "last_published_at", "translated_at"]
    rows = public.values("pk", "source_language", "publication", "section", *headlines, *names)
    for row in rows:
        source, target = row["source_language"], other(row["source_language"])
        # A story that was loaded in bulk may have no dates of its own.
        first = row["first_published_at"] or row["last_published_at"] or _now()
        dates = {source: (first, row["last_published_at"] or first), target: (None, None)}
        if row[column("headline", target)]:
            translated = row["translated_at"] or first
            dates[target] = (translated, translated)
        values: dict[str, Any] = {
            "is_deleted": False,
            "publication_id": row["publication"],
            "section_id": row["section"],
        }
        for language in LANGUAGES:
            values[column("since", language)], values[column("changed", language)] = dates[language]
        yield row["pk"], values


def _now() -> datetime:
    return timezone.now().replace(microsecond=0)
