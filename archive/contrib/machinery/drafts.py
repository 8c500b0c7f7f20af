"""Asks the engine for drafts and stores them: for one segment, or for all that nobody has touched.

A draft is stored in the translation's history, so that asking twice costs nothing and everybody
can see which words a machine proposed, to whom, and when.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import log, registry

from archive.contrib.machinery.engines import (
    HIDDEN,
    DraftContext,
    EngineError,
    MachineEngine,
    get_engines,
)
from archive.contrib.machinery.markup import BrokenMarkupError, protect, restore
from archive.desk.editor.widgets import input_value
from archive.desk.findings import story_of
from archive.desk.memory.suggestions import suggest_each
from archive.desk.memory.units import as_remembered
from archive.desk.models import Segment, Translation
from archive.desk.saving import SegmentChange, max_length_of, save_segments, version_of
from archive.desk.segments import Row, rows, source_segments
from archive.entities.glossary.termbase import load_termbase
from archive.entities.glossary.terms import find_in_story, find_terms
from archive.qa.runner import check_pair
from archive.stories.models import ArticlePage
from archive.text.language import other
from archive.text.segmentation import RICH, SourceSegment, plain_text

DRAFTED, FILLED = "archive.machine_draft", "archive.machine_fill"


# Of so many segments the memory is asked, and so many names and matches go along.
_MOST_ASKED, _MOST_NAMES, _MOST_MATCHES = 40, 60, 20
# So many times as long as its source, and so many characters more, no translation is.
_LONGEST, _MORE = 8, 200
# Shorter texts may be the same in both languages: names, figures.
_SAME = 20


@dataclass(frozen=True)
class MachineDraft:
    """A machine's words for a segment, as its target would hold them."""

    text: str
    engine: str


@dataclass
class FillReport:
    """Keys of the segments that were filled, and of those whose draft was of no use."""

    filled: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def stored_drafts(translation: Translation, source: SourceSegment) -> dict[str, MachineDraft]:
    """The last draft by each engine for these very words of the source."""
    found = registry.get_logs_for_instance(translation).filter(
        action=DRAFTED, data__key=source.key, data__digest=source.digest
    )
    entries = found.order_by("timestamp", "pk").values_list("data", flat=True)
    return {data["engine"]: MachineDraft(data["draft"], data["engine"]) for data in entries}


def draft_segment(
    translation: Translation, source: SourceSegment, engine: MachineEngine, *, user: Any
) -> MachineDraft:
    """A draft for one segment, the stored one if there is any; raises EngineError."""
    if stored := stored_drafts(translation, source).get(engine.name):
        return stored
    [text] = _drafts(translation, [source], engine)
    if text is None:
        message = _(
            "%(engine)s gave no draft that can be used: a tag is lost, or it is empty, too long, "
            "or the source itself."
        )
        raise EngineError(message % {"engine": engine.name})
    data = {"key": source.key, "digest": source.digest, "engine": engine.name, "draft": text}
    log(translation, DRAFTED, user=user, data=data)
    return MachineDraft(text, engine.name)


def untouched(translation: Translation) -> list[Row]:
    """The draft's rows that nobody has done anything with."""
    draft = translation.get_latest_revision_as_object()
    draft.article = translation.article
    return [row for row in rows(draft) if version_of(row.segment) == ""]


def fill_untouched(translation: Translation, engine: MachineEngine, *, user: Any) -> FillReport:
    """Put drafts where nobody has touched anything; raises EngineError, and then stores none.

    Whoever begins a segment while the engine is at work keeps it: see `save_segments`.
    """
    sources = [row.source for row in untouched(translation)]
    drafts = _drafts(translation, sources, engine)
    changes = [
        SegmentChange(source.key, text, seen=source.digest, origin=Segment.Origin.MACHINE)
        for source, text in zip(sources, drafts, strict=True)
        if text is not None
    ]
    outcomes = save_segments(translation, changes, user=user)
    report = FillReport(
        filled=[outcome.key for outcome in outcomes if outcome.kind == "saved"],
        refused=[s.key for s, text in zip(sources, drafts, strict=True) if text is None],
    )
    if report.filled:
        used = {one.key: [one.seen, one.target] for one in changes if one.key in report.filled}
        data = {"engine": engine.name, "segments": report.filled, "drafts": used}
        log(translation, FILLED, user=user, data=data)
    return report


