"""Turns a translation's rows into the values that the checks look at."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from archive.desk.segments import Row, rows
from archive.entities.glossary.termbase import load_glossary
from archive.entities.glossary.terms import Glossary
from archive.qa.base import Pair, Story
from archive.text import richtext
from archive.text.segmentation import RICH

_PARAGRAPHS_MEET = re.compile(r"</p>\s*<p\b[^>]*>")


@dataclass(frozen=True)
class Typed:
    """What somebody typed for a segment and nobody has saved yet."""

    target: str
    left_out: bool = False
    joined: bool = False


def story_of(
    translation: Any,
    laid_out: Iterable[Row] | None = None,
    *,
    typed: Mapping[str, Typed] | None = None,
    glossary: Glossary | None = None,
) -> Story:
    """The story as the translation object has it, or with what was typed into a form, by key.

    What is left out isn't checked. A segment that is translated together with the one before adds
    its source to that one's.
    """
    pairs: list[Pair] = []
    for row in rows(translation) if laid_out is None else laid_out:
        said = (typed or {}).get(row.source.key) or Typed(row.target, row.left_out, row.joined)
        if said.joined and pairs:
            pairs[-1] = _joined(pairs[-1], row)
        elif not said.left_out:
            pairs.append(_pair(row, said.target))
    article = translation.article
    names = load_glossary() if glossary is None else glossary
    return Story(tuple(pairs), article.source_language, translation.language, names)


def _pair(row: Row, target: str) -> Pair:
    source = row.source
    if source.markup != RICH:
        return Pair(source.key, source.kind, source.text, target)
    plain = richtext.plain_text
    return Pair(source.key, source.kind, plain(source.text), plain(target), source.text, target)


def _joined(pair: Pair, row: Row) -> Pair:
    more = _pair(row, "")
    # One paragraph now, as its translation is.
    markup = _PARAGRAPHS_MEET.sub(" ", pair.source_markup + more.source_markup)
    return replace(pair, source=f"{pair.source} {more.source}", source_markup=markup)
