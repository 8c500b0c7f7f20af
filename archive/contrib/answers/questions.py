"""What a search asks: its parts, which of them name something, and how a text covers them."""

import math
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from archive.search.analysis import fold, name_key, phrase
from archive.search.apart import ANY_STORY, is_any_paper
from archive.search.meanings import also_written
from archive.search.names import NamedEntity, look_up
from archive.search.query import Query, parts_of
from archive.search.said import terms_of
from archive.text import chinese, english

# What ends a sentence, but a point, which also shortens: Calif.
_ENDS = "?？!！。；;，"
_WHO = re.compile(r"\bwho(?:m|se)?\b|谁|哪位|[何哪]些?人", re.I)
_QUESTION = re.compile(
    r"^\W*(?:wh(?:at|ich|en|ere|y|o|om|ose)|how|is|are|was|were|do|does|did|has|have|can)\b|[?？]\s*$"
    r"|什么|何[谓时]|[哪几谁吗呢]|多少|为何|怎",
    re.I,
)
_HOW_MANY = re.compile(r"\bhow many\b|number of|多少|几[个对座]|数量|统计", re.I)
_MOST = re.compile(r"\bmost\b|最多", re.I)
# Whoever says so speaks to the archive, and of it.
_ADDRESS = re.compile(
    r"\b(?:I|my|me|you|your|website)\b|\bth(?:is|e) (?:site|archive|page)\b"
    r"|[我你您]|这里|本站|本库|网站|网页|资料库|译文",
    re.I,
)
_FIRST = re.compile(r"\b(?:first|earliest|oldest)\b|最早|最老|第一|首[对个座]", re.I)
_LATEST = re.compile(
    r"\b(?:newest|latest|(?:most )?recent|youngest|last)\b|最新|最近|最晚|最后", re.I
)
_LIST = re.compile(
    r"\b(?:list|all|index|directory|catalogue)\b|哪些|列表|名单|一览|所有|全部|目录", re.I
)
_WHICH_PLACE = re.compile(
    r"\b(?:which|what)(?: [\w-]+)? (?:city|town|state|province|port|place)"
    r"|哪(?:一?[个座对]|[两几些][个座]?)?(?:[^，。？]{0,4})?(?:城市|省|州|港|地方)",
    re.I,
)
# What stands behind it is left out of what is asked for.
_BESIDES = re.compile(
    r"(?:besides|other than|apart from|aside from|except(?: for)?|in addition to|not counting"
    r"|除了|除|不算)\s*$",
    re.I,
)
_OTHER = "other others else besides apart 别的 其他 其它 另外 还有 除了 除 以外 之外 外"
_OTHERS = frozenset(_OTHER.split())
# An amount is told by a story.
_HOW_MUCH = re.compile(
    r"\bhow (?:much|far|long|big|large|tall|high|old|deep|wide|fast)\b"
    r"|多[远长大高深宽重久]|多少[钱公里吨米人]",
    re.I,
)
_PORT = re.compile(r"\b(?:ports?|harbou?rs?|seaports?)\b|港", re.I)
_NAME = re.compile(
    r"\b(?:names?|call(?:ed)?|spell(?:ed|ing)?|pronounced?)\b|名|叫|怎么[读念写]|拼音|翻译", re.I
)
# 一篇 says no more than *a*.
_ONE_OF = re.compile(r"(?:[这那每某哪]?一?|有)[篇个座对位种些条段张份家点次下]?")
_REASON = re.compile(r"\b(?:why|how come|what for)\b|为什么|为何|为啥|怎么会|原因", re.I)


