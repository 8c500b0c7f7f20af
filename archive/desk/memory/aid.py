"""The memory beside the segment that is being translated: at most five suggestions, numbered."""

from typing import Any

from django.urls import reverse

from archive.conf import settings
from archive.desk.composition import has_words
from archive.desk.memory.suggestions import MOST, MemorySuggestion, fold, merged, ranked, suggest
from archive.desk.segments import Row, rows
from archive.text import richtext
from archive.text.language import other
from archive.text.segmentation import RICH


def aid(translation: Any, row: Row, user: Any) -> dict[str, Any]:
    """The template's context; the number of queries doesn't depend on the memory."""
    language = other(translation.language)
    text = _plain(row.source.text, row.source.markup)
    suggestions = suggestions_for(translation, row)
    return {
        "suggestions": [(one, one.differences_from(text)) for one in suggestions],
        "has_differences": any(not one.is_exact for one in suggestions),
        "source_language": language,
        "target_language": translation.language,
        "search_url": reverse("archive_memory:search"),
    }


def suggestions_for(translation: Any, row: Row) -> list[MemorySuggestion]:
    """From the memory and from the draft; nothing that the segment says already."""
    text = _plain(row.source.text, row.source.markup)
    language = other(translation.language)
    # One more, for the one that may be there already.
    stored = suggest(text, language, article_id=translation.article_id, limit=MOST + 1)
    present = fold(_plain(row.target, row.source.markup))
    found = merged([*_from_draft(translation, row, text), *stored], MOST + 1)
    return [one for one in found if fold(one.target) != present][:MOST]


def _from_draft(translation: Any, row: Row, text: str) -> list[MemorySuggestion]:
    """What the draft has for the same text, or one like it, elsewhere in the story."""
    draft = translation.get_latest_revision_as_object()
    others = {
        one.source.key: one
        for one in rows(draft)
        if has_words(one) and not one.is_stale and one.source.key != row.source.key
    }
    sources = {key: _plain(one.source.text, one.source.markup) for key, one in others.items()}
    return [
        MemorySuggestion(
            score,
            sources[key],
            _plain(others[key].target, others[key].source.markup),
            same_story=True,
        )
        for key, score in ranked(text, sources, settings.MEMORY_THRESHOLD)
    ]


def _plain(text: str, markup: str) -> str:
    return richtext.plain_text(text) if markup == RICH else text
