"""Plain text: a story in any newspaper's layout, or several, cut where that is sure.

Between two stories stands a line of marks, and each names its paper and date, labels its headline
as a card does, or begins with a headline and a byline. Cards may be parted by blank lines alone,
headlines with a byline by more of them than paragraphs are. Or each is numbered: as a database's
export does it ("2 of 50 DOCUMENTS", "End of Document"), or by its headline's number, with the day
of its print below ("2. Bridge reopens"). The end of a page parts nothing: pages of one story may
all have the paper's name and date at their head.
"""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise, takewhile

from archive.contrib.intake.documents import (
    DocumentLine,
    DocumentMetadata,
    LineKind,
    SourceDocument,
)
from archive.contrib.intake.formats.bundles import Lead, PageItems, find_items
from archive.contrib.intake.formats.registers import find_rows
from archive.contrib.intake.labels.marks import find_marks, record_starts
from archive.contrib.intake.labels.records import joined
from archive.contrib.intake.layout.bylines import sign
from archive.contrib.intake.layout.citations import read_citation
from archive.contrib.intake.layout.furniture import is_jump, read_furniture
from archive.contrib.intake.layout.lines import Line, ends_sentence, fold, is_chinese, trim
from archive.contrib.intake.layout.stamps import find_stamps
from archive.contrib.intake.outlets import known_outlet
from archive.contrib.intake.records import PHOTOGRAPHER
from archive.text.fingerprints import is_separator

# What a database puts around each of its documents: "2 of 50 DOCUMENTS", "End of Document".
_END = re.compile(
    r"\s{0,80}(?:end of (?:document|record|article|story)|[\[<(【](?:end(?: of \w+)?|完)[\])>】]"
    r"|document [A-Z]{3,12}0{2,}\w{12,30})\s{0,80}",
    re.IGNORECASE,
)
_DOCUMENT = r"(?:documents?|records?|articles?|stor(?:y|ies)|items?|results?)"
_START = re.compile(
    rf"\s{{0,80}}(?:\d{{1,5}} of \d{{1,5}} {_DOCUMENT}|{_DOCUMENT} \d{{1,5}} (?:of|/) \d{{1,5}})"
    r"\s{0,80}",
    re.IGNORECASE,
)
# What else may count documents: "[1]", "1 / 3", "=== 2 ===", "Record: 1", 文献1, 第2篇 (共3篇).
_COUNTED = re.compile(
    rf"[\s=*#—–\[(【<─-]{{0,80}}(?:{_DOCUMENT}|no\.?|文献|文章|记录|記錄|第|篇名)?\s?[:：#.№]?\s?"
    r"(?P<number>\d{1,8})\s?(?:(?:of|/|／)\s?\d{1,5})?\s?(?:篇|条|則|则|號|号)?(?:\s?[/／(（]?\s?共\s?\d{1,5}\s?[篇条則则][)）]?)?"
    r"[\s=*#—–\])】>─.．、:：-]{0,80}",
    re.IGNORECASE,
)
# A number before a headline: "2. Bridge reopens", "3) …", 二、…, "ITEM 2: …".
_NUMBERED = re.compile(
    rf"(?P<before>(?:(?:{_DOCUMENT}|cutting|clipping|no\.?|第|之)\s?)?[(（\[【#]?)"
    r"(?P<number>\d{1,4}|[一二三四五六七八九]?十?[一二三四五六七八九]?)"
    r"(?P<behind>\s?(?:篇|条|則|则)?[)）\]】.．、:：]{1,2}(?:\s+|(?!\d)))(?=\w|[\"“”「『《〈‘'’])",
    re.IGNORECASE,
)
_FRAMED = re.compile(r"(?P<mark>([^\w\s\"'“”‘’])\2{1,9})\s*\w.*?\s*(?P=mark)")
# A longer line counts nothing.
_LONGEST_COUNT, _LONGEST_HEADLINE = 90, 200
# Where a paper names itself.
_EDGE_LINES = 6
# Two blank lines; a line's end, with the blank lines below it.
_WIDE = re.compile(r"\n[^\S\n]*\n[^\S\n]*\n")
_BREAK = re.compile(r"\n(?:[^\S\n]*\n)*")
# Headline, standfirst, byline.
_HEAD_LINES = 3


def story_texts(text: str) -> list[str]:
    """The stories' texts, which together are the whole; one where nothing is sure."""
    return [story.text for story in story_documents(text)]


