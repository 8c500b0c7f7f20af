"""Reads a story's lines into fields: the steps of the layout, one after the other."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from archive.intake.documents import Span
from archive.intake.layout import bylines, chinese
from archive.intake.layout.body import read_body, sign_off
from archive.intake.layout.bylines import Signature
from archive.intake.layout.citations import Citation
from archive.intake.layout.forms import (
    StoryLine,
    cells,
    has_mark,
    read_forms,
    without_bullet,
    without_mark,
)
from archive.intake.layout.frame import read_frame
from archive.intake.layout.furniture import split_end_mark
from archive.intake.layout.head import read_head
from archive.intake.layout.line_labels import take_labels
from archive.intake.layout.lines import Line, fold, trim
from archive.intake.layout.paragraphs import join_wrapped
from archive.intake.mastheads import is_masthead
from archive.intake.records import (
    REPORTER,
    TRANSLATOR,
    ParsedBlock,
    ParsedByline,
    ParsedCaption,
)

# What the fields of a page can hold, in characters.
_LONGEST_CONTACT = 254
_LONGEST_DATELINE = 120
_SURE = 0.9
_BIO_EN = re.compile(
    r"(?:The (?:author|writer) (?:is|was|teaches|works)|(?P<name>[A-Z][\w.’'-]+(?: "
    r"[A-Z][\w.’'-]+){1,3})(?:,| (?:is|was|teaches|works|writes|has|lives|covers)) )"
)
_VIEWS = re.compile(
    r"[(\[]?(?:The )?(?:author|writer) is an? |[(\[]?(?:The )?(?:views|opinions) (?:expressed"
    r"|don|do |here|in this)"
    r"|(?:本文|文章)仅?(?:代表|系)作者"
)
_TRANSLATOR = re.compile(
    r"(?:译者|翻译|编译)[:：]?\s?(?P<name>[\u3400-\u9fff]{2,4}(?:[·∙•・][\u3400-\u9fff]{1,8})?)"
    r"(?=[。，,）)\s]|$)"
)
_SERIAL = re.compile(r"(?<=[)）】\]])\s*\d{6,8}$")


@dataclass(frozen=True)
class ReadText:
    """A text that was read, where from, and how surely."""

    text: str
    span: Span
    number: int
    confidence: float
    # Lines of one quote, list or table have the same, where the format says so.
    group: str = ""


@dataclass
class StoryLayout:
    """The lines' contents, field by field; what has a span goes along with it."""

    headline: list[ReadText] = field(default_factory=list)
    standfirst: list[ReadText] = field(default_factory=list)
    bylines: list[tuple[ParsedByline, ReadText]] = field(default_factory=list)
    # The names and roles in `bylines`.
    signed: set[tuple[str, str]] = field(default_factory=set)
    dateline: ReadText | None = None
    # The papers that the byline and the dateline name.
    credited_to: str | None = None
    sent_by: str | None = None
    citations: list[tuple[Citation, ReadText]] = field(default_factory=list)
    contacts: list[ReadText] = field(default_factory=list)
    captions: list[tuple[ParsedCaption, ReadText]] = field(default_factory=list)
    blocks: list[tuple[ParsedBlock, ReadText]] = field(default_factory=list)
    unplaced: list[ReadText] = field(default_factory=list)
    # Whether the paragraphs may not be all, or not only, the text's.
    is_doubtful: bool = False
    # Paragraphs that have no full stop.
    uncertain: list[ReadText] = field(default_factory=list)


def read_layout(lines: list[Line], stated_headline: str = "") -> StoryLayout:
    """Every line ends up in one field of the story, or in `unplaced`."""
    # What the format says is no part of the story is nobody's neighbour.
    apart = [line for line in lines if line.kind == "furniture"]
    items = read_forms(join_wrapped([line for line in lines if line.kind != "furniture"]))
    read_frame(items)
    take_labels(items)
    start = read_head(items, stated_headline)
    read_body(items, start)
    _take_closing_words(items)
    story = StoryLayout()
    story.unplaced += [ReadText(line.text, line.span, line.number, 0.95) for line in apart]
    for item in items:
        _collect(item, story)
    _merge_runs(story)
    story.is_doubtful = _is_doubtful(items)
    return story


