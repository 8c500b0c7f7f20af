"""Captions: "… sea routes. provided to China Daily |", "图为湛江港。新华社记者 李娜 摄"."""

import re

from archive.intake.plaintext.grammar import Grammar, trim
from archive.intake.records import ParsedCaption

_BAR = re.compile(r"\s*[|｜]\s*")
_END = re.compile(r"[.!?。！？][\"'”’]?\s*")
_LONGEST_CREDIT = 80


def read_caption(line: str, grammar: Grammar) -> ParsedCaption | None:
    """The caption that a line is by its own signs (bar, credit or label), or None."""
    if "|" in line or "｜" in line:
        return _barred(line, grammar)
    unlabelled = grammar.unlabel(line)
    text, credit = split_credit(unlabelled or line, grammar)
    if credit or unlabelled:
        return ParsedCaption(text, credit)
    return None


def bare_credit(line: str, grammar: Grammar) -> str | None:
    """The credit that is all of a line, without its brackets; None if it is more or other."""
    credit = _unbracketed(line)
    return credit if len(credit) <= _LONGEST_CREDIT and grammar.is_credit(credit) else None


def split_credit(text: str, grammar: Grammar) -> tuple[str, str]:
    """The caption's words and its credit; the credit is "" if no known form ends the text."""
    for start in (match.end() for match in grammar.credit_start.finditer(text)):
        if start == 0 or len(text) - start > _LONGEST_CREDIT:
            continue
        if credit := bare_credit(text[start:], grammar):
            return trim(text[:start]), credit
    return text, ""


def _barred(line: str, grammar: Grammar) -> ParsedCaption | None:
    parts = [part for part in _BAR.split(trim(line)) if part]
    if len(parts) == 1:
        text, credit = split_credit(parts[0], grammar)
        return ParsedCaption(text, credit) if credit else _cut_at_sentence(parts[0])
    if len(parts) != 2:
        return None  # a row of a table
    text, source = parts
    if len(source) > _LONGEST_CREDIT or grammar.ends_sentence(source):
        return None
    text, credit = split_credit(text, grammar)
    if not credit:
        # "… at the port. Li Na | China Daily": who took it stands before the bar.
        cut = _cut_at_sentence(text)
        text, credit = (cut.text, cut.credit) if len(cut.credit.split()) <= 4 else (text, "")
    return ParsedCaption(text, f"{credit} | {source}" if credit else _unbracketed(source))


def _cut_at_sentence(text: str) -> ParsedCaption:
    """What follows the last full sentence is the credit, whatever its form."""
    ends = [match.end() for match in _END.finditer(text)]
    if not ends or len(text) - ends[-1] > _LONGEST_CREDIT:
        return ParsedCaption(text)
    return ParsedCaption(trim(text[: ends[-1]]), trim(text[ends[-1] :]))


def _unbracketed(text: str) -> str:
    trimmed = trim(text)
    for first, last in (("(", ")"), ("（", "）"), ("[", "]"), ("【", "】")):
        inside = trimmed[1:-1]
        if trimmed.startswith(first) and trimmed.endswith(last) and first not in inside:
            return trim(inside)
    return trimmed
