"""The words of a segment, and those of a long list in it."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from archive.text.dictionary import installed_glosses
from archive.text.scripts import HAN_RUN


class WordList:
    """Finds words of a long list in Chinese text: the longest one that stands at a place.

    An alternation of all words tries each of them at each character; this looks at those alone
    that begin with the character.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for word in sorted(words, key=len, reverse=True):
            self._by_start.setdefault(word[0], []).append(word)

    def finditer(self, text: str) -> Iterator[tuple[int, str]]:
        """Where each word stands, and the word; in reading order, none within another."""
        end = 0
        for start, character in enumerate(text):
            if start >= end:
                for word in self._by_start.get(character, ()):
                    if text.startswith(word, start):
                        yield start, word
                        end = start + len(word)
                        break


_ENGLISH_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@lru_cache(maxsize=2048)
def english_words(text: str) -> tuple[tuple[int, str], ...]:
    """Where each word of an English text stands, and the word; one of parts is one word."""
    return tuple((match.start(), match[0]) for match in _ENGLISH_WORD.finditer(text))


@lru_cache(maxsize=1024)
def chinese_words(text: str) -> tuple[tuple[int, str], ...]:
    """Where each word of a Chinese text stands, and the word, as the optional dictionary has them;
    none without it."""
    glosses = installed_glosses()
    found: list[tuple[int, str]] = []
    for run in HAN_RUN.finditer(text) if glosses else ():
        at = run.start()
        for word in glosses.split(run[0]) if glosses else ():
            found.append((at, word))
            at += len(word)
    return tuple(found)
