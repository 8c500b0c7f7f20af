"""Keeps the rows of reprints: a change of one story costs the same in an archive of any size."""

from collections.abc import Callable, Collection, Iterable
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django_tasks import task
from django_tasks.backends.immediate import ImmediateBackend
from wagtail.blocks import StreamValue

from archive.contrib.reprints.candidates import candidates
from archive.contrib.reprints.comparison import ReportText, compare_reports
from archive.contrib.reprints.models import StoryReuse, reuse_of
from archive.desk.models import StoryPair
from archive.likeness.fingerprints import body_paragraphs, note_stories
from archive.likeness.models import TextFingerprint
from archive.stories.body import stored
from archive.stories.models import ArticlePage
from archive.stories.signals import pages_changed
from archive.text.language import columns

# More rows than this aren't looked at again with a story; a rebuild does it.
MOST_ROWS = 60
_MOST_VERSIONS = 20
# What is looked at where no worker does it.
AT_ONCE = 10
_BATCH = 200
_FACTS = ["earlier", "later", "kind", "share", "later_share", "days"]
_COLUMNS = [
    "source_language",
    "print_date",
    "version_of",
    "latest_revision",
    *columns("headline"),
    *columns("body"),
]


@task()
def update_reuse_task(pks: list[int]) -> None:
    for pk in pks:
        update_story(pk)


def update_soon(pks: Collection[int]) -> None:
    """Look for the reprints of stories that were published, changed or taken back.

    Without a worker an editor waits for it: of many that were moved, the command
    `check_archive reprints --repair` does the rest.
    """
    if isinstance(update_reuse_task.get_backend(), ImmediateBackend):
        # As a task, what is raised would be lost.
        for pk in sorted(pks)[:AT_ONCE]:
            update_story(pk)
    else:
        update_reuse_task.enqueue(sorted(pks))


@transaction.atomic
def update_story(pk: int, *, is_noted: bool = False) -> None:
    """Bring the rows of one story in step; `is_noted`: its numbers are."""
    story = _stories([pk]).select_related("latest_revision").first()
    text = text_of(story) if story else None
    rows = {row.other_than(pk): row for row in reuse_of(pk)[:MOST_ROWS]}
    found: dict[int, StoryReuse] = {}
    if story and not is_noted:
        note_stories([story])
    if story and text and text.is_comparable:
        found = _find(story, text, rows)
    gone = [
        row for key, row in rows.items() if key not in found and row.state == StoryReuse.State.FOUND
    ]
    changed = [one for key, one in found.items() if _is_other(one, rows.get(key))]
    if gone:
        StoryReuse.objects.filter(pk__in=[row.pk for row in gone]).delete()
    StoryReuse.objects.bulk_create([one for one in changed if not one.pk], ignore_conflicts=True)
    StoryReuse.objects.bulk_update([one for one in changed if one.pk], _FACTS)
    ends = {end for row in (*gone, *changed) for end in (row.earlier_id, row.later_id)}
    pages_changed.send(ArticlePage, pks=ends)


def text_of(story: ArticlePage) -> ReportText:
    """The text that readers get, as it was printed."""
    paragraphs = tuple(paragraphs_of(story.source("body")))
    return ReportText(story.source_language, paragraphs, story.print_date)


def paragraphs_of(body: StreamValue) -> list[str]:
    """A body's text, without what stands at its pictures."""
    return [one for one in body_paragraphs(stored(body)) if one.strip()]


def _stories(pks: Collection[int]) -> QuerySet[ArticlePage]:
    return ArticlePage.objects.live().filter(pk__in=pks, alias_of=None).only(*_COLUMNS).order_by()


def _find(
    story: ArticlePage, text: ReportText, rows: dict[int, StoryReuse]
) -> dict[int, StoryReuse]:
    """By the other story's id; those that were refused aren't among them."""
    versions = ArticlePage.objects.filter(version_of=story.pk).order_by("pk")
    said = {*versions.values_list("pk", flat=True)[:_MOST_VERSIONS], story.version_of_id or 0}
    said |= {key for key, row in rows.items() if row.state == StoryReuse.State.CONFIRMED}
    refused = {key for key, row in rows.items() if row.state == StoryReuse.State.REFUSED}
    keys = {*candidates(story.pk, text), *rows, *said} - refused - {story.pk, 0}
    others = list(_stories(keys)) if keys else []
    if any(one.source_language != story.source_language for one in others):
        refused |= _refused_pairs(story.pk)
    found = {}
    for one in others:
        if one.pk in refused:
            continue
        other_text = text_of(one)
        ends = sorted([(story, text), (one, other_text)], key=lambda end: _order(end[0]))
        (earlier, first), (later, second) = ends
        if not (second.is_comparable and first.is_comparable) and one.pk not in said:
            continue
        reuse = compare_reports(first, second, sure=one.pk in said)
        if reuse is None:
            continue
        days = (second.day - first.day).days if first.day and second.day else None
        former = rows.get(one.pk)
        found[one.pk] = StoryReuse(
            pk=former.pk if former else None,
            earlier=earlier,
            later=later,
            days=days,
            kind=reuse.kind,
            share=reuse.share,
            later_share=reuse.later_share,
        )
    return found


def _refused_pairs(pk: int) -> set[int]:
    """Those of which an editor has said at the desk that they are other stories."""
    pairs = StoryPair.objects.filter(Q(one=pk) | Q(two=pk), state=StoryPair.State.REFUSED)
    return {end for pair in pairs.order_by().values_list("one", "two") for end in pair}


def _order(story: ArticlePage) -> tuple[date, int]:
    return story.print_date or date.max, story.pk


def _is_other(one: StoryReuse, row: StoryReuse | None) -> bool:
    facts = ("earlier_id", "later_id", "kind", "share", "later_share", "days")
    return row is None or any(getattr(one, name) != getattr(row, name) for name in facts)


def rebuild(progress: Callable[[int, int], None]) -> int:
    """Note all live stories' numbers and look for all reprints; how many there are."""
    live = ArticlePage.objects.live().filter(alias_of=None)
    keys = list(live.order_by("pk").values_list("pk", flat=True))
    for batch in _batches(keys):
        note_stories(list(_stories(batch).select_related("latest_revision")))
    for batch in _batches(keys):
        for pk in batch:
            update_story(pk, is_noted=True)
        progress(keys.index(batch[-1]) + 1, len(keys))
    hidden_reuse().delete()
    return StoryReuse.objects.exclude(state=StoryReuse.State.REFUSED).count()


def hidden_reuse() -> QuerySet[StoryReuse]:
    """What was found between stories of which readers haven't got one any more."""
    hidden = Q(earlier__live=False) | Q(later__live=False)
    return StoryReuse.objects.filter(hidden, state=StoryReuse.State.FOUND)


def unnoted_stories() -> QuerySet[ArticlePage]:
    """Live stories that were compared with nothing yet."""
    noted = TextFingerprint.objects.filter(article=OuterRef("pk"))
    return ArticlePage.objects.live().filter(~Exists(noted), alias_of=None).order_by("pk")


def _batches(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH))
