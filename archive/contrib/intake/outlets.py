"""Names of papers, agencies and stations in a text, known or told by their last word."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from typing import TypeVar

from archive.contrib.intake.word_lists import read_lists
from archive.text.mastheads import MASTHEADS, fold

_LISTS = read_lists("outlets.txt")
_FOLDED_NAMES = tuple(fold(name) for paper in MASTHEADS for name in paper.names().values())


def any_of(kind: str) -> str:
    """The pattern of the names, or words of names, that `data/outlets.txt` has below that."""
    return f"(?:{'|'.join(_LISTS[kind])})"


# Names of the archive's own publications, folded.
_named: ContextVar[frozenset[str]] = ContextVar("names of publications", default=frozenset())
T = TypeVar("T")
# Equal sets of names are one object, so that they are quickly compared.
_interned = lru_cache(maxsize=8)(lambda names: names)


def remembered_by_papers(maxsize: int) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """As `lru_cache`, for what reads a text and asks whether words are a paper's name: what was
    read before the archive had the paper is read anew."""

    def decorated(read: Callable[[str], T]) -> Callable[[str], T]:
        kept = lru_cache(maxsize=maxsize)(lambda text, _papers: read(text))
        return wraps(read)(lambda text: kept(text, _named.get()))

    return decorated


@contextmanager
def naming(papers: Iterable[str]) -> Iterator[None]:
    """Within it, these are names of papers, too: a text is read with the archive's own ones."""
    token = _named.set(_interned(frozenset(map(_fold_outlet, papers))))
    try:
        yield
    finally:
        _named.reset(token)


def _is_named(text: str) -> bool:
    return _fold_outlet(text.strip("《》 ")) in _named.get()


def is_masthead(text: str) -> bool:
    """Whether the text begins with the name of a paper that we know."""
    return fold(text).startswith(_FOLDED_NAMES)


_PARTED = re.compile(r"\s*[|｜>›»•]\s*|\s+[-–—·]+\s+|\u3000+")
# What a page adds to its paper's name.
_ADDED = re.compile(
    r"(?i:[ ,]*\bonline| on the web|\.com|\.co\.uk|[ ,]*\blogo|[ ,]*\bhome ?page)$"
    r"|(?:电子版|電子版|电子报|電子報|数字报刊?|數字報|客户端|官网|(?:图文)?数据库|資料庫|资料库|首[页頁]|(?<=[报報])社)$"
)


@cache
def _outlets() -> frozenset[str]:
    """Papers, agencies and stations by their folded names: `data/outlets.txt`."""
    return frozenset(map(_fold_outlet, _LISTS["names"]))


def _fold_outlet(name: str) -> str:
    return fold(name).removeprefix("the ")


def known_outlet(line: str) -> str:
    """The paper, agency or station that a line, or a part of it, is the name of; or ""."""
    if len(line) > _LONGEST_LINE:
        return ""
    return line.strip("《》 ") if _is_named(line) else _known_outlet(line)


@lru_cache(maxsize=2048)
def _known_outlet(line: str) -> str:
    for part in map(str.strip, _PARTED.split(line)):
        for name in (part, _ADDED.sub("", part)):
            if name and _fold_outlet(name) in _outlets():
                return name
    return ""


def added_to_name(name: str) -> str:
    """A name without what a page adds to it: "羊城晚报电子版" is the 羊城晚报."""
    return _ADDED.sub("", name)


