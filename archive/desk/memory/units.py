"""Puts translations into the memory, and takes them out: what readers can read is there, and what
people have confirmed in drafts since.

Nothing but the difference is written, so that it costs the same at any size of the memory.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from archive.desk.memory.fingerprints import (
    add_all_fingerprints,
    add_fingerprints,
    count_fingerprints,
    remove_fingerprints,
)
from archive.desk.memory.sentences import pairs_of
from archive.desk.models import MemoryFingerprint, MemoryUnit, Translation
from archive.desk.querysets import ARCHIVE, CONFIRMED, SENTENCE
from archive.desk.segments import Row, has_words, joined_rows, rows
from archive.inserts import in_batches
from archive.text.language import LANGUAGES, UNSPACED, column, columns, other
from archive.text.normalisation import to_simplified
from archive.text.segmentation import digest, plain_text

_ROWS = 400
# So many stories, or units, are read at a time while the whole memory is rebuilt.
_STORIES, _UNITS = 50, 1000
# A unit that agrees in all of these is the same; its id stays.
_SAME = (
    *("article_id", "key", *columns("digest")),
    *("written_in", "kind", "label", "print_date"),
)


def make_unit(written_in: str, source: str, target: str, **where: Any) -> MemoryUnit:
    """A unit that isn't saved: `source` is the text in the language that it was written in."""
    texts = {written_in: source.strip(), other(written_in): target.strip()}
    unit = MemoryUnit(written_in=written_in, **where)
    for language in LANGUAGES:
        setattr(unit, column("text", language), texts[language])
        setattr(unit, column("digest", language), digest(texts[language]))
    return unit


def as_remembered(article: Any, source: str) -> str:
    """A story's source text as the memory has it, which is in simplified characters throughout."""
    return to_simplified(source) if article.is_traditional else source


def text_of(unit: MemoryUnit, language: str) -> str:
    return str(getattr(unit, column("text", language)))


@transaction.atomic(savepoint=False)
def add_units(units: Sequence[MemoryUnit]) -> None:
    if units:
        MemoryUnit.objects.bulk_create(units, batch_size=_ROWS)
        add_fingerprints(units)


@transaction.atomic(savepoint=False)
def add_new(units: Sequence[MemoryUnit]) -> int:
    """Add those whose pair of texts the memory hasn't got, from wherever; how many that are."""
    first, second = columns("digest")
    found = MemoryUnit.objects.filter(**{f"{first}__in": {getattr(one, first) for one in units}})
    known = set(found.values_list(first, second))
    new: dict[tuple[str, str], MemoryUnit] = {}
    for unit in units:
        pair = (getattr(unit, first), getattr(unit, second))
        if pair not in known:
            new.setdefault(pair, unit)
    add_units(list(new.values()))
    return len(new)


@transaction.atomic(savepoint=False)
def remove_units(units: Sequence[MemoryUnit]) -> None:
    if units:
        remove_fingerprints(units)
        MemoryUnit.objects.filter(pk__in=[unit.pk for unit in units]).delete()


@transaction.atomic
def follow_stories(article_ids: Collection[int]) -> None:
    """Bring the memory in step with what readers have of these stories by now, maybe nothing, and
    with what is confirmed in their newer drafts."""
    published = _public_units(Q(article__in=article_ids))[1]
    replace_units(article_ids, published)
    # Locked, so that nothing is confirmed between reading and writing.
    locked = _with_drafts().filter(article__in=article_ids).select_for_update(of=("self",))
    replace_units(article_ids, _confirmed_units(locked, published), CONFIRMED)


def follow_draft(draft: Translation, laid_out: list[Row]) -> None:
    """Bring the memory in step with what is confirmed in a newest draft, whose rows are given.

    A query where nothing has changed, and one more for a published translation. Sentences wait for
    the publication: whoever has just confirmed a paragraph doesn't wait for them.
    """
    ids = [draft.article_id]
    published = MemoryUnit.objects.published_here().paragraphs().filter(article__in=ids)
    known = published if draft.live else ()
    replace_units(ids, _unpublished(draft, laid_out, known), CONFIRMED)


def forget(article_ids: Collection[int]) -> None:
    """Take stories' units out: their translations were withdrawn."""
    replace_units(article_ids, [])
    replace_units(article_ids, [], CONFIRMED)


