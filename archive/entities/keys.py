"""The key of a new entry, and the sort keys of names: A to Z for English, pinyin for Chinese."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from anyascii import anyascii
from django.utils.text import slugify
from pypinyin import Style, lazy_pinyin, load_phrases_dict

from archive.text.language import CHINESE, ENGLISH

if TYPE_CHECKING:
    from archive.entities.models import Entity


def suggest(entity: Entity) -> str:
    """A key that no other entity has: "atlantic-city", or "portland-2" when that is taken."""
    name = entity.name_in(ENGLISH) or entity.name_in(CHINESE)
    stem = slugify(anyascii(name))[:70].strip("-") or entity.kind or "entry"
    every = type(entity).with_merged
    taken = set(every.filter(key__startswith=stem).values_list("key", flat=True))
    if stem not in taken:
        return stem
    return next(key for n in count(2) if (key := f"{stem}-{n}") not in taken)


# Place names that pypinyin reads character by character, and wrongly.
load_phrases_dict({"长滩": [["cháng"], ["tān"]]})


def sort_key(name: str, language: str, *, pinyin: str = "") -> str:
    """What a name is ordered by; a name that is missing sorts last.

    Chinese is ordered syllable by syllable, then by tone, then by character, as
    dictionaries do; `pinyin` stands in for the reading where the machine's is wrong.
    """
    if not name:
        return "~"
    if language != CHINESE:
        return anyascii(name).casefold()[:400]
    syllables = pinyin.split() or lazy_pinyin(
        name, style=Style.TONE3, neutral_tone_with_five=True, errors=_plain
    )
    # The figure sorts before every syllable: 长滩 comes before 长滩港.
    reading = " ".join(filter(None, syllables)).casefold()
    return f"{reading} 0 {name}"[:400]


def initial(key: str) -> str:
    """The heading that a sort key comes under: "A" to "Z", or "#"."""
    first = key[:1].upper()
    return first if "A" <= first <= "Z" else "#"


def _plain(characters: str) -> str:
    """What pypinyin can't read (Latin, figures, marks), as sortable ASCII without quotes."""
    return anyascii(characters).replace('"', "").replace("'", "").strip()
