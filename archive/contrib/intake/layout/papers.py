"""Which of a text's lines, or which of their words, names the paper that printed it.

Every name that could be it is a candidate with features: where it stands, what its line is, whether
the paper is known or sounds like one, whether the text names it again. Each feature has a weight;
a text without a paper is a candidate, too, and the probability of the best one is the confidence.
The weights are learnt from the labelled texts together with the lines' labels
(`tests.contrib.intake.layout_training`), and are the table `papers.json`.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from archive.contrib.intake.documents import Span
from archive.contrib.intake.layout import bylines, captions, furniture
from archive.contrib.intake.layout.citations import Citation, tells_origin
from archive.contrib.intake.layout.forms import StoryLine
from archive.contrib.intake.layout.lines import is_chinese, key, trim
from archive.contrib.intake.layout.stamps import find_pages, find_stamps
from archive.contrib.intake.outlets import (
    added_to_name,
    copyright_holder,
    known_outlet,
    looks_like_paper,
)
from archive.text.scripts import HAN_CHARACTER

_LONGEST_LINE, _LONGEST_NAME = 160, 60
# How many lines a name that no list has may stand in, from the top and from the bottom.
_TOP, _FOOT = 12, 8
# How many a masthead may stand in.
_HEAD = 6
_CUT = re.compile(
    r"\s*[|｜丨/／·•>»›()（）【】\[\]《》;；:：]\s*|\s+[-–—]+\s+|——|\s{2,}|\u3000+|\t"
    r"|(?<=\S)(?=(?:作者|责任编辑|責任編輯|编辑|編輯|来源|來源)\s?[:：])"
)
_CUT_DATED = re.compile(r"[,，]\s*")
# "Bridge Times 桥报", "桥报 Bridge Times", "The Casket, Antigonish, N.S."
_BOTH = re.compile(
    r"(?P<en>[A-Za-z][\w’'& -]{2,40}?) ?(?P<zh>[\u3400-\u9fff]{2,10})"
    r"|(?P<zh2>[\u3400-\u9fff]{2,10}) ?(?P<en2>[A-Za-z][\w’'& -]{2,40})"
)
_PLACED = re.compile(r"((?:The )?[A-Z][\w’'&-]+(?: [A-Z][\w’'&-]+){0,3}), [A-Z][\w .,’'-]{2,30}")
_TITLE = re.compile(r"(?:The )?[A-Z][\w.’'&-]*(?: (?:[A-Z&][\w.’'&-]*|of|and|the)){0,5}")
_HAN_TITLE = re.compile(r"[\u3400-\u9fff]{2,10}")
_ADDRESS = re.compile(r"(?:@|www\.|https?://)([a-z0-9.-]{3,60})", re.IGNORECASE)


@dataclass
class PaperName:
    """A name that could be the paper's: what is true of it, and where it stands first."""

    name: str
    features: set[str] = field(default_factory=set)
    span: Span = (0, 0)
    number: int = 0


@dataclass(frozen=True)
class PaperChoice:
    """The paper and the probability that it is right; without a name the text has none."""

    probability: float
    paper: PaperName | None = None


@cache
def learnt_weights() -> dict[str, float]:
    table = resources.files(__package__).joinpath("papers.json").read_text(encoding="utf-8")
    return dict(json.loads(table))


def choose_paper(names: Sequence[PaperName], weights: Mapping[str, float]) -> PaperChoice:
    odds = probabilities(names, weights)
    best = max(range(len(odds)), key=odds.__getitem__)
    return PaperChoice(odds[best], names[best] if best < len(names) else None)


def probabilities(names: Sequence[PaperName], weights: Mapping[str, float]) -> list[float]:
    """Of each name, and last that the text has no paper."""
    scores = [sum(weights.get(one, 0.0) for one in name.features) for name in names] + [0.0]
    most = max(scores)
    powers = [math.exp(score - most) for score in scores]
    return [power / sum(powers) for power in powers]


