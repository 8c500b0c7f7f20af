"""Names in Latin letters: Pinyin with tone marks as maps write it, sort keys, keys of entries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import count, pairwise
from typing import TYPE_CHECKING

from anyascii import anyascii
from django.utils.text import slugify
from pypinyin import Style, lazy_pinyin, load_phrases_dict, pinyin
from pypinyin.contrib.tone_convert import to_normal, to_tone

from archive.text.language import CHINESE, ENGLISH, LANGUAGES
from archive.text.scripts import IDEOGRAPHS
from archive.text.surnames import DOUBLE

if TYPE_CHECKING:
    from archive.entities.models import Entity

# Place names that pypinyin reads character by character, and wrongly.
load_phrases_dict({"长滩": [["cháng"], ["tān"]]})
_IDEOGRAPH = re.compile(f"[{IDEOGRAPHS}]")
# What a Chinese place is, as the last character of a name: written as a word of its own.
_GENERIC = frozenset("省市县区州港湾岛山江河湖海洋镇乡村")
_VOWELS = frozenset("aāáǎàeēéěèoōóǒò")


def romanised(name: str, *, reading: str = "", kind: str = "", is_domestic: bool = False) -> str:
    """The name's Pinyin: Zhànjiāng, Běibù Wān, Liú Xiǎohuá; "" where there are no characters.
    `reading` is the entry's own, syllable by syllable with or without tones ("chang tan"); it
    decides between a character's readings. Names of Chinese places (`is_domestic`) and of
    people are written in words; what else there is, syllable by syllable."""
    if not any(_is_han(character) for character in name):
        return ""
    # One a character; what isn't Chinese stays in one piece.
    syllables = list(lazy_pinyin(name, style=Style.TONE))
    if len(reading.split()) == len(name) == len(syllables):
        syllables = [*map(_toned, name, syllables, reading.split())]
    cut = 0
    if kind == "person" and len(syllables) == len(name) and "·" not in name and len(name) <= 4:
        cut = 2 if name[:2] in DOUBLE and len(name) > 2 else 1
    elif kind == "place" and is_domestic and len(syllables) == len(name):
        cut = len(name) - 1 if len(name) > 2 and name[-1] in _GENERIC else len(name)
    if cut:
        return " ".join(_word(part) for part in (syllables[:cut], syllables[cut:]) if part)
    text = " ".join(syllables).replace(" · ", "·")
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=4096)
def readings(name: str, reading: str = "") -> str:
    """What a script needs to set Pinyin over each character: "湛zhàn 江jiāng"; "" without any.
    `reading` is the entry's own, as in `romanised`."""
    # A list of what isn't Chinese: one for each of its characters too.
    found = lazy_pinyin(name, style=Style.TONE, errors=list)  # type: ignore[arg-type]
    wanted = [*reading.split()] if len(reading.split()) == len(name) else found
    pairs = zip(name, found, wanted, strict=True) if len(found) == len(name) else ()
    return " ".join(
        character + _toned(character, syllable, own)
        for character, syllable, own in pairs
        if _is_han(character)
    )


def _is_han(character: str) -> bool:
    return bool(_IDEOGRAPH.match(character))


def _toned(character: str, guess: str, wanted: str) -> str:
    """The reading of the character that the entry means, with its tone."""
    toned = to_tone(wanted)
    if toned != to_normal(toned):
        return toned
    choices = [guess, *pinyin(character, style=Style.TONE, heteronym=True)[0]]
    return next((one for one in choices if to_normal(one) == wanted.lower()), wanted)


def _word(syllables: list[str]) -> str:
    """Xī'ān: an apostrophe before a syllable inside a word that begins with a, o or e."""
    text = syllables[0]
    for _before, syllable in pairwise(syllables):
        text += ("'" if syllable[:1] in _VOWELS else "") + syllable
    return text[:1].upper() + text[1:]


def latin(text: str, names: Mapping[str, str] | None = None) -> str:
    """The text in ASCII, Chinese by how it is read in its context: 长滩港 -> "chang tan gang".

    `names` are Chinese names with their English: 长滩 -> "Long Beach". The longest one that
    stands at a place wins.
    """
    words, rest, at = [], "", 0
    lengths = sorted({len(name) for name in names or {}}, reverse=True)
    while at < len(text):
        parts = (text[at : at + length] for length in lengths)
        name = next((part for part in parts if names and part in names), "")
        if name and names:
            words += [_read(rest), names[name]]
            rest = ""
        else:
            rest += text[at]
        at += len(name) or 1
    return anyascii(" ".join(filter(None, [*words, _read(rest)])))


