"""The lines that the layout's steps hand on, and what every step asks about a line's text."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from archive.contrib.intake.documents import DocumentLine, LineKind, Span
from archive.text.language import HAS_CHINESE
from archive.text.scripts import HAN, HAN_CHARACTER, HAN_RUN

_MARGIN = " \t\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff\x1c\x1d\x1e\x1f"
# One character for one: offsets into the folded text are offsets into the text. Of the
# traditional characters those that the patterns use.
_FOLDED: dict[int, int | str] = {
    0x3000: " ",
    0xA0: " ",
    **str.maketrans("〔〕﹝﹞│丨︱∕╱﹕︰", "[][]|||//::"),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **str.maketrans(
        "記報訊電攝圖來編輯譯專網聞團國灣華經濟責揮採寫實習見駐員發時間責體訪談標題題資庫檔"
        "頁點擊瀏覽閱讀數萬億獻觀業館學黨號刊務師撰稿內東廣據權複製轉載註釋對訂閱關連導語繁簡"
        "說為處長將進後這們個無與產從開動約綜連線獨視頻財聯評論繪製隱聽繼續請錄讚選單擇啟條款熱門嚴參與貢",
        "记报讯电摄图来编辑译专网闻团国湾华经济责挥采写实习见驻员发时间责体访谈标题题资库档"
        "页点击浏览阅读数万亿献观业馆学党号刊务师撰稿内东广据权复制转载注释对订阅关连导语繁简"
        "说为处长将进后这们个无与产从开动约综连线独视频财联评论绘制隐听继续请录赞选单择启条款热门严参与贡",
    ),
}
# A sentence of fewer words may be a label; a Chinese word is two characters.
_FEWEST_WORDS = 4
_INITIAL = re.compile(r"[A-Z]")
_NO_LETTERS = re.compile(r"[\W_]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
_TO_FOLD = re.compile(f"[{re.escape(''.join(map(chr, _FOLDED)))}]")
_WORD = re.compile(rf"[A-Za-zÀ-ɏ]{{4,}}|\d{{2,}}|[{HAN}]{{2}}")
# A wider one centres a line.
_WIDEST_INDENT = 8
# The number of a note may stand behind a stop, raised or in brackets: "… tin box.[1]".
_CLOSERS = "\"'”’」』）)】]》»› \u3000⁰¹²³⁴⁵⁶⁷⁸⁹"
_NOTE = re.compile(r"(?:\s?[\[［〔]\d{1,3}[\]］〕])+$")
_STOPS = tuple(".!?…。！？｡")
# What ends a line of running text that goes on, or that brings a list or a quotation.
_PAUSES = tuple(":;,—–：；，、")
_LONGEST_WORD = 80
_SHORTEST_POINTED = 20
_NO_STOP = re.compile(r"(?:\b(?:Mr|Ms|Mrs|Dr|St|No|vs)|\.)\.$")


@dataclass(frozen=True)
class Line:
    """A line that isn't blank, or lines that were joined.

    `number` counts from 1 in the document, `gap` is the blank lines above, `indent` the
    characters before it. `span` is its place in the source. `places` are the runs of its text that
    stand in the source character for character: where each begins here, and there.
    """

    number: int
    text: str
    span: Span = (0, 0)
    gap: int = 0
    indent: int = 0
    kind: LineKind = "text"
    markup: str = ""
    group: str = ""
    is_emphasised: bool = False
    places: tuple[Span, ...] = ()
    is_numbered: bool = False
    is_head: bool = False
    is_caption: bool = False
    is_body: bool = False
    signers: tuple[tuple[str, str], ...] = ()

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def is_chinese(self) -> bool:
        return is_chinese(self.text)

    @cached_property
    def width(self) -> int:
        """In columns, with a paragraph's indent; a Chinese character takes two."""
        indent = 2 * min(self.indent, 2) if self.is_chinese else min(self.indent, _WIDEST_INDENT)
        return width(self.text) + indent

    @cached_property
    def ends_sentence(self) -> bool:
        return ends_sentence(self.text)

    @cached_property
    def is_enumeration(self) -> bool:
        """Whether it is a sentence as old Chinese papers point it: 、 after each of its clauses."""
        is_long = self.is_chinese and len(self.text) >= _SHORTEST_POINTED
        clauses = self.text.rstrip("、云").split("、") if is_long else []
        is_pointed = len(clauses) > 2 and not set("。，！？") & set(self.text)
        return is_pointed and len(self.text) >= 5 * len(clauses)

    @cached_property
    def ends_openly(self) -> bool:
        """Whether it ends as running text does that goes on below."""
        return self.text.rstrip(_CLOSERS).endswith(_PAUSES)

    @cached_property
    def size(self) -> float:
        """About how many English characters it would have: Chinese says as much in a third."""
        return len(self.text) + 2 * len(HAN_CHARACTER.findall(self.text))

    def part(self, start: int, end: int | None = None) -> "Line":
        """A piece of the line, trimmed."""
        piece = self.text[start:end]
        text = trim(piece)
        at = start + (piece.find(text) if text else 0)
        if not self.places:
            return replace(self, text=text, markup="")
        last = max(at, at + len(text) - 1)
        span = (self._place(at), self._place(last) + bool(text))
        inside = ((own - at, there) for own, there in self.places if at < own <= last)
        return replace(self, text=text, span=span, places=((0, span[0]), *inside), markup="")

    def _place(self, at: int) -> int:
        """Where a character of the text stands in the source."""
        own, there = max(place for place in self.places if place[0] <= at)
        return there + at - own


