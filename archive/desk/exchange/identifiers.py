"""Names that files and the desk share: ids of stories and units, languages, kinds of tags."""

import re
from urllib.parse import quote, unquote

from archive.desk.exchange.tags import parts
from archive.desk.exchange.units import UnitVersion
from archive.text.language import CHINESE, ENGLISH

NAMESPACE = "urn:wagtail-bilingual-archive:desk:1"
# Whose notes are the desk's own, not a colleague's.
DESK = "desk"

_VERSION = re.compile(r"desk:(source|base|said)=(\S+)")
_REF = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_TAGS = {ENGLISH: "en", CHINESE: "zh-Hans"}

# A tag's `ctype` in XLIFF 1.2; `type` and `subType` in 2.1.
_KINDS = {
    "b": ("bold", "fmt", "xlf:b"),
    "strong": ("bold", "fmt", "xlf:b"),
    "i": ("italic", "fmt", "xlf:i"),
    "em": ("italic", "fmt", "xlf:i"),
    "br": ("lb", "fmt", "xlf:lb"),
    "a": ("link", "link", ""),
}
_MENTION = ("x-mention", "link", "desk:mention")


def language_tag(language: str) -> str:
    """BCP 47, as other tools write it: "zh-Hans"."""
    return _TAGS[language]


def language_of(tag: str) -> str:
    """The archive's language for a file's "zh-CN", "zh_Hans", "EN-us"; "" for any other."""
    tag = tag.lower().replace("_", "-")
    head = tag.split("-")[0]
    if head == "zh" and not {"tw", "hk", "mo", "hant"} & set(tag.split("-")):
        return CHINESE
    return ENGLISH if head == "en" else ""


def named(name: str, ref: str) -> str:
    """A story's name in a file: for people, and with what the way back needs."""
    return f"{name}.{ref}"


def ref_in(*names: str) -> str:
    """The story's reference in names of a file, or ""."""
    found = (match[0].lower() for name in names if (match := _REF.search(name)))
    return next(found, "")


def written_version(version: UnitVersion) -> str:
    """A version as one line, for formats that have no attributes of ours."""
    values = {"source": version.digest, "base": version.base, "said": version.said}
    return " ".join(f"desk:{name}={value}" for name, value in values.items() if value)


def read_version(text: str) -> UnitVersion:
    """The version in a line, empty where there is none."""
    found = dict(_VERSION.findall(text))
    return UnitVersion(found.get("source", ""), found.get("base", ""), found.get("said", ""))


def nmtoken(key: str) -> str:
    """A segment's key as an XML name token, which XLIFF 2 asks for: "ab/r0c1" -> "ab:2Fr0c1"."""
    return quote(key, safe="").replace("%", ":").replace("~", ":7E")


def key_of(token: str) -> str:
    """The segment's key of a name token."""
    return unquote(token.replace(":", "%"))


def kind_of(tag: str) -> tuple[str, str, str]:
    """What a tag is: `ctype` in XLIFF 1.2, `type` and `subType` in 2.1."""
    name, attributes = parts(tag)
    if name == "a" and ("linktype", "entity") in attributes:
        return _MENTION
    return _KINDS.get(name, (f"x-html-{name}", "other", f"html:{name}"))
