"""The archive's two languages, and the names of their columns.

The site's settings choose the pair. English and Chinese have names of their own here, since some
rules are those of one language: they apply where it is one of the two.
"""

import re
from functools import lru_cache

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, gettext, pgettext, to_locale

from archive.conf import settings
from archive.text.scripts import IDEOGRAPHS, KANA

ENGLISH = "en"
CHINESE = "zh-hans"
# Read once: the database's columns are named after them.
LANGUAGES = FIRST, SECOND = settings.LANGUAGES
HAS_CHINESE = CHINESE in LANGUAGES
_PRIMARY = {language: language.partition("-")[0] for language in LANGUAGES}


def _named(language: str, key: str, default: str) -> str:
    name = str(LANG_INFO.get(language, {}).get(key, default))
    return name[:1].upper() + name[1:]


# Each language's name in itself: never translated.
LABELS = {
    language: "中文" if language == CHINESE else _named(language, "name_local", language)
    for language in LANGUAGES
}
# In English, as the names of groups are.
ENGLISH_NAMES = {
    language: "Chinese" if language == CHINESE else _named(language, "name", language)
    for language in LANGUAGES
}
# Ways to read a story in both languages, and the part of an address that names one.
BOTH, REVEAL = "both", "reveal"
PAIRED = (BOTH, REVEAL)
VIEW_PARAMETER = "view"
# BCP 47, as HTML wants it.
HTML_CODES = {language: to_locale(language).replace("_", "-") for language in LANGUAGES}
# Of Chinese as it was printed, in an archive that gives it in simplified characters.
TRADITIONAL_CODE = "zh-Hant"
# As addresses and files name the languages: "en", "zh"; in full where two would be the same.
SHORT_CODES = _PRIMARY if len(set(_PRIMARY.values())) > 1 else {code: code for code in LANGUAGES}
BY_SHORT_CODE = {short: language for language, short in SHORT_CODES.items()}
# Those that put no space between words, nor between sentences.
UNSPACED = {code for code in LANGUAGES if _PRIMARY[code] in ("zh", "ja", "th", "lo", "km", "my")}
# Whose characters a text has, where it has any; "" in an archive without them.
HAN_LANGUAGE = next((code for code in LANGUAGES if _PRIMARY[code] in ("zh", "ja")), "")

_LETTERS = {
    "zh": IDEOGRAPHS,
    "ja": IDEOGRAPHS + KANA,
    "ko": r"\u1100-\u11ff\uac00-\ud7a3",
    **dict.fromkeys(("ar", "fa", "ur", "ckb", "ug"), r"\u0600-\u06ff"),
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg"), r"\u0400-\u04ff"),
    **dict.fromkeys(("hi", "mr", "ne"), r"\u0900-\u097f"),
    "bn": r"\u0980-\u09ff",
    "el": r"\u0370-\u03ff",
    "he": r"\u0590-\u05ff",
    "hy": r"\u0530-\u058f",
    "ka": r"\u10a0-\u10ff",
    "ta": r"\u0b80-\u0bff",
    "te": r"\u0c00-\u0c7f",
    "th": r"\u0e00-\u0e7f",
}
_SCRIPTS = {code: re.compile(f"[{_LETTERS.get(_PRIMARY[code], 'A-Za-z')}]") for code in LANGUAGES}
_IN_ONE_SCRIPT = _SCRIPTS[FIRST] == _SCRIPTS[SECOND]
# A Chinese word is about two characters, one in letters about five. A Japanese text is told from
# a Chinese one by its kana, which are nearly half of it.
_WEIGHTS = {code: {"zh": 5, "ja": 4}.get(_PRIMARY[code], 2) for code in LANGUAGES}
# The commonest short words that few other languages share, to tell two of one script apart.
_COMMON = {
    "en": "the of and to is was for that with his by from are it which have not",
    "fr": "le les des du et est une dans pour que qui sur au aux avec pas ce cette",
    "de": "der die das und ist zu den von mit dem nicht ein eine auf für im sich wurde",
    "es": "el los las del y es una por para que se con su al más fue como",
    "it": "il gli della di che è per un una nel con del dei non sono alla ha",
    "pt": "o os do da dos das e é uma para que em com não no na ao foi",
    "nl": "de het een van en is dat op te met voor niet zijn werd door ook",
}
_WORDS = {code: set(_COMMON.get(_PRIMARY[code], "").split()) for code in LANGUAGES}


def other(language: str) -> str:
    """The archive's other language; a code that is neither counts as the first."""
    return FIRST if language == SECOND else SECOND


@lru_cache(maxsize=64)
def supported(code: str | None) -> str:
    """The archive language that serves a language code such as "zh-CN", "en-gb" or None."""
    return known(code or "") or FIRST


@lru_cache(maxsize=256)
def known(code: str) -> str:
    """The archive's language for a file's "zh-CN", "zh_Hans", "EN-us"; "" for any other."""
    code = code.strip().lower().replace("_", "-")
    # Django's own: "zh-tw" is "zh-hant".
    named = (code, *LANG_INFO.get(code, {}).get("fallback", ()))
    near = (one for one in LANGUAGES if code.partition("-")[0] == _PRIMARY[one])
    return next((one for one in named if one in LANGUAGES), "") or next(near, "")


def characters(letters: int) -> dict[str, int]:
    """By language, how many characters take the room of so many letters."""
    return {code: letters // 2 if code in UNSPACED else letters for code in LANGUAGES}


@lru_cache(maxsize=256)
def column(field: str, language: str) -> str:
    """The column that holds `field` in `language`: ("name", "zh-hans") -> "name_zh_hans"."""
    return f"{field}_{language.replace('-', '_')}"


def columns(*fields: str) -> list[str]:
    """Both languages' columns of each field, field by field."""
    return [column(field, language) for field in fields for language in LANGUAGES]


def language_name(language: str) -> str:
    """The language's name in the reader's: "Chinese", "法文"."""
    names = {CHINESE: pgettext("language", "Chinese"), ENGLISH: pgettext("language", "English")}
    name = ENGLISH_NAMES[language]
    # Django's catalogue names the rest; in other interfaces the sentence around it is English.
    is_chinese = supported(get_language()) == CHINESE
    return names.get(language) or (gettext(name) if is_chinese else name)


def detect(text: str) -> str:
    """The language that a text is written in: by its script, else by its commonest words.

    The first where nothing tells: a name, or a language whose words aren't known here.
    """
    if _IN_ONE_SCRIPT:
        words = re.findall(r"[^\W\d_]+", text.lower())
        first, second = (sum(word in _WORDS[code] for word in words) for code in LANGUAGES)
    else:
        first, second = (len(_SCRIPTS[code].findall(text)) * _WEIGHTS[code] for code in LANGUAGES)
    return SECOND if second > first else FIRST


def script_language(name: str, language: str) -> str:
    """The language in whose characters a name is printed that stands in a text in `language`."""
    if _IN_ONE_SCRIPT or not any(map(str.isalpha, name)):
        return language
    return detect(name)


def length(text: str, language: str) -> int:
    """Words of a text; characters, white space left out, where no spaces part the words."""
    return len("".join(text.split())) if language in UNSPACED else len(text.split())


def in_language(label: object, language: str) -> str:
    """What a field in two languages is called, in the active language: "caption (English)"."""
    return gettext("%(field)s (%(language)s)") % {"field": label, "language": LABELS[language]}
