"""Composes the target columns from the source's structure and the segments."""

from collections.abc import Iterable
from typing import Any

from archive.desk.segments import FIELDS, Row, align_segments
from archive.stories.body import TRANSLATABLE, raw
from archive.stories.marks import Marks, block_of
from archive.text.language import column
from archive.text.segmentation import compose


def target_values(translation: Any, rows: list[Row]) -> dict[str, Any]:
    """The article's target columns: {"headline_zh_hans": "…", …, "body_zh_hans": StreamValue}."""
    article = translation.article
    # Blank means left out: readers see that the text is abridged, never the wrong language.
    targets = {row.source.key: (row.target if has_words(row) else None) for row in rows}
    values: dict[str, Any] = {
        column(name, translation.language): targets.get(name) or "" for name in FIELDS
    }
    body = compose(raw(article.source("body")), TRANSLATABLE, targets)
    field = article._meta.get_field(column("body", translation.language))
    values[field.name] = field.to_python(body)
    return values


def has_words(row: Row) -> bool:
    """Whether readers get words of this row's own."""
    return bool(row.target) and row.is_done and not (row.left_out or row.joined)


def blank_values(translation: Any) -> dict[str, Any]:
    """The target columns of a translation that isn't published."""
    article = translation.article
    names = [column(name, translation.language) for name in article.translated_fields]
    return {name: article._meta.get_field(name).get_default() for name in names}


def is_abridged(rows: list[Row]) -> bool:
    """Whether readers miss a segment of the source."""
    return any(not has_words(row) and not row.joined for row in rows)


def marks_of(rows: list[Row], body: Any) -> Marks:
    """What readers see marked in the version that they have; `body` is its StreamValue."""

    def keys(wanted: Iterable[Row]) -> frozenset[str]:
        return frozenset(row.source.key for row in wanted)

    return Marks(
        left_out=keys(row for row in rows if row.left_out and not row.joined),
        joined=keys(row for row in rows if row.joined),
        machine=keys(row for row in rows if has_words(row) and _is_a_machines(row)),
        stale=keys(row for row in rows if row.is_stale),
        blocks=_blocks_made_anew(rows, {block.get("id") for block in body.raw_data}),
    )


def _is_a_machines(row: Row) -> bool:
    return bool(row.segment and row.segment.origin == row.segment.Origin.MACHINE)


def _blocks_made_anew(rows: list[Row], published: set[str | None]) -> dict[str, str]:
    """A paragraph that was cut out and pasted has another id, and still its translation."""
    pairs = {
        block_of(row.source.key): block_of(row.segment.key)
        for row in rows
        if row.segment and row.segment.key != row.source.key
    }
    return {new: old for new, old in pairs.items() if new not in published and old in published}


def is_out_of_step(translation: Any, rows: list[Row]) -> bool:
    """Whether blocks or pictures of the story were moved, swapped or taken out since publication.

    Such a change has no words to mark; readers of the published translation still see the old.
    """
    article = translation.article
    name = column("body", translation.language)
    return raw(target_values(translation, rows)[name]) != raw(getattr(article, name))


def compose_onto(article: Any, translation: Any) -> None:
    """For a preview: the draft translation's text on the article in memory."""
    rows = align_segments(translation).rows
    for name, value in target_values(translation, rows).items():
        setattr(article, name, value)
    headline = column("headline", translation.language)
    if not getattr(article, headline):
        # Readers get no translation without a headline; whoever is at work on one does.
        setattr(article, headline, article.source("headline"))
    article.translation_is_abridged = is_abridged(rows)
    body = getattr(article, column("body", translation.language))
    article.translation_marks = marks_of(rows, body).as_json()