def story_documents(text: str) -> list[SourceDocument]:
    """The stories of a text, with what a bundle's or a database's own lines say of them."""
    for frame in _frames(text):
        bundle = _joined(_cut(text, starts=frame.starts, ends=frame.ends), frame)
        is_one = frame.is_sure and bundle.below and len(bundle.parts) == 1
        if is_one or (
            len(bundle.parts) > 1 and (frame.is_sure or all(map(_is_story, bundle.parts)))
        ):
            return _framed(bundle, frame)
    parts = _whole(_cut(text, starts=lambda _line: None, ends=is_separator))
    if len(parts) > 1 and all(map(_is_cited, parts)):
        return list(map(_document, parts))
    lines = read_document_lines(text)
    marks = find_marks(lines)
    if starts := record_starts(marks, lines):
        said = DocumentMetadata(publication=_database_of(lines[: marks[0].at]))
        return [replace(_document(part), metadata=said) for part in _parts(text, lines, starts)]
    if rows := find_rows(lines):
        parts = _parts(text, lines, rows.starts[1:])
        return [SourceDocument(part, rows.read(read_document_lines(part))) for part in parts]
    # A record's label names its headline: a letter in it is no page of them.
    is_record = any(one.field == "headline" and one.style != "single" for one in marks)
    if items := None if is_record else find_items(lines):
        return _items(text, lines, items)
    if len(parts) > 1 and sum(map(_is_dated, parts)) > 1:
        ruled = _joined(parts, _RULED)
        if all(map(_is_dated, ruled.parts)):
            return _framed(ruled, _RULED)
    first, *others = (story for part in parts for story in _spaced(part))
    stories = [[first]]
    is_parted = _has_head(first)
    for part in others:
        # What begins no story of its own goes on with the one above, as its translation does.
        is_own = is_parted and _has_head(part)
        if is_own and is_chinese(part) == is_chinese(stories[-1][0]):
            stories.append([])
        stories[-1].append(part)
    if len(stories) == 1:
        return [SourceDocument(text, lines)]
    return [_document("".join(story)) for story in stories]


def _document(text: str) -> SourceDocument:
    return SourceDocument(text, read_document_lines(text))


