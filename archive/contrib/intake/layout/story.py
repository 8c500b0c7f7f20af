"""Reads a story's lines into fields: the steps of the layout, one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from archive.contrib.intake.documents import BESIDE, Span
from archive.contrib.intake.layout import bylines, captions, datelines, furniture
from archive.contrib.intake.layout.citations import Citation
from archive.contrib.intake.layout.fields import read_fields
from archive.contrib.intake.layout.forms import (
    StoryLine,
    cells,
    has_mark,
    read_forms,
    without_bullet,
    without_mark,
)
from archive.contrib.intake.layout.frame import read_frame
from archive.contrib.intake.layout.line_labels import take_labels
from archive.contrib.intake.layout.lines import Line, ends_sentence, fold, is_sentence, trim
from archive.contrib.intake.layout.papers import PaperName, find_papers
from archive.contrib.intake.layout.paragraphs import join_wrapped
from archive.contrib.intake.layout.photo_pages import read_photo_page
from archive.contrib.intake.layout.sign_offs import take_closing_words
from archive.contrib.intake.layout.stamps import find_stamps
from archive.contrib.intake.outlets import is_masthead
from archive.contrib.intake.records import ParsedBlock, ParsedByline, ParsedCaption
from archive.text.markup.inline_markup import BREAK, without_start
from archive.text.richtext import plain_text

# What the fields of a page can hold, in characters.
_LONGEST_CONTACT = 254
_LONGEST_DATELINE = 120
# How probable the label of every line must be for a text to be surely right.
_SURE = 0.95
# What a line says by its own words that it is, beside furniture.
_KNOWN = ("citation", "contact", "signature", "agencies", "editors")
# A date in these is the story's own; one in a longer line is part of a sentence.
_TOLD = ("headline", "standfirst", "paragraph", "subhead", "caption", "quote", "list", "table")
_LONGEST_DATED = 160


@dataclass(frozen=True)
class ReadText:
    """A text that was read, where from, and how surely."""

    text: str
    span: Span
    number: int
    confidence: float
    # Lines of one quote, list or table have the same, where the format says so.
    group: str = ""
    # Of words in no field: whether they surely are no part of the story.
    is_furniture: bool = False


@dataclass
class StoryLayout:
    """The lines' contents, field by field; what has a span goes along with it."""

    headline: list[ReadText] = field(default_factory=list)
    standfirst: list[ReadText] = field(default_factory=list)
    bylines: list[tuple[ParsedByline, ReadText]] = field(default_factory=list)
    # The lines that say nothing but who signs.
    signed_lines: list[ReadText] = field(default_factory=list)
    # The names and roles in `bylines`.
    signed: set[tuple[str, str]] = field(default_factory=set)
    dateline: ReadText | None = None
    # The papers that the byline and the dateline name.
    credited_to: str | None = None
    sent_by: str | None = None
    # The names that could be the paper's.
    papers: list[PaperName] = field(default_factory=list)
    citations: list[tuple[Citation, ReadText]] = field(default_factory=list)
    contacts: list[ReadText] = field(default_factory=list)
    captions: list[tuple[ParsedCaption, ReadText]] = field(default_factory=list)
    blocks: list[tuple[ParsedBlock, ReadText]] = field(default_factory=list)
    unplaced: list[ReadText] = field(default_factory=list)
    # Whether a place before a dash opens the story, and not each of several reports in it.
    opens_at_dash: bool = False
    # Whether the paragraphs may not be all, or not only, the text's.
    is_doubtful: bool = False
    # Whether a line of marks stands amid the text.
    is_parted: bool = False
    # Paragraphs that have no full stop.
    uncertain: list[ReadText] = field(default_factory=list)
    # The line where the paper's name opens a text again: what follows may be another story.
    again: int | None = None
    # The line of another story's headline, by the byline below it.
    second: int | None = None

    def may_be_furniture(self, piece: ReadText) -> bool:
        """Whether its place allows words in no field to be left out without asking."""
        return all(at is None or piece.number < at for at in (self.again, self.second))


