"""Stories of real words, in English and Chinese, the same for the same seed.

From Debian's reference manual, in both languages (packages debian-reference-en and
debian-reference-zh-cn), and the words of pypinyin's dictionary: so words are as frequent, and as
rare, as they are in print. Without the packages, from this folder's phrases and the dictionary.
"""

import gzip
import random
import re
from functools import cache
from pathlib import Path

from pypinyin.phrases_dict import phrases_dict

from tests.benchmarks import sentences

MANUAL = Path("/usr/share/doc/debian-reference-common/docs")
ENGLISH_WORDS, CHINESE_CHARACTERS = 120, 400
_HAN = re.compile(r"[\u4e00-\u9fff，。；：、（）]{6,}")
_WORDS = re.compile(r"[A-Za-z][a-z]*(?:['-][a-z]+)?")


class Prose:
    """Makes texts out of pieces of the manual and words of the dictionary."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self._english, self._chinese = _english(), _chinese()
        self._dictionary = sorted(word for word in phrases_dict if 2 <= len(word) <= 4)

    def english(self, words: int = ENGLISH_WORDS) -> str:
        """Runs of three to nine words as printed; now and then a number or a rare word."""
        made: list[str] = []
        while len(made) < words:
            start = self.rng.randrange(len(self._english) - 9)
            made += self._english[start : start + self.rng.randint(3, 9)]
            if self.rng.random() < 0.3:
                made.append(str(self.rng.randrange(1, 5000)))
            made[-1] += self.rng.choice((",", ".", "", ""))
        return " ".join(made[:words]) + "."

    def word(self) -> str:
        """An English word, as likely as it is frequent."""
        return self.rng.choice(self._english)

    def chinese(self, characters: int = CHINESE_CHARACTERS) -> str:
        """Pieces of sentences as printed, and words of the dictionary, half and half."""
        made, length = [], 0
        while length < characters:
            if self.rng.random() < 0.35:
                sentence = self.rng.choice(self._chinese)
                start = self.rng.randrange(max(1, len(sentence) - 8))
                piece = sentence[start : start + self.rng.randint(4, 12)]
            else:
                piece = self.rng.choice(self._dictionary)
            made.append(piece + self.rng.choice(("，", "", "", "", "。", "")))
            length += len(made[-1])
        return "".join(made)


def source() -> str:
    """What the texts are made of, for the report."""
    manual = "Debian's reference manual" if _manual("en") else "the benchmarks' own phrases"
    return f"{manual} and {len(phrases_dict)} words of pypinyin's dictionary"


def _manual(language: str) -> str:
    path = MANUAL / f"debian-reference.{language}.txt.gz"
    return gzip.decompress(path.read_bytes()).decode() if path.exists() else ""


@cache
def _english() -> list[str]:
    text = _manual("en") or " ".join(english for english, _chinese in _phrases())
    return _WORDS.findall(text)


@cache
def _chinese() -> list[str]:
    text = _manual("zh-cn") or "\n".join(chinese for _english, chinese in _phrases())
    return _HAN.findall(text)


def _phrases() -> list[sentences.Pair]:
    return [
        *(sentences.PLACES + sentences.ACTORS + sentences.DEEDS),
        *(sentences.AIMS + sentences.TIMES),
    ]