def find_papers(items: Sequence[StoryLine], sent_by: str | None) -> list[PaperName]:
    """The names in a text that could be the paper's; `sent_by` is the one that opens it."""
    zones = list(_zones(items))
    found: dict[str, PaperName] = {}
    cited = [item.citation for item in items if item.citation]
    is_cited = any(one.publication and one.is_printed for one in cited)
    headlines = {key(one.line.text) for one in items if one.role == "headline"}
    for at, item in enumerate(items):
        if key(item.line.text) in headlines and item.role != "headline":
            continue  # A headline that is printed again names no paper.
        # Whose figures a table has doesn't say who printed the story; above it the words may.
        if (is_cited or zones[at] in ("text", "foot")) and tells_origin(item.line):
            continue
        for name, what in dict.fromkeys(_names(item, at, len(items), zones[at])):
            if not (word := _word(name)) or len(name) > _LONGEST_NAME:
                continue
            line = item.line
            one = found.setdefault(name, PaperName(name, set(), line.span, line.number))
            below = items[at + 1].citation if at + 1 < min(_HEAD, len(items)) else None
            is_above_day = below is not None and bool(below.stamps)
            one.features.update(
                _features(
                    item, name, what, at, len(items), zones[at], word, is_above_day=is_above_day
                )
            )
    if sent_by:
        one = found.setdefault(sent_by, PaperName(sent_by))
        one.features.add("sent")
    _compare(list(found.values()), items)
    return list(found.values())


def _word(name: str) -> str:
    return key(name).removeprefix("the")


def _zones(items: Sequence[StoryLine]) -> Iterator[str]:
    """Above the headline, between it and the text, amid the text, below it."""
    text = [at for at, item in enumerate(items) if item.role == "paragraph"]
    title = next((at for at, item in enumerate(items) if item.role == "headline"), 0)
    first, last = (text[0], text[-1]) if text else (len(items), len(items))
    for at in range(len(items)):
        yield (
            "title" if at == title and items[at].role == "headline"
            else "top" if at < title
            else "head" if at < first
            else "text" if at <= last
            else "foot"
        )  # fmt: skip


def _names(item: StoryLine, at: int, count: int, zone: str) -> Iterator[tuple[str, str]]:
    """The names that a line holds, and how it holds them."""
    text = item.line.text
    if item.citation:
        if item.citation.publication:
            yield from _forms(item.citation.publication, "cited")
        if item.citation.source:
            yield item.citation.source, "source"
    if item.signature and item.signature.publication:
        yield item.signature.publication, "signed"
    if (item.role == "paragraph" or zone == "text") and item.form != "citation":
        return
    if item.form == "agencies" or zone == "title" or len(text) > 2 * _LONGEST_LINE:
        return
    if item.form == "caption" or captions.bare_credit(text):
        return  # Whose a picture is doesn't say which paper printed the story.
    if owner := copyright_holder(text):
        yield owner, "copyright"
    if len(text) > _LONGEST_LINE:
        return
    if furniture.is_row_of_links(text):
        return
    may_be_new = at < _TOP or at >= count - _FOOT
    may_be_new = may_be_new and (not item.guess or item.seems("other", "byline", least=0))
    may_be_new = may_be_new and item.form not in ("credit", "editors")
    for piece, is_dated in _pieces(text):
        if known_outlet(piece):
            yield from _forms(piece, "known")
        elif looks_like_paper(piece) or looks_like_paper(added_to_name(piece)):
            yield from _forms(piece, "paper")
        elif (
            may_be_new
            and is_title(piece)
            and not furniture.read_furniture(piece)
            and not bylines.sign(piece)
            and f"{piece}:" not in item.line.folded
        ):
            yield piece, "dated title" if is_dated else "title"


def is_title(text: str) -> bool:
    """Whether a line could be a paper's name by its shape: capitalised words, a few characters."""
    return bool((_HAN_TITLE if is_chinese(text) else _TITLE).fullmatch(text))


