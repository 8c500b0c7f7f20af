"""What a citation of a story says, whatever the format: the record, and its authors' names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_normal

from archive.entities.fields import text_in
from archive.entities.romanisation import romanised
from archive.site.permalinks import permanent_path, short_id
from archive.text.language import (
    CHINESE,
    ENGLISH,
    HAS_CHINESE,
    HTML_CODES,
    SHORT_CODES,
    TRADITIONAL_CODE,
    column,
)
from archive.text.scripts import HAN, HAN_CHARACTER
from archive.text.surnames import DOUBLE, IN_PINYIN, READINGS, SURNAMES

# A person's whole name in characters: a foreigner's has a dot, or more of them.
_CHINESE_PERSON = re.compile(rf"[{HAN}]{{2,4}}")
_SYLLABLE = (
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ian|iao|ing|ong|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui"
    r"|un|uo|üe|ün|a|e|i|o|u|v|ü)"
)
_PINYIN = re.compile(rf"(?i){_SYLLABLE}(?:[-'’]?{_SYLLABLE})?")
_TWO_SYLLABLES = re.compile(rf"(?i){_SYLLABLE}[-'’]?{_SYLLABLE}")

_GENERATIONS = {"JR", "SR", "II", "III", "IV"}


@dataclass(frozen=True)
class CitedName:
    """A person's name in parts, or one that isn't to be taken apart (`literal`)."""

    family: str = ""
    given: str = ""
    literal: str = ""
    # Chinese people's: Li Na, wherever it stands.
    family_first: bool = False
    # What stands before the family's name and belongs to it, CSL's non-dropping particle: "van".
    particle: str = ""

    def __str__(self) -> str:
        parts = (self.surname, self.given) if self.family_first else (self.given, self.surname)
        return self.literal or " ".join(parts)

    @property
    def surname(self) -> str:
        """The family's name with its particle: van Gogh."""
        return f"{self.particle} {self.family}" if self.particle else self.family

    @property
    def sorted(self) -> str:
        """Li, Na; what isn't to be taken apart as it is."""
        return self.literal or f"{self.surname}, {self.given}"


def names_with(bylines: Iterable[Any], language: str, *roles: str) -> tuple[CitedName, ...]:
    """The names of those who sign in one of the roles, each once; in the language if they have one
    in it."""
    found = []
    for line in bylines:
        if line.role in roles:
            text = text_in(line.author, "name", language).text
            chinese = getattr(line.author, column("name", CHINESE), "") or ""
            is_agency = line.role == "agency"
            found.append(CitedName(literal=text) if is_agency else name_in_parts(text, chinese))
    return tuple(dict.fromkeys(found))


def name_in_parts(text: str, chinese: str = "") -> CitedName:
    """The name; how it is written in Chinese tells which part of a romanised one comes first.

    Names in characters, names of one word and such as "Martin King, Jr." stay whole.
    """
    words = text.split()
    is_whole = len(words) < 2 or "," in text or words[-1].rstrip(".").upper() in _GENERATIONS
    if is_whole or HAN_CHARACTER.search(text):
        return CitedName(literal=text)
    surname = _readings(chinese) if _CHINESE_PERSON.fullmatch(chinese) else frozenset()
    is_pinyin = HAS_CHINESE and not chinese and len(words) == 2 and _is_pinyin(*words)
    if words[0].lower() in surname or is_pinyin:
        return CitedName(words[0], " ".join(words[1:]), family_first=True)
    # Na Li, as some sign abroad, is Li Na as well.
    given = words[:-1]
    particles: list[str] = []
    while len(given) > 1 and given[-1].islower():
        particles.insert(0, given.pop())
    return CitedName(
        words[-1],
        " ".join(given),
        family_first=words[-1].lower() in surname,
        particle=" ".join(particles),
    )


def _is_pinyin(first: str, second: str) -> bool:
    """Whether both are Pinyin and the first one is the surname, however papers write capitals.

    A rarer surname may be a given name as well: Mei Lanfen, but Mei Lin is Lin's.
    """
    if first.capitalize() in IN_PINYIN:
        return bool(_PINYIN.fullmatch(second))
    known = _surnames()
    is_rare = first.lower() in known and second.lower() not in known
    return is_rare and bool(_TWO_SYLLABLES.fullmatch(second))


def _readings(chinese: str) -> frozenset[str]:
    """How the surname of a name in characters may be read, without tones: 曾 is Zeng or Ceng."""
    whole = to_normal(romanised(chinese, kind="person").split()[0].lower())
    return frozenset({whole, *pinyin(chinese[0], style=Style.NORMAL, heteronym=True)[0]})