def read_layout(
    lines: list[Line], stated_headline: str = "", *, has_pictures: bool = False
) -> StoryLayout:
    """Every line ends up in one field of the story, or in `unplaced`.

    A format that marks paragraphs and headings marks pictures, too: where it has none, no line is
    a caption but what says itself that it is.
    """
    has_captions = has_pictures or all(line.kind == "text" for line in lines)
    # What the format says is no part of the story is nobody's neighbour.
    apart = [line for line in lines if line.kind in BESIDE]
    items = read_forms(join_wrapped([line for line in lines if line.kind not in BESIDE]))
    read_frame(items)
    take_labels(items, stated_headline)
    read_photo_page(items)
    read_fields(items, has_captions=has_captions)
    take_closing_words(items)
    story = StoryLayout(second=_leave_second_byline(items) or _leave_first_letter(items))
    for line in apart:
        piece = ReadText(line.text, line.span, line.number, 0.95)
        story.unplaced.append(replace(piece, is_furniture=line.kind == "furniture"))
    told = [item.line.number for item in items if item.role in ("standfirst", "paragraph")]

    def is_own(item: StoryLine, text: str) -> bool:
        """Whether a sentence amid the text, or a linked one, may be the story's own."""
        is_amid = bool(told) and told[0] < item.line.number < told[-1]
        return is_amid and (
            is_sentence(text) or ("<a " in item.line.markup and ends_sentence(text))
        )

    opened = [item for item in items if datelines.open_at_dash(item.line.text)]
    story.opens_at_dash = len(opened) == 1
    for item in items:
        first = len(story.unplaced)
        _collect(item, story)
        story.unplaced[first:] = [
            replace(
                piece, is_furniture=_is_furniture(item, piece.text) and not is_own(item, piece.text)
            )
            for piece in story.unplaced[first:]
        ]
    if not any(citation.stamps for citation, _piece in story.citations):
        _take_loose_date(items, story)
    story.again = _second_opening(story)
    story.unplaced[len(apart) :] = [
        replace(piece, is_furniture=piece.is_furniture and story.may_be_furniture(piece))
        for piece in story.unplaced[len(apart) :]
    ]
    _keep_figures(story)
    _merge_runs(story)
    story.papers = find_papers(items, story.sent_by)
    rules = [item.line.number for item in items if _is_rule(item)]
    story.is_parted = any(told[0] < at < told[-1] for at in rules if told)
    story.is_doubtful = _is_doubtful(items)
    return story


def _leave_second_byline(items: list[StoryLine]) -> int | None:
    """The number of a line amid the text that has a byline below it, as a headline has.

    Who signs there has written what follows, and not the story above: the name stays unplaced.
    """
    told = [at for at, item in enumerate(items) if item.role == "paragraph"]
    for at in range(told[0] + 2, told[-1]) if told else ():
        item, above = items[at], items[at - 1]
        is_byline = item.form == "signature" and item.role in ("", "byline")
        is_head = above.form == "open" or (_is_guessed(above) and not above.line.ends_sentence)
        if is_byline and item.signature and item.signature.bylines and is_head:
            if above.caption:
                above.put("unplaced", 0.8)
            item.put("unplaced", 0.8)
            return above.line.number
    return None


def _is_guessed(item: StoryLine) -> bool:
    """Whether nothing but its place makes a line a caption: no picture, no credit, no label."""
    is_caption = item.caption is not None and item.role in ("", "caption")
    is_bare = is_caption and not item.line.group and not captions.read_caption(item.line.text)
    return is_bare and item.line.kind == "text" and not (item.caption and item.caption.credit)


def _leave_first_letter(items: list[StoryLine]) -> int | None:
    """The number of the line that begins a second letter: a name stands below each, also the last.

    Nobody knows which of the two is the story, so that both names stay unplaced.
    """
    told = [at for at, item in enumerate(items) if item.role in ("standfirst", "paragraph")]
    ends = [at + 1 for at in told if at + 1 < len(items) and _is_name(items[at + 1])]
    if len(ends) < 2 or ends[-1] < told[-1]:
        return None
    for at in ends:
        items[at].form = "open"
        items[at].put("unplaced", 0.8)
    below = [item.line for item in items[ends[0] + 1 : ends[1]]]
    return next((line for line in below if line.gap), below[0]).number


def _is_name(item: StoryLine) -> bool:
    may_sign = item.form in ("open", "signature") and item.role in ("", "byline", "unplaced")
    return may_sign and bool(bylines.bare_names(item.line.text))


def _second_opening(story: StoryLayout) -> int | None:
    """The number of the line that names a paper between paragraphs, as one above them does.

    A paper that is named again below the whole text opens none.
    """
    told = [piece.number for block, piece in story.blocks if block.type == "paragraph"]
    named: dict[str, int] = {}
    for citation, piece in sorted(story.citations, key=lambda pair: pair[1].number):
        if citation.publication and not citation.is_labelled:
            first = named.setdefault(citation.publication.casefold(), piece.number)
            if any(first < at < piece.number for at in told) and piece.number < told[-1]:
                return piece.number
    return None


