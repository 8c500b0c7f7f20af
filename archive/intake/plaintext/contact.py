"""The contact line: "Contact the writer at x@y", "联系作者：x@y"."""

import re
from dataclasses import dataclass

from archive.intake.plaintext.grammar import trim

_ADDRESS = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_WHO = r"(?:writer|reporter|author|editor|correspondent)s?"
_ENGLISH = rf"(?:you (?:can|may) )?(?:to )?(?:contact|reach|e-?mail)(?: the| this)? {_WHO}"
_CHINESE = (
    r"(?:本报|作者|记者|编辑|责任编辑|通讯员|读者|投稿|可|请|与|电子)*"
    r"(?:联系|邮箱|邮件|电邮|信箱){1,2}(?:方式|地址|作者|记者|编辑|我们)*"
)
_VIA = r"(?:\s*(?:at|on|via|through|by|is|e-?mail|:|：|为|是))*"
_JOIN = r"(?:[\s,;/、，；&和或]|\band\b|\bor\b)+"
_CALL = re.compile(
    rf"(?P<label>(?:{_ENGLISH}|{_CHINESE}|e-?mail|contact){_VIA})\s*"
    rf"(?P<addresses>{_ADDRESS}(?:{_JOIN}{_ADDRESS})*)\s*[.。]?",
    re.IGNORECASE,
)
_BARE = re.compile(rf"[(（\[<]?{_ADDRESS}(?:{_JOIN}{_ADDRESS})*[)）\]>]?[.。]?", re.IGNORECASE)
_SIGNED = re.compile(
    rf"(?P<before>(?:by |\S{{0,8}}记者|文[/／]).{{2,80}}?)[\s,，(（<]+"
    rf"(?P<addresses>{_ADDRESS}(?:{_JOIN}{_ADDRESS})*)[)）>]?",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(rf"{_ENGLISH}\s+(?:at|on|via|through)\s+(?P<how>[^.]{{3,60}})\.?", re.I)


@dataclass(frozen=True)
class ContactLine:
    """How to reach a writer; `before` is the byline on the same line, `rest` what follows."""

    addresses: tuple[str, ...]
    before: str = ""
    rest: str = ""


def read_contact(line: str) -> ContactLine | None:
    """The contact that a line gives, or None; an address within a sentence is no contact."""
    if _BARE.fullmatch(line):
        return ContactLine(_addresses(line))
    bare = line.strip("()（）[]【】")
    if match := _CALL.match(bare):
        return ContactLine(_addresses(match["addresses"]), rest=trim(bare[match.end() :]))
    if match := _SIGNED.fullmatch(line):
        return ContactLine(_addresses(match["addresses"]), before=trim(match["before"]))
    if match := _OTHERWISE.fullmatch(bare):
        return ContactLine((trim(match["how"]),))
    return None


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(address.rstrip(".") for address in re.findall(_ADDRESS, text))