def _forms(name: str, what: str) -> Iterator[tuple[str, str]]:
    """A name as printed, and without what a page adds to it: "羊城晚报电子版"."""
    yield name, what
    if (bare := added_to_name(name)) and bare != name:
        yield bare, f"bare {what}"


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """A line's pieces without its dates and pages, and whether it has any."""
    marks = [(one.start, one.end) for one in find_stamps(text)]
    marks += [(one.start, one.end) for one in find_pages(text)]
    at, rest = 0, []
    for start, end in sorted(marks):
        rest.append(text[at:start])
        at = max(at, end)
    for part in (*rest, text[at:]):
        for piece in _CUT.split(part):
            yield from ((one, bool(marks)) for one in _words(piece, is_dated=bool(marks)))


def _words(piece: str, *, is_dated: bool) -> Iterator[str]:
    whole = trim(piece).strip('.,，。:： "“”')
    if whole:
        yield whole
    parts = _CUT_DATED.split(whole) if is_dated else []
    if both := _BOTH.fullmatch(whole):
        parts += [trim(both["zh"] or both["zh2"]), trim(both["en"] or both["en2"])]
    elif placed := _PLACED.fullmatch(whole):
        parts.append(placed[1])
    if HAN_CHARACTER.search(whole):
        parts += whole.split()
    yield from (part for part in parts if part and part != whole)


def _signs(cited: Citation | None) -> Iterator[str]:
    """What is true of the citation in which a name stands."""
    if cited:
        signs = (cited.is_printed, cited.is_labelled, cited.is_name_only, bool(cited.stamps))
        names = ("printed", "labelled", "name only", "dated")
        yield from (name for name, is_true in zip(names, signs, strict=True) if is_true)


def _features(
    item: StoryLine,
    name: str,
    what: str,
    at: int,
    count: int,
    zone: str,
    word: str,
    *,
    is_above_day: bool,
) -> Iterator[str]:
    """What is true of a name by its line."""
    kind = "known" if known_outlet(name) else "paper" if looks_like_paper(name) else "title"
    yield from (kind, what, zone, f"{kind} {what}", f"{kind} {zone}", f"{what} {zone}")
    if _word(item.line.text).startswith(word):
        yield f"{kind} begins line"
        yield f"{what} {zone} begins line"
    if word == _word(item.line.text):
        yield "whole"
        yield f"{kind} {zone} whole"
    if at < 4:
        yield f"line={at}"
        yield f"{kind} line={at}"
    if count - at <= 3:
        yield f"from end={count - at}"
    if item.guess:
        yield f"label={item.guess.label}"
        yield f"{kind} label={item.guess.label}"
    yield from (f"{what} {sign}" for sign in _signs(item.citation))
    if furniture.names_section(name):
        yield "section"
    if is_above_day:
        yield f"{kind} above day"
    if name.isupper():
        yield "capitals"
    if name.startswith("The "):
        yield "the"
    yield f"{kind} words={min(4, len(name.split()))}" if name.isascii() else f"{kind} han"


def _compare(names: list[PaperName], items: Sequence[StoryLine]) -> None:
    """How often the text has a name again, and what other names there are."""
    told = "\n".join(key(item.line.text) for item in items)
    addresses = " ".join(
        key(host) for item in items for host in _ADDRESS.findall(item.line.text[:2000])
    )
    words = [_word(one.name) for one in names]
    kinds = ["known" in one.features or "paper" in one.features for one in names]
    for one, word, is_paper in zip(names, words, kinds, strict=True):
        kind = "known" if "known" in one.features else "paper" if is_paper else "title"
        again = min(3, told.count(word))
        one.features.add(f"{kind} again={again}")
        if len(word) > 3 and word.isascii() and word in addresses:
            one.features.add(f"{kind} address")
        others = {other for other, is_rival in zip(words, kinds, strict=True) if is_rival} - {word}
        one.features.add(f"{kind} rivals={min(2, len(others))}")
        if any(word in other for other in others):
            one.features.add(f"{kind} within")
        if any(other in word for other in others):
            one.features.add(f"{kind} holds")
