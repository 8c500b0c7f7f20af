"""Translations of the desk as values that the formats write, with what the memory has for them."""

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.desk.exchange.codes import encode, fingerprint
from archive.desk.exchange.units import (
    ExportedStory,
    MemoryMatch,
    State,
    Unit,
    UnitNote,
    UnitVersion,
)
from archive.desk.memory.suggestions import suggest
from archive.desk.models import Segment, SegmentComment, Translation
from archive.desk.models.segment import kind_label
from archive.desk.saving import version_of
from archive.desk.segments import Row, align_segments
from archive.text.language import other
from archive.text.richtext import plain_text
from archive.text.segmentation import RICH

Suggest = Callable[[Translation, Row], Iterable[MemoryMatch]]

_TEXTS = (
    "sort_order",
    "key",
    "kind",
    "markup",
    "target",
    "source_text",
    "source_digest",
    "state",
    "left_out",
    "joined",
    "origin",
    "note",
)
_STATES: dict[str, State] = {Segment.State.REVIEWED: "reviewed", Segment.State.FINAL: "final"}


def no_matches(translation: Translation, row: Row) -> Iterable[MemoryMatch]:
    """Where no memory is asked."""
    return ()


def stories(
    translations: QuerySet[Translation], *, suggest: Suggest = no_matches
) -> Iterator[ExportedStory]:
    """A story for each translation's newest draft, in the queryset's order.

    `suggest` gives what the translation memory has for a segment that isn't done.
    """
    found = list(
        translations.select_related("article", "latest_revision").prefetch_related("segments")
    )
    comments = _open_comments(found)
    for translation in found:
        yield _story(translation, comments.get(translation.pk, {}), suggest)


def _open_comments(found: list[Translation]) -> dict[int, dict[str, list[UnitNote]]]:
    comments: dict[int, dict[str, list[UnitNote]]] = {}
    open_ones = SegmentComment.objects.filter(translation__in=found, resolved_at=None)
    for one in open_ones.select_related("author"):
        author = one.author.get_username() if one.author else ""
        by_key = comments.setdefault(one.translation_id, {})
        by_key.setdefault(one.key, []).append(UnitNote(one.text, author))
    return comments


def draft_of(translation: Translation) -> Translation:
    """The newest draft as far as its texts go, of the story that is in memory: no query of its own.

    Wagtail's own way to it asks the database for each segment's translator.
    """
    revision = translation.latest_revision
    if revision is None:
        return translation
    draft = Translation(article=translation.article, language=translation.language)
    draft.segments = [  # type: ignore[misc] # modelcluster sets a list in memory
        Segment(**{name: one[name] for name in _TEXTS if name in one})
        for one in sorted(revision.content["segments"], key=lambda one: one["sort_order"] or 0)
    ]
    return draft


def _story(
    translation: Translation, comments: dict[str, list[UnitNote]], suggest: Suggest
) -> ExportedStory:
    article = translation.article
    # The notes are for whoever translates, so in the language that they translate into.
    with override(translation.language):
        units = tuple(
            _unit(row, comments.get(row.source.key, []), suggest(translation, row))
            for row in align_segments(draft_of(translation)).rows
        )
    return ExportedStory(
        str(article.translation_key),
        f"{article.print_date or ''}-{article.slug}".strip("-"),
        article.title,
        article.source_language,
        translation.language,
        units,
    )


def _unit(row: Row, notes: Iterable[UnitNote], matches: Iterable[MemoryMatch]) -> Unit:
    source, markup = row.source, row.source.markup
    pieces = encode(source.text, markup)
    return Unit(
        key=source.key,
        kind=source.kind,
        source=pieces,
        target=encode(row.target, markup, like=pieces),
        markup=markup,
        state=_state(row),
        version=UnitVersion(
            source.digest, version_of(row.segment), fingerprint(row.target, markup)
        ),
        label=kind_label(source.kind),
        locked=_lock(row),
        previous=_previous(row),
        notes=tuple(notes),
        matches=() if row.is_done else tuple(matches),
    )


def _previous(row: Row) -> Any:
    if not row.is_stale or not row.segment or not row.target:
        return ()
    return encode(row.segment.source_text, row.source.markup)


def _state(row: Row) -> State:
    if not row.segment or not row.target:
        return ""
    if row.is_machine_draft:
        return "draft"
    return "stale" if row.is_stale else _STATES.get(row.segment.state, "translated")


def _lock(row: Row) -> str:
    if row.left_out:
        reason = _("Omitted.")
        return f"{reason} {row.note}".strip()
    return _("Translated together with the previous segment.") if row.joined else ""


MOST = 3
# A look into the memory takes milliseconds a segment: too long for a whole year's stories.
MOST_STORIES = 20


def from_memory(translation: Translation, row: Row) -> Iterator[MemoryMatch]:
    """The best suggestions for what isn't translated yet, best first."""
    if row.is_done:
        return
    is_rich = row.source.markup == RICH
    text = plain_text(row.source.text) if is_rich else row.source.text
    language = other(translation.language)
    for one in suggest(text, language, article_id=translation.article_id, limit=MOST):
        source, target = (_as(text, is_rich) for text in (one.source, one.target))
        yield MemoryMatch(source, target, one.score, one.unit.label if one.unit else "")


def _as(text: str, is_rich: bool) -> str:
    return escape(text, quote=False) if is_rich else text