@cache
def _surnames() -> frozenset[str]:
    """All of the list that are read in one way, in Pinyin without tones, and those as which
    surnames alone are read; in small letters."""
    read = (pinyin(one, style=Style.NORMAL, heteronym=True)[0] for one in SURNAMES)
    double = (to_normal(romanised(one).replace(" ", "").lower()) for one in DOUBLE)
    return frozenset({*(one[0] for one in read if len(one) == 1), *double, *READINGS})


WRITERS = ("reporter", "contributor", "agency")
# Who helped to report: no author, and no style's citation names them.
HELPERS = ("additional",)


@dataclass(frozen=True)
class CitationRecord:
    """One language's text of a story; `language` is the one that the text is in.

    A newspaper story is cited by where it was printed. A translation is a work of the archive: its
    `container` is the archive's name and its `day` the one on which readers got the text; its
    `original` says what was printed, in the original's language. Two stories that were printed
    apart and are one here are both cited by where they were printed. Sample text was never printed:
    it is a page of the archive without a day.
    """

    key: str
    title: str
    language: str
    url: str
    container: str
    authors: tuple[CitedName, ...] = ()
    translators: tuple[CitedName, ...] = ()
    helpers: tuple[CitedName, ...] = ()
    edition: str = ""
    section: str = ""
    day: date | None = None
    page: str = ""
    abstract: str = ""
    rights: str = ""
    original: "CitationRecord | None" = None
    # For those who can't read the title of an original.
    english_title: str = ""
    is_printed: bool = True
    # The title is as printed, in traditional characters.
    is_traditional: bool = False

    @property
    def html_language(self) -> str:
        """Language and script: "en", "zh-Hans", "zh-Hant"."""
        return TRADITIONAL_CODE if self.is_traditional else HTML_CODES[self.language]

    @property
    def printed(self) -> "CitationRecord":
        """The record of what was printed: of a translation its original, else itself."""
        return self.original or self


def _printed_apart(printed: Mapping[str, Any]) -> dict[str, Any]:
    """Of a text that is a translation here, and was printed by itself: as a paper's own story."""

    def names(*roles: str) -> tuple[CitedName, ...]:
        found = (
            CitedName(literal=one["name"])
            if one["role"] == "agency"
            else name_in_parts(one["name"], one["chinese"])
            for one in printed["authors"]
            if one["role"] in roles
        )
        return tuple(dict.fromkeys(found))

    return {
        "authors": names(*WRITERS),
        "helpers": names(*HELPERS),
        "rights": printed["rights"],
        "container": printed["publication"],
        "edition": printed["edition"],
        "section": printed["section"],
        "day": date.fromisoformat(printed["date"]),
        "page": printed["page"],
    }


def record_of(text: Any, bylines: Sequence[Any], *, root: str, home: Any) -> CitationRecord:
    """The record of an `ArticleText`; no query if the story's filing and authors are loaded.

    `root` is the site's own address, `home` the archive's front page or None.
    """
    article, language = text.article, text.language
    short = short_id(article.pk)
    slug = [article.slug] if article.slug.isascii() else []
    site = text_in(home, "name", language).text if home else ""
    shared: dict[str, Any] = {
        # For BibTeX and the names of files, which want ASCII; each language has its own.
        "key": "-".join([*slug, short, SHORT_CODES[language]]),
        "title": text.headline,
        "language": language,
        "is_traditional": text.is_traditional and not text.is_converted,
        "url": f"{root}{permanent_path(article, language)}",
        "authors": names_with(bylines, language, *WRITERS),
        "helpers": names_with(bylines, language, *HELPERS),
        "abstract": text.abstract,
        "rights": article.rights,
    }
    if text.is_translation and article.translation_print:
        return CitationRecord(**shared | _printed_apart(article.translation_print))
    if text.is_translation:
        source = article.in_language(article.source_language, as_printed=True)
        translators = names_with(bylines, language, "translator")
        return CitationRecord(
            **shared,
            container=site,
            # One that nobody signs is the archive's own.
            translators=translators or ((CitedName(literal=site),) if site else ()),
            day=None if article.is_sample else article.translated_on,
            original=record_of(source, bylines, root=root, home=home),
            is_printed=False,
        )
    if language != ENGLISH and ENGLISH in article.languages():
        shared["english_title"] = getattr(article, column("headline", ENGLISH))
    if article.is_sample or not article.publication:
        return CitationRecord(**shared, container=site, is_printed=False)
    return CitationRecord(
        **shared,
        container=text_in(article.publication, "name", language).text,
        edition=article.print_edition,
        section=text_in(article.section, "name", language).text if article.section else "",
        day=article.print_date,
        page=article.print_page,
    )
