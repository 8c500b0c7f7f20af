"""Keeps the rows of reprints: a change of one story costs the same in an archive of any size."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.blocks import StreamValue

from archive.contrib.reprints.candidates import candidates
from archive.contrib.reprints.comparison import ReportText, compare_reports
from archive.contrib.reprints.models import StoryReuse
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
_BATCH = 200
_STATE = StoryReuse.State
_FACTS = ["earlier", "later", "kind", "share", "later_share", "days"]
_COLUMNS = [
    "source_language",
    "print_date",
    "publication",
    "version_of",
    "latest_revision",
    *columns("headline"),
    *columns("body"),
]


@transaction.atomic
def update_stories(pks: Collection[int], *, are_noted: bool = False) -> None:
    """Bring the rows of stories that were published, changed or taken back in step; `are_noted`:
    their numbers are. As many queries for one as for all."""
    stories = {one.pk: one for one in _stories(pks).select_related("latest_revision")}
    if not are_noted:
        note_stories(list(stories.values()))
    texts = {pk: text_of(story) for pk, story in stories.items()}
    texts = {pk: text for pk, text in texts.items() if text.is_comparable}
    rows = _rows_of(pks)
    found = _find({pk: stories[pk] for pk in texts}, texts, rows)
    gone = {
        row.pk: row
        for pk, of_story in rows.items()
        for key, row in of_story.items()
        if key not in found.get(pk, {}) and row.state == _STATE.FOUND
    }
    # Two of these stories may have found each other.
    changed = {
        (one.earlier_id, one.later_id): one
        for pk, of_story in found.items()
        for key, one in of_story.items()
        if _is_other(one, rows[pk].get(key))
    }
    StoryReuse.objects.filter(pk__in=gone).delete()
    made = [one for one in changed.values() if not one.pk]
    StoryReuse.objects.bulk_create(made, ignore_conflicts=True)
    StoryReuse.objects.bulk_update([one for one in changed.values() if one.pk], _FACTS)
    both = (*gone.values(), *changed.values())
    ends = {end for row in both for end in (row.earlier_id, row.later_id)}
    pages_changed.send(ArticlePage, pks=ends)


def _rows_of(pks: Collection[int]) -> dict[int, dict[int, StoryReuse]]:
    """By story, and by the other one."""
    rows: dict[int, dict[int, StoryReuse]] = {pk: {} for pk in pks}
    for row in StoryReuse.objects.filter(Q(earlier__in=pks) | Q(later__in=pks)):
        for pk in {row.earlier_id, row.later_id} & rows.keys():
            if len(rows[pk]) < MOST_ROWS:
                rows[pk][row.other_than(pk)] = row
    return rows


def text_of(story: ArticlePage) -> ReportText:
    """The text that readers get, as it was printed."""
    paragraphs = tuple(paragraphs_of(story.source("body")))
    paper = story.publication_id
    return ReportText(story.source_language, paragraphs, story.print_date, paper)


def paragraphs_of(body: StreamValue) -> list[str]:
    """A body's text, without what stands at its pictures."""
    return [one for one in body_paragraphs(stored(body)) if one.strip()]


def _stories(pks: Collection[int]) -> QuerySet[ArticlePage]:
    return ArticlePage.objects.live().filter(pk__in=pks, alias_of=None).only(*_COLUMNS).order_by()


def _find(
    stories: Mapping[int, ArticlePage],
    texts: Mapping[int, ReportText],
    rows: Mapping[int, Mapping[int, StoryReuse]],
) -> dict[int, dict[int, StoryReuse]]:
    """By story and by the other story's id; those that were refused aren't among them."""
    if not stories:
        return {}
    said, refused = _versions(stories), _refused_pairs(stories)
    for pk in stories:
        said[pk] |= {key for key, row in rows[pk].items() if row.state == _STATE.CONFIRMED}
        refused[pk] |= {key for key, row in rows[pk].items() if row.state == _STATE.REFUSED}
    likely = candidates(texts)
    keys = {pk: {*likely[pk], *rows[pk], *said[pk]} - refused[pk] - {pk, 0} for pk in stories}
    wanted = set().union(*keys.values())
    others = {**_stories(wanted - stories.keys()).in_bulk(), **stories} if wanted else {}
    other_texts = {**{pk: text_of(others[pk]) for pk in wanted & others.keys()}, **texts}
    return {
        pk: {
            key: reuse
            for key in sorted(keys[pk] & others.keys())
            if (
                reuse := _compare(
                    (story, texts[pk]),
                    (others[key], other_texts[key]),
                    rows[pk].get(key),
                    sure=key in said[pk],
                )
            )
        }
        for pk, story in stories.items()
    }


def _compare(
    mine: tuple[ArticlePage, ReportText],
    other: tuple[ArticlePage, ReportText],
    former: StoryReuse | None,
    *,
    sure: bool,
) -> StoryReuse | None:
    (earlier, first), (later, second) = sorted([mine, other], key=lambda end: _order(end[0]))
    if not (second.is_comparable and first.is_comparable) and not sure:
        return None
    reuse = compare_reports(first, second, sure=sure)
    if reuse is None:
        return None
    return StoryReuse(
        pk=former.pk if former else None,
        earlier=earlier,
        later=later,
        days=(second.day - first.day).days if first.day and second.day else None,
        kind=reuse.kind,
        share=reuse.share,
        later_share=reuse.later_share,
    )


def _versions(stories: Mapping[int, ArticlePage]) -> dict[int, set[int]]:
    """By story, those of which an editor has said that they are versions of one report."""
    said = {pk: {story.version_of_id or 0} for pk, story in stories.items()}
    versions = ArticlePage.objects.filter(version_of__in=stories).order_by("pk")
    for pk, version_of in versions.values_list("pk", "version_of"):
        of_story = said.get(version_of or 0, set())
        if len(of_story) <= _MOST_VERSIONS:
            of_story.add(pk)
    return said


def _refused_pairs(pks: Collection[int]) -> dict[int, set[int]]:
    """By story, those that an editor has told apart from it, at the desk or in an import."""
    refused: dict[int, set[int]] = {pk: set() for pk in pks}
    pairs = StoryPair.objects.filter(Q(one__in=pks) | Q(two__in=pks), state=StoryPair.State.REFUSED)
    for pair in pairs.order_by().values_list("one", "two"):
        for pk in refused.keys() & {*pair}:
            refused[pk].update(pair)
    return refused


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
        update_stories(batch, are_noted=True)
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
