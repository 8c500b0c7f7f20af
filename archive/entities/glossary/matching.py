"""Finds many written forms in a text at once: leftmost first, the longest of them, no overlap.

A table of all forms by their folded text, and a table of the lengths to try after a first word
(Latin script) or a first pair of characters (Han). An Aho-Corasick automaton (pyahocorasick) is
faster (0.01 ms a story, not 0.2), but where its longest match fails on borders or case, the
shorter right one is lost. Measured by `python -m tests.benchmarks.names`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING

import rjieba

from archive.text.normalisation import QUOTES, Folded, fold
from archive.text.scripts import HAN, HAN_CHARACTER

if TYPE_CHECKING:
    from archive.entities.glossary.terms import Form, Term

# So many characters around a name say which words it stands among.
_NEAR = 8
_LONGEST_WORD = 4

Entry = tuple["Form", "Term"]
Found = tuple[int, int, tuple[Entry, ...]]

# A word of another script than Han; or a single Han character. The text is folded.
_WORD = re.compile(rf"[^\W_{HAN}]+")
_TOKEN = re.compile(rf"[{HAN}]|{_WORD.pattern}")
_LETTERS = re.compile(rf"[^\W_{HAN}]")
# After an apostrophe only a possessive ends a word: not Xi in Xi'an.
_GOES_ON = re.compile(rf"[^\W_{HAN}]|'(?!s?(?![^\W_{HAN}]))")
_SHORTEST_IN_CAPITALS = 4
_SHORTEST_PHRASE = 3


class Matcher:
    """All forms of one language; built once, then only read."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        forms: dict[str, tuple[Entry, ...]] = {}
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for entry in entries:
            folded = fold(entry[0].text).text.strip()
            token = _TOKEN.match(folded)
            if token and not HAN_CHARACTER.fullmatch(folded):
                key = _key(token.group(), folded, 0)
                forms[folded] = (*forms.get(folded, ()), entry)
                lengths[key].add(len(folded))
        self._forms = forms
        # Thousands of names share a set of lengths: keep each set once.
        shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._after_words: dict[str, tuple[int, ...]] = {}
        self._after_han: dict[str, tuple[int, ...]] = {}
        for key, of_key in lengths.items():
            table = self._after_han if HAN_CHARACTER.match(key) else self._after_words
            table[key] = shared.setdefault(one := tuple(sorted(of_key, reverse=True)), one)

    def find(self, text: str) -> Iterator[Found]:
        """Start, end and entries of each match, in the text's order."""
        folded = fold(text)
        done = 0
        for start, lengths in self._starts(folded.text):
            found = self._longest(text, folded, start, lengths) if start >= done else None
            if found:
                done, match = found
                yield match

    def _starts(self, words: str) -> list[tuple[int, tuple[int, ...]]]:
        """Where a form may begin, and the lengths to try there, in the text's order.

        Every word and every Han character is looked at, so the loops are those of C: where few
        forms occur, a fifth less time than a loop over tokens takes.
        """
        after_words, after_han = self._after_words, self._after_han
        starts = [
            (word.start(), lengths)
            for word in (_WORD.finditer(words) if after_words else ())
            if (lengths := after_words.get(_key(word[0], words, word.start())))
        ]
        if after_han and not words.isascii():
            pairs = enumerate(map(add, words, words[1:]))
            starts += [(start, after_han[pair]) for start, pair in pairs if pair in after_han]
            starts.sort()
        return starts

    def _longest(
        self, text: str, folded: Folded, start: int, lengths: tuple[int, ...]
    ) -> tuple[int, Found] | None:
        for length in lengths:
            end = start + length
            entries = self._forms.get(folded.text[start:end])
            # At the text's end the slice is shorter, and may be another form.
            if not entries or end > len(folded.text):
                continue
            if self._is_part_of_a_word(folded.text, start, end):
                continue
            first, last = folded.span(start, end)
            accepted = tuple(entry for entry in entries if _is_cased(text[first:last], *entry))
            if accepted:
                return end, (*_with_quotes(text, first, last, accepted[0][0].text), accepted)
        return None

    @staticmethod
    def _is_part_of_a_word(folded: str, start: int, end: int) -> bool:
        if _LETTERS.match(folded[end - 1]):
            return bool(_GOES_ON.match(folded, end))
        return _is_in_other_words(folded, start, end)


def _is_in_other_words(text: str, start: int, end: int) -> bool:
    """Whether the characters belong to other words of everyday Chinese: 三角 in 珠三角, 中山 in
    其中山东, 李强 in 李强调; a name that a kind follows is one (湛江市). A longer name is asked
    only for a word that has it whole, as most aren't in the dictionary and are parted by chance;
    so is one of two characters beside a word that may stand by itself: 张平日前."""
    first = max(start - _NEAR, 0)
    words = rjieba.cut(text[first : end + _NEAR], False)
    edges = set(accumulate(map(len, words), initial=first))
    is_whole = edges.isdisjoint(range(start + 1, end))
    if is_whole or end - start > len("上海"):
        return is_whole and start not in edges
    if end in edges:
        return False
    ends = range(end + 2, min(end + _LONGEST_WORD, len(text)) + 1)
    following = (text[end:one] for one in ends)
    return start not in edges or not any(map(rjieba.has_word, following))


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether these characters are words of everyday Chinese, and no part of a longer one: 广州
    isn't in 广州湾, nor 长江 in 长江大桥. A text of another script has its own borders."""
    if _LETTERS.match(text[end - 1]):
        return True
    first = max(start - _NEAR, 0)
    words = rjieba.cut(text[first : end + _NEAR], False)
    return {start, end} <= set(accumulate(map(len, words), initial=first))


def _key(token: str, folded: str, start: int) -> str:
    """What a form is looked up by: its first word, or its first two characters. A single Han
    character is no name: 中 and 美 are in every other word."""
    return folded[start : start + 2] if HAN_CHARACTER.match(token) else token


def _is_cased(found: str, form: Form, term: Term) -> bool:
    """Whether the letters are written as a name's would be: "long beach" isn't Long Beach.
    Headlines in capitals count; so do topics, events and plain terms within a sentence ("sister
    cities"), and a long name that begins with a common word ("the port of Long Beach")."""
    if found == form.text:
        return True
    written, wanted = (
        [letter.isupper() for letter in _LETTERS.findall(one)] for one in (found, form.text)
    )
    if written == wanted or len(written) != len(wanted):
        return True
    if all(wanted):
        return False
    if all(written):
        return len(written) >= _SHORTEST_IN_CAPITALS
    if term.kind in ("topic", "event", "term"):
        return True
    return len(form.text.split()) >= _SHORTEST_PHRASE and written[1:] == wanted[1:]


def _with_quotes(text: str, start: int, end: int, form: str) -> tuple[int, int]:
    """Quotation marks that are part of a name belong to it: “一带一路”倡议."""
    marks = f"{QUOTES}‘’'"
    if start and form[:1] in marks and text[start - 1] in marks:
        start -= 1
    if end < len(text) and form[-1:] in marks and text[end] in marks:
        end += 1
    return start, end


def as_found(found: str, entries: tuple[Entry, ...]) -> Form:
    """The form that the match is of: as written, else one to be used, else the first. Written in
    traditional characters it is a form of its own, even if nobody listed it."""
    forms = [form for form, _term in entries]
    exact = [form for form in forms if form.text == found]
    form = min(exact or forms, key=lambda one: (one.forbidden, one.kind != "canonical"))
    if not exact and HAN_CHARACTER.findall(found) != HAN_CHARACTER.findall(form.text):
        return replace(form, text=found, kind="traditional")
    return form