def from_document(lines: tuple[DocumentLine, ...], source: str) -> list[Line]:
    """The document's lines, numbered."""
    found = []
    for number, line in enumerate(lines, start=1):
        start, end = line.span
        exact = end - start == len(line.text) and source[start:end] == line.text
        # A row's first cells may be empty: its tabs stay.
        text = line.text.rstrip() if line.kind == "table_row" else trim(line.text)
        if line.kind == "text" and (text[:1] == "^" or text[-1:] == "<"):
            text = text.strip("^<=")  # A wire's marks.
        if text.strip():
            found.append(
                Line(
                    number, text, line.span, line.gap, line.indent, line.kind, line.markup,
                    line.group, line.is_emphasised,
                    ((0, line.span[0]),) if exact and text == line.text else (),
                    line.is_numbered, line.is_head, line.is_caption, line.is_body, line.signers,
                )
            )  # fmt: skip
    return [*_with_initials(found)]


def _with_initials(lines: list[Line]) -> Iterator[Line]:
    """A large initial on a line of its own goes with the word that it begins."""
    initial = None
    for line in lines:
        if initial and not line.gap and line.kind == "text" and line.text[:1].islower():
            span = initial.span[0], line.span[1]
            text = initial.text + line.text
            yield replace(initial, text=text, span=span, markup="", places=())
            initial = None
            continue
        if initial:
            yield initial
        initial = line if line.kind == "text" and _INITIAL.fullmatch(line.text) else None
        if not initial:
            yield line
    if initial:
        yield initial


# Reads a line once: several steps ask of the same one. A third of a story's time.
remembered = lru_cache(maxsize=2048)
_DIVIDED = re.compile(r"(?<![\w-])([^\W\d_]+)[-\u2010] ((?![A-Z])[^\W\d_]+)")


def words_of(texts: Iterable[str]) -> Counter[str]:
    """The words of a text in small letters, compounds whole."""
    return Counter(re.findall(r"[\w-]+", " ".join(texts).lower()))


def undivided(above: str, below: str, words: Counter[str]) -> str:
    """Two lines as one where a hyphen divides a word between them, else "".

    The hyphen stays where `words`, those of the whole text, have the compound more often.
    """
    if above[-1:] not in ("-", "\u2010") or not above[-2:-1].isalpha() or not below[:1].islower():
        return ""
    first = re.split(r"[^\w-]", above[-_LONGEST_WORD:])[-1].lower()
    second = re.split(r"[^\w-]", below[:_LONGEST_WORD])[0].lower()
    is_compound = words[first + second] > words[first[:-1] + second]
    return (above if is_compound else above[:-1]) + below


def undivided_within(text: str, words: Counter[str]) -> str:
    """The text with words whole that print once divided at a line's end: "oys- ters".

    Only those that `words`, of the whole text, have undivided; "two- and three-year" stays.
    """

    def whole(match: re.Match[str]) -> str:
        joined, compound = (f"{match[1]}{mark}{match[2]}".lower() for mark in ("", "-"))
        return match[1] + match[2] if words[joined] > words[compound] else match[0]

    return _DIVIDED.sub(whole, text)


def trim(text: str) -> str:
    """Without white space at the ends, the full-width and the invisible kinds included."""
    return text.strip().strip(_MARGIN)


@remembered
def fold(text: str) -> str:
    """Full-width letters and digits as ASCII, the words of the patterns in simplified Chinese."""
    return _TO_FOLD.sub(lambda found: found[0].translate(_FOLDED), text)


def unbracketed(text: str) -> str:
    """Without the one pair of brackets that holds all of it."""
    trimmed = trim(text)
    if trimmed[:1] not in "(（[【〔":
        return trimmed
    for first, last in ("()", "（）", "[]", "【】", "〔〕"):
        inside = trimmed[1:-1]
        if trimmed.startswith(first) and trimmed.endswith(last) and first not in inside:
            return trim(inside)
    return trimmed


def shared_words(text: str, told: str) -> float:
    """What share of a line's words, of Chinese of pairs of characters, stands in a text's `key`."""
    words = _WORD.findall(text)
    return sum(key(word) in told for word in words) / max(1, len(words))


@remembered
def key(text: str) -> str:
    """What makes two lines the same words: case, spaces and punctuation don't count."""
    return _NO_LETTERS.sub("", fold(text).casefold())


@remembered
def is_chinese(text: str) -> bool:
    """Whether more of the text is Chinese than in letters; a Chinese word is two characters."""
    if not HAS_CHINESE or text.isascii():
        return False
    han, latin = (sum(map(len, one.findall(text))) for one in (HAN_RUN, _LATIN))
    return 5 * han > 2 * latin


def width(text: str) -> int:
    """In columns; quotation marks and dashes take two amid Chinese."""
    if text.isascii():
        return len(text)
    wide = "WFA" if is_chinese(text) else "WF"
    return len(text) + sum(one in wide for one in map(unicodedata.east_asian_width, text))


def ends_sentence(text: str) -> bool:
    bare = _NOTE.sub("", text.rstrip()).rstrip(_CLOSERS)
    return bare.endswith(_STOPS) and not _NO_STOP.search(bare[-5:])


def is_sentence(text: str) -> bool:
    """Whether it is running text by itself: no label and no name, but some words and a stop."""
    count = len(HAN_CHARACTER.findall(text)) / 2 + len(text.split())
    return ends_sentence(text) and count >= _FEWEST_WORDS
