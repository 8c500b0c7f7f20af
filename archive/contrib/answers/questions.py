"""What a search asks: its parts, which of them name something, and how a text covers them."""

import math
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from archive.search.analysis import fold, name_key, phrase, terms
from archive.search.meanings import also_written
from archive.search.names import NamedEntity, look_up
from archive.search.query import Query, parts_of
from archive.text import chinese, english

_WHO = re.compile(r"\bwho(?:m|se)?\b|谁|哪位|何人", re.I)
_QUESTION = re.compile(
    r"^\W*(?:wh(?:at|ich|en|ere|y|o|om|ose)|how|is|are|was|were|do|does|did|has|have|can)\b|[?？]\s*$"
    r"|什么|何[谓时]|[哪几谁吗呢]|多少|为何|怎",
    re.I,
)
_HOW_MANY = re.compile(r"\bhow many\b|number of|多少|几[个对座]|数量|统计", re.I)
_MOST = re.compile(r"\bmost\b|最多", re.I)
# Whoever says so speaks to the archive, and of it.
_ADDRESS = re.compile(r"\b(?:I|my|me|you|your)\b|[我你您]|这里|本站|本库|网站")
_FIRST = re.compile(r"\b(?:first|earliest|oldest)\b|最早|第一|首对|首个", re.I)
# What is asked for is a story all the same.
_ANY_STORY = "story stories report reports article articles news archive 报道 新闻 文章 稿件 资料库"
_STORIES = frozenset(_ANY_STORY.split())


@dataclass(frozen=True)
class QueryPart:
    """Words of the query that belong together, and what they name."""

    text: str
    named: tuple[NamedEntity, ...] = ()

    @property
    def is_any_story(self) -> bool:
        return self.text.lower() in _STORIES

    @cached_property
    def forms(self) -> list[str]:
        """The names that it is, and other ways to write it."""
        return [form for one in self.named for form in one.forms] + also_written(self.text)

    @cached_property
    def _ways(self) -> list[tuple[str, ...]]:
        forms = [self.text, *also_written(self.text)]
        return [found.terms for form in forms if (found := phrase(form))]

    def is_in(self, found: Collection[str]) -> bool:
        """Whether the terms of a text have all of the part's, in one way of writing it, or the
        stem of its only word: *Chinese* is said by *China*."""
        return english.stem(self.text) in found or any(
            all(_has(found, term) for term in way) for way in self._ways
        )


def _has(found: Collection[str], term: str) -> bool:
    """A single character of Chinese is found as the beginning of a term."""
    if term in found:
        return True
    return len(term) == 1 and not term.isascii() and any(one.startswith(term) for one in found)


@dataclass(frozen=True)
class SearchWords:
    """A query as a question to what the archive knows; four queries to read at most."""

    typed: str
    parts: tuple[QueryPart, ...]

    @classmethod
    def read(cls, typed: str, query: Query) -> "SearchWords":
        found = [one for one in parts_of(query) if one[1] or not _says_nothing(one[0])]
        # *LA*, *twin towns*: what is also written so may be a name.
        others = {text: also_written(text) for text, named in found if not named}
        known = look_up([[form] for forms in others.values() for form in forms])
        parts = []
        for text, named in found:
            keys = map(name_key, () if named else others[text])
            meant = named or next((known[key] for key in keys if key in known), [])
            parts.append(QueryPart(text, tuple(meant)))
        return cls(typed, tuple(parts))

    @property
    def asks_who(self) -> bool:
        return bool(_WHO.search(self.typed))

    @property
    def asks_how_many(self) -> bool:
        return bool(_HOW_MANY.search(self.typed))

    @property
    def asks_most(self) -> bool:
        return bool(_MOST.search(self.typed))

    @property
    def is_to_the_archive(self) -> bool:
        return bool(_ADDRESS.search(self.typed))

    @property
    def is_question(self) -> bool:
        return bool(_QUESTION.search(self.typed))

    @property
    def asks_first(self) -> bool:
        return bool(_FIRST.search(self.typed))

    @property
    def rest(self) -> list[QueryPart]:
        """The parts that name nothing."""
        return [part for part in self.parts if not part.named]

    def open_parts(self, *texts: str, parts: Iterable[QueryPart] | None = None) -> list[QueryPart]:
        """Those of the parts that none of the texts says by itself."""
        found = [{*terms(text), *english.stems(text)} for text in texts]
        asked = self.parts if parts is None else parts
        return [one for one in asked if not (one.is_any_story or any(map(one.is_in, found)))]

    def width_in(self, text: str) -> tuple[int, float]:
        """How many parts the text leaves out, and in how many characters it says the others."""
        folded, places = fold(text).lower(), []
        for number, part in enumerate(self.parts):
            for form in {fold(one).lower() for one in (part.text, *part.forms)}:
                at = folded.find(form)
                while form and at >= 0:
                    places.append((at, at + len(form), number))
                    at = folded.find(form, at + 1)
        said, least = {number for *_place, number in places}, math.inf
        for start, _end, _number in places:
            ends: dict[int, int] = {}
            for at, end, number in sorted(places):
                if at >= start:
                    ends.setdefault(number, end)
            if ends.keys() == said:
                least = min(least, max(ends.values()) - start)
        return len(self.parts) - len(said), least

    def is_covered(self, left: Collection[QueryPart]) -> bool:
        """Whether few enough parts are left open: none of three, one of four to six."""
        return len(left) <= (len(self.parts) - 1) // 3


def _says_nothing(text: str) -> bool:
    folded = fold(text).lower()
    if folded.isascii():
        return folded.isalpha() and (not english.stem(folded) or folded in english.ASKING)
    return folded in chinese.ASKING or all(one in chinese.EMPTY for one in folded)
