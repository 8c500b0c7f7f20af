"""Which encoding bytes are written in: pure, and right for a few lines too.

UTF-8 is told by its own rules. For the rest each candidate decodes the bytes, and the text that
looks most like a newspaper's wins: Chinese is nearly all of the commonest characters (the first
levels of GB 2312 and Big5), Western letters stand alone among ASCII. General detectors need more
text than a caption has, and take GB18030 for Korean.
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

# Those that files may name. Python knows more: punycode takes hours for some megabytes, and zip or
# base64 aren't texts.
_KNOWN = {
    *("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "utf-16-le", "utf-16-be", "utf-32"),
    *("us-ascii", "ascii", "iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252"),
    *("gb18030", "gbk", "gb2312", "cp936", "big5", "big5-hkscs", "cp950"),
}
GB18030, BIG5, BIG5_HK, WESTERN = "gb18030", "cp950", "big5hkscs", "cp1252"
# Names for people.
LABELS = {
    GB18030: "GB18030",
    BIG5: "Big5",
    BIG5_HK: "Big5-HKSCS",
    WESTERN: "Windows-1252",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before UTF-16, whose mark is its beginning.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", GB18030),
)
# `<meta charset="gb2312">`, `<?xml version="1.0" encoding="Big5"?>`, `Content-Type: …; charset=x`.
_DECLARED = re.compile(rb"(?:charset|encoding)[ ]?=[ ]?[\"']?([\w.:-]{2,20})", re.IGNORECASE)
_SUPERSETS = {
    **dict.fromkeys(("gbk", "gb2312", "cp936", "gb18030"), GB18030),
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252"), WESTERN),
    **dict.fromkeys(("big5", "cp950"), BIG5),
    "big5-hkscs": BIG5_HK,
}
# A candidate below this doesn't look like a text.
_LEAST = 0.6
# One broken byte in so many is damage; more is another encoding, or no text.
_MOST_BROKEN = 0.01
# Only so much is weighed: enough for certainty.
_SAMPLE = 200_000
# A declaration stands near the top.
_HEAD = 2048
# In UTF-16 without Chinese every other byte is NUL; in Chinese at least line ends have one.
_MANY_NULS = 0.2
# A text of bytes that may be any character of UTF-16: more of the commonest than chance gives.
_LEAST_UTF16 = 0.8
_REPLACEMENT = "\ufffd"
# What Python's "surrogateescape" makes of a byte that is no part of a character.
_ESCAPED = re.compile("[\udc80-\udcff]+")

_LETTERS = "ßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšž"
_CAPITALS = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŠŽ"
# What stands in a Windows-1252 text in its place: small letters beside letters and not three in a
# row; capitals at the start of a word; marks of print.
_WESTERN_RIGHT = re.compile(
    rf"(?<![{_LETTERS}][{_LETTERS}])[{_LETTERS}](?![{_LETTERS}]{{2}})"
    rf"|(?<![{_CAPITALS}{_LETTERS}])[{_CAPITALS}](?=[A-Za-z'’ ])"
    r"|[‘’“”–—…•£€©®™«»\xa0]|(?<=\d)[°½¼¾²³]|[¿¡](?=[A-Z])|¥(?=\d)|§(?=[ \d])|(?<= )·(?= )"
)


def codec(name: str) -> str:
    """Python's codec of that name; raises LookupError for one that no text is written in."""
    plain = name.lower().replace("_", "-")
    if plain not in _KNOWN:
        raise LookupError(f"unknown encoding: {name}")
    return plain


@dataclass(frozen=True)
class DecodedText:
    """`broken` counts what could not be decoded, `line` is where the first stood, from 1.

    Each left a U+FFFD in the text.
    """

    text: str
    encoding: str
    broken: int = 0
    line: int = 0


def decode_text(data: bytes) -> DecodedText | None:
    """The text and Python's name of its encoding; None for what is no text at all."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    if (wide := _utf16(data)) is not None:
        return _lenient(data, wide)
    if (text := _strict(data, "utf-8")) is not None:
        return DecodedText(text, "utf-8")
    if guessed := _best(data) or _wide_chinese(data):
        return DecodedText(data.decode(guessed), guessed)
    return _damaged(data)


def guess(data: bytes) -> str | None:
    """UTF-8 for what is, else as `guess_8_bit`: for a few words that stand by themselves."""
    return "utf-8" if _strict(data, "utf-8") is not None else guess_8_bit(data)


def guess_8_bit(data: bytes) -> str | None:
    """GB18030, Big5 or Windows-1252 for bytes that aren't UTF-8; None where none is likely."""
    scores = _scores(data)
    best = max(scores, key=lambda name: scores[name], default=None)
    return best if best and scores[best] >= _LEAST else None


def _best(data: bytes) -> str | None:
    """As declared where that can be, unless another is far likelier."""
    scores = _scores(data)
    said = _declared(data)
    if said in scores and scores[said] >= max(scores.values()) / 2:
        return said
    return guess_8_bit(data)


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD])
    try:
        name = codec(found[1].decode("ascii")) if found else ""
    except LookupError:
        return ""
    return _SUPERSETS.get(name, name)


def _scores(data: bytes) -> dict[str, float]:
    """How much each text looks like one (0–1), of those that can be decoded without loss."""
    found = {}
    for name, weigh in ((GB18030, _chinese), (BIG5, _chinese), (WESTERN, _western)):
        if (text := _strict(data, name)) is not None:
            found[name] = weigh(text[:_SAMPLE], name)
    if BIG5 not in found and (text := _strict(data, BIG5_HK)) is not None:
        found[BIG5_HK] = _chinese(text[:_SAMPLE], BIG5)
    return found