def machine_section(translation: Any, row: Row, user: Any) -> dict[str, Any]:
    """The sidebar's engines with the drafts stored for the segment; {} where drafts are off."""
    engines = get_engines()
    if not engines:
        return {}
    source = row.source
    stored = stored_drafts(translation, source)
    if not stored and row.is_unseen:
        return {}  # It stands in the segment itself.
    return {
        "markup": source.markup,
        "engines": [
            {"number": at, "engine": one, **_shown(translation, row, stored.get(one.name))}
            for at, one in enumerate(engines)
        ],
    }


def _shown(translation: Any, row: Row, draft: MachineDraft | None) -> dict[str, Any]:
    """A draft for the sidebar, with what the checks say of it; {} for none."""
    if draft is None:
        return {}
    source = row.source
    segment = Segment(target=draft.text, markup=source.markup)
    story = story_of(translation, [Row(source, segment)])
    found = [finding.severity for finding in check_pair(story.pairs[0], story)]
    return {
        "draft": draft,
        # A rich draft as JSON for the segment's editor, with its links.
        "content": input_value(draft.text, source) if source.markup == RICH else "",
        "errors": found.count("error"),
        "warnings": len(found) - found.count("error"),
    }


def story_as_context(translation: Translation) -> str:
    """The whole story as plain text in its source language, a line a segment."""
    return "\n".join(source.plain_text for source in source_segments(translation.article))


def _context(
    translation: Translation, sources: Sequence[SourceSegment], engine: MachineEngine
) -> DraftContext:
    """What goes along with the segments, as far as the engine takes it."""
    story = story_as_context(translation) if engine.takes_context else ""
    if not engine.takes_hints:
        return DraftContext(story)
    texts = [as_remembered(translation.article, source.plain_text) for source in sources]
    matches = _public_matches(translation, texts[:_MOST_ASKED])
    names = names_in(texts, translation.language)
    return DraftContext(story, tuple(names.items()), tuple(matches.items())[:_MOST_MATCHES])


def names_in(texts: Sequence[str], target_language: str) -> dict[str, str]:
    """The names and terms of a story's source texts, and how they are written in the target's
    language, as far as they go along."""
    language, base = other(target_language), load_termbase()
    names: dict[str, str] = {}
    for text, hits in zip(texts, find_in_story(base.names, texts, language), strict=True):
        for hit in (*hits, *find_terms(base.terms, text, language, hits)):
            form = hit.terms[0].canonical(target_language) if len(hit.terms) == 1 else ""
            names |= {text[hit.start : hit.end]: form} if form else {}
    return dict([*names.items()][:_MOST_NAMES])


def _public_matches(translation: Translation, texts: Sequence[str]) -> dict[str, str]:
    """The memory's best text for each: the story's own, a file's, or one that all readers may see.

    An engine may be a stranger's: what readers must log in for isn't sent along with other stories,
    and what they haven't got yet isn't sent at all.
    """
    own = translation.article_id
    each = suggest_each(texts, other(translation.language), article_id=own, with_drafts=False)
    units = [one.unit for found in each for one in found if one.unit]
    asked = {unit.article_id for unit in units} - {own, None}
    public = ArticlePage.objects.shown_to_public().filter(pk__in=asked).order_by()
    allowed = {own, None, *(public.values_list("pk", flat=True) if asked else ())}
    matches: dict[str, str] = {}
    for found in each:
        for one in found:
            if one.unit and one.unit.article_id in allowed:
                matches[one.source] = one.target
                break
    return matches


def _drafts(
    translation: Translation, sources: Sequence[SourceSegment], engine: MachineEngine
) -> list[str | None]:
    """A draft for each source; None where it can't be used."""
    if not sources:
        return []
    answers = engine.translate(
        [protect(source) for source in sources],
        translation.article.source_language,
        translation.language,
        _context(translation, sources, engine),
    )
    pairs = zip(sources, answers, strict=True)
    return [_usable(translation, source, answer) for source, answer in pairs]


def _usable(translation: Translation, source: SourceSegment, answer: str) -> str | None:
    try:
        text = restore(answer, source)
    except BrokenMarkupError:
        return None
    words, said = plain_text(text, source.markup).strip(), source.plain_text.strip()
    longest = max_length_of(translation, source.key) or len(text)
    is_too_long = len(text) > longest or len(words) > _LONGEST * len(said) + _MORE
    is_source = words == said and len(said) > _SAME
    is_of_use = words and not (is_too_long or is_source or HIDDEN.search(words))
    return text if is_of_use else None
