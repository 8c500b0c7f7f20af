"""Puts each line of a story into one field: the layout that newspapers' plain texts share.

Citations, contacts and captions are known by their form anywhere; what is left is read from
the top (headline, bylines, standfirst) and from the end (sign-offs), and the rest is the body.
"""

import math
from bisect import bisect
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from archive.intake.plaintext import closing_lines
from archive.intake.plaintext.captions import bare_credit, read_caption
from archive.intake.plaintext.grammar import Grammar, SourceLine, usual_gap
from archive.intake.records import ParsedBlock, ParsedByline, ParsedCaption

# What the fields of a page can hold, in characters.
_LONGEST_CONTACT = 254
_LONGEST_DATELINE = 120


@dataclass
class StoryLayout:
    """The lines' contents, field by field, while the lines are being placed."""

    headline: SourceLine | None = None
    standfirst: SourceLine | None = None
    bylines: list[ParsedByline] = field(default_factory=list)
    dateline: str | None = None
    citations: list[tuple[SourceLine, closing_lines.CitationLine]] = field(default_factory=list)
    credited_to: str | None = None
    contacts: list[str] = field(default_factory=list)
    captions: list[tuple[SourceLine, ParsedCaption]] = field(default_factory=list)
    blocks: list[tuple[SourceLine, ParsedBlock]] = field(default_factory=list)
    unplaced: list[tuple[int, str]] = field(default_factory=list)
    uncertain: list[SourceLine] = field(default_factory=list)
    # Line numbers of citations and contacts; `end` is the first of them below the body.
    closers: list[int] = field(default_factory=list)
    end: float = math.inf
    # Lines with more space above them than the others have.
    set_apart: frozenset[int] = frozenset()

    @property
    def citation(self) -> closing_lines.CitationLine:
        """The first citation that says when or where; an empty one if none does."""
        citations = [citation for _line, citation in self.citations]
        dated = [citation for citation in citations if citation.published or citation.page]
        return (dated or citations or [closing_lines.CitationLine(None, None, None)])[0]


def place(lines: list[SourceLine], grammar: Grammar) -> StoryLayout:
    """Every line ends up in exactly one field of the story, or in `unplaced`."""
    usual = usual_gap(lines)
    story = StoryLayout(set_apart=frozenset(line.number for line in lines if line.gap > usual))
    rest = _take_citations(lines, story)
    rest = _take_contacts(rest, story)
    if not rest:
        return story
    story.headline, rest = rest[0], rest[1:]
    story.end = _end(rest, story.closers, grammar)
    rest = _take_head(rest, story, grammar)
    rest = _take_captions(rest, story, grammar)
    rest = _take_standfirst(rest, story, grammar)
    rest = _take_sign_offs(rest, story, grammar)
    _build([line for line in rest if line.number <= story.end], story, grammar)
    below = [line for line in rest if line.number > story.end]
    story.unplaced += [(line.number, line.text) for line in below]
    return story


def _end(lines: list[SourceLine], closers: list[int], grammar: Grammar) -> float:
    """The line that closes the body; a contact line right under the byline closes nothing."""
    prose = [line.number for line in lines if grammar.ends_sentence(line.text)]
    for closer in sorted(closers):
        above = bisect(prose, closer)
        if above > len(prose) - above:
            return closer
    return math.inf


def _take_citations(lines: list[SourceLine], story: StoryLayout) -> list[SourceLine]:
    rest: list[SourceLine] = []
    for line in lines:
        citation = closing_lines.read_citation(line.text)
        if citation is None and rest and (split := closing_lines.split_citation(line.text)):
            text, citation = split
            rest.append(replace(line, text=text))
            line = replace(line, text=line.text[len(text) :].strip())
        if citation is None:
            rest.append(line)
        else:
            story.citations.append((line, citation))
            story.closers.append(line.number)
    for line, citation in story.citations:
        left = citation.rest if citation is story.citation else line.text
        if left:
            story.unplaced.append((line.number, left))
    return rest


def _take_contacts(lines: list[SourceLine], story: StoryLayout) -> list[SourceLine]:
    rest = []
    for line in lines:
        contact = closing_lines.read_contact(line.text)
        if contact is None:
            rest.append(line)
            continue
        for address in contact.addresses:
            if len(", ".join([*story.contacts, address])) <= _LONGEST_CONTACT:
                story.contacts.append(address)
            else:
                story.unplaced.append((line.number, address))
        if contact.before:
            rest.append(replace(line, text=contact.before))
        else:
            story.closers.append(line.number)
        if contact.rest:
            story.unplaced.append((line.number, contact.rest))
    return rest


