"""Authors' names as citations need them: which part is the family's, and in what order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pypinyin.contrib.tone_convert import to_normal

from archive.entities.bilingual import text_in
from archive.entities.romanising import romanised
from archive.entities.suggestions.words import SURNAMES_EN
from archive.text.folding import HAN
from archive.text.language import CHINESE, column

_HAN = re.compile(f"[{HAN}]")
# A person's whole name in characters: a foreigner's has a dot, or more of them.
_CHINESE_PERSON = re.compile(rf"[{HAN}]{{2,4}}")
_SYLLABLE = (
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ian|iao|ing|ong|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui"
    r"|un|uo|üe|ün|a|e|i|o|u|v|ü)"
)
_PINYIN = re.compile(rf"(?i){_SYLLABLE}(?:[-'’]?{_SYLLABLE})?")


@dataclass(frozen=True)
class Name:
    """A person's name in parts, or one that isn't to be taken apart (`literal`)."""

    family: str = ""
    given: str = ""
    literal: str = ""
    # Chinese people's: Li Na, wherever it stands.
    family_first: bool = False

    def __str__(self) -> str:
        parts = (self.family, self.given) if self.family_first else (self.given, self.family)
        return self.literal or " ".join(parts)

    @property
    def sorted(self) -> str:
        """Li, Na; what isn't to be taken apart as it is."""
        return self.literal or f"{self.family}, {self.given}"


def names_with(bylines: Iterable[Any], language: str, *roles: str) -> list[Name]:
    """The names of those who sign in one of the roles, in the language if they have one in it."""
    return [byline_name(line, language) for line in bylines if line.role in roles]


def byline_name(line: Any, language: str) -> Name:
    text = text_in(line.author, "name", language).text
    if line.role == "agency":
        return Name(literal=text)
    return name_in_parts(text, chinese=getattr(line.author, column("name", CHINESE)) or "")


def name_in_parts(text: str, *, chinese: str = "") -> Name:
    """The name; how it is written in Chinese tells which part of a romanised one comes first.

    Names in characters, names of one word and such as "Martin King, Jr." stay whole.
    """
    words = text.split()
    if len(words) < 2 or "," in text or _HAN.search(text):
        return Name(literal=text)
    surname = _surname(chinese)
    if words[0].lower() == surname or (not chinese and _looks_chinese(words)):
        return Name(words[0], " ".join(words[1:]), family_first=True)
    # Na Li, as some sign abroad, is Li Na as well.
    return Name(words[-1], " ".join(words[:-1]), family_first=words[-1].lower() == surname)


def _surname(chinese: str) -> str:
    """The family's name in Pinyin, of a Chinese person's whole name; "" for any other."""
    if not _CHINESE_PERSON.fullmatch(chinese):
        return ""
    return to_normal(romanised(chinese, kind="person").split()[0].lower())


def _looks_chinese(words: list[str]) -> bool:
    return len(words) == 2 and words[0] in SURNAMES_EN and bool(_PINYIN.fullmatch(words[1]))
