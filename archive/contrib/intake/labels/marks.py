"""Where the lines of a source say by a label what they hold, and which of them are one record.

"HEADLINE: …", "SLUG.....: …", 【题名】…, "<HEAD 36pt>", "HD   …", "CARD NO.    WWII/217", a table's
first column. A label counts where several lines have one, so that a sentence with a colon stays a
sentence; beside labels that are known, others of the same make are labels, too.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from archive.contrib.intake.documents import DocumentLine
from archive.contrib.intake.labels.names import (
    LabelName,
    is_sure_code,
    read_code,
    read_label,
    stands_alone,
)
from archive.contrib.intake.layout.lines import fold, is_sentence, width

LabelStyle = Literal["worded", "bracketed", "tagged", "coded", "column", "cell", "alone", "single"]

_HAN = r"\u3400-\u9fff"
_LABEL = rf"[A-Za-z{_HAN}](?:[A-Za-z{_HAN}0-9 ._/()#&'·-]{{0,38}}[A-Za-z{_HAN}0-9)#.])?"
_WORDED = re.compile(
    rf"(?:[•·▪*]\s{{1,3}})?(?P<label>{_LABEL}?)\s{{0,4}}(?:[.…·]{{0,40}}\s?[:=](?!//)|[.…·_]{{3,80}}(?=\s|$))"
    r"\s*(?P<value>.*)",
    re.S,
)
# Which brackets they are is each database's own taste. Round ones hold a name amid a sentence.
_OPENING, _CLOSERS = r"\[{【〖〈《「『", r"\]}】〗〉》」』"
_BRACKETED = re.compile(
    rf"[{_OPENING}]\s?(?P<label>{_LABEL})\s?[{_CLOSERS}]\s*:?\s*(?P<value>.*)",
    re.S,
)
_TAGGED = re.compile(
    r"<(?P<label>[A-Za-z][A-Za-z_-]{1,18})(?: [^<>]{1,40})?>\s*(?P<value>[^<]*)(?:</(?P=label)>)?"
)
# What ends the value of a label in brackets: "[/HEAD]", "</HEAD>".
_CLOSING = re.compile(r"\s*(?:\[/[^\[\]]{1,30}\]|</[A-Za-z][A-Za-z_-]{1,18}>)")
# A label's size and place in a typesetter's system: "[HEAD 42pt 2col]".
_ATTRIBUTES = re.compile(r"\s.*\d.*")
_CODED = re.compile(
    r"(?P<label>%[^\s\w%]|%[A-Z0-9]|[A-Z][A-Z0-9]{1,2})(?:\s{1,6}-\s|\s+|$)(?P<value>\S.*|)", re.S
)
# A reference manager's make, whatever the code: "Y2  - 2020/05/29", "%~ Newspapers".
_TAG_MAKE = re.compile(r"%|[A-Z][A-Z0-9] {2}-(?:\s|$)")
# Chinese labels of two characters are spread to the width of four: "報　名　大公報"; a word that
# only blanks part from its value is a label if it is a known one: "標題　澳門…".
_COLUMN = re.compile(
    rf"(?P<label>[{_HAN}](?:\s{{1,4}}[{_HAN}]){{1,2}})\s+(?P<value>\S.*)"
    rf"|(?P<label2>{_LABEL})(?:\s{{3,}}|\t+)(?P<value2>\S.*)"
    rf"|(?P<label3>[{_HAN}]{{2,4}})\s{{1,2}}(?P<value3>\S.*)",
    re.S,
)
# What every label has, and few sentences.
_MAY_MARK = re.compile(
    rf"[:=<{_OPENING}%\t]|\s\s|[.…·_]{{3}}|^[A-Z][A-Z0-9]{{1,2}}(?:\s|$)|^[{_HAN}]{{2,4}}\s"
)
# Where another label begins in the same line: "报名：大公报　日期：1932.5.3".
_INSIDE = re.compile(rf"(?:\s{{2,}}|\s?[|;]\s{{0,3}}|(?<=[{_HAN}])\s)(?P<label>{_LABEL}?)\s?:\s*")
_LONGEST_ALONE, _MOST_WORDS = 30, 6
# So many lines with a label make a header; of a headline and a text, fewer.
LEAST_LABELS = 3
# What tells a story's record from a table of opening hours.
_CORE = ("headline", "body", "publication", "page", "section", "byline", "standfirst")
_TEXTS = ("headline", "body")
# So many lines below a label amid the text may be its value.
_MOST_BELOW = 3
_LONGEST_VALUE = 160
_RULE = re.compile(r"[^\w\s]{5,}")


@dataclass(frozen=True)
class LabelMark:
    """A label in the line of number `at`, from `start`; its value goes from `value` to `end`.

    `name` is None for a label that nobody knows.
    """

    at: int
    style: LabelStyle
    label: str
    name: LabelName | None
    start: int
    value: int
    end: int

    @property
    def field(self) -> str:
        return self.name.field if self.name else ""

    @property
    def key(self) -> str:
        return " ".join(self.label.casefold().split())


def closes(text: str) -> bool:
    """Whether a line is but the end of what a label holds: "[/HEAD]"."""
    return bool(_CLOSING.fullmatch(text))


def names_fields(text: str) -> bool:
    """Whether the tags of a marked-up text are the labels of a story's record."""
    names = {found["label"] for found in _TAGGED.finditer(text)}
    return is_record(sorted(names)) and not names & _OF_PAGES


