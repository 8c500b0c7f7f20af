"""Translations of the desk as values that the formats write, with what the memory has for them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from html import escape

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.contrib.exchange.codes import encode, fingerprint
from archive.contrib.exchange.units import (
    ExportedStory,
    MemoryMatch,
    State,
    Unit,
    UnitNote,
    UnitVersion,
)
from archive.desk.memory.suggestions import suggest
from archive.desk.memory.units import as_remembered
from archive.desk.models import Segment, SegmentComment, Translation
from archive.desk.models.segment import kind_label
from archive.desk.policies import name_of
from archive.desk.saving import draft_of, version_of
from archive.desk.segments import Row, align_segments
from archive.text.language import LANGUAGES, other
from archive.text.segmentation import RICH

Suggest = Callable[[Translation, Row], Iterable[MemoryMatch]]


def stories(
    translations: QuerySet[Translation], *, suggest: Suggest | None = None
) -> Iterator[ExportedStory]:
    """A story for each translation's newest draft, in the queryset's order.

    `suggest` gives what the translation memory has for a segment that isn't done.
    """
    wanted = translations.select_related("article", "latest_revision")
    found = list(wanted.prefetch_related("segments"))
    notes: dict[tuple[int, str], list[UnitNote]] = defaultdict(list)
    comments = SegmentComment.objects.filter(
        translation__in=found, resolved_at=None, parent__resolved_at=None
    )
    # A thread stands together.
    for one in comments.select_related("author").order_by(Coalesce("parent", "pk"), "pk"):
        author = one.signed_by or name_of(one.author)
        notes[one.translation_id, one.key].append(UnitNote(one.text, author))
    for translation in found:
        article = translation.article
        # The notes are for whoever translates, so in the language that they translate into.
        with override(translation.language):
            units = tuple(
                _unit(
                    row,
                    notes.get((translation.pk, row.source.key), ()),
                    suggest(translation, row) if suggest and not row.is_decided else (),
                )
                for row in align_segments(draft_of(translation)).rows
            )
        yield ExportedStory(
            str(article.translation_key),
            f"{article.print_date or ''}-{article.slug}".strip("-"),
            article.title,
            article.source_language,
            translation.language,
            units,
            article.is_traditional,
        )


def _unit(row: Row, notes: Iterable[UnitNote], matches: Iterable[MemoryMatch]) -> Unit:
    source, segment, markup = row.source, row.segment, row.source.markup
    version, state = version_of(segment), state_of(row)
    pieces = encode(source.text, markup)
    has_previous = row.is_stale and bool(row.target)
    return Unit(
        key=source.key,
        kind=source.kind,
        source=pieces,
        target=encode(row.target, markup, like=pieces),
        markup=markup,
        state=state,
        version=UnitVersion(source.digest, version, fingerprint(row.target, markup), state),
        label=kind_label(source.kind),
        locked=_locked(row),
        previous=encode(segment.source_text, markup) if segment and has_previous else (),
        notes=tuple(notes),
        matches=tuple(matches),
    )


def _locked(row: Row) -> str:
    """Why a segment isn't to be translated; "" if it is."""
    if row.left_out:
        return " ".join(filter(None, [_("Omitted."), row.note]))
    return _("Translated together with the previous segment.") if row.joined else ""


def own_notes(row: Row) -> set[str]:
    """What the desk itself notes at a segment, in either language: no colleague's comment."""
    found = set()
    for language in LANGUAGES:
        with override(language):
            found |= {kind_label(row.source.kind), _locked(row)}
    return found


def state_of(row: Row) -> State:
    """How far a segment's words are; "" for none."""
    if not row.segment or not row.target:
        return ""
    if row.is_stale:
        return "stale"
    if row.segment.state == Segment.State.DRAFT:
        if row.segment.is_pair_to_check:
            return "check"
        return "machine" if row.is_by_machine else "draft"
    return "reviewed" if row.segment.state == Segment.State.REVIEWED else "translated"


MOST = 3
# A look into the memory takes milliseconds a segment: too long for a whole year's stories.
MOST_STORIES = 20


def from_memory(translation: Translation, row: Row) -> Iterator[MemoryMatch]:
    """The best suggestions for a segment, best first."""
    language = other(translation.language)
    text = as_remembered(translation.article, row.source.plain_text)
    article_id = translation.article_id
    # A file leaves the house, and can't say what isn't published.
    known = suggest(text, language, article_id=article_id, limit=MOST, with_drafts=False)
    for one in known:
        texts = (one.source, one.target)
        if row.source.markup == RICH:
            texts = (escape(one.source, quote=False), escape(one.target, quote=False))
        yield MemoryMatch(*texts, one.score, one.unit.label if one.unit else "")
