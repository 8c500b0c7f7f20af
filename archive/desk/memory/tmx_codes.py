"""The language codes of TMX files: which of the archive's languages they mean."""

from archive.text.language import CHINESE, ENGLISH

# What most translation tools know for these languages.
WRITTEN = {ENGLISH: "en", CHINESE: "zh-CN"}

_ENGLISH = {"en", "eng", "english"}
_CHINESE = {"zh", "zho", "chi", "cmn", "chinese"}
_TRADITIONAL = {"hant", "tw", "hk", "mo", "cht"}


def language_of(code: str) -> str:
    """ "EN_gb" -> "en", "zh-Hans-CN" and "zh-TW" -> "zh-hans"; "" for any other language."""
    first = _parts(code)[0]
    if first in _ENGLISH:
        return ENGLISH
    return CHINESE if first in _CHINESE else ""


def is_traditional(code: str) -> bool:
    """Chinese in traditional characters; a script counts before a place: zh-Hans-HK isn't."""
    parts = _parts(code)
    return parts[0] in _CHINESE and "hans" not in parts and not _TRADITIONAL.isdisjoint(parts)


def _parts(code: str) -> list[str]:
    return code.strip().lower().replace("_", "-").split("-")
