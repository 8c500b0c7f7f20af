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
from operator import add
from typing import TYPE_CHECKING

from archive.text.normalisation import QUOTES, Folded, fold
from archive.text.scripts import HAN, HAN_CHARACTER

if TYPE_CHECKING:
    from archive.entities.glossary.terms import Form, Term

# Words of everyday Chinese of which a short name may be the border: 中山 in 其中山东. A name of two
# characters isn't meant where both of them belong to such words, one ending with the first and
# one beginning with the second. Asking for both keeps names beside a word by chance: 以上海为例.
_FALSE_MATCHES = """
    海上 陆上 水上 路上 网上 线上 船上 会上 岸上 马上 早上 晚上 身上 世上
    海运 海面 海洋 海水 海风 海浪 海警 海军 海盗 海岸 海底 海事 海域 海关 海鲜
    其中 当中 之中 集中 高中 初中 途中 空中 手中 心中
    山东 山西 山区 山水 山地 山林 山路 山村
    国有 国内 国家 国际 国外 国产 国企 国道
    强大 扩大 巨大 重大 最大 广大 加大 远大 壮大 庞大
    连接 连续 连通 连锁 连带 连任 连环 连年 连日
    市长 校长 省长 州长 县长 部长 会长 成长 增长 院长 局长
    春节 春天 春季 春耕 春运 春游 沙漠 沙滩 沙子
    长江 珠江 沿江 过江 黄河 沿河 运河 过河
    西岸 西部 西侧 西面 西南 西北 北岸 北部 北侧 北面 南岸 南部 南侧 南面 东岸 东部 东侧
    广东 华东 浙东 粤东 河南 湖南 云南 海南 华南 江西 陕西 广西 浙西
    京剧 京城 京津 安排 安全 安置 安装 安康 安徽
    近日 今日 昨日 当日 每日 次日 节日 明日
    本市 本报 本次 本届 本地 本人 本周 本月 本省 本县 本国
    合法 合德 出海 进海 口岸 口罩 口味
"""
FALSE_MATCHES = frozenset(_FALSE_MATCHES.split())


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

    def _is_part_of_a_word(self, folded: str, start: int, end: int) -> bool:
        if _LETTERS.match(folded[end - 1]):
            return bool(_GOES_ON.match(folded, end))
        if end - start != len("上海"):
            return False
        around = (folded[max(start - 1, 0) : start + 1], folded[start + 1 : end + 1])
        return all(word in FALSE_MATCHES or word in self._forms for word in around)


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