def _is_doubtful(items: list[StoryLine]) -> bool:
    """Whether the text may have more, or less, in it than its paragraphs.

    A plain text's subhead without a mark, a line that nothing explains, a doubtful headline or
    an unknown line right above the first paragraph: of such texts one in five was misread.
    """
    first = next((n for n, item in enumerate(items) if item.role == "paragraph"), 0)
    above = items[first - 1] if first else None
    if above and above.form == "open" and above.role not in ("headline", "standfirst"):
        return True
    return any(
        item.line.kind == "text"
        and (
            (item.role == "subhead" and not (has_mark(item.line.text) or item.line.is_emphasised))
            or (item.role == "headline" and item.confidence < _SURE)
            or (item.role == "unplaced" and item.form in ("open", "prose"))
        )
        for item in items
    )


def _take_closing_words(items: list[StoryLine]) -> None:
    """What ends the last paragraph and isn't its text: end marks, sign-offs, a closing bio."""
    paragraphs = [n for n, item in enumerate(items) if item.role == "paragraph"]
    signed = {
        byline.name.casefold()
        for item in items
        for byline in (
            *(item.signature.bylines if item.signature else ()),
            *(item.citation.signatures if item.citation else ()),
        )
    }
    for _paragraph in range(min(2, len(paragraphs) - 1)):
        item = items[paragraphs[-1]]
        above = [items[at].line.text for at in paragraphs[:-1]]
        name = _bio(item.line)
        name = _stranger(item.line, above) if name is None else name
        about = _is_about(item.line, signed) if name is None else ""
        if about and (" " in about or _is_apart(items, paragraphs[-1])):
            name = ""
        if name == "" or (name and name.casefold() in signed):
            item.put("unplaced", 0.8)
            paragraphs.pop()
            continue
        if name is None or signed:
            break
        translator = _TRANSLATOR.search(item.line.folded)
        people = [ParsedByline(name, REPORTER)] if name else []
        if translator:
            people.append(ParsedByline(item.line.text[slice(*translator.span("name"))], TRANSLATOR))
        item.signature, item.form = Signature(tuple(people)), "signature"
        item.left = [item.line.text]
        item.put("byline", 0.75)
        paragraphs.pop()
        break
    if paragraphs:
        _sign_below(items[paragraphs[-1] + 1 :] if not signed else [])
        _trim_last(items[paragraphs[-1]])


def _sign_below(items: list[StoryLine]) -> None:
    """ "（李娜）" below the text."""
    for item in items:
        names = bylines.bare_names(item.line.text) if item.line.text[:1] in "(（" else ()
        if names and item.form == "open":
            item.signature, item.form = Signature(names), "signature"
            item.put("byline", 0.85)


def _is_apart(items: list[StoryLine], at: int) -> bool:
    """Whether a last paragraph is in italics, in brackets, or below a rule."""
    line = items[at].line
    is_bracketed = line.text[:1] in "([（【" and line.text[-1:] in ")]）】"
    return line.is_emphasised or is_bracketed or items[at - 1].furniture == "rule"


def _is_about(line: Line, signed: set[str]) -> str:
    """The name of who signs the story, where a line begins with it; "" for another line."""
    start = line.text.strip("([（【 ").casefold() if line.size < 400 else ""
    return next((name for name in signed if start.startswith(name)), "")


def _bio(line: Line) -> str | None:
    """The author whom a last paragraph tells about: "" without a name, None if it doesn't."""
    text = line.text
    if _VIEWS.match(text):
        return ""
    if line.is_chinese:
        if not re.match(r"[(（]?(?:本文)?作者(?!说|表示|认为|们)", fold(text)):
            return None
        return chinese.closing_author(text) or None
    match = _BIO_EN.match(text) if line.size < 400 else None
    if match is None or match["name"] is None:
        return None
    words = (
        r"\b(?:author|writes|writer|teaches|professor|fellow|researcher|columnist|journalist"
        r"|director of|editor|writing a book|opinion|views)\b"
    )
    return match["name"] if re.search(words, text) and bylines.bare_names(match["name"]) else None


