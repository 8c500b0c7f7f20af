"""How to reach a story's writer: "Contact the writer at x@y", "联系作者：x@y". For editors only."""

import re
from dataclasses import dataclass

from archive.contrib.intake.layout.lines import trim

_ADDRESS = r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}"
_WHO = r"(?:writer|reporter|author|editor|correspondent)s?"
_CONTACT = (
    rf"(?:you (?:can|may) )?(?:to )?(?:contact|reach|e-?mail|write)(?: to)?(?: the| this| our)? "
    rf"{_WHO}"
)
_NAMED = (
    r"(?:contact|reach|e-?mail|call) (?-i:[A-Z])[\w’'.-]{0,30}(?: (?-i:[A-Z])[\w’'.-]{0,30}){0,3}"
)
_REACHED = r"(?:[A-Z][\w’'.-]{0,30} ){1,4}can be (?:reached|contacted)"
_CONTACT_HAN = (
    r"(?:本报|作者|记者|编辑|责任编辑|通讯员|读者|投稿|可|请|与|电子){0,6}"
    r"(?:联系|邮箱|邮件|电邮|信箱){1,2}(?:方式|地址|作者|记者|编辑|我们){0,3}"
)
_VIA = r"(?:\s{0,3}(?:at|on|via|through|by|is|e-?mail|:|：|为|是)){0,4}"
_JOIN = r"(?:[\s,;/|、，；&和或]|\band\b|\bor\b){1,8}"
# A telephone's number, and the word before it ("Tel: 0759-2288888"); characters have no case.
_PHONE = (
    r"(?:(?!(?:or|and)\b)(?:[A-Za-z]{2,9}|(?-i:[\u3400-\u9fff]{2,6}))[\s.:：]{1,3})?"
    r"(?!(?:19|20)\d\d[-./]\d{1,2}[-./])[(+]?\d[\d\s().+-]{5,22}\d"
    # To its last digit: one way to read it.
    r"(?![\s().+-]{0,3}\d)"
)
_LABEL = r"(?:(?:[A-Za-z-]{2,9}|(?-i:[\u3400-\u9fff]{2,6}))\s?[:：]\s{0,2})?"
_PART = rf"(?:{_LABEL}{_ADDRESS}|{_PHONE})"
_LIST = rf"{_PART}(?:{_JOIN}{_PART})*"
_CALL = re.compile(
    rf"(?P<label>(?:{_NAMED}|{_CONTACT}|(?-i:{_REACHED})|{_CONTACT_HAN}|e-?mail"
    rf"|contact){_VIA})\s{{0,3}}"
    rf"(?P<addresses>{_LIST})\s{{0,3}}[.。]?",
    re.IGNORECASE,
)
_BARE = re.compile(rf"[(（\[<]?{_LIST}[)）\]>]?[.。]?", re.IGNORECASE)
_EACH = re.compile(rf"{_ADDRESS}|{_PHONE}")
_SIGNED = re.compile(
    rf"(?P<before>(?:by |\S{{0,8}}记者|文[/／]).{{2,80}}?"
    rf"|(?-i:[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){{1,3}}))"
    r"[\s,，(（<|•·]+"
    rf"(?P<addresses>{_LIST})[)）>]?(?:\s?[|,]\s?(?P<rest>[^@]{{2,60}}))?",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    rf"(?P<label>{_CONTACT}\s{{1,3}}(?:at|on|via|through))\s{{1,3}}(?P<how>[^.]{{3,60}})\.?",
    re.IGNORECASE,
)
_LONGEST = 2000


@dataclass(frozen=True)
class Contact:
    """How to reach a writer; `before` is the byline on the same line, `rest` what follows."""

    addresses: tuple[str, ...]
    before: str = ""
    rest: str = ""
    # The line's own words before the addresses.
    label: str = ""


def read_contact(line: str) -> Contact | None:
    """The contact that a line gives, or None; an address within a sentence is no contact."""
    if len(line) > _LONGEST or not ("@" in line or "contact" in line.casefold()):
        return None
    bare = line.strip("()（）[]【】")
    if match := _CALL.match(bare):
        rest, label = trim(bare[match.end() :]), trim(match["label"])
        return Contact(_addresses(match["addresses"]), rest=rest, label=label)
    if "@" in line and _BARE.fullmatch(line):
        return Contact(_addresses(line))
    if match := _SIGNED.fullmatch(line):
        return Contact(_addresses(match["addresses"]), trim(match["before"]), match["rest"] or "")
    if match := _OTHERWISE.fullmatch(bare):
        return Contact((trim(match["how"]),), label=match["label"])
    return None


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(trim(one[0]).rstrip(".") for one in _EACH.finditer(text))
