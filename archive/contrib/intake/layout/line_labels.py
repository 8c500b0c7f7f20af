"""What the lines of a text most probably are, by all that a careful reader looks at.

A linear-chain conditional random field: every line has features (its own shape and words, its
place, its neighbours, how many of its words the story's text has), each feature a weight for every
label, and each pair of labels one for following each other. The weights are learnt from the
labelled texts in `tests/data/layouts` by `python -m tests.contrib.intake.layout_training`; they are
the table `line_labels.json`, and nothing else is.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from operator import add

from archive.contrib.intake.documents import LineKind
from archive.contrib.intake.layout import bylines, captions, datelines, english, furniture
from archive.contrib.intake.layout.forms import Label, LineLabel, StoryLine
from archive.contrib.intake.layout.lines import fold, key
from archive.contrib.intake.outlets import known_outlet, looks_like_paper
from archive.text.scripts import HAN_CHARACTER, HAN_RUN

LABELS: tuple[Label, ...] = (
    "headline", "standfirst", "byline", "paragraph", "subhead", "caption", "other",
)  # fmt: skip
HEADLINE, STANDFIRST = LABELS.index("headline"), LABELS.index("standfirst")
# The label of a line of which its format says what it is.
STATED: dict[LineKind, Label] = {
    "headline": "headline",
    "standfirst": "standfirst",
    "byline": "byline",
    "caption": "caption",
    "credit": "caption",
    "list_item": "paragraph",
    "quote": "paragraph",
    "table_row": "paragraph",
    "dateline": "other",
}
_STATED = 20.0
Vector = list[float]
# Longer texts are labelled at both ends only.
_TOP, _BOTTOM = 300, 100
# Words count in lines up to this size, and what a line has in common with the text up to the next.
_TITLE, _LONG = 120, 300
_PROSE, _BODY = 60, 90
# Of English words the longer ones say what a text is about.
_LONG_WORD = 5
# So many paragraphs are a brief.
_BRIEF = 3
_LEAST_HEADLINE = 0.2
# A longer line of a headline isn't wrapped: what is below it is a standfirst.
_NARROW = 40
_TEXT = ("prose", "list_item", "table_row", "quote")
_TOLD, _SELDOM = ("citation", "furniture", "signature"), 0.3
# Which paragraphs may be taken for a standfirst, and how far names and day may be from it.
_LEADS, _NEAR = 1, 8

_WORD = re.compile(r"[A-Za-z][A-Za-z’']*")
_PATTERNS = {
    "year": re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)"),
    "time": re.compile(r"\d[:：]\d\d"),
    "address": re.compile(r"@|https?:|www\.|\.com"),
    "telephone": re.compile(r"\d{3}[-) ]\s?\d{3,4}"),
    "columns": re.compile(r"\S(?: {2}|\u3000|\t)\s*\S"),
    "code": re.compile(r"^[A-Z]{2,4}\s{2}"),
    "beside": re.compile(
        r"[（(](?:[前后後]?[左右中]|(?:pictured|above|left|right|cent(?:er|re))\b)"
    ),
    "summary": re.compile(
        r"^[【\[(（]?(?:导[读語语]|導讀|核心提示|摘要|提要|内容提要|编者按|編者按|編按|阅读提示)"
        r"|^——\S|^(?:What you need to know|In short|In brief|Key points|Highlights|At a glance)\b"
    ),
    "led": re.compile(r"^[A-Z][A-Z’' ]{3,24}[:.] [A-Z]|^[A-Z][a-z]+(?: [a-z]+){0,2}: "),
}
# What a line may end with.
_ENDS = {
    "goes on": re.compile(
        r"\b(?:a|an|the|of|to|in|for|on|with|and|at|by|from|as|or|its|is|are)$|[-–—,，、：:]$"
    ),
    "cut": re.compile(r"(?:\.\.|…)$"),
}
_LABELLED = re.compile(r"(?:[A-Za-z][\w .'-]{0,24}|[\u3400-\u9fff]{2,8})[:：]\s*(\S?)")
# What all of a short line may be by its words.
_MEANINGS: dict[str, Callable[[str], object]] = {
    "names": lambda text: bylines.bare_names(text),
    "post": english.is_post,
    "outlet": known_outlet,
    "paper": looks_like_paper,
    "section": furniture.names_section,
    "menu": furniture.is_row_of_links,
    "opening": datelines.open_story,
    "shown": lambda text: captions.shown_score(text) >= 1,
}
_SIGNS = "|/>›·»•–—:：<^=*#_+←→"


@dataclass
class Weights:
    """Of each feature for every label, and of each label for the one before it and at the ends."""

    features: dict[str, Vector]
    transitions: list[Vector]
    first: Vector
    last: Vector

    def score(self, names: Sequence[str]) -> Vector:
        rows = [self.features[name] for name in names if name in self.features]
        return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(LABELS)


@cache
def learnt_weights() -> Weights:
    table = resources.files(__package__).joinpath("line_labels.json").read_text(encoding="utf-8")
    return Weights(**json.loads(table))


def take_labels(items: Sequence[StoryLine], stated_headline: str = "") -> None:
    """Gives each line its label; `stated_headline` is the one that the source's format gives."""
    title = _stated(items, stated_headline)
    for item, label in zip(items, label_lines(items, title), strict=True):
        item.guess = label


