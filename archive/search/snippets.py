"""Marks what was looked for, and cuts a few sentences around it out of a story."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise, zip_longest

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from archive.search.analysis import TermPhrase, fold_with_places, is_han, pieces, stem
from archive.text.chinese import phrases
from archive.text.language import UNSPACED, characters
from archive.text.scripts import HAN
from archive.text.sentences import sentence_spans

# About two lines of a result, in characters.
LENGTHS = characters(220)


@dataclass(frozen=True)
class MarkedSpan:
    """A place in a text that matches the phrase of that number."""

    start: int
    end: int
    phrase: int


class Marker:
    """Finds a query's phrases in texts; made once for all results of a page."""

    def __init__(self, phrases: Iterable[TermPhrase]) -> None:
        self.phrases = [one for one in dict.fromkeys(phrases) if one]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """Made with the first text: a search that finds none needs no pattern."""
        patterns = (f"({_pattern(one)})" for one in self.phrases)
        return re.compile("|".join(patterns)) if self.phrases else None

    def spans(self, text: str) -> list[MarkedSpan]:
        """Where the phrases are, in order; they don't overlap."""
        if not self._pattern:
            return []
        folded, places = fold_with_places(text)
        found = []
        for match in self._pattern.finditer(folded):
            number = (match.lastindex or 1) - 1
            # The pattern goes by how a stem begins: the words must have these very stems.
            words = [stem(one.text) for one in pieces(match[0]) if not one.is_han]
            if words == [term for term in self.phrases[number].terms if not is_han(term)]:
                start, end = match.span()
                if places:
                    start, end = places[start], places[end]
                found.append(MarkedSpan(start, end, number))
        return found


def marked(text: str, marker: Marker) -> SafeString:
    """A headline as safe HTML, with `<mark>` around what was looked for; a Chinese one may break
    between its words."""
    breaks = set(accumulate(map(len, phrases(text))))
    return _html(text, marker.spans(text), 0, len(text), breaks)


def snippet(text: str, marker: Marker, language: str) -> SafeString:
    """The sentences that hold most of what was looked for, as safe HTML; else the first ones."""
    spans = marker.spans(text)
    sentences = sentence_spans(text)
    if not sentences:
        return mark_safe("")
    best = max(
        range(len(sentences)),
        key=lambda at: (len({span.phrase for span in _within(spans, *sentences[at])}), -at),
    )
    start, end = _widened(text, sentences, best, LENGTHS[language])
    start, end = _shortened(text, start, end, spans, language)
    before = "… " if start > sentences[best][0] else ""
    after = " …" if end < sentences[best][1] else ""
    return mark_safe(before + _html(text, spans, start, end) + after)  # noqa: S308 - escaped


def _pattern(phrase: TermPhrase) -> str:
    """A regular expression over folded text for the phrase's terms."""
    joined, runs_on = "", True
    for term, following in zip_longest(phrase.terms, phrase.terms[1:], fillvalue=""):
        joined += "" if runs_on else r"[\W_]*"
        runs_on = len(term) == 2 and is_han(following) and following[0] == term[1]
        if is_han(term):
            joined += term[0] if runs_on else term
        else:
            # A stem's last letter may differ from the word's: citi, city.
            begins = re.escape(term[:-1]) if len(term) > 2 else re.escape(term)
            joined += rf"(?<![a-z0-9]){begins}[^\W_{HAN}]*(?:'[a-z]+)?"
    return joined


def _within(spans: Iterable[MarkedSpan], start: int, end: int) -> list[MarkedSpan]:
    return [span for span in spans if start <= span.start < end]


def _widened(
    text: str, sentences: Sequence[tuple[int, int]], best: int, length: int
) -> tuple[int, int]:
    """The sentence with those after it in its paragraph that still fit."""
    start, end = sentences[best]
    for following, following_end in sentences[best + 1 :]:
        if following_end - start > length or "\n" in text[end:following]:
            break
        end = following_end
    return start, end


def _shortened(
    text: str, start: int, end: int, spans: Iterable[MarkedSpan], language: str
) -> tuple[int, int]:
    """A sentence that is too long is cut around its first mark, between words."""
    length = LENGTHS[language]
    if end - start <= length:
        return start, end
    first = next((span.start for span in _within(spans, start, end)), start)
    cut_start = max(start, first - length // 3) if first - start > length // 2 else start
    cut_end = min(end, cut_start + length)
    if language not in UNSPACED:
        while start < cut_start < first and not text[cut_start - 1].isspace():
            cut_start += 1
        while cut_start < cut_end < end and not text[cut_end].isspace():
            cut_end -= 1
    return cut_start, cut_end if cut_end > first else min(end, first + length)


def _html(
    text: str, spans: Iterable[MarkedSpan], start: int, end: int, breaks: Collection[int] = ()
) -> SafeString:
    opens, closes, at = set(), set(), start
    for span in spans:
        if span.start >= at and span.end <= end:
            opens.add(span.start)
            closes.add(span.end)
            at = span.end
    inner = {one for one in breaks if start < one < end}
    parts: list[str] = []
    for one, two in pairwise(sorted({start, end, *opens, *closes, *inner})):
        before = ("<wbr>" if one in inner else "") + ("<mark>" if one in opens else "")
        parts += [before, escape(text[one:two]), "</mark>" if two in closes else ""]
    return mark_safe("".join(parts).strip())  # noqa: S308 - each piece is escaped
