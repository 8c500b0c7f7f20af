"""Against the story as a whole: the same words alike, nothing too short, nothing forgotten."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.contrib.checks.coverage import unanswered_clause
from archive.contrib.checks.sentences import sentence_left_out
from archive.qa.base import (
    ENGLISH_AND_CHINESE,
    HEADING_KINDS,
    Check,
    Finding,
    Pair,
    Story,
    folded,
)
from archive.text.language import CHINESE, UNSPACED
from archive.text.scripts import HAN_CHARACTER

PICTURE_KINDS = ("caption", "alt_text")


class Inconsistent(Check):
    check_id = "inconsistent"
    name = gettext_lazy("Inconsistent translation")
    description = gettext_lazy("The same source text is translated differently elsewhere.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        alike = story.by_source[folded(pair.source)]
        if len(alike) < 2 or pair.key == alike[0].key:
            return
        first = alike[0].target
        if folded(first) != folded(pair.target):
            message = _("Earlier in this story: “%(target)s”") % {"target": first}
            yield self.finding(pair, message)


class Length(Check):
    check_id = "length"
    name = gettext_lazy("Length")
    description = gettext_lazy("The translation is much shorter or longer than its source.")
    # Chinese characters for each English one, and from which English length on that says anything.
    _running = (0.14, 0.62, 60)
    _short = (0.12, 0.9, 40)
    # Letters for each letter, between two languages that are written in letters.
    _lettered = (0.45, 2.2, 60)

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        if CHINESE in (story.source_language, story.target_language):
            yield from self._against_chinese(pair, story)
        elif not UNSPACED:
            low, high, least = self._lettered
            source, target = len(pair.source.strip()), len(pair.target.strip())
            if max(source, target) >= least and not low <= target / max(source, 1) <= high:
                yield self._much(pair, is_short=target < source)

    def _against_chinese(self, pair: Pair, story: Story) -> Iterator[Finding]:
        low, high, least = self._running if pair.kind in ("paragraph", "text") else self._short
        into_chinese = story.target_language == CHINESE
        texts = (pair.target, pair.source) if into_chinese else (pair.source, pair.target)
        bare, english = texts[0].strip(), len(texts[1].strip())
        han = len(HAN_CHARACTER.findall(bare))
        # Digits and Latin letters count as in English.
        chinese = han + (len(bare) - han) * 0.32
        if max(english, chinese / 0.32) < least:
            return
        ratio = chinese / max(english, 1)
        if low <= ratio <= high:
            return
        yield self._much(pair, is_short=(ratio < low) == into_chinese)

    def _much(self, pair: Pair, *, is_short: bool) -> Finding:
        short = _("Much shorter than usual: is something missing?")
        long = _("Much longer than usual: is something added?")
        return self.finding(pair, short if is_short else long)


class SentenceMissing(Check):
    check_id = "sentence-missing"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Missing sentence")
    description = gettext_lazy("A sentence of the source seems to be missing.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        found = sentence_left_out(
            pair.source, story.source_language, pair.target, story.target_language
        )
        if found:
            span, ours, theirs = found
            message = _(
                "A sentence seems to be missing: %(source)s in the source, %(target)s in the"
                " translation."
            )
            if ours <= theirs:
                # Another one is in two: to count them tells nothing.
                message = _("A sentence of the source seems to be missing.")
            message %= {"source": ours, "target": theirs}
            yield self.finding(pair, message, source=(span,))


class ClauseUnmatched(Check):
    check_id = "clause-unmatched"
    languages = ENGLISH_AND_CHINESE
    name = gettext_lazy("Clause without a counterpart")
    description = gettext_lazy("Only one of the two texts seems to say what a clause says.")

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        texts = pair.source, story.source_language, pair.target, story.target_language
        if pair.kind in HEADING_KINDS or sentence_left_out(*texts):
            return
        if found := unanswered_clause(*texts):
            span, is_in_source = found
            if is_in_source:
                message = _("The translation seems to leave “%(clause)s” out.")
                message %= {"clause": pair.source[slice(*span)].strip()}
                yield self.finding(pair, message, source=(span,))
            else:
                message = _("The translation seems to add “%(clause)s”.")
                message %= {"clause": pair.target[slice(*span)].strip()}
                yield self.finding(pair, message, target=(span,))


class CaptionEmpty(Check):
    check_id = "caption-empty"
    name = gettext_lazy("Untranslated picture text")
    description = gettext_lazy("A caption or alternative text is not translated.")
    empty_too = True

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        is_due = pair.kind in PICTURE_KINDS and story.is_mostly_translated
        if is_due and not pair.target.strip():
            yield self.finding(pair, _("The text of this picture is missing."))


class ParagraphMissing(Check):
    check_id = "paragraph-missing"
    name = gettext_lazy("Missing translation")
    description = gettext_lazy("A segment has no translation, while most others have one.")
    empty_too = True

    def check(self, pair: Pair, story: Story) -> Iterator[Finding]:
        is_due = pair.kind not in PICTURE_KINDS and story.is_mostly_translated
        if is_due and pair.source.strip() and not pair.target.strip():
            yield self.finding(pair, _("The translation of this segment is missing."))
