"""The archive's two languages, and the names of their columns."""

import re
from functools import lru_cache

ENGLISH = "en"
CHINESE = "zh-hans"
LANGUAGES = (ENGLISH, CHINESE)
# Each language's name in itself: never translated.
LABELS = {ENGLISH: "English", CHINESE: "中文"}
# Ways to read a story in both languages, and the part of an address that names one.
BOTH, REVEAL = "both", "reveal"
PAIRED = (BOTH, REVEAL)
VIEW_PARAMETER = "view"
# BCP 47, as HTML wants it.
HTML_CODES = {ENGLISH: "en", CHINESE: "zh-Hans"}

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_LATIN = re.compile(r"[A-Za-z]")


def other(language: str) -> str:
    """The archive's other language; a code that is neither counts as English."""
    return ENGLISH if language == CHINESE else CHINESE


@lru_cache(maxsize=64)
def supported(code: str | None) -> str:
    """The archive language that serves a language code such as "zh-CN", "en-gb" or None."""
    return CHINESE if (code or "").lower().startswith("zh") else ENGLISH


@lru_cache(maxsize=256)
def column(field: str, language: str) -> str:
    """The column that holds `field` in `language`: ("name", "zh-hans") -> "name_zh_hans"."""
    return f"{field}_{language.replace('-', '_')}"


def columns(*fields: str) -> list[str]:
    """Both languages' columns of each field, field by field."""
    return [column(field, language) for field in fields for language in LANGUAGES]


def detect(text: str) -> str:
    """The language that a text is written in, by its script."""
    han = len(_HAN.findall(text))
    latin = len(_LATIN.findall(text))
    # A Chinese word is about two characters, an English one about five letters.
    return CHINESE if han * 5 > latin * 2 else ENGLISH


def length(text: str, language: str) -> int:
    """Words of an English text; characters of a Chinese one, white space left out."""
    return len("".join(text.split())) if language == CHINESE else len(text.split())