def _take_head(lines: list[SourceLine], story: StoryLayout, grammar: Grammar) -> list[SourceLine]:
    """Bylines below the headline; a single line between the two is the standfirst."""
    between: SourceLine | None = None
    is_above_byline = False
    for at, line in enumerate(lines):
        # "李娜 摄" below another line is that line's credit.
        is_credit = between and bare_credit(line.text, grammar)
        if not is_credit and _sign(line, story, grammar):
            is_above_byline = between is not None
        elif between is None:
            between = line
        elif is_above_byline and len(between.text) <= grammar.longest_standfirst:
            story.standfirst = between
            return lines[at:]
        else:
            return [between, *lines[at:]]
    return [between] if between else []


def _sign(line: SourceLine, story: StoryLayout, grammar: Grammar) -> bool:
    signature = grammar.sign(line.text)
    bylines = signature.bylines if signature else grammar.agencies(line.text)
    story.bylines += bylines
    if signature and signature.publication:
        story.credited_to = story.credited_to or signature.publication
    return bool(bylines)


def _take_captions(
    lines: list[SourceLine], story: StoryLayout, grammar: Grammar
) -> list[SourceLine]:
    rest: list[SourceLine] = []
    last = _last_of_body(lines, story)
    for line in lines:
        credit = bare_credit(line.text, grammar)
        if credit and not grammar.agencies(line.text):
            above = rest.pop() if rest and _captionlike(rest[-1], line, story, grammar) else None
            text = above.text if above else ""
            story.captions.append((above or line, ParsedCaption(text, credit)))
            continue
        caption = None if credit or grammar.sign(line.text) else read_caption(line.text, grammar)
        # The last paragraph's own "(Xinhua)" is the story's, not a picture's.
        may_sign_off = line is last and line.number not in story.set_apart
        if caption and not (may_sign_off and _sign_off(line.text, grammar)):
            story.captions.append((line, caption))
        else:
            rest.append(line)
    return rest


def _captionlike(
    above: SourceLine, credit: SourceLine, story: StoryLayout, grammar: Grammar
) -> bool:
    """Whether a line is the caption that the credit on the next line belongs to."""
    if above.number != credit.number - 1:
        return False
    apart = above.number > story.end or above.number in story.set_apart
    return apart or not grammar.ends_sentence(above.text)


def _last_of_body(lines: list[SourceLine], story: StoryLayout) -> SourceLine | None:
    return next((line for line in reversed(lines) if line.number <= story.end), None)


def _sign_off(text: str, grammar: Grammar) -> tuple[str, str] | None:
    """The paragraph and the byline in brackets that ends it."""
    start = max(text.rfind("("), text.rfind("（"))
    if start <= 0 or not text.endswith((")", "）")):
        return None
    before, inside = text[:start].rstrip(), text[start + 1 : -1]
    if not grammar.ends_sentence(before) or not (grammar.agencies(inside) or grammar.sign(inside)):
        return None
    return before, inside


def _take_standfirst(
    lines: list[SourceLine], story: StoryLayout, grammar: Grammar
) -> list[SourceLine]:
    if story.standfirst or len(lines) < 2:
        return lines
    first = lines[0]
    is_long = len(first.text) > grammar.longest_standfirst
    if is_long or grammar.ends_sentence(first.text) or grammar.open(first.text):
        return lines
    story.standfirst = first
    return lines[1:]


def _take_sign_offs(
    lines: list[SourceLine], story: StoryLayout, grammar: Grammar
) -> list[SourceLine]:
    """Bylines at the end: lines of their own, or in brackets after the last words."""
    rest = list(lines)
    found: list[SourceLine] = []
    while rest and (
        rest[-1].number > story.end
        or grammar.sign(rest[-1].text)
        or grammar.agencies(rest[-1].text)
    ):
        found.insert(0, rest.pop())
    below = [line for line in found if not _sign(line, story, grammar)]
    last = _last_of_body(rest, story)
    if last and (split := _sign_off(last.text, grammar)):
        rest[-1] = replace(last, text=split[0])
        _sign(replace(last, text=split[1]), story, grammar)
    return [*rest, *below]


def _build(lines: list[SourceLine], story: StoryLayout, grammar: Grammar) -> None:
    for line, following in zip_longest(lines, lines[1:]):
        opening = None if story.blocks else grammar.open(line.text)
        if opening and len(opening.dateline) <= _LONGEST_DATELINE:
            story.dateline = opening.dateline
            story.bylines += opening.bylines
            story.blocks.append((line, ParsedBlock("paragraph", opening.text)))
        elif _is_subhead(line, following, grammar):
            story.blocks.append((line, ParsedBlock("subhead", line.text)))
        else:
            story.blocks.append((line, ParsedBlock("paragraph", line.text)))
            if not grammar.ends_sentence(line.text):
                story.uncertain.append(line)


def _is_subhead(line: SourceLine, following: SourceLine | None, grammar: Grammar) -> bool:
    """A short line without a full stop, and running text below it."""
    is_short = len(line.text) <= grammar.longest_subhead
    if following is None or not is_short or grammar.ends_sentence(line.text):
        return False
    return grammar.ends_sentence(following.text) or len(following.text) > grammar.longest_subhead