@transaction.atomic(savepoint=False)
def replace_units(
    article_ids: Collection[int], wanted: Iterable[MemoryUnit], provenance: str = ARCHIVE
) -> list[MemoryUnit]:
    """Make these the stories' units of a provenance; gives those that were there already, which
    stay.

    Sentences follow their published paragraph: to align them is what takes time.
    """
    missing: dict[tuple[Any, ...], list[MemoryUnit]] = {}
    for unit in wanted:
        missing.setdefault(_identity(unit), []).append(unit)
    unchanged, gone, sentences = [], [], []
    for unit in MemoryUnit.objects.filter(provenance=provenance, article__in=article_ids):
        if unit.kind == SENTENCE:
            sentences.append(unit)
        elif same := missing.get(_identity(unit)):
            same.pop()
            unchanged.append(unit)
        else:
            gone.append(unit)
    kept = {(unit.article_id, unit.key) for unit in unchanged}
    for unit in sentences:
        (unchanged if (unit.article_id, unit.key) in kept else gone).append(unit)
    new = [unit for units in missing.values() for unit in units]
    # Aligned before anything is written: nobody waits for it.
    new += sentences_of(new) if provenance == ARCHIVE else []
    remove_units(gone)
    add_units(new)
    return unchanged


def sentences_of(units: Sequence[MemoryUnit]) -> list[MemoryUnit]:
    """The paragraphs' pairs of sentences, not saved."""
    return [
        make_unit(
            unit.written_in,
            source,
            target,
            key=unit.key,
            kind=SENTENCE,
            article_id=unit.article_id,
            label=unit.label,
            print_date=unit.print_date,
        )
        for unit in units
        for here, there in [(unit.written_in, other(unit.written_in))]
        for source, target in pairs_of(text_of(unit, here), text_of(unit, there), here)
    ]


def _identity(unit: MemoryUnit) -> tuple[Any, ...]:
    return tuple(getattr(unit, name) for name in _SAME)


def units_of(
    translation: Translation, laid_out: list[Row], provenance: str = ARCHIVE
) -> list[MemoryUnit]:
    """The translation's pairs, not saved: each target with the source that it was made from.

    What is published counts whole; of a draft only what somebody has confirmed.
    """
    article = translation.article
    written_in = other(translation.language)
    space = "" if written_in in UNSPACED else " "
    units = []
    # Words that stand for another segment too, which isn't beside them any more.
    parted = [row.segment for row in laid_out if row.segment and row.is_parted]
    torn = {segment.joined_to for segment in parted}
    for together in joined_rows(laid_out):
        head, target = together.head, together.target(translation.language)
        sources = [row.translated_text for row in together.rows]
        is_whole = not any(row.is_parted or row.source.key in torn for row in together.rows)
        is_wanted = provenance == ARCHIVE or not any(row.is_draft for row in together.rows)
        if is_wanted and target and has_words(head) and all(sources) and is_whole:
            unit = make_unit(
                written_in,
                as_remembered(article, space.join(sources)),
                plain_text(target, head.source.markup),
                key=head.source.key,
                kind=head.source.kind,
                article=article,
                label=as_remembered(article, article.source("headline") or article.title),
                print_date=article.print_date,
                provenance=provenance,
            )
            units.append(unit)
    return [unit for unit in units if all(getattr(unit, name) for name in columns("text"))]


def _unpublished(
    draft: Translation, laid_out: list[Row], published: Iterable[MemoryUnit]
) -> list[MemoryUnit]:
    """What is confirmed in a draft and not among the published units; nothing of what was
    withdrawn."""
    texts = (draft, draft.article)
    if any(one.first_published_at and not one.live for one in texts):
        return []
    known = {_pair_in(unit) for unit in published}
    units = units_of(draft, laid_out, CONFIRMED)
    return [unit for unit in units if _pair_in(unit) not in known]


def _pair_in(unit: MemoryUnit) -> tuple[Any, ...]:
    """A pair of texts in its story."""
    return (unit.article_id, *(getattr(unit, name) for name in columns("digest")))


def _with_drafts() -> QuerySet[Translation]:
    """The translations with something that readers haven't got."""
    return Translation.objects.with_story().filter(has_unpublished_changes=True)


def _confirmed_units(
    translations: QuerySet[Translation], published: Iterable[MemoryUnit]
) -> list[MemoryUnit]:
    """What is confirmed in the newest drafts of translations and isn't published."""
    known = list(published)
    drafts = [one.get_latest_revision_as_object() for one in translations]
    return [unit for draft in drafts for unit in _unpublished(draft, rows(draft), known)]


