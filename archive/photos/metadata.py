"""What an image file says about itself, as values: the vocabulary of this room's pure half."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field, fields

from archive.interchange.records import PictureDetails, PublicPictureDetails
from archive.text.dates import parse_partial
from archive.text.language import UNSPACED, detect, known

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DATE = re.compile(r"(\d{4})(?:[-:/.]?(\d{2}))?(?:[-:/.]?(\d{2}))?")
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
_UNSPECIFIED = ("", "x-default")


@dataclass(frozen=True)
class PhotoMetadata(PictureDetails):
    """The fields of one image file; "" or an empty mapping where it says nothing.

    `captions` and `alt_texts` are keyed by the archive's languages ("en", "zh-hans").
    """

    captions: Mapping[str, str] = field(default_factory=dict)
    alt_texts: Mapping[str, str] = field(default_factory=dict)
    headline: str = ""

    def completed_by(self, weaker: "PhotoMetadata") -> "PhotoMetadata":
        """These values, with the gaps filled from a less trusted block of the same file."""
        names = [name.name for name in fields(self) if name.name not in ("captions", "alt_texts")]
        return PhotoMetadata(
            captions={**weaker.captions, **self.captions},
            alt_texts={**weaker.alt_texts, **self.alt_texts},
            **{name: getattr(self, name) or getattr(weaker, name) for name in names},
        )


@dataclass(frozen=True)
class PublicMetadata(PublicPictureDetails):
    """What a public file says of its picture; false when that is nothing."""

    def __bool__(self) -> bool:
        return any(astuple(self))


def clean(text: str) -> str:
    """Text fit for a database column: no control characters, "\\n" for line ends, trimmed."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def partial_date(text: str) -> str:
    """A partial date from an XMP, IIM or EXIF date; "" where there is none.

    Unknown parts may be missing (XMP "1980-01") or zero (IIM "19800100").
    """
    match = _DATE.match(text.strip())
    if not match:
        return ""
    parts: list[str] = []
    for part in match.groups():
        if not part or not int(part):
            break
        parts.append(part)
    try:
        parse_partial("-".join(parts))
    except ValueError:
        return ""
    return "-".join(parts)


def place_name(*narrow_to_wide: str) -> str:
    """City, province and country in one line: "Zhanjiang, China", but "中国湛江"."""
    parts = list(dict.fromkeys(filter(None, narrow_to_wide)))
    if all(detect(part) in UNSPACED for part in parts):
        return "".join(reversed(parts))
    return ", ".join(parts)


def by_language(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """An XMP language alternative ([("x-default", …), ("zh-CN", …)]) in the archive's languages.

    A named language goes before "x-default", Simplified Chinese before Traditional; languages
    that the archive does not keep are left out, also where "x-default" repeats them. Of two texts
    under one code the first counts.
    """
    found: dict[str, str] = {}
    foreign: set[str] = set()
    first: dict[str, str] = {}
    for code, text in texts:
        first.setdefault(code.lower(), text)
    for code, text in sorted(first.items(), key=_rank):
        language = detect(text) if code in _UNSPECIFIED else known(code)
        if not language:
            foreign.add(text)
        elif text and text not in foreign:
            found.setdefault(language, text)
    return found


def in_its_language(text: str) -> dict[str, str]:
    """A text that names no language, under the language that its script tells."""
    return {detect(text): text} if text else {}


def _rank(coded: tuple[str, str]) -> int:
    code, _text = coded
    return 2 if code in _UNSPECIFIED else int(code.startswith(_TRADITIONAL))
