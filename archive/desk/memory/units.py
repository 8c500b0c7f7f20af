"""Puts published translations into the memory, and takes them out: what readers can read is there.

Nothing but the difference is written, so that it costs the same at any size of the memory.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from archive.desk.composition import has_words
from archive.desk.memory.fingerprints import add_fingerprints, remove_fingerprints
from archive.desk.models import MemoryUnit, Translation
from archive.desk.segments import Row
from archive.text import richtext
from archive.text.language import CHINESE, LANGUAGES, column, other
from archive.text.segmentation import RICH, digest

_ROWS = 400
# A unit that agrees in all of these is the same; its id stays.
_SAME = (
    *("article_id", "key", "digest_en", "digest_zh_hans"),
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


def text_of(unit: MemoryUnit, language: str) -> str:
    return str(getattr(unit, column("text", language)))


@transaction.atomic(savepoint=False)
def add_units(units: Sequence[MemoryUnit]) -> None:
    if units:
        MemoryUnit.objects.bulk_create(units, batch_size=_ROWS)
        add_fingerprints(units)


@transaction.atomic(savepoint=False)
def remove_units(units: Sequence[MemoryUnit]) -> None:
    if units:
        remove_fingerprints(units)
        MemoryUnit.objects.filter(pk__in=[unit.pk for unit in units]).delete()


@transaction.atomic
def remember(translation: Translation, rows: list[Row]) -> None:
    """Bring the memory in step with what readers have of this translation: maybe nothing."""
    is_read = translation.live and translation.article.live
    replace_units([translation.article_id], units_of(translation, rows) if is_read else [])


@transaction.atomic
def forget(article_id: int) -> None:
    """Take a story's units out: its translation was withdrawn."""
    replace_units([article_id], [])


def replace_units(article_ids: Sequence[int], wanted: Iterable[MemoryUnit]) -> list[MemoryUnit]:
    """Make these the stories' units; gives those that were there already, which stay."""
    missing: dict[tuple[Any, ...], list[MemoryUnit]] = {}
    for unit in wanted:
        missing.setdefault(_sameness(unit), []).append(unit)
    kept, gone = [], []
    for unit in MemoryUnit.objects.published_here().filter(article__in=article_ids):
        if same := missing.get(_sameness(unit)):
            same.pop()
            kept.append(unit)
        else:
            gone.append(unit)
    remove_units(gone)
    add_units([unit for units in missing.values() for unit in units])
    return kept


def _sameness(unit: MemoryUnit) -> tuple[Any, ...]:
    return tuple(getattr(unit, name) for name in _SAME)


def units_of(translation: Translation, rows: list[Row]) -> list[MemoryUnit]:
    """The translation's pairs, not saved: each target with the source that it was made from."""
    article = translation.article
    written_in = other(translation.language)
    where = {
        "article": article,
        "label": article.source("headline") or article.title,
        "print_date": article.print_date,
    }
    units = []
    for run in _runs(rows):
        head = run[0]
        sources = [_translated_text(row) for row in run]
        if has_words(head) and all(sources):
            source = ("" if written_in == CHINESE else " ").join(sources)
            target = _plain(head.target, head.source.markup)
            units.append(
                make_unit(
                    written_in, source, target, key=head.source.key, kind=head.source.kind, **where
                )
            )
    return [unit for unit in units if unit.text_en and unit.text_zh_hans]


def _runs(rows: list[Row]) -> list[list[Row]]:
    """Rows that are translated together stay together, the one that has the words first."""
    runs: list[list[Row]] = []
    for row in rows:
        if row.joined and runs:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _translated_text(row: Row) -> str:
    """The source text that the row's translation was made from; "" if that isn't known."""
    segment = row.segment
    if segment is None:
        return ""
    if segment.source_digest == row.source.digest:
        return _plain(row.source.text, row.source.markup)
    if segment.source_digest == digest(segment.source_text, segment.markup):
        return _plain(segment.source_text, segment.markup)
    return ""


def _plain(text: str, markup: str) -> str:
    return richtext.plain_text(text) if markup == RICH else text