def _parts(text: str, lines: Sequence[DocumentLine], starts: Iterable[int]) -> list[str]:
    """The text cut above the lines of these numbers."""
    cuts = [0, *(text.rfind("\n", 0, lines[at].span[0]) + 1 for at in starts), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


@dataclass(frozen=True)
class _Bundle:
    """The stories' texts; how many characters of the first are words above it, of the last ones
    below it."""

    parts: list[str]
    above: int = 0
    below: int = 0


def _framed(bundle: _Bundle, frame: "_Frame") -> list[SourceDocument]:
    """A database's documents; of which paper it is may stand above the first one."""
    found = list(map(_document, bundle.parts))
    above = [line for line in found[0].lines if line.span[1] <= bundle.above]
    above = above or [*takewhile(lambda line: not frame.starts(line.text), found[0].lines)]
    ends = len(bundle.parts[-1]) - bundle.below
    found[0] = _without(found[0], range(bundle.above))
    found[-1] = _without(found[-1], range(ends, len(bundle.parts[-1])))
    said = DocumentMetadata(publication=_database_of(above))
    return [replace(_within(one, frame), metadata=said) for one in found]


def _without(document: SourceDocument, beside: range) -> SourceDocument:
    """The lines that begin at these characters are beside the story."""
    lines = (
        replace(one, kind="furniture") if one.span[0] in beside else one for one in document.lines
    )
    return replace(document, lines=tuple(lines))


def _within(document: SourceDocument, frame: "_Frame") -> SourceDocument:
    """What stands outside a document's frame is the database's own."""
    begins = [at for at, one in enumerate(document.lines) if frame.starts(one.text)]
    ends = [at for at, one in enumerate(document.lines) if frame.ends(one.text)]
    first = begins[-1] if begins else -1
    last = ends[-1] if ends else len(document.lines)
    lines: list[DocumentLine] = []
    head = [one.text for one in document.lines[first + 1 : first + 1 + _EDGE_LINES]]
    for at, one in enumerate(document.lines):
        start = frame.titles.get(one.text, 0) if at == first else 0
        # A title that the text has again below says nothing more.
        if start and _title(one.text, start) not in head:
            # The number is the bundle's, the title behind it the story's.
            lines += _numbered(one, start)
        else:
            lines.append(one if first < at < last else replace(one, kind="furniture"))
    return replace(document, lines=tuple(lines))


def _title(text: str, start: int) -> str:
    """What stands behind a number, or between two marks that are alike."""
    return text[start:].removesuffix(text[:start]).strip()


def _numbered(line: DocumentLine, start: int) -> Iterator[DocumentLine]:
    cut = line.span[0] + start
    title = _title(line.text, start)
    end = line.span[0] + line.text.rindex(title) + len(title)
    is_dated = any(one.day for one in find_stamps(fold(title)))
    yield replace(line, text=line.text[:start].strip(), span=(line.span[0], cut), kind="furniture")
    cut = end - len(title)
    yield replace(line, text=title, span=(cut, end), kind="text" if is_dated else "headline")


def _database_of(lines: Sequence[DocumentLine]) -> str:
    """The paper of which a file is the database, by the words above the first record:
    "人民日报图文数据库（1946-2010）"."""
    for line in lines:
        title = re.sub(r"[(（].*", "", line.text).strip()
        name = known_outlet(title)
        if name and name != title:
            return name
    return ""


def _items(text: str, lines: Sequence[DocumentLine], items: PageItems) -> list[SourceDocument]:
    """The items of a page, each with what the page's head says."""
    found = []
    for part, first in zip(
        _parts(text, lines, items.starts[1:]), [0, *items.starts[1:]], strict=True
    ):
        own: list[DocumentLine] = []
        for at, line in enumerate(read_document_lines(part), start=first):
            if lead := items.leads.get(at):
                own += _led(line, lead, is_body=at in items.body)
                continue
            kind = items.kinds.get(at, line.kind)
            signers = items.signers.get(at, ())
            line = replace(line, kind=kind, is_body=at in items.body, signers=signers)
            own[-1:] = [joined(own[-1], line)] if at in items.wrapped else [*own[-1:], line]
        found.append(SourceDocument(part, tuple(own), items.said))
    return found


def _led(line: DocumentLine, lead: Lead, *, is_body: bool) -> Iterator[DocumentLine]:
    """A brief's headline, and the text that stands behind it in its line."""
    start = line.span[0]
    if lead.start < lead.end:
        span = (start + lead.start, start + lead.end)
        yield replace(line, text=line.text[lead.start : lead.end], span=span, kind="headline")
    if lead.text < len(line.text):
        words = line.text[lead.text :].lstrip()
        at = start + len(line.text) - len(words)
        kind: LineKind = "paragraph" if is_body else line.kind
        yield replace(line, text=words, span=(at, line.span[1]), kind=kind, is_body=is_body)


@dataclass(frozen=True)
class _Frame:
    """The lines with which a database begins and ends each document; `is_sure`: nothing else
    looks so. `titles`: where behind its number a line goes on with the document's own words."""

    starts: Callable[[str], object]
    ends: Callable[[str], object] = lambda _line: None
    is_sure: bool = False
    titles: Mapping[str, int] = field(default_factory=dict)


def _frames(text: str) -> Iterator[_Frame]:
    yield _Frame(_START.fullmatch, _END.fullmatch, is_sure=True)
    lines = [line.strip() for line in text.splitlines()]
    # Lines of one make whose numbers rise: of a bare one nothing says that it counts.
    makes: dict[str, list[tuple[int, str, int]]] = {}
    # Titles that the same marks stand before and behind: "###Port opens###".
    framed: dict[str, list[str]] = {}
    for line in dict.fromkeys(one for one in lines if len(one) < _LONGEST_HEADLINE):
        if line[:1] == line[-1:] and (match := _FRAMED.fullmatch(line)):
            framed.setdefault(match["mark"], []).append(line)
    # A longer line is neither a count nor a headline.
    for line in (one for one in lines if len(one) < _LONGEST_HEADLINE and _DIGIT.search(one)):
        if len(line) < _LONGEST_COUNT and (match := _COUNTED.fullmatch(line)):
            number = int(match["number"])
            make = line.replace(str(number), "#", 1).lstrip("0")
            makes.setdefault(make, []).append((number, line, 0))
        elif match := _NUMBERED.match(line):
            make = f"{match['before'].strip()}#{match['behind'].strip()} …"
            makes.setdefault(make, []).append((_number(match["number"]), line, match.end()))
    for mark, same in framed.items():
        if len(same) > 1:
            yield _Frame(_Lines(same).has, titles=dict.fromkeys(same, len(mark)))
    for make, found in makes.items():
        for run in _runs(found) if make != "#" else ():
            starts = _Lines(line for _number, line, _start in run)
            titles = {line: start for _number, line, start in run if start}
            above = {beside for beside, line in pairwise(filter(None, lines)) if line in starts}
            rules = _Lines(line for line in above if is_separator(line))
            if rules:
                yield _Frame(starts.has, rules.has, titles=titles)
            yield _Frame(starts.has, titles=titles)


_Counted = tuple[int, str, int]


def _runs(found: list[_Counted]) -> Iterator[list[_Counted]]:
    """The lines of which the numbers rise: all of them; else those that count from one, the first
    or the last that do so, as a table of contents counts first what stands below it."""
    numbers = [number for number, _line, _start in found]
    is_bare = not any(start for _number, _line, start in found)
    if len(found) > 1 and is_bare and numbers == sorted(set(numbers)):
        yield found
        return
    ahead: list[_Counted] = []
    for one in found:
        ahead += [one] if one[0] == len(ahead) + 1 else []
    behind: list[_Counted] = []
    for one in found[::-1]:
        behind += [one] if one[0] == len(ahead) - len(behind) else []
    if len(ahead) > 1:
        yield from [ahead, behind[::-1]] if behind[::-1] != ahead else [ahead]


_DIGIT = re.compile(r"[\d〇一二三四五六七八九十]")
# A letter's day is none of a print.
_LETTER = re.compile(r"^\W*(?:from|to|sent|发件人|收件人)\s?[:：]", re.IGNORECASE | re.MULTILINE)
_HAN_DIGITS = "一二三四五六七八九"


def _number(printed: str) -> int:
    if printed.isdecimal():
        return int(printed)
    tens, ten, ones = printed.rpartition("十")
    digits = [_HAN_DIGITS.find(one) + 1 for one in (tens, ones)]
    return (digits[0] or 1) * 10 * bool(ten) + digits[1]


class _Lines(frozenset[str]):
    """Lines without the white space around them."""

    def has(self, line: str) -> bool:
        return line.strip() in self


def _joined(parts: list[str], frame: _Frame) -> _Bundle:
    """With the words above the first document and below the last: they are none."""

    def is_own(part: str) -> bool:
        lines = part.splitlines()
        is_marked = frame.is_sure and (any(map(frame.starts, lines)) or any(map(frame.ends, lines)))
        # A database's own summary of a search has labels, but no text.
        is_bare = frame.is_sure and not any(map(_is_text, lines))
        return not is_marked and (is_bare or not _is_story(part))

    if len(parts) < 2:
        return _Bundle(parts)
    first = next((at for at, part in enumerate(parts) if not is_own(part)), 0)
    last = len(parts)
    while last > first + 2 - frame.is_sure and is_own(parts[last - 1]):
        last -= 1
    above, below = "".join(parts[:first]), "".join(parts[last:])
    stories = parts[first:last]
    if stories:
        stories[0] = above + stories[0]
        stories[-1] += below
    return _Bundle(stories, len(above), len(below))


def _is_story(part: str) -> bool:
    """Whether a part surely is a story of its own: by its labels, its citation or its head."""
    marks = find_marks(read_document_lines(part))
    fields = {mark.field for mark in marks}
    is_told = bool(fields & {"headline", "body"}) or _is_cited(part) or _has_head(part)
    return is_told or _is_dated(part)


def _is_dated(part: str) -> bool:
    """Whether a line at its head has the day of print beside other words, with text below."""
    if _DIGIT.search(part) is None or _LETTER.search(part):
        return False
    head = _lines_with_words(part)[:_EDGE_LINES]
    told = next((at for at, line in enumerate(head) if _is_text(line)), len(head))
    dated = [line for line in head[:told] if any(one.day for one in find_stamps(fold(line)))]
    is_only_day = told < 2 and all(map(_is_day, dated))
    return bool(dated) and not is_only_day and any(map(_is_text, _lines_with_words(part)))


def _is_day(line: str) -> bool:
    return any(one.printed == fold(line).strip() for one in find_stamps(fold(line)))


def _is_text(line: str) -> bool:
    is_printed = read_citation(Line(1, line)) is None and not read_furniture(line)
    return (ends_sentence(line) or len(line) > _LONGEST_COUNT) and is_printed


def is_number_of_story(line: str) -> bool:
    """Whether a database put the line around a story."""
    return bool(_START.fullmatch(line) or _END.fullmatch(line))


_RULED = _Frame(lambda _line: None, is_separator)


def _cut(
    text: str,
    *,
    ends: Callable[[str], object],
    starts: Callable[[str], object],
) -> list[str]:
    """Behind the lines that end a story, and before those that start one; each part has words."""
    parts: list[list[str]] = [[]]
    has_words = is_over = False
    for line in text.splitlines(keepends=True):
        words = line.rstrip("\r\n")
        is_start, is_end = bool(starts(words)), bool(ends(words))
        is_words = not is_end and any(map(str.isalnum, line))
        if has_words and is_words and (is_over or is_start):
            parts.append([])
            has_words = is_over = False
        parts[-1].append(line)
        is_over = is_over or is_end
        has_words = has_words or (is_words and not is_start)
    return ["".join(lines) for lines in parts]


def _spaced(text: str) -> list[str]:
    """Cut at the blank lines of which there are more in a row than between most lines."""
    if _WIDE.search(text) is None:
        return [text]
    gaps = [(found.end(), found[0].count("\n") - 1) for found in _BREAK.finditer(text)]
    counts = Counter(gap for _end, gap in gaps)
    usual = max(1, max(counts, key=counts.__getitem__, default=0))
    cuts = [0, *(end for end, gap in gaps if gap > usual and end < len(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


def _is_cited(part: str) -> bool:
    """Whether a line at its start or end says in which paper and when it was printed."""
    lines = _lines_with_words(part)
    edges = [*lines[:_EDGE_LINES], *lines[_EDGE_LINES:][-_EDGE_LINES:]]
    found = (read_citation(Line(number, line)) for number, line in enumerate(edges, 1))
    return any(one is not None and one.is_printed and one.publication for one in found)


def _whole(parts: list[str]) -> list[str]:
    """The parts, each with those below that go on with it: "Continued from A1"."""
    stories: list[str] = []
    for part in parts:
        goes_on = any(map(is_jump, _lines_with_words(part)[:_EDGE_LINES]))
        if goes_on and stories:
            stories[-1] += part
        else:
            stories.append(part)
    return stories


def _has_head(part: str) -> bool:
    """Whether it labels its headline, or begins with one and a line below that signs the text."""
    headline, *below = (*_lines_with_words(part), "")
    signed = next((at for at, line in enumerate(below[: _HEAD_LINES - 1]) if _is_byline(line)), -1)
    is_head = not headline.endswith((".", "。")) and not sign(headline)
    return is_head and signed >= 0 and any(map(ends_sentence, below[signed + 1 :]))


def _is_byline(line: str) -> bool:
    """Whether a line signs a text, and not only its pictures."""
    signature = sign(line)
    return signature is not None and any(one.role != PHOTOGRAPHER for one in signature.bylines)


def _lines_with_words(part: str) -> list[str]:
    return [trim(line) for line in part.splitlines() if any(one.isalnum() for one in line)]


# What a page's text keeps of its source when it was copied from there.
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")
# An editing system's mark between paragraphs: "<ep>".
_ELEMENT = re.compile(r"</?[a-z]{1,8}\s?/?>")
_STRONG = re.compile(r"<(?P<tag>strong|b|p|h[1-6])>(?P<text>[^<>]+)</(?P=tag)>", re.IGNORECASE)


_QUOTED = re.compile(r"\s*(?:>[^\S\n]?)+")
_FEWEST_QUOTED = 3


def _quoted(lines: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that a mail quotes: several in a row, sentences or with blanks."""
    found: set[int] = set()
    for is_marked, run in groupby(range(len(lines)), lambda at: lines[at].lstrip()[:1] == ">"):
        each = [*run] if is_marked else []
        words = [_QUOTED.sub("", lines[at], count=1).strip() for at in each]
        if len(each) >= _FEWEST_QUOTED and not all(one and not ends_sentence(one) for one in words):
            found.update(each)
    return frozenset(found)


def read_document_lines(text: str) -> tuple[DocumentLine, ...]:
    """The lines that hold something, in order, each with its place in the text."""
    lines: list[DocumentLine] = []
    at = gap = 0
    every = text.splitlines(keepends=True)
    quoted = _quoted(every) if "\n>" in text else frozenset()
    for number, raw in enumerate(every):
        printed = trim(_QUOTED.sub("", raw, count=1) if number in quoted else raw)
        words = trim(_ENTITY.sub(lambda entity: html.unescape(entity[0]), printed))
        if words:
            start = at + raw.index(printed)
            strong = _STRONG.fullmatch(words)
            is_mark = is_number_of_story(words) or _ELEMENT.fullmatch(words)
            kind: LineKind = "furniture" if is_mark else "text"
            lines.append(
                DocumentLine(
                    trim(strong["text"]) if strong else words,
                    (start, start + len(printed)),
                    kind,
                    gap=gap,
                    indent=start - at,
                    is_emphasised=bool(strong and strong["tag"].lower() != "p"),
                )
            )
            gap = 0
        else:
            gap += 1
        at += len(raw)
    return tuple(lines)