def _chinese(text: str, name: str) -> float:
    """The share of the characters beyond ASCII that are common ones of that encoding."""
    common, known = _levels(name)
    counts = Counter(text)
    beyond = {one: count for one, count in counts.items() if not one.isascii()}
    total = sum(beyond.values())
    if not total:
        return 0.0
    weights = (
        count * (1.0 if one in common else 0.3 if one in known else 0.0)
        for one, count in beyond.items()
    )
    return sum(weights) / total


@cache
def _levels(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The encoding's commonest characters with its punctuation, and its less common ones."""
    if name == GB18030:
        # Rows 1 and 3 are marks and full-width letters, 8 has pinyin; from 16 Chinese by sound,
        # from 56 the rarer by radical.
        marks, rows, rare = b"\xa1\xa2\xa3\xa8", range(0xB0, 0xD8), range(0xD8, 0xF8)
        trails: tuple[int, ...] = tuple(range(0xA1, 0xFF))
    else:
        marks, rows, rare = b"\xa1\xa2\xa3", range(0xA4, 0xC7), range(0xC9, 0xFA)
        trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    common = _characters((*marks, *rows), trails, name)
    # The bullet and the euro stand elsewhere in later editions. The rarest marks go: the codes of
    # one encoding's quotation marks are theirs in the other.
    common = common - frozenset("ˉˇ¨〃‖〝〞‵′＃＆＊※§") | frozenset("€·•－")
    return common, _characters(rare, trails, name)


def _characters(
    leads: tuple[int, ...] | range, trails: tuple[int, ...], name: str
) -> frozenset[str]:
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    return frozenset("".join(pair.decode(name, "ignore") for pair in pairs))


def _western(text: str, name: str) -> float:
    """The share of the characters beyond ASCII that stand where they would."""
    total = sum(not one.isascii() for one in text)
    if not total:
        return 0.0
    right = sum(1 for _found in _WESTERN_RIGHT.finditer(text))
    # Where most of a text is beyond ASCII, it is no Western one.
    return right / total * (1.0 if total < len(text) / 3 else 0.5)


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark, where most characters are ASCII and so half the bytes NUL."""
    sample = data[:_HEAD]
    if len(sample) < 4:
        return None
    half = len(sample) / 2
    even, odd = (sample[start::2].count(0) / half for start in (0, 1))
    if max(even, odd) > _MANY_NULS and min(even, odd) < _MANY_NULS / 4:
        name = "utf-16-be" if even > odd else "utf-16-le"
        return name if _wide_share(sample, name) >= _LEAST else None
    return None


def _wide_chinese(data: bytes) -> str | None:
    """UTF-16 without a mark that holds Chinese: the commonest characters, as chance has not."""
    if len(data) % 2:
        return None
    likely = {name: _wide_share(data[:_HEAD], name) for name in ("utf-16-le", "utf-16-be")}
    best = max(likely, key=lambda name: likely[name])
    is_whole = likely[best] >= _LEAST_UTF16 and _strict(data, best) is not None
    return best if is_whole else None


def _wide_share(sample: bytes, name: str) -> float:
    text = sample.decode(name, "replace")
    return sum(one in common_chinese() or _is_typed(one) for one in text) / len(text)


def _is_typed(character: str) -> bool:
    """Whether it is ASCII that a text holds: control characters fill the files of programs."""
    return character.isascii() and (character.isprintable() or character.isspace())


@cache
def common_chinese() -> frozenset[str]:
    """The commonest characters and marks, simplified and traditional."""
    return _levels(GB18030)[0] | _levels(BIG5)[0]


def _strict(data: bytes, name: str) -> str | None:
    """The text, or None where a byte is broken."""
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _damaged(data: bytes) -> DecodedText | None:
    """The likeliest encoding for bytes of which a few are broken, or the last is cut off."""
    readings = [_lenient(data, name) for name in ("utf-8", GB18030, BIG5)]
    for reading in sorted(readings, key=lambda one: one.broken):
        decoded = reading.text.replace(_REPLACEMENT, "")
        beyond = sum(not one.isascii() for one in decoded)
        few = reading.broken <= max(1, len(data) * _MOST_BROKEN)
        looks_right = reading.encoding == "utf-8" or (
            _chinese(decoded[:_SAMPLE], reading.encoding) >= _LEAST
        )
        if few and looks_right and reading.broken * 4 <= beyond:
            return reading
    return None


def _lenient(data: bytes, encoding: str) -> DecodedText:
    # UTF-16 knows no escape for what is broken: halves of surrogate pairs, an odd last byte.
    if encoding.startswith(("utf-16", "utf-32")):
        text = data.decode(encoding, "replace")
        # The text itself may hold some.
        broken = text.count(_REPLACEMENT) - data.decode(encoding, "ignore").count(_REPLACEMENT)
        return DecodedText(text, encoding, broken, _line(text, text.find(_REPLACEMENT)))
    text, broken = _ESCAPED.subn(_REPLACEMENT, escaped := data.decode(encoding, "surrogateescape"))
    found = _ESCAPED.search(escaped)
    return DecodedText(text, encoding, broken, _line(escaped, found.start()) if found else 0)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
