"""The other forms that an English word or phrase takes in a text: "sister cities", "carried out".

By the rules alone: for a termbase, in which a person lists what goes another way ("mice").
"""

import re
from collections.abc import Iterator

_HISSING = re.compile(r"(?:s|x|z|ch|sh)$", re.IGNORECASE)
_CONSONANT_Y = re.compile(r"(?<=[^aeiou])y$", re.IGNORECASE)
_SILENT_E = re.compile(r"(?<=[^eoy])e$", re.IGNORECASE)
# One syllable that ends in a single consonant doubles it: "planned", but not "opened".
_DOUBLES = re.compile(r"[^aeiou]*[aeiou][bcdfghklmnpqrtv]", re.IGNORECASE)
# The word before one of these is a phrase's head: "state of emergency".
_BEFORE = re.compile(r"\s(?:of|in|for|to|on|at|with|by|from)\s", re.IGNORECASE)


def inflected(phrase: str, part_of_speech: str) -> Iterator[str]:
    """The plural of a noun; the forms of a verb, whose first word changes. Nothing of others."""
    if part_of_speech == "noun":
        preposition = _BEFORE.search(phrase)
        end = preposition.start() if preposition else len(phrase)
        yield _with_s(phrase[:end]) + phrase[end:]
    elif part_of_speech == "verb":
        verb, blank, rest = phrase.partition(" ")
        for form in (_with_s(verb), *_past_and_progressive(verb)):
            yield form + blank + rest


def _with_s(word: str) -> str:
    if _CONSONANT_Y.search(word):
        return f"{word[:-1]}ies"
    return f"{word}es" if _HISSING.search(word) else f"{word}s"


def _past_and_progressive(verb: str) -> tuple[str, str]:
    if _CONSONANT_Y.search(verb):
        return f"{verb[:-1]}ied", f"{verb}ing"
    stem = _SILENT_E.sub("", verb)
    if _DOUBLES.fullmatch(verb):
        stem = verb + verb[-1]
    return (f"{verb}d" if verb.endswith("e") else f"{stem}ed"), f"{stem}ing"