@dataclass
class RebuildReport:
    """How many stories were read, and units there are of them and of files."""

    stories: int = 0
    units: int = 0
    from_files: int = 0
    removed: int = 0


def rebuild_memory(progress: Callable[[int, int], None]) -> RebuildReport:
    """Bring the whole memory in step, fingerprints too; safe to stop and to run again.

    It goes a few stories at a time, so that translators have the memory all the while. After each
    step `progress` gets how many stories are done, of how many.
    """
    report = RebuildReport()
    public = Translation.objects.filter(live=True, article__live=True)
    ids = list(public.order_by("pk").values_list("pk", flat=True))
    for some in in_batches(ids, _STORIES):
        report.stories += _refresh(some)
        progress(report.stories, len(ids))
    here, from_files = MemoryUnit.objects.published_here(), MemoryUnit.objects.from_files()
    drafts = MemoryUnit.objects.unpublished()
    alone = here.exclude(article__in=public.values("article"))
    alone |= drafts.exclude(article__in=_with_drafts().values("article"))
    for gone in in_batches(list(alone), _UNITS):
        remove_units(gone)
        report.removed += len(gone)
    for some in in_batches(list(_with_drafts().values_list("article", flat=True)), _STORIES):
        with transaction.atomic():
            locked = _with_drafts().filter(article__in=some).select_for_update(of=("self",))
            published = here.paragraphs().filter(article__in=some)
            add_fingerprints(replace_units(some, _confirmed_units(locked, published), CONFIRMED))
    report.from_files = add_all_fingerprints(from_files)
    kept = MemoryUnit.objects.filter(pk=OuterRef("unit_id"))
    MemoryFingerprint.objects.filter(~Exists(kept)).delete()
    report.units = here.count()
    return report


@dataclass
class OutdatedMemory:
    """The stories whose units aren't those that are published, and how many fingerprints are
    missing or too many."""

    stories: set[int]
    fingerprints: int


def outdated_memory() -> OutdatedMemory:
    """What `rebuild_memory` would change; reads only."""
    public = Translation.objects.filter(live=True, article__live=True)
    here = MemoryUnit.objects.published_here().paragraphs()
    alone = here.exclude(article__in=public.values("article")).values_list("article", flat=True)
    found = OutdatedMemory(set(alone), 0)
    related = public.select_related("article").prefetch_related("segments").order_by("pk")
    for translations in in_batches(related.iterator(chunk_size=_STORIES), _STORIES):
        ids = [one.article_id for one in translations]
        stored = Counter(map(_identity, here.filter(article__in=ids)))
        units = (unit for one in translations for unit in units_of(one, rows(one)))
        wanted = Counter(map(_identity, units))
        found.stories |= {identity[0] for identity in (stored - wanted) + (wanted - stored)}
    drafts = MemoryUnit.objects.unpublished()
    gone = drafts.exclude(article__in=_with_drafts().values("article"))
    found.stories.update(gone.values_list("article", flat=True))
    for some in in_batches(list(_with_drafts().values_list("article", flat=True)), _STORIES):
        published = here.filter(article__in=some)
        confirmed = _confirmed_units(_with_drafts().filter(article__in=some), published)
        stored = Counter(map(_identity, drafts.filter(article__in=some)))
        # One that isn't there yet comes with the next confirmation in its story.
        found.stories |= {one[0] for one in stored - Counter(map(_identity, confirmed))}
    wanted_rows = sum(map(count_fingerprints, MemoryUnit.objects.order_by("pk").iterator(_UNITS)))
    found.fingerprints = abs(wanted_rows - MemoryFingerprint.objects.count())
    return found


def _public_units(wanted: Q) -> tuple[list[Translation], list[MemoryUnit]]:
    """Those of these translations that readers have, and what the memory should have of them."""
    # Locked, so that nothing is published between reading and writing.
    locked = Translation.objects.select_for_update(of=("self",)).filter(wanted)
    public = locked.filter(live=True, article__live=True)
    translations = list(public.select_related("article").prefetch_related("segments"))
    return translations, [unit for one in translations for unit in units_of(one, rows(one))]


@transaction.atomic
def _refresh(ids: list[int]) -> int:
    translations, units = _public_units(Q(pk__in=ids))
    kept = replace_units([one.article_id for one in translations], units)
    add_fingerprints(kept)
    # A memory of before sentences were held has none for a whole story.
    have = {unit.article_id for unit in kept if unit.kind == SENTENCE}
    lacking = [unit for unit in kept if unit.article_id not in have]
    add_units(sentences_of(lacking))
    return len(translations)