def _stated(items: Sequence[StoryLine], headline: str) -> int | None:
    """The line of the headline that a format states, or of its title without the site's name."""
    whole = key(headline)
    for at, item in enumerate(items[:_TOP] if whole else ()):
        words = key(item.line.text)
        if item.line.kind == "headline" or (words in whole and len(words) * 3 >= len(whole)):
            return at
    return None


def label_lines(items: Sequence[StoryLine], title: int | None = None) -> list[LineLabel]:
    """A label for every line; the headline is one line, or lines that follow each other.

    `title` is the headline's line, where the format says it.
    """
    if len(items) > _TOP + _BOTTOM:
        # Amid a very long text a line's own form has to do.
        between = [_by_form(item) for item in items[_TOP:-_BOTTOM]]
        top, bottom = label_lines(items[:_TOP], title), label_lines(items[-_BOTTOM:])
        below = [_second(one) if one.label == "headline" else one for one in bottom]
        return top + between + below
    if not items:
        return []
    weights = learnt_weights()
    scores = [weights.score(names) for names in features(items)]
    for at, label in _said(items, title):
        scores[at][LABELS.index(label)] += _STATED
    for score, item in zip(scores, items, strict=True):
        if item.line.is_body:  # The source says that it is neither.
            score[HEADLINE] -= _STATED
            score[STANDFIRST] -= _STATED
    odds = marginals(scores, weights)
    title_lines = _headline_run(odds, items)
    labels = []
    for at, line in enumerate(odds):
        allowed = line if at in title_lines else [-1.0, *line[1:]]
        best = HEADLINE if at in title_lines else max(range(len(LABELS)), key=allowed.__getitem__)
        rest = 1.0 if at in title_lines else 1 - line[HEADLINE]
        labels.append(LineLabel(LABELS[best], line[best] / (rest or 1.0)))
    return labels


def _said(items: Sequence[StoryLine], title: int | None) -> Iterator[tuple[int, Label]]:
    """What the format itself says of lines; a heading below running text is one between paragraphs.

    So is one below a line that is no heading's or byline's, with nothing of a story's head below.
    The sentence right above such a heading is a paragraph, however short.
    """
    first = 0 if title is None else title + 1
    text = next((at for at in range(first, len(items)) if _is_told(items[at])), len(items))
    for at, item in enumerate(items):
        above, below = items[at - 1 : at], items[at + 1 : at + 2]
        if label := "headline" if at == title else STATED.get(item.line.kind):
            yield at, label
        elif item.line.kind != "subhead" or bylines.sign(item.line.text) or at <= first:
            continue
        elif at > text or (title is not None and not _are_of_head([*above, *below])):
            yield at, "subhead"
            if above[0].form == "prose":
                yield at - 1, "paragraph"


def _is_told(item: StoryLine) -> bool:
    """Whether it is running text, a list or a table; a page's head may be rows of a table."""
    return item.form in _TEXT and (item.form != "table_row" or item.line.ends_sentence)


def _are_of_head(items: Sequence[StoryLine]) -> bool:
    return any(one.form in _TOLD or one.line.kind in ("subhead", "standfirst") for one in items)


def _by_form(item: StoryLine) -> LineLabel:
    is_head = item.form == "open" and item.line.size < _BODY and not item.line.ends_openly
    return LineLabel("subhead" if is_head else "paragraph", 0.8)


def _second(one: LineLabel) -> LineLabel:
    return LineLabel("paragraph", 1 - one.probability)


def _headline_run(odds: list[Vector], items: Sequence[StoryLine]) -> range:
    """The lines of the headline: the likeliest one, and its neighbours that are likely, too."""
    # A line that says by itself that it is something else seldom is one.
    chances = [
        line[HEADLINE] * (_SELDOM if item.form in _TOLD or _is_credited(item) else 1)
        for line, item in zip(odds, items, strict=True)
    ]
    best = max(range(len(odds)), key=chances.__getitem__)
    if chances[best] == 0 or odds[best][HEADLINE] < _LEAST_HEADLINE:
        return range(0)
    first = last = best
    while first and odds[first - 1][HEADLINE] > 0.6 and _goes_on(items[first - 1], items[first]):
        first -= 1
    while (
        last + 1 < len(odds)
        and odds[last + 1][HEADLINE] > 0.6
        and _goes_on(items[last], items[last + 1])
    ):
        last += 1
    return range(first, last + 1)