def _take_loose_date(items: list[StoryLine], story: StoryLayout) -> None:
    """The date of a line that is no citation, where no line is one: "Enniskillen, May 7, 1999".

    The first above the text counts, else the last below it.
    """
    text = [at for at, item in enumerate(items) if item.role == "paragraph"]
    first = text[0] if text else len(items)
    found = []
    for at, item in enumerate(items):
        line = item.line
        is_told = item.role in _TOLD or item.furniture == "letter"
        if is_told or item.caption or line.size > _LONGEST_DATED:
            continue
        stamp = next((one for one in find_stamps(line.folded) if one.day), None)
        if stamp:
            piece = ReadText(line.text, line.span, line.number, 0.8)
            found.append((at > first, at, Citation(stamps=[stamp]), piece))
    if found:
        is_below = all(below for below, _at, _citation, _piece in found)
        story.citations.append((found[-1] if is_below else found[0])[2:])


def _is_doubtful(items: list[StoryLine]) -> bool:
    """Whether the text may have more, or less, in it than its paragraphs.

    The paragraphs, a plain text's subheads without a mark and the lines that nothing explains must
    all surely be what they are: of such texts nineteen in twenty are read right, of others fewer.
    What stands amid the text as between two stories leaves it open which of them is read.
    """
    told = [at for at, item in enumerate(items) if item.role == "paragraph"]
    amid = items[told[0] + 1 : told[-1] + 1] if told else []
    return any(map(_may_part, amid)) or any(
        item.line.kind == "text"
        and (item.guess.probability if item.guess else float(item.role == "paragraph")) < _SURE
        for item in items
        if item.role == "paragraph"
        or (item.role == "subhead" and not (has_mark(item.line.text) or item.line.is_emphasised))
        or (item.role == "unplaced" and item.form in ("open", "prose"))
    )


def _is_rule(item: StoryLine) -> bool:
    return item.form == "furniture" and item.furniture == "rule"


def _may_part(item: StoryLine) -> bool:
    """Whether a line amid the text may end a story or begin one."""
    if item.line.kind not in ("text", "paragraph"):
        return False
    opening = datelines.open_story(item.line.text) if item.role == "paragraph" else None
    return _is_rule(item) or _is_guessed(item) or bool(opening and opening.dateline)


def _is_furniture(item: StoryLine, text: str) -> bool:
    """Whether words that a line leaves in no field are surely none of the story's.

    A kind that the line's own form names says so. That it is short and below the text, or what its
    label guesses, doesn't: names, figures and verse look like that, too.
    """
    if item.form == "furniture":
        return bool(item.furniture)
    if any(stamp.day is None for stamp in find_stamps(fold(text))):
        return False
    if item.form == "signature" and item.signature and text == item.line.text:
        return bylines.says_post(text, item.signature) and item.role != "byline"
    is_guess = item.role == "byline" and text == item.line.text
    is_known = item.form in _KNOWN and not is_guess
    return (is_known or text != item.line.text) and not is_sentence(text)


def _keep_figures(story: StoryLayout) -> None:
    """A bare figure is a page's number, but right below words that wait it is theirs."""
    last = -1
    for at, piece in enumerate(story.unplaced):
        is_figure = not any(map(str.isalpha, piece.text)) and any(map(str.isdigit, piece.text))
        if piece.is_furniture and is_figure and piece.number == last + 1:
            story.unplaced[at] = piece = replace(piece, is_furniture=False)
        if not piece.is_furniture:
            last = piece.number