# Tags of web pages, some of which are words for a story's parts, too.
_OF_PAGES = {"html", "div", "head", "span", "HTML", "DIV", "HEAD", "SPAN"}


def label_of(text: str) -> str:
    """The field of a line that says itself what it holds, "Document Type: Newspaper"; or ""."""
    match = _WORDED.fullmatch(fold(text)) if len(text) < 400 else None
    name = read_label(match["label"]) if match else None
    return name.field if name else ""


def is_record(labels: Sequence[str]) -> bool:
    """Whether the cells of a column are the labels of a story's record."""
    names = [read_label(one) for one in labels if one.strip()]
    fields = {one.field for one in names if one}
    known = sum(one is not None for one in names)
    return known >= LEAST_LABELS and known * 2 >= len(names) and not fields.isdisjoint(_TEXTS)


def is_citation(labels: Sequence[str]) -> bool:
    """Whether the cells of a column are the labels of where a story was in print."""
    fields = {name.field for one in labels if (name := read_label(one))}
    return {"publication", "date"} <= fields and len(fields) >= LEAST_LABELS


def find_marks(lines: Sequence[DocumentLine]) -> list[LabelMark]:
    """The labels of a source of which its lines are surely such; [] where it has none."""
    found = [mark for at, line in enumerate(lines) if (mark := read_mark(at, line))]
    if not found:
        return []
    found = _outside(found, lines)
    # Where the source names the headline, it is one of the labels.
    least = LEAST_LABELS - any(line.kind == "headline" for line in lines)
    marks: list[LabelMark] = []
    for styles in (("worded", "bracketed", "tagged", "cell"), ("coded",), ("column",)):
        own = [mark for mark in found if mark.style in styles]
        # A web page's line on writer, editor and source is none of a record's.
        barred = [mark for mark in own if "|" in lines[mark.at].text and mark.name]
        parts = [part for mark in barred for part in _parted(mark, lines[mark.at])]
        every = [*own, *(part for part in parts if part.field in _CORE)]
        if _is_header(every, lines, least):
            marks += _with_neighbours(own, lines)
    if not marks:
        return [
            replace(mark, style="single")
            for mark in found
            if mark.name
            and mark.value < mark.end
            and (mark.style == "cell" or stands_alone(mark.label))
        ]
    marks.sort(key=lambda mark: mark.at)
    marks = _with_bare(marks, lines)
    marks = [part for mark in marks for part in _parted(mark, lines[mark.at])]
    return _without_prose(marks, lines)


def read_mark(at: int, line: DocumentLine) -> LabelMark | None:
    """The label that a line may begin with; a known one before one that nobody knows."""
    if line.label:
        return LabelMark(at, "cell", line.label, read_label(line.label), 0, 0, len(line.text))
    if line.kind not in ("text", "paragraph", "subhead", "list_item") or len(line.text) > 5000:
        return None
    text = fold(line.text[:80]) + line.text[80:]
    if not _MAY_MARK.search(text[:80]):
        return None
    first = None
    for style, pattern in _STYLES:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        groups = match.groupdict()
        part = next((one for one in "32" if groups.get(f"label{one}")), "")
        label = groups[f"label{part}"]
        if style == "bracketed":
            label = _ATTRIBUTES.sub("", label) if read_label(label) is None else label
        value = match.start(f"value{part if groups.get(f'value{part}') else ''}")
        if style != "coded" and len(label.split()) > _MOST_WORDS:
            continue
        name = read_code(label) if style == "coded" else read_label(label)
        closing = _CLOSING.search(text, value) if style in ("bracketed", "tagged") else None
        end = closing.start() if closing and closing.end() == len(text) else len(line.text)
        mark = LabelMark(at, style, label, name, 0, value, end)
        if name:
            return mark
        is_tag = style != "coded" or _TAG_MAKE.match(text)
        first = first or (mark if is_tag and part != "3" else None)
    return first