def _stranger(line: Line, above: list[str]) -> str | None:
    """The author whom a last paragraph tells about, of whom the story says nothing."""
    match = _BIO_EN.match(line.text) if line.size < 250 else None
    name = match["name"] if match else None
    if not name or not re.match(
        r" (?:is|was|has|lives|teaches|works|writes)\b", line.text[len(name) :]
    ):
        return None
    is_told = any(name.split()[-1] in text for text in above)
    return name if bylines.bare_names(name) and not is_told else None


def _trim_last(item: StoryLine) -> None:
    """Cuts end marks, serial numbers and names in brackets off the last paragraph."""
    for _time in range(4):
        text = item.line.text
        if serial := _SERIAL.search(text):
            item.left.append(trim(serial[0]))
            item.line = item.line.part(0, serial.start())
            continue
        before, mark = split_end_mark(text)
        if mark and before:
            item.left.append(mark)
            item.line = item.line.part(0, len(before))
        elif split := sign_off(text):
            at, inside, signature = split
            if signature:
                item.signature, item.signed_at = signature, item.line.part(at).span
            else:
                item.left.append(inside)
            item.line = item.line.part(0, at)
        else:
            return


def _collect(item: StoryLine, story: StoryLayout) -> None:
    """Puts what a line holds into the story."""
    line = item.line
    piece = ReadText(line.text, line.span, line.number, item.confidence, line.group)
    for text in item.left if item.form != "signature" or item.role == "byline" else []:
        story.unplaced.append(replace(piece, text=text))
    if item.form == "dateline":
        story.dateline = story.dateline or replace(piece, confidence=0.97)
    elif item.role == "unplaced":
        story.unplaced.append(piece)
    elif item.form == "citation" and item.citation and item.role == "":
        _collect_citation(item.citation, piece, story)
    elif item.form == "contact" and item.contact:
        _collect_contact(item, piece, story)
    elif item.form in ("signature", "agencies") and item.role in ("", "byline"):
        _collect_names(item, piece, story)
    elif item.role == "headline":
        story.headline.append(piece)
    elif item.role == "dateline":
        story.dateline = piece
    elif item.role == "standfirst":
        story.standfirst.append(piece)
        if item.signature:
            _add_names(item.signature.bylines, piece, story)
    elif item.caption is not None and item.role in ("", "caption"):
        sure = 0.94 if item.role == "" else item.confidence
        sure = sure if item.caption.text or line.kind != "text" else 0.75
        caption = replace(item.caption, image=item.line.group)
        story.captions.append((caption, replace(piece, confidence=sure)))
    elif item.role == "caption":
        pass  # Its credit went to the caption beside it.
    else:
        _collect_text(item, piece, story)


def _collect_citation(citation: Citation, piece: ReadText, story: StoryLayout) -> None:
    is_known = citation.is_name_only and is_masthead(citation.publication or "")
    sure = 0.97 if citation.is_printed else 0.93
    sure = sure if is_known or not citation.is_name_only else 0.6
    story.citations.append((citation, piece := replace(piece, confidence=sure)))
    _add_names(citation.signatures, piece, story)
    story.unplaced += [replace(piece, text=text) for text in citation.left]


def _collect_contact(item: StoryLine, piece: ReadText, story: StoryLayout) -> None:
    if (contact := item.contact) is None:
        return
    for address in contact.addresses:
        # At most a few: the field is short.
        if len(", ".join([*(one.text for one in story.contacts), address])) <= _LONGEST_CONTACT:
            story.contacts.append(replace(piece, text=address, confidence=0.97))
        else:
            story.unplaced.append(replace(piece, text=address))
    signature = bylines.sign(contact.before) if contact.before else None
    if people := signature.bylines if signature else bylines.bare_names(contact.before):
        _add_names(people, piece, story)
        story.credited_to = story.credited_to or (signature.publication if signature else None)
    elif contact.before:
        story.unplaced.append(replace(piece, text=contact.before))
    for text in (contact.label, contact.rest):
        if text:
            story.unplaced.append(replace(piece, text=text))


