"""What the checks find in a translation, which of it was waived, and how the desk shows it."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive.desk.segments import Row, joined_rows, rows
from archive.entities.glossary.termbase import load_termbase
from archive.qa.base import Check, Finding, Pair, Piece, Story, pieces
from archive.qa.checks import markup
from archive.qa.runner import check_pair, check_story, load_checks
from archive.registry import registered
from archive.text.normalisation import simplified_in_place
from archive.text.segmentation import RICH, plain_text

_PARAGRAPHS_MEET = re.compile(r"</p>\s*<p\b[^>]*>")


def story_of(translation: Any, laid_out: Iterable[Row] | None = None) -> Story:
    """The story as the translation object has it, without what is left out; pass rows at hand.

    A segment that is translated together with the one before adds its source to that one's.
    """
    pairs: list[Pair] = []
    for together in joined_rows(rows(translation) if laid_out is None else laid_out):
        target = together.text(together.rows, translation.language)
        if together.head.left_out and not target:
            continue
        pair = _pair(together.head, target)
        for row in together.rows[1:]:
            more = _pair(row, "")
            # One paragraph now, as its translation is.
            joined = _PARAGRAPHS_MEET.sub(" ", pair.source_markup + more.source_markup)
            pair = replace(pair, source=f"{pair.source} {more.source}", source_markup=joined)
        pairs.append(pair)
    article = translation.article
    if article.is_traditional:
        # The checks know numbers, quotations and names in simplified characters.
        pairs = [replace(pair, source=simplified_in_place(pair.source)) for pair in pairs]
    base = load_termbase()
    languages = article.source_language, translation.language
    return Story(tuple(pairs), *languages, base.names, base.terms)


def _pair(row: Row, target: str) -> Pair:
    source = row.source
    written = (source.text, target) if source.markup == RICH else ()
    return Pair(
        source.key, source.kind, source.plain_text, plain_text(target, source.markup), *written
    )


@dataclass(frozen=True)
class Judged:
    """A finding, where it was found, and the waiver that lets it pass, if any."""

    finding: Finding
    pair: Pair
    check: Check
    digest: str
    waiver: Any | None

    @property
    def is_error(self) -> bool:
        return self.finding.severity == "error"


@dataclass(frozen=True)
class SuggestedFindings:
    """Findings that an app keeps and no rule makes, by `register_archive_suggested_findings`.

    They are shown apart from those of the checks and dismissed in the same way; they stop nothing.
    `name` is that of their numbers in the rows: see `archive.desk.editor.tools.RowMark`.
    """

    name: str
    found: Callable[[Any, Story], list[Judged]]


def digest_of(pair: Pair) -> str:
    """Names the words and links of source and target: once either changes, the finding is back."""
    links = [*markup.links(pair.source_markup), *markup.links(pair.target_markup)]
    words = [" ".join(text.split()) for text in (pair.source, pair.target)]
    parts = [*words, *(link.target for link in links)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def judge(
    translation: Any,
    story: Story,
    findings: list[Finding] | None = None,
    made_by: Mapping[str, Check] | None = None,
) -> list[Judged]:
    """The story's findings with their waivers, in reading order; one query.

    `made_by` has the checks by id of findings that aren't the site's checks'.
    """
    found = check_story(story) if findings is None else findings
    if not found:
        return []
    # One that isn't saved has none.
    stored = translation.waivers.select_related("author") if translation.pk else ()
    waivers = {(waiver.key, waiver.check_id, waiver.digest): waiver for waiver in stored}
    pairs = {pair.key: pair for pair in story.pairs}
    checks = made_by or {check.check_id: check for check in load_checks()}
    judged = []
    for finding in found:
        pair, check_id = pairs[finding.key], finding.check_id
        digest = digest_of(pair)
        waiver = waivers.get((pair.key, check_id, digest))
        judged.append(Judged(finding, pair, checks[check_id], digest, waiver))
    return judged


def suggested_in(translation: Any, story: Story) -> dict[str, list[Judged]]:
    """What apps keep of a version, by the name of their numbers; no query without such an app."""
    apps = registered("suggested_findings", SuggestedFindings)
    return {app.name: app.found(translation, story) for app in apps}


def errors_in(translation: Any, laid_out: Sequence[Row], key: str) -> list[str]:
    """What the checks call an error in the text of this segment's row, unless it was waived; of one
    that is joined, in the text that it is a part of. Two queries."""
    story = story_of(translation, laid_out)
    heads = {
        row.source.key: together.head.source.key
        for together in joined_rows(laid_out)
        for row in together.rows
    }
    pair = next((one for one in story.pairs if one.key == heads.get(key)), None)
    if pair is None:
        return []
    judged = judge(translation, story, check_pair(pair, story))
    return [one.finding.message for one in judged if one.is_error and one.waiver is None]


@dataclass(frozen=True)
class Fix:
    """What stands at a place of a target, the place among those with the same words, from 0, and
    what to write there."""

    words: str
    nth: int
    text: str

    def __str__(self) -> str:
        return " → ".join(one.replace(" ", "␣") or "∅" for one in (self.words, self.text))


@dataclass(frozen=True)
class ShownFindings:
    """All findings of one check in one segment."""

    judged: list[Judged]
    # The row's place on the screen, from 1; 0 where that isn't asked for.
    row: int = 0
    # Whether the segment's own text is the one that was checked.
    has_own_text: bool = False

    @property
    def first(self) -> Judged:
        return self.judged[0]

    @property
    def waiver(self) -> Any | None:
        return self.first.waiver

    @property
    def is_error(self) -> bool:
        return self.first.is_error

    @property
    def messages(self) -> list[str]:
        return [one.finding.message for one in self.judged]

    @property
    def fixes(self) -> list[Fix]:
        """What puts them right, where that is known of each place."""
        target = self.first.pair.target
        found = [
            Fix(target[start:end], target[:start].count(target[start:end]), text)
            for one in self.judged
            for (start, end), text in zip(
                one.finding.target_spans, one.finding.fixes or (), strict=False
            )
        ]
        places = sum(len(one.finding.target_spans) for one in self.judged)
        return found if self.has_own_text and len(found) == places else []

    @property
    def fixes_json(self) -> str:
        """[words, nth, text] for each."""
        return json.dumps([(one.words, one.nth, one.text) for one in self.fixes])

    @property
    def fixes_label(self) -> str:
        return " · ".join(dict.fromkeys(map(str, self.fixes)))

    @property
    def source(self) -> list[Piece]:
        spans = tuple(span for one in self.judged for span in one.finding.source_spans)
        return pieces(self.first.pair.source, spans)

    @property
    def target(self) -> list[Piece]:
        spans = tuple(span for one in self.judged for span in one.finding.target_spans)
        return pieces(self.first.pair.target, spans)


def _shown(
    judged: Iterable[Judged], row: int = 0, *, has_own_text: bool = False
) -> list[ShownFindings]:
    """One for each check; errors come first."""
    grouped: dict[str, list[Judged]] = {}
    for one in judged:
        grouped.setdefault(one.finding.check_id, []).append(one)
    shown = [ShownFindings(group, row, has_own_text) for group in grouped.values()]
    return sorted(shown, key=lambda one: not one.is_error)


def _marks(shown: Iterable[ShownFindings], digests: dict[str, str]) -> dict[str, list[int | str]]:
    """[errors, warnings, digest of the source in which they were found] by segment, for its row.

    A page that was loaded before a correction shows the old source until its row is entered.
    """
    counts: dict[str, list[int]] = {}
    for one in shown:
        counts.setdefault(one.first.finding.key, [0, 0])[0 if one.is_error else 1] += 1
    return {key: [*numbers, digests[key]] for key, numbers in counts.items()}


def findings_section(translation: Any, row: Any, user: Any) -> dict[str, Any]:
    """The findings in one segment of this draft; two queries, four when the names have changed."""
    if row.state == "empty":
        # Somebody has only just come to it.
        return {}
    story = story_of(translation)
    pair = next((pair for pair in story.pairs if pair.key == row.source.key), None)
    if pair is None:
        return {}
    # Not of one that another is joined to: its places are those of both.
    has_own_text = pair.target == plain_text(row.target, row.source.markup)
    judged = judge(translation, story, check_pair(pair, story))
    return shown_findings(judged, story, has_own_text=has_own_text) if judged else {}


def shown_findings(
    judged: Iterable[Judged], story: Story, *, has_own_text: bool = False
) -> dict[str, Any]:
    """Findings of one segment for `archive/admin/findings_list.html`."""
    shown = _shown(judged, has_own_text=has_own_text)
    return {
        "open": [one for one in shown if one.waiver is None],
        "waived": [one for one in shown if one.waiver],
        "source_language": story.source_language,
        "target_language": story.target_language,
    }


def story_findings(
    translation: Any, draft: Any | None = None, laid_out: Sequence[Row] | None = None
) -> dict[str, Any]:
    """What is open in the newest draft, for `archive/admin/findings_panel.html`.

    Pass the draft and its rows if they are at hand, and no query is made for it.
    """
    version = translation.get_latest_revision_as_object() if draft is None else draft
    laid_out = rows(version) if laid_out is None else laid_out
    # Where nobody has begun, nothing is wrong yet.
    begun = {
        row.source.key: (number, row.source.digest)
        for number, row in enumerate(laid_out, 1)
        if row.state != "empty"
    }
    story = story_of(version, laid_out)

    def listed(judged: Iterable[Judged]) -> list[ShownFindings]:
        by_key: dict[str, list[Judged]] = {}
        for one in judged:
            if one.finding.key in begun:
                by_key.setdefault(one.finding.key, []).append(one)
        return [one for key, found in by_key.items() for one in _shown(found, begun[key][0])]

    shown = listed(judge(translation, story))
    is_open = [one for one in shown if one.waiver is None]
    suggested = {
        name: [one for one in listed(judged) if one.waiver is None]
        for name, judged in suggested_in(version, story).items()
    }
    numbers = {
        name: Counter(one.first.finding.key for one in found) for name, found in suggested.items()
    }
    return {
        "findings": is_open,
        "suggested": [one for found in suggested.values() for one in found],
        "numbers": json.dumps(numbers),
        "marks": json.dumps(_marks(is_open, {key: digest for key, (_, digest) in begun.items()})),
        "error_count": sum(one.is_error for one in is_open),
        "warning_count": sum(not one.is_error for one in is_open),
        "waived_count": len(shown) - len(is_open),
        "target_language": translation.language,
    }
