"""What the checks find in a translation, and which of it somebody has let pass.

The checks themselves take values: `story_of` makes them of a translation's rows.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from archive.desk.segments import Row, rows
from archive.entities.glossary.termbase import load_glossary
from archive.entities.glossary.terms import Glossary
from archive.qa.base import Check, Finding, Pair, Story
from archive.qa.checks import markup
from archive.qa.runner import check_story, load_checks
from archive.text import richtext
from archive.text.segmentation import RICH

_PARAGRAPHS_MEET = re.compile(r"</p>\s*<p\b[^>]*>")


def story_of(
    translation: Any, laid_out: Iterable[Row] | None = None, *, glossary: Glossary | None = None
) -> Story:
    """The story as the translation object has it; pass its rows if they are at hand.

    What is left out isn't checked. A segment that is translated together with the one before adds
    its source to that one's.
    """
    pairs: list[Pair] = []
    for row in rows(translation) if laid_out is None else laid_out:
        if row.joined and pairs:
            pairs[-1] = _joined(pairs[-1], row)
        elif not row.left_out:
            pairs.append(_pair(row, row.target))
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
    joined = _PARAGRAPHS_MEET.sub(" ", pair.source_markup + more.source_markup)
    return replace(pair, source=f"{pair.source} {more.source}", source_markup=joined)


@dataclass(frozen=True)
class Judged:
    """A finding, where it was found, and the waiver that lets it pass, if any."""

    finding: Finding
    pair: Pair
    check: Check
    waiver: Any | None = None

    @property
    def is_error(self) -> bool:
        return self.finding.severity == "error"

    @property
    def digest(self) -> str:
        return digest(self.pair)


def digest(pair: Pair) -> str:
    """Names the words and links of source and target: once either changes, the finding is back."""
    links = [*markup.links(pair.source_markup), *markup.links(pair.target_markup)]
    targets = [link.target for link in links]
    parts = [_words(pair.source), _words(pair.target), *targets]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def _words(text: str) -> str:
    return " ".join(text.split())


def judge(translation: Any, story: Story, findings: list[Finding] | None = None) -> list[Judged]:
    """The story's findings with their waivers, in reading order; one query."""
    found = check_story(story) if findings is None else findings
    if not found:
        return []
    waivers = {
        (waiver.key, waiver.check_id, waiver.digest): waiver
        for waiver in translation.waivers.select_related("author")
    }
    pairs = {pair.key: pair for pair in story.pairs}
    checks = {check.check_id: check for check in load_checks()}
    judged = []
    for finding in found:
        pair = pairs[finding.key]
        waiver = waivers.get((pair.key, finding.check_id, digest(pair)))
        judged.append(Judged(finding, pair, checks[finding.check_id], waiver))
    return judged