@dataclass(frozen=True)
class QueryPart:
    """Words of the query that belong together, and what they name."""

    text: str
    named: tuple[NamedEntity, ...] = ()

    @property
    def is_any_story(self) -> bool:
        return self.text.lower() in ANY_STORY

    @property
    def is_any_paper(self) -> bool:
        return self.is_any_story or is_any_paper(self.text)

    @property
    def is_address(self) -> bool:
        return bool(_ADDRESS.fullmatch(self.text))

    @cached_property
    def forms(self) -> list[str]:
        """The names that it is, and other ways to write it."""
        names = (form for one in self.named for form in one.forms)
        return [*names, *also_written(self.text)]

    @property
    def written(self) -> list[str]:
        return [self.text, *self.forms]

    @cached_property
    def _ways(self) -> list[tuple[str, ...]]:
        forms = [self.text, *also_written(self.text)]
        return [found.terms for form in forms if (found := phrase(form))]

    @cached_property
    def all_terms(self) -> frozenset[str]:
        """Of which a text that says it has one at least: of each way the longest term, as the
        rarest."""
        said = frozenset(max(way, key=len) for way in self._ways_and_names)
        stem = english.stem(self.text)
        return said | {stem} if stem else said

    @cached_property
    def _ways_and_names(self) -> list[tuple[str, ...]]:
        names = (form for one in self.named for form in one.forms)
        return [*self._ways, *(found.terms for name in names if (found := phrase(name)))]

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
        parted = ((text.strip(_ENDS) or text, named) for text, named in parts_of(query))
        found = [one for one in parted if one[1] or not _says_nothing(one[0])]
        # *LA*, *twin towns*: what is also written so may be a name.
        others = {text: also_written(text) for text, named in found if not named}
        # Of ports *Yantai* and *San Diego*, those are meant.
        asks_port = bool(_PORT.search(typed))
        ports = {
            text: [f"Port of {text}", f"{text}港"]
            for text, named in found
            if asks_port and not _PORT.search(text) and any(one.kind == "place" for one in named)
        }
        forms = [form for of_one in (*others.values(), *ports.values()) for form in of_one]
        known = look_up([[form] for form in forms])
        parts = []
        for text, named in found:
            keys = map(name_key, ports.get(text, ()) if named else others[text])
            meant = next((known[key] for key in keys if key in known), named)
            parts.append(QueryPart(text, tuple(meant)))
        if any(key in known for of_one in ports.values() for key in map(name_key, of_one)):
            parts = [part for part in parts if part.named or not _PORT.fullmatch(part.text)]
        if any(_is_left_out(part.text, typed) for part in parts):
            parts = [
                one
                for one in parts
                if not _is_left_out(one.text, typed) and one.text.lower() not in _OTHERS
            ]
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
    def asks_latest(self) -> bool:
        return bool(_LATEST.search(self.typed))

    @property
    def asks_for_list(self) -> bool:
        return bool(_LIST.search(self.typed))

    @property
    def asks_which_place(self) -> bool:
        return bool(_WHICH_PLACE.search(self.typed))

    @property
    def asks_how_much(self) -> bool:
        return bool(_HOW_MUCH.search(self.typed))

    @property
    def asks_name(self) -> bool:
        return bool(_NAME.search(self.typed))

    @property
    def asks_why(self) -> bool:
        return bool(_REASON.search(self.typed))

    @property
    def rest(self) -> list[QueryPart]:
        """The parts that name nothing."""
        return [part for part in self.parts if not part.named]

    def open_parts(self, *texts: str, parts: Iterable[QueryPart] | None = None) -> list[QueryPart]:
        """Those of the parts that none of the texts says by itself."""
        found = list(map(terms_of, texts))
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
        """Whether few enough parts are left open: none of three, one of four to six. Why is
        told by what says it all."""
        number = sum(not one.is_any_story for one in self.parts)
        return not left or (len(left) <= (number - 1) // 3 and not self.asks_why)


def _is_left_out(text: str, typed: str) -> bool:
    return any(
        _BESIDES.search(typed[: found.start()]) for found in re.finditer(re.escape(text), typed)
    )


def _says_nothing(text: str) -> bool:
    folded = fold(text).lower()
    if folded.isascii():
        return folded.isalpha() and (not english.stem(folded) or folded in english.ASKING)
    return (
        bool(_ONE_OF.fullmatch(folded))
        or folded in chinese.ASKING
        or all(one in chinese.EMPTY for one in folded)
    )