# The last words of papers' names; any of them, in capitals, could be a paper that nobody listed.
_PAPER_EN = re.compile(
    r"(?:The )?[A-Z][\w’'&.-]*(?: (?:[A-Z&][\w’'&.-]*|of|and|the|de|la)){0,5}?[ -]"
    rf"{any_of('last words of papers in English')}(?:-[A-Z]\w+)?"
    r"(?: (?:Online|Web|Service|Agency|Overseas Edition|USA|Europe|Asia|Africa|Hong Kong"
    r"|[A-Z]\w+ (?:Weekly|Edition)|Weekly|Edition)){0,2}",
    re.IGNORECASE,
)
_PAPER_ZH = re.compile(
    r"《?[\u3400-\u9fff·]{1,12}(?:(?<![情剪海])[报報]|網|网|晨刊|晚刊|社|新闻|新聞|周刊|週刊|杂志|雜誌|在线|客户端"
    r"|電視台|电视台|通讯|日报网|晚报网|頻道|频道|融媒|发布|新闻社)(?:海外版|香港版|国际版"
    r"|[(（].{1,6}[)）])?》?"
)
_SITE = re.compile(
    r"(?:[a-z0-9-]+\.){1,3}(?:com|cn|net|org|hk|tw|news)(?:\.(?:cn|hk|tw))?", re.IGNORECASE
)
# Words of bylines, which may end or begin with a paper's name.
_BYLINE = re.compile(
    r"(?:by|from|special|for|posted|photo\w*|source) |(?:the )?(?:associated|canadian) press$"
    r"|(?:our |own |staff |special |senior |chief |political ){1,2}reporter$"
    r"|.*(?:记者|記者|通讯员|通訊員)|.*[上下]一[篇页頁]"
    r"|.* (?-i:reporter|correspondent|photographer|bureau)s?\b",
    re.I,
)
# "The Bay Ledger (Norfolk, Virginia)"
_PLACE = re.compile(r" \([A-Z][\w ,.]{2,40}\)$")
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))(?:\s|©|\(c\)|:)*(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:(?:19|20)\d\d)?)?)?"
    r"[,.\s]*(?:by\s)?(?P<name>[A-Z][^.,|©\d]{2,60}?)"
    r"(?=[.,|]|\s(?:all rights|inc|ltd|llc|corp|co|company|publish\w*|group|media)\b|$)",
    re.IGNORECASE,
)
_LINKS = re.compile(r"\b(?:policy|terms|contact|privacy)\b", re.IGNORECASE)
_MAY_OWN = re.compile(r"^(?:c|©|\(c\))|所有", re.IGNORECASE)
# "Bridge Times 桥报"
_BOTH = re.compile(r"(?P<en>[A-Z][\w’' -]{2,40}) (?P<zh>[\u3400-\u9fff]{2,8})")
_BOTH_ZH = re.compile(r"(?P<zh>[\u3400-\u9fff]{2,8}) (?P<en>[A-Z][\w’' -]{2,40})")
_LONGEST_NAME = 60
_LONGEST_LINE = 160


def looks_like_paper(text: str) -> bool:
    """Whether all of a text is a paper's name: one that we know, or one by its last word."""
    return _is_named(text) or (len(text) <= _LONGEST_NAME and _looks_like_paper(text))


@lru_cache(maxsize=2048)
def _looks_like_paper(text: str) -> bool:
    """The same; several steps ask of the same words."""
    if re.search(r"[\d。!?,，]", text) or _BYLINE.match(text):
        return False
    if is_masthead(text) and len(text) <= 40 and "." not in text:
        return True
    if both := _BOTH.fullmatch(text) or _BOTH_ZH.fullmatch(text):
        return looks_like_paper(both["zh"]) and (
            looks_like_paper(both["en"]) or (both["en"].isupper() and len(both["en"]) <= 6)
        )
    text = _PLACE.sub("", text)
    is_named = _PAPER_EN.fullmatch(text) and text[:1].isupper() and text.split()[-1][:1].isupper()
    return bool(is_named or _PAPER_ZH.fullmatch(text) or _SITE.fullmatch(text))


def is_outlet(name: str) -> bool:
    """Whether it is known, or tells by its words, that a name is a paper's or a station's."""
    return is_masthead(name) or looks_like_paper(name) or bool(known_outlet(name))


def copyright_holder(text: str) -> str:
    """The paper that a copyright line names: "© 2009 The Bay Ledger"; "" for none."""
    if len(text) > 200 or not _MAY_OWN.search(text):
        return ""
    match = _COPYRIGHT.match(text)
    name = match["name"].strip() if match else ""
    is_named = name.startswith("The ") or name.isupper() or looks_like_paper(name)
    # "COPYRIGHT  PRIVACY POLICY  TERMS OF SERVICE" is a row of links.
    return name if name and is_named and not _LINKS.search(name) else ""