_STYLES: tuple[tuple[LabelStyle, re.Pattern[str]], ...] = (
    ("bracketed", _BRACKETED),
    ("tagged", _TAGGED),
    ("worded", _WORDED),
    ("coded", _CODED),
    ("column", _COLUMN),
)


def _outside(marks: list[LabelMark], lines: Sequence[DocumentLine]) -> list[LabelMark]:
    """Without those between a label and what closes it: "[HEAD]", "Pool or books:", "[/HEAD]"."""
    opened = [
        mark
        for mark in marks
        if mark.style in ("bracketed", "tagged") and mark.value >= len(lines[mark.at].text)
    ]
    closings = [at for at, line in enumerate(lines) if opened and closes(line.text)]
    inside: set[int] = set()
    for mark in opened if closings else ():
        end = next((at for at in closings if at > mark.at), mark.at)
        if lines[end].text[2:].startswith(mark.label):
            inside.update(range(mark.at + 1, end))
    return [mark for mark in marks if mark.at not in inside or mark.style != "worded"]


def _is_header(marks: list[LabelMark], lines: Sequence[DocumentLine], least: int) -> bool:
    """Whether these labels, of one make, are those of a record."""
    known = {mark.key: mark for mark in marks if mark.name}
    fields = {mark.field for mark in known.values()}
    if not marks or fields.isdisjoint(_CORE):
        return False
    if marks[0].style == "coded":
        return len(known) >= LEAST_LABELS and any(is_sure_code(one.label) for one in known.values())
    if marks[0].style == "column":
        columns = Counter(_column(one, lines) for one in known.values())
        is_told = len(columns) == 1 and set(_TEXTS) <= fields
        return is_told or max(columns.values()) >= LEAST_LABELS
    return len(known) >= least or (len(known) > 1 and set(_TEXTS) <= fields)


def _column(mark: LabelMark, lines: Sequence[DocumentLine]) -> int:
    """Where the value begins, in columns: a Chinese character takes two."""
    line = lines[mark.at]
    return line.indent + width(line.text[: mark.value])


def _with_neighbours(marks: list[LabelMark], lines: Sequence[DocumentLine]) -> list[LabelMark]:
    """The known labels, and unknown ones of their make right beside them or between two of them."""
    known = [mark for mark in marks if mark.name]
    if known[0].style == "column":
        columns = Counter(_column(one, lines) for one in known)
        column = columns.most_common(1)[0][0]
        marks = [mark for mark in marks if _column(mark, lines) == column]
        known = [mark for mark in marks if mark.name]
        # What stands between two of them, as far to the left, is a label that nobody knows.
        edges = {lines[mark.at].indent for mark in known}
        first, last = known[0].at, known[-1].at
        if len(edges) == 1:
            known = [
                mark
                for mark in marks
                if mark.name
                or (
                    first < mark.at < last
                    and lines[mark.at].indent in edges
                    and not lines[mark.at].gap
                )
            ]
    styles = {mark.style for mark in known}
    taken = {mark.at: mark for mark in known}
    for each, step in ((marks, -1), (marks[::-1], 1)):
        for mark in each:
            beside, other = taken.get(mark.at + step), taken.get(mark.at - step)
            if mark.at in taken or mark.style not in styles or not beside:
                continue
            gap = lines[max(mark.at, beside.at)].gap
            is_text = step < 0 and beside.field == "body" and not other
            if beside.style == mark.style and (not gap or other) and not is_text:
                taken[mark.at] = mark
    return [taken[at] for at in sorted(taken)]