def _is_credited(item: StoryLine) -> bool:
    return item.caption is not None and bool(item.caption.credit)


def _goes_on(above: StoryLine, below: StoryLine) -> bool:
    """Whether a headline may go on in the line below: one close to it, of about its length."""
    first, second = key(above.line.text), key(below.line.text)
    if below.line.gap or first in second or second in first:
        return False
    if above.form in _TOLD or below.form in _TOLD:
        return False
    if above.line.is_chinese:
        return 0.5 <= below.line.size / above.line.size <= 2
    is_wrapped = below.line.size <= max(30, 1.4 * above.line.size) and above.line.size <= _NARROW
    return is_wrapped and above.line.text.isupper() == below.line.text.isupper()


def marginals(scores: list[Vector], weights: Weights) -> list[Vector]:
    """The probability of each label in each line, by the forward–backward algorithm."""
    local = [[math.exp(one - max(line)) for one in line] for line in scores]
    steps = [[math.exp(one) for one in row] for row in weights.transitions]
    columns = list(zip(*steps, strict=True))
    forward = [_normal([a * math.exp(b) for a, b in zip(local[0], weights.first, strict=True)])]
    for line in local[1:]:
        before = forward[-1]
        forward.append(
            _normal([one * _dot(before, column) for one, column in zip(line, columns, strict=True)])
        )
    backward = [_normal([math.exp(one) for one in weights.last])]
    for line in local[:0:-1]:
        after = [a * b for a, b in zip(line, backward[-1], strict=True)]
        backward.append(_normal([_dot(row, after) for row in steps]))
    return [
        _normal([a * b for a, b in zip(*pair, strict=True)])
        for pair in zip(forward, reversed(backward), strict=True)
    ]


def _dot(first: Sequence[float], second: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(first, second, strict=True))


def _normal(values: Vector) -> Vector:
    total = sum(values) or 1.0
    return [value / total for value in values]


