"""How names sound in the other language: transliterations by their consonants."""

import re
from functools import lru_cache

from anyascii import anyascii
from pypinyin import lazy_pinyin
from rapidfuzz import fuzz

CAPITALISED = re.compile(r"[A-ZÀ-ÞĀ-Ž][\w’'-]*[\w]")
# Consonants that stand for each other in transliterations.
CLASSES = {
    letter: group
    for group in ("bp", "m", "fvw", "dt", "n", "lr", "kgqh", "sjzx")
    for letter in group
}
_SPELLINGS = (
    *(("tch", "s"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("ph", "f"), ("th", "t"), ("ck", "k")),
    *(("gh", "g"), ("ce", "s"), ("ci", "s"), ("cy", "s"), ("ge", "s"), ("gi", "s"), ("c", "k")),
    ("x", "ks"),
)
# Transliterations have older sounds of some characters: 基 ki, 加 ga, 华 wa.
_SPOKEN = {**dict.fromkeys("基加金吉休希", "k"), **dict.fromkeys("华惠怀", "w")}
# Below this likeness two names don't sound alike: 1 in 100 right ones in print is below it.
ALIKE = 65
# So few consonants don't tell a name.
FEWEST = 3


@lru_cache(maxsize=8192)
def chinese_sound(characters: str) -> str:
    """Its consonants, a letter for each class of them."""
    sound = ""
    for character, syllable in zip(characters, lazy_pinyin([*characters]), strict=True):
        initial = "s" if syllable[:1] in ("c", "q") else syllable[:1]
        group = "l" if syllable == "er" else CLASSES.get(_SPOKEN.get(character, initial), "")[:1]
        sound += group + ("n" if syllable.endswith(("n", "ng")) else "")
    return sound


@lru_cache(maxsize=8192)
def english_sound(word: str) -> str:
    """As `chinese_sound` has those of a transliteration."""
    letters = anyascii(word).lower().removesuffix("'s")
    for spelt, spoken in _SPELLINGS:
        letters = letters.replace(spelt, spoken)
    groups = [CLASSES.get(letter, "")[:1] for letter in letters]
    return "".join(
        group for before, group in zip(["", *groups], groups, strict=False) if group != before
    )


def may_sound_like(characters: str, words: str) -> bool:
    """Whether the characters sound like some capitalised words of the English text."""
    sound = chinese_sound(characters)
    names = "".join(english_sound(word) for word in CAPITALISED.findall(words))
    # Few consonants are found in any words.
    least = ALIKE if len(sound) > FEWEST else 100
    return len(sound) >= FEWEST and fuzz.partial_ratio(sound, names) >= least