def _collect_names(item: StoryLine, piece: ReadText, story: StoryLayout) -> None:
    if item.signature is None:
        story.unplaced.append(piece)
        return
    sure = item.confidence if item.role else 0.93
    _add_names(item.signature.bylines, replace(piece, confidence=sure), story)
    if story.credited_to is None:
        story.credited_to = item.signature.publication
    elif item.signature.publication and item.signature.publication != story.credited_to:
        story.unplaced.append(replace(piece, text=item.signature.publication))


def _add_names(people: Iterable[ParsedByline], piece: ReadText, story: StoryLayout) -> None:
    """Each name signs once; where it is printed again, it stays with the editor."""
    for byline in people:
        name = (byline.name.casefold(), byline.role)
        if name in story.signed:
            words = f"{byline.name}, {byline.place}" if byline.place else byline.name
            story.unplaced.append(replace(piece, text=words))
        else:
            story.signed.add(name)
            story.bylines.append((byline, piece))


def _collect_text(item: StoryLine, piece: ReadText, story: StoryLayout) -> None:
    line = item.line
    if item.role == "paragraph":
        _collect_paragraph(item, piece, story)
    elif item.role == "subhead":
        story.blocks.append((ParsedBlock("subhead", without_mark(line.text), line.markup), piece))
    elif item.form == "quote":
        story.blocks.append(
            (ParsedBlock("quote", line.text, line.markup), replace(piece, confidence=0.95))
        )
    elif item.form == "list_item" and (story.blocks or line.kind == "list_item"):
        text = line.text if line.kind == "list_item" else without_bullet(line.text)
        story.blocks.append(
            (ParsedBlock("list", text, line.markup), replace(piece, confidence=0.9))
        )
    elif item.form == "table_row":
        row = line.text if line.kind == "table_row" else cells(line.text)
        story.blocks.append((ParsedBlock("table", row), replace(piece, confidence=0.9)))
    else:
        story.unplaced.append(piece)


def _collect_paragraph(item: StoryLine, piece: ReadText, story: StoryLayout) -> None:
    """A paragraph; the first one's dateline is a field of its own."""
    line = item.line
    piece = replace(piece, text=line.text, span=line.span)
    is_first = not any(block.type == "paragraph" for block, _piece in story.blocks)
    opening = bylines.open_story(line.text) if is_first and not story.dateline else None
    if opening and len(opening.dateline) <= _LONGEST_DATELINE:
        rest = line.part(opening.start)
        at = line.part(0, opening.start)
        if opening.dateline:
            story.dateline = ReadText(opening.dateline, at.span, line.number, 0.94)
        _add_names(opening.bylines, replace(piece, span=at.span, confidence=0.93), story)
        story.sent_by = opening.publication
        line, piece = rest, replace(piece, text=rest.text, span=rest.span)
    story.blocks.append((ParsedBlock("paragraph", line.text, line.markup), piece))
    if not line.ends_sentence and not line.ends_openly:
        story.uncertain.append(piece)
    if item.signature:
        signed = replace(piece, span=item.signed_at or piece.span)
        _add_names(item.signature.bylines, signed, story)
        story.credited_to = story.credited_to or item.signature.publication


def _merge_runs(story: StoryLayout) -> None:
    """One list of the list's items that stand together, one table of rows, one quote of lines."""
    merged: list[tuple[ParsedBlock, ReadText]] = []
    last = 0
    for block, piece in story.blocks:
        above = merged[-1] if merged else None
        if (
            above
            and (block.type in ("list", "table") or (block.type == "quote" and piece.group))
            and above[0].type == block.type
            and above[1].group == piece.group
            and piece.number == last + 1
        ):
            text = f"{above[0].text}\n{block.text}"
            markup = f"{above[0].markup}\n{block.markup}" if block.markup else ""
            span = (above[1].span[0], piece.span[1])
            merged[-1] = (ParsedBlock(block.type, text, markup), replace(above[1], span=span))
        else:
            merged.append((block, piece))
        last = piece.number
    story.blocks = merged