def _read(text: str) -> str:
    """Chinese characters by syllables, with spaces between; the rest as it is."""
    if not any(_is_han(character) for character in text):
        return text
    return " ".join(lazy_pinyin(text))


def suggest_key(entity: Entity) -> str:
    """A key that no other entity has: "atlantic-city", or "portland-2" when that is taken.

    Of a name without its English, what the archive calls another of that Chinese name: a second
    长滩 is "long-beach-2" beside Long Beach.
    """
    every = type(entity).with_merged
    name = entity.name_in(ENGLISH)
    if not name:
        name = next(filter(None, map(entity.name_in, LANGUAGES)), "")
        known = every.english_names_in(name)
        # A name is one word: 湛江 is "zhanjiang", as Pinyin's orthography has it.
        own = (entity.pinyin or latin(name)).replace(" ", "")
        name = latin(name, known) if known else own
    stem = slugify(anyascii(name))[:70].strip("-") or entity.kind or "entry"
    taken = set(every.filter(key__startswith=stem).values_list("key", flat=True))
    if stem not in taken:
        return stem
    return next(key for n in count(2) if (key := f"{stem}-{n}") not in taken)


def sort_key(name: str, language: str, *, pinyin: str = "") -> str:
    """What a name is ordered by; a name that is missing sorts last. Chinese is ordered syllable by
    syllable, then by tone, then by character, as dictionaries do; `pinyin` stands in for the
    reading where the machine's is wrong."""
    if not name:
        return "~"
    if language != CHINESE:
        return anyascii(name).casefold()[:400]
    syllables = pinyin.split() or lazy_pinyin(
        name,
        style=Style.TONE3,
        neutral_tone_with_five=True,
        # What pypinyin can't read (Latin, figures, marks), as sortable ASCII without quotes.
        errors=lambda text: anyascii(text).replace('"', "").replace("'", "").strip(),
    )
    # The figure sorts before every syllable: 长滩 comes before 长滩港.
    reading = " ".join(filter(None, syllables)).casefold()
    return f"{reading} 0 {name}"[:400]


def initial(key: str) -> str:
    """The heading that a sort key comes under: "A" to "Z", or "#"."""
    first = key[:1].upper()
    return first if "A" <= first <= "Z" else "#"


# A name in characters and one in letters, in either order: a blank, a slash or brackets between.
_HAN = rf"[{IDEOGRAPHS}·]{{2,}}"
_LETTERS = r"[^\W\d_](?:[^\W\d_]|[ .'’-])*[^\W\d_]"
_MARK = r"(?P<mark>\s*[/／|｜(（]\s*|\s+)"
_BOTH = [
    re.compile(f"(?P<han>{_HAN}){_MARK}(?P<letters>{_LETTERS})[)）]?"),
    re.compile(f"(?P<letters>{_LETTERS}){_MARK}(?P<han>{_HAN})[)）]?"),
]


def parted_by_script(text: str) -> dict[str, str]:
    """By language, the two names that a form in both scripts is made of; {} for any other form.

    >>> parted_by_script("湛江港 Zhanjiang Port")
    {'zh-hans': '湛江港', 'en': 'Zhanjiang Port'}

    Only where a slash parts them, or the letters begin as the characters are read: "IBM 中国" and
    "Zhanjiang市" are one name.
    """
    match = next((found for one in _BOTH if (found := one.fullmatch(text.strip()))), None)
    if match is None or not {CHINESE, ENGLISH} <= {*LANGUAGES}:
        return {}
    han, letters = match["han"], match["letters"]
    if any(map(_is_han, letters)):
        return {}
    is_slash = match["mark"].strip() in ("/", "／", "|", "｜")
    plain = "".join(filter(str.isalpha, anyascii(letters))).lower()
    if not is_slash and not plain.startswith("".join(lazy_pinyin(han[:2]))):
        return {}
    return {CHINESE: han, ENGLISH: letters}