def features(items: Sequence[StoryLine]) -> list[list[str]]:
    """The names of what is true of each line."""
    shapes = [list(_shape(item)) for item in items]
    prose = [item.form == "prose" for item in items]
    long = [
        is_prose and item.line.size > _PROSE for is_prose, item in zip(prose, items, strict=True)
    ]
    prose = long if any(long) else prose
    texts = [
        frozenset(_words(item.line.text, _LONG_WORD) if item.line.size > _BODY else ())
        for item in items
    ]
    common = Counter(chain.from_iterable(texts))
    styles = [_style(item.line.text) for item in items]
    keys = Counter(key(item.line.text) for item in items)
    gaps = sorted(item.line.gap for item in items[1:])
    usual = gaps[len(gaps) // 2] if gaps else 0
    found, above, total = [], 0, sum(prose)
    seen: set[str] = set()
    sizes = sorted(item.line.size for item, is_prose in zip(items, prose, strict=True) if is_prose)
    middle = sizes[len(sizes) // 2] if sizes else 0
    signed = [at for at, item in enumerate(items) if item.form in ("signature", "agencies")]
    dated = [at for at, item in enumerate(items) if item.citation and item.citation.stamps]
    for at, item in enumerate(items):
        zone = "top" if not above else "bottom" if above + prose[at] == total else "middle"
        above += prose[at]
        own = [*shapes[at], *_place(item, zone, at, len(items), usual)]
        if total <= _BRIEF:
            # A brief's last lines are seldom those that a long story has below it.
            own += [f"brief {zone}", f"brief {zone} form={item.form}", f"brief form={item.form}"]
        own += _shared(item, zone, texts[at], common)
        own += _neighbours(items, at, styles)
        if zone == "top" or above <= _LEADS:
            own += _lead(items, at, signed, dated)
            own.append(f"lead={above} ratio={min(8, int(4 * item.line.size / (middle or 1)))}")
        if item.line.size < _TITLE:
            own += [f"word={word}" for word in dict.fromkeys(_words(item.line.text))]
        if keys[text := key(item.line.text)] > 1:
            own.append("again" if text in seen else "repeated")
        seen.add(text)
        found.append(own)
    return found


def _shape(item: StoryLine) -> Iterator[str]:
    """What a line is like by itself."""
    line, text = item.line, item.line.text
    words = _WORD.findall(text)
    yield f"size={min(9, int(math.log2(max(1, line.size))))}"
    yield (
        f"characters={min(12, len(HAN_CHARACTER.findall(text)) // 3)}"
        if line.is_chinese
        else f"words={min(12, len(words))}"
    )
    yield f"form={item.form}"
    if line.kind != "text":
        yield f"kind={line.kind}"
    yield "stop" if line.ends_sentence else "open" if line.ends_openly else "no stop"
    yield f"end={_kind(text.rstrip()[-1:])}"
    yield f"start={_kind(text.lstrip()[:1])}"
    if words and not line.is_chinese:
        yield f"capitals={4 * sum(word[0].isupper() for word in words) // len(words)}"
        if long := [word for word in words if len(word) > 3]:
            yield f"title={3 * sum(word[0].isupper() for word in long) // len(long)}"
        if text.isupper():
            yield "upper long" if len(words) > 3 else "upper"
    if digits := sum(map(str.isdigit, text)):
        yield f"digits={min(4, 8 * digits // len(text))}"
    yield from (name for name, pattern in _PATTERNS.items() if pattern.search(text))
    yield from (name for name, pattern in _ENDS.items() if pattern.search(text[-8:]))
    yield from (f"has {sign}" for sign in _SIGNS if sign in text)
    if match := _LABELLED.match(text):
        yield "label with value" if match[1] else "label"
    if text[:1] in "(（[【<" and text[-1:] in ")）]】>":
        yield "bracketed"
    if len(text) < _TITLE:
        yield from (name for name, is_so in _MEANINGS.items() if is_so(text))


def _kind(character: str) -> str:
    if not character.isalnum():
        return character
    if character.isdigit():
        return "digit"
    return "large" if character.isupper() else "small" if character.islower() else "han"


def _place(item: StoryLine, zone: str, at: int, count: int, usual: int) -> Iterator[str]:
    """Where a line stands: above, amid or below the running text."""
    yield zone
    if zone == "top":
        yield f"from top={min(at, 8)}"
    if zone == "bottom":
        yield f"from bottom={min(count - 1 - at, 8)}"
    yield f"{zone} form={item.form}"
    yield f"{zone} stop={item.line.ends_sentence}"
    yield f"{zone} size={min(9, int(math.log2(max(1, item.line.size))))}"
    if item.line.gap != usual:
        yield "wider gap" if item.line.gap > usual else "narrower gap"
    if item.line.is_emphasised:
        yield "emphasised"
    if item.line.indent:
        yield "indented"


def _shared(item: StoryLine, zone: str, own: frozenset[str], common: Counter[str]) -> Iterator[str]:
    """How many of its words stand in the running text, too: of a headline most, of a menu few."""
    if item.line.size >= _LONG:
        return
    words = own or frozenset(_words(item.line.text, _LONG_WORD))
    if not words:
        yield "shares none"
        return
    shared = int(4 * sum(common[word] > (word in own) for word in words) / len(words))
    yield f"shares={shared}"
    yield f"{zone} shares={shared}"


def _lead(
    items: Sequence[StoryLine], at: int, signed: list[int], dated: list[int]
) -> Iterator[str]:
    """What tells a standfirst from a first paragraph: the names and the day beside, a dateline."""
    for name, places in (("signed", signed), ("dated", dated)):
        if any(0 < at - place <= _NEAR for place in places):
            yield f"{name} above"
        if any(0 < place - at <= _NEAR for place in places):
            yield f"{name} below"
    for step in (0, 1, 2):
        if at + step < len(items) and datelines.open_story(items[at + step].line.text):
            yield f"+{step} opens"


def _style(text: str) -> str:
    """How a headline's words are written: in capitals, each with one, or as a sentence."""
    words = [word for word in _WORD.findall(text) if len(word) > 3]
    large = sum(word[0].isupper() for word in words)
    return "upper" if text.isupper() else "title" if large * 4 >= 3 * len(words) else "sentence"


def _neighbours(items: Sequence[StoryLine], at: int, styles: list[str]) -> Iterator[str]:
    item = items[at]
    for step in (-2, -1, 1, 2):
        if not 0 <= at + step < len(items):
            yield f"{step} none"
            continue
        other = items[at + step]
        yield f"{step} form={other.form}"
        if abs(step) == 1:
            yield f"{step} size={min(9, int(math.log2(max(1, other.line.size))))}"
            yield f"{step} stop={other.line.ends_sentence}"
            yield f"{step} longer={other.line.size > 1.3 * item.line.size}"
            # A wrapped headline's lines are of one make, and right below each other.
            apart = items[max(at, at + step)].line.gap
            both = f"{styles[at]} {styles[at + step]}"
            yield f"{step} gap={min(apart, 2)} stop={item.line.ends_sentence} {both}"
            yield f"{step} forms={item.form} {other.form}"


def _words(text: str, shortest: int = 1) -> Iterator[str]:
    """Words in small letters, at least so long, and pairs of Chinese characters."""
    yield from (word.lower() for word in _WORD.findall(text) if len(word) >= shortest)
    for run in HAN_RUN.findall(fold(text)):
        yield from map(add, run, run[1:]) if len(run) > 1 else run
