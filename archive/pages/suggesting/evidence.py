"""What a suggestion rests on, and whether that has changed so much that it is worth asking again.

A rejection says: in this story, these words don't mean that. A comma more or a mended typo leaves
it standing. It is asked again where the story names the thing in a form that it didn't use then
("Portland, Maine" after "Portland"), where none of the sentences of then is left, or where what
was only mentioned has become the story's subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from rapidfuzz import fuzz

from archive.entities.suggesting.base import ABOUT, MENTIONED, Spot
from archive.text.folding import fold

# Of 100: below, a sentence is another one and not an edited one.
_SAME_SENTENCE = 70
_MOST = 20
_LONGEST = 400


@dataclass(frozen=True)
class Evidence:
    """Folded forms and sentences, each once; the sentences cut to 400 characters."""

    forms: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    role: str = MENTIONED

    @classmethod
    def of(cls, spots: Iterable[Spot], role: str = MENTIONED) -> Evidence:
        spots = tuple(spots)
        return cls(_once(spot.text for spot in spots), _once(spot.sentence for spot in spots), role)

    @classmethod
    def read(cls, stored: Any) -> Evidence:
        """From JSON that may be anything: what isn't evidence is left out."""
        values = stored if isinstance(stored, Mapping) else {}
        role = values.get("role")
        return cls(
            _once(_texts(values.get("forms"))),
            _once(_texts(values.get("sentences"))),
            role if role in (ABOUT, MENTIONED) else MENTIONED,
        )

    def as_json(self) -> dict[str, Any]:
        return {"forms": [*self.forms], "sentences": [*self.sentences], "role": self.role}


def token_of(text: str) -> str:
    """What an answer about a text is known by: the text folded, at most 255 characters."""
    return fold(" ".join(text.split())).text[:255]


def has_changed(then: Evidence, now: Evidence) -> bool:
    """Whether an answer given on the evidence of then says nothing about that of now."""
    if now.role == ABOUT and then.role != ABOUT:
        return True
    if set(now.forms) - set(then.forms):
        return True
    if not then.sentences or not now.sentences:
        return False
    return not any(
        fuzz.ratio(old, new, score_cutoff=_SAME_SENTENCE)
        for new in now.sentences
        for old in then.sentences
    )


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    # A table set as one sentence is every name's: looked at once, and no further than it is kept.
    cut = (text[: 4 * _LONGEST] for text in dict.fromkeys(texts))
    folded = (fold(" ".join(_storable(text).split())).text[:_LONGEST] for text in cut)
    return tuple(islice(dict.fromkeys(folded), _MOST))


def _storable(text: str) -> str:
    """Without NUL and half characters: over these PostgreSQL would refuse the whole version."""
    return text.replace("\x00", " ").encode(errors="ignore").decode()