def _with_bare(marks: list[LabelMark], lines: Sequence[DocumentLine]) -> list[LabelMark]:
    """With the labels that stand on a line of their own: "TEXT", "Body"."""
    taken = {mark.at for mark in marks}
    is_upper = all(mark.label.isupper() for mark in marks if mark.label.isascii())
    bare = []
    for at, line in enumerate(lines):
        text = line.text
        if at in taken or len(text) > _LONGEST_ALONE or line.kind not in ("text", "subhead"):
            continue
        name = read_label(text) if text[:1].isupper() or not text.isascii() else None
        if (
            name
            and name.field in ("body", "caption", "credit", "other")
            and text.isupper() >= is_upper
        ):
            bare.append(LabelMark(at, "alone", text, name, 0, len(text), len(text)))
    return sorted([*marks, *bare], key=lambda mark: mark.at)


def _parted(mark: LabelMark, line: DocumentLine) -> Iterator[LabelMark]:
    """A line with several labels as several: "报名：大公报　日期：1932.5.3"."""
    if mark.style != "worded" or mark.field == "body":
        yield mark
        return
    for match in _INSIDE.finditer(fold(line.text), mark.value):
        name = read_label(match["label"])
        if name:
            yield replace(mark, end=match.start())
            mark = LabelMark(
                mark.at, "worded", match["label"], name, match.start("label"), match.end(), mark.end
            )
    yield mark


def _without_prose(marks: list[LabelMark], lines: Sequence[DocumentLine]) -> list[LabelMark]:
    """Without those amid the text that only look like labels: "Note: …", who speaks in a talk."""
    counts = Counter(mark.key for mark in marks)
    opened = max((counts[mark.key] for mark in marks if mark.field in _TEXTS), default=1)
    at_lines = sorted({mark.at for mark in marks} | {len(lines)})
    kept: list[LabelMark] = []
    for mark in marks:
        value = lines[mark.at].text[mark.value : mark.end]
        below = next(at for at in at_lines if at > mark.at) - mark.at - 1
        is_beside = bool(kept) and kept[-1].at >= mark.at - 1
        is_long = mark.style == "worded" and len(value) > _LONGEST_VALUE and is_sentence(value)
        is_said = counts[mark.key] > max(2, opened) and mark.field in ("byline", "credit", "")
        is_amid = bool(kept) and not is_beside and below > _MOST_BELOW
        is_text = mark.field in (*_TEXTS, "caption", "credit", "standfirst")
        if mark.style in ("worded", "alone") and (
            (is_said and is_sentence(value))
            or (not is_text and (is_amid or (is_long and mark.field not in ("other", "notes"))))
        ):
            continue
        kept.append(mark)
    return kept


def record_starts(marks: Sequence[LabelMark], lines: Sequence[DocumentLine]) -> list[int]:
    """The numbers of the lines with which further records begin, each with labels of its own.

    A record ends where the label that opened the first one, or the headline's, comes again.
    """
    if not marks or marks[0].style == "single":
        return []
    opening = marks[0].key
    starts: list[int] = []
    seen: set[str] = set()
    run = marks[0].at
    above: LabelMark | None = None
    for mark in marks:
        line = lines[mark.at]
        if above is None or mark.at > above.at + 1 or line.gap:
            run = mark.at
        again = mark.key in seen and (mark.key == opening or mark.field == "headline")
        if again and mark.style != "alone":
            start = _with_title(mark.at if mark.key == opening else run, lines)
            if not starts or start > starts[-1]:
                starts.append(start)
                seen = {one.key for one in marks if start <= one.at < mark.at}
        seen.add(mark.key)
        above = mark
    return _told(starts, marks)


def _with_title(start: int, lines: Sequence[DocumentLine]) -> int:
    """The record's first line: a title may stand right above its labels, "INDEX CARD No. 5"."""
    above = lines[start - 1]
    is_title = not lines[start].gap and not is_rule(above.text) and not is_sentence(above.text)
    is_parted = start > 1 and (above.gap or is_rule(lines[start - 2].text))
    return start - 1 if is_title and is_parted and len(above.text) < _LONGEST_VALUE else start


def _told(starts: list[int], marks: Sequence[LabelMark]) -> list[int]:
    """Of these starts those of records that have a headline or a text; without, it is none."""
    edges = [-1, *starts, 10**9]
    has = [
        any(one.field in _TEXTS for one in marks if first <= one.at < last)
        for first, last in pairwise(edges)
    ]
    return [start for at, start in enumerate(starts) if has[at + 1] and any(has[: at + 1])]


def is_rule(text: str) -> bool:
    """Whether a line is a ruler, such as parts two records."""
    return bool(_RULE.fullmatch("".join(text.split())))
