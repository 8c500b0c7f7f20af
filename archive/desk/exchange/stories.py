"""Translations of the desk as values that the formats write."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.desk.exchange.codes import encode, fingerprint
from archive.desk.exchange.units import Match, Note, Stamp, State, Story, Unit
from archive.desk.kinds import kind_label
from archive.desk.models import Segment, SegmentComment, Translation
from archive.desk.saving import version_of
from archive.desk.segments import Row, align_segments

Suggest = Callable[[Translation, Row], Iterable[Match]]

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


def no_matches(translation: Translation, row: Row) -> Iterable[Match]:
    """Where no memory is asked."""
    return ()


def stories(
    translations: QuerySet[Translation], *, suggest: Suggest = no_matches
) -> Iterator[Story]:
    """A story for each translation's newest draft, in the queryset's order.

    `suggest` gives what the translation memory has for a segment that isn't done.
    """
    found = list(
        translations.select_related("article", "latest_revision").prefetch_related("segments")
    )
    comments = _open_comments(found)
    for translation in found:
        yield _story(translation, comments.get(translation.pk, {}), suggest)


def _open_comments(found: list[Translation]) -> dict[int, dict[str, list[Note]]]:
    comments: dict[int, dict[str, list[Note]]] = {}
    open_ones = SegmentComment.objects.filter(translation__in=found, resolved_at=None)
    for one in open_ones.select_related("author"):
        author = one.author.get_username() if one.author else ""
        by_key = comments.setdefault(one.translation_id, {})
        by_key.setdefault(one.key, []).append(Note(one.text, author))
    return comments


@dataclass(frozen=True)
class Draft:
    """A translation's newest draft, as far as its texts go.

    Wagtail's own way to it asks the database for each segment's translator.
    """

    article: Any
    parts: tuple[Segment, ...]

    @property
    def segments(self) -> "Draft":
        return self

    def all(self) -> tuple[Segment, ...]:
        return self.parts


def draft_of(translation: Translation) -> Draft:
    """The newest draft, of the story that is in memory already: no query of its own."""
    revision = translation.latest_revision
    if revision is None:
        return Draft(translation.article, tuple(translation.segments.all()))
    parts = [
        Segment(**{name: one[name] for name in _TEXTS if name in one})
        for one in revision.content["segments"]
    ]
    return Draft(translation.article, tuple(sorted(parts, key=_in_order)))


def _in_order(segment: Segment) -> int:
    return segment.sort_order or 0


def _story(translation: Translation, comments: dict[str, list[Note]], suggest: Suggest) -> Story:
    article = translation.article
    # The notes are for whoever translates, so in the language that they translate into.
    with override(translation.language):
        units = tuple(
            _unit(row, comments.get(row.source.key, []), suggest(translation, row))
            for row in align_segments(draft_of(translation)).rows
        )
    return Story(
        str(article.translation_key),
        f"{article.print_date or ''}-{article.slug}".strip("-"),
        article.title,
        article.source_language,
        translation.language,
        units,
    )


def _unit(row: Row, notes: Iterable[Note], matches: Iterable[Match]) -> Unit:
    source, markup = row.source, row.source.markup
    pieces = encode(source.text, markup)
    return Unit(
        key=source.key,
        kind=source.kind,
        source=pieces,
        target=encode(row.target, markup, like=pieces),
        markup=markup,
        state=_state(row),
        stamp=Stamp(source.digest, version_of(row.segment), fingerprint(row.target, markup)),
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
        reason = _("Left out.")
        return f"{reason} {row.note}".strip()
    return _("Translated together with the segment before.") if row.joined else ""