def _collect(item: StoryLine, story: StoryLayout) -> None:
    """Puts what a line holds into the story."""
    line = item.line
    piece = ReadText(line.text, line.span, line.number, item.confidence, line.group)
    for text in item.left if item.form != "signature" or item.role == "byline" else []:
        story.unplaced.append(replace(piece, text=text))
    if item.caption and item.role not in ("", "caption") and item.caption.credit not in line.text:
        # A credit on a line of its own went to what turned out to be no caption.
        story.unplaced.append(replace(piece, text=item.caption.credit))
    if item.form == "dateline" and not story.dateline:
        story.dateline = replace(piece, confidence=0.97)
    elif item.role == "unplaced" or item.form == "dateline":
        story.unplaced.append(piece)
    elif item.form == "citation" and item.citation and item.role == "":
        _collect_citation(item.citation, piece, story)
    elif item.form == "contact" and item.contact:
        _collect_contact(item, piece, story)
    elif item.form == "editors" and item.signature and item.role == "":
        _add_names(item.signature.bylines, replace(piece, confidence=0.9), story)
        story.unplaced.append(piece)
    elif item.form in ("signature", "agencies") and item.role in ("", "byline"):
        _collect_names(item, piece, story)
    elif item.role == "headline":
        story.headline.append(piece)
    elif item.role == "dateline" and not story.dateline:
        story.dateline = piece
    elif item.role == "standfirst":
        label = furniture.summary_label(line.folded)
        if label := label % len(line.text):
            story.unplaced.append(replace(piece, text=line.text[:label].strip()))
        # Each of its lines stays one.
        text = plain_text(line.markup) if BREAK in line.markup else line.text
        story.standfirst.append(replace(piece, text=text[label:]))
        if item.signature:
            _add_names(item.signature.bylines, piece, story)
    elif item.caption is not None and item.role in ("", "caption"):
        sure = item.agreed("caption", 0.94) if item.role == "" else item.confidence
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
    opening = datelines.open_alone(item.line.text)
    if opening and not story.dateline:
        _take_dateline(opening.dateline, replace(piece, confidence=0.94), story)
        _add_names(opening.bylines, replace(piece, confidence=0.93), story)
        story.sent_by = opening.publication
        return
    if all((one.name.casefold(), one.role) in story.signed for one in item.signature.bylines):
        story.unplaced.append(piece)  # Printed again: it stays with the editor.
        return
    # What says itself that it signs is right wherever the labels doubt it, too.
    sure = item.confidence if item.role else 0.93
    story.signed_lines.append(piece)
    _add_names(item.signature.bylines, replace(piece, confidence=sure), story)
    is_told = item.left or item.line.signers
    if not is_told and bylines.says_more(item.line.text, item.signature):
        story.unplaced.append(piece)
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
    elif item.role == "subhead" and without_mark(line.text):
        story.blocks.append((ParsedBlock("subhead", without_mark(line.text), line.markup), piece))
    elif item.form == "correction":
        if label := item.label:
            story.unplaced.append(replace(piece, text=trim(line.text[:label])))
        note = line.part(label)
        story.blocks.append((ParsedBlock("correction", note.text), replace(piece, text=note.text)))
    elif item.form == "quote":
        story.blocks.append(
            (ParsedBlock("quote", line.text, line.markup), replace(piece, confidence=0.95))
        )
    elif item.form == "list_item" and (story.blocks or line.kind == "list_item"):
        text = line.text if line.kind == "list_item" else without_bullet(line.text)
        story.blocks.append(
            (
                ParsedBlock("list", text, line.markup, is_numbered=line.is_numbered),
                replace(piece, confidence=0.9),
            )
        )
    elif item.form == "table_row":
        row = line.text if line.kind == "table_row" else cells(line.text)
        table = ParsedBlock("table", row, has_head=line.is_head)
        if line.is_caption:
            table = ParsedBlock("table", "", caption=line.text)
        story.blocks.append((table, replace(piece, confidence=0.9)))
    else:
        story.unplaced.append(piece)


def _collect_paragraph(item: StoryLine, piece: ReadText, story: StoryLayout) -> None:
    """A paragraph; the first one's dateline is a field of its own."""
    line = item.line
    piece = replace(piece, text=line.text, span=line.span)
    is_first = not any(block.type == "paragraph" for block, _piece in story.blocks)
    may_open = is_first and not story.dateline
    opening = datelines.open_story(line.text) if may_open else None
    if may_open and not opening and story.opens_at_dash:
        opening = datelines.open_at_dash(line.text)
    if opening and len(opening.dateline) <= _LONGEST_DATELINE:
        rest = replace(
            line.part(opening.start), markup=without_start(line.markup, line.text[: opening.start])
        )
        at = line.part(0, opening.start)
        _take_dateline(opening.dateline, ReadText(at.text, at.span, line.number, 0.94), story)
        told = {(one.name.casefold(), one.role) for one in opening.bylines}
        if told <= story.signed and not opening.dateline:
            story.unplaced.append(replace(piece, text=at.text))  # Signed already.
        else:
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


def _take_dateline(dateline: str, piece: ReadText, story: StoryLayout) -> None:
    """The place and the day; a full date is the story's, "本报讯" is neither."""
    if datelines.is_placeless(dateline):
        story.unplaced.append(piece)
        return
    if stamp := next(find_stamps(fold(piece.text)), None):
        story.citations.append((Citation(stamps=[stamp]), piece))
        dateline = dateline[: stamp.start].rstrip(" ,，(（")
    if dateline:
        story.dateline = replace(piece, text=dateline)


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
            text = f"{above[0].text}\n{block.text}".lstrip("\n")
            markup = f"{above[0].markup}\n{block.markup}" if block.markup else ""
            span = (above[1].span[0], piece.span[1])
            has_head = above[0].has_head or (block.has_head and not above[0].text)
            joined = replace(above[0], text=text, markup=markup, has_head=has_head)
            merged[-1] = (joined, replace(above[1], span=span))
        else:
            merged.append((block, piece))
        last = piece.number
    story.blocks = merged
