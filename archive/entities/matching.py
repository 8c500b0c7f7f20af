"""Finds many written forms in a text at once: leftmost first, the longest of them, no overlap.

A table of all forms by their folded text, and a table of the lengths to try after a first word
(Latin script) or a first pair of characters (Han). An Aho-Corasick automaton (pyahocorasick) scans
a story in 0.01 ms, this takes 0.2; but folding, borders and case have to be looked at all the
same, and where its longest match fails on them the shorter right one is lost. Here the next
length is tried, and no dependency is needed. Measured by `python -m tests.benchmarks.names`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.entities.straddling import WORDS
from archive.text.folding import HAN, QUOTES, Folded, fold

if TYPE_CHECKING:
    from archive.entities.glossary import Form, Term

Entry = tuple["Form", "Term"]
Found = tuple[int, int, tuple[Entry, ...]]

# A word of another script than Han, or a single Han character. The text is folded.
_TOKEN = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")
_HAN = re.compile(f"[{HAN}]")
_FIRST_HAN = "\u3400"
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
            if token and not _HAN.fullmatch(folded):
                key = _key(token.group(), folded, 0)
                forms[folded] = (*forms.get(folded, ()), entry)
                lengths[key].add(len(folded))
        self._forms = forms
        # Thousands of names share a set of lengths: keep each set once.
        shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._lengths = {
            key: shared.setdefault(one := tuple(sorted(of_key, reverse=True)), one)
            for key, of_key in lengths.items()
        }

    def find(self, text: str) -> Iterator[Found]:
        """Start, end and entries of each match, in the text's order."""
        folded = fold(text)
        words = folded.text
        lengths_of = self._lengths.get
        done = 0
        for token in _TOKEN.finditer(words):
            start = token.start()
            # For every word and every Han character of a text: no call that can be spared.
            if start < done or not (lengths := lengths_of(_key(token.group(), words, start))):
                continue
            found = self._longest(text, folded, start, lengths)
            if found:
                done, match = found
                yield match

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

    def _is_part_of_a_word(self, folded: str, start: int, end: int) -> bool:
        if _LETTERS.match(folded[end - 1]):
            return bool(_GOES_ON.match(folded, end))
        if end - start != len("上海"):
            return False
        around = (folded[max(start - 1, 0) : start + 1], folded[start + 1 : end + 1])
        return all(word in WORDS or word in self._forms for word in around)


def _key(token: str, folded: str, start: int) -> str:
    """What a form is looked up by: its first word, or its first two characters.

    A single Han character is no name: 中 and 美 are in every other word.
    """
    return token if token < _FIRST_HAN else folded[start : start + 2]


def _is_cased(found: str, form: Form, term: Term) -> bool:
    """Whether the letters are written as a name's would be: "long beach" isn't Long Beach.

    Headlines in capitals count; so do topics and events within a sentence ("sister cities"),
    and a long name that begins with a common word ("the port of Long Beach").
    """
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
    if term.kind in ("topic", "event"):
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
    """The form that the match is of: as written, else one to be used, else the first.

    Written in traditional characters it is a form of its own, even if nobody listed it.
    """
    forms = [form for form, _term in entries]
    exact = [form for form in forms if form.text == found]
    form = min(exact or forms, key=lambda one: (one.forbidden, one.kind != "canonical"))
    if not exact and _HAN.findall(found) != _HAN.findall(form.text):
        return replace(form, text=found, kind="traditional")
    return form
