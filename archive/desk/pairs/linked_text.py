"""Which pieces of a target text stand for which segments of the source: both ways, pure.

A piece is a paragraph, a subhead, an item or the like. A segment holds the pieces that it is linked
to; where several segments are linked together, the first holds them, and the others are joined to
it. Pieces without a counterpart are kept aside, each with its place among all pieces in its key.
"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from archive.text import richtext
from archive.text.segmentation import PLAIN, RICH, SourceSegment

# The key of a piece kept aside, up to its place.
LEFT_OVER = "left-over/"
_END = "</p>"


@dataclass(frozen=True)
class TargetPiece:
    """A paragraph of the target; `text` is plain or rich as `markup` says.

    `of` is the key of the segment that has it although it is left out, or translated with the one
    before: words that readers don't get.
    """

    text: str
    markup: str = PLAIN
    of: str = ""

    @property
    def plain_text(self) -> str:
        return richtext.plain_text(self.text) if self.markup == RICH else self.text


@dataclass(frozen=True)
class LinkedPieces:
    """Source segments, by number, and pieces, by number, that say the same; one side may be empty.

    `is_seen`: a person stands by it. `is_doubtful`: it is to be checked.
    """

    source: tuple[int, ...] = ()
    target: tuple[int, ...] = ()
    is_doubtful: bool = False
    is_seen: bool = False


@dataclass(frozen=True)
class Filling:
    """What a segment is to hold: words, or a decision that readers get none of its own."""

    target: str = ""
    joined: bool = False
    left_out: bool = False
    is_doubtful: bool = False
    is_seen: bool = False

    @property
    def is_filled(self) -> bool:
        return bool(self.target or self.joined or self.left_out)


@dataclass(frozen=True)
class LaidOut:
    """By segment key what it holds, and the pieces that are kept aside by their place."""

    fillings: dict[str, Filling]
    left_over: dict[int, TargetPiece]


def lay_out(
    sources: Sequence[SourceSegment],
    pieces: Sequence[TargetPiece],
    links: Sequence[LinkedPieces],
    joinable: frozenset[str],
    blank: str = " ",
) -> LaidOut:
    """Put the pieces into the segments; `blank` parts sentences that are put into one line.

    Segments are joined only where `joinable` has all but the first. Where they can't be, the
    first gets the words, and the others stay without any, for a translator. What a segment that
    is left out or joined has, and no link takes, stays with it.
    """
    fillings: dict[str, Filling] = {}
    used: set[int] = set()
    for link in links:
        words = [pieces[at] for at in link.target]
        used.update(link.target if link.source else ())
        own = [sources[at] for at in link.source]
        follows = {
            sources[at].key
            for before, at in pairwise(link.source)
            if at == before + 1 and sources[at].key in joinable
        }
        # What can't be translated together waits for a person, and so does the rest.
        apart = not link.is_seen and len(follows) < len(own[1:])
        facts = Filling(is_doubtful=link.is_doubtful or apart, is_seen=link.is_seen)
        for number, one in enumerate(own):
            if not words:
                fillings[one.key] = replace(facts, left_out=True)
            elif number == 0:
                fillings[one.key] = replace(facts, target=_as_markup(words, one.markup, blank))
            elif one.key in follows:
                fillings[one.key] = replace(facts, joined=True)
    left = {at: piece for at, piece in enumerate(pieces) if at not in used}
    for one in sources:
        filling = fillings.get(one.key, Filling())
        hidden = [at for at, piece in left.items() if piece.of == one.key]
        if hidden and (filling.left_out or filling.joined):
            target = _as_markup([left.pop(at) for at in hidden], one.markup, blank)
            fillings[one.key] = replace(filling, target=target)
    return LaidOut(fillings, left)


def _as_markup(words: Sequence[TargetPiece], markup: str, blank: str) -> str:
    if markup != RICH:
        return blank.join(" ".join(one.plain_text.split()) for one in words)
    return "".join(
        one.text if one.markup == RICH else f"<p>{html.escape(one.text, quote=False)}</p>"
        for one in words
    )


def pieces_of(target: str, markup: str) -> list[TargetPiece]:
    """A segment's words as pieces: a rich text's paragraphs, or the whole."""
    if markup == RICH:
        *found, rest = target.split(_END)
        if found and not rest.strip() and all(one.startswith(("<p>", "<p ")) for one in found):
            return [TargetPiece(one + _END, RICH) for one in found]
    return [TargetPiece(target, markup)]


def read_links(
    rows: Sequence[Any], aside: Mapping[int, TargetPiece]
) -> tuple[list[TargetPiece], list[LinkedPieces]]:
    """The pieces in the target's order and the links, of a draft's rows and what it keeps aside.

    Rows are those of `archive.desk.segments`; ones without a decision are in no link. A link is
    seen where somebody has confirmed all its segments, and to be checked where one of them is, or
    its source has changed since.
    """
    groups: list[tuple[list[int], Any]] = []
    for number, row in enumerate(rows):
        if row.joined and groups and groups[-1][0][-1] == number - 1:
            groups[-1][0].append(number)
        elif row.target or row.left_out:
            groups.append(([number], row))
    pieces: list[TargetPiece] = []
    links = []
    for numbers, row in groups:
        words = pieces_of(row.target, row.source.markup) if not row.left_out else []
        _put_aside(pieces, aside)
        places = tuple(range(len(pieces), len(pieces) + len(words)))
        pieces += words
        for hidden in (rows[at] for at in numbers[0 if row.left_out else 1 :]):
            found = pieces_of(hidden.target, hidden.source.markup) if hidden.target else []
            pieces += [replace(one, of=hidden.source.key) for one in found]
        own = [rows[at] for at in numbers]
        is_doubtful = any(one.segment.is_doubtful or one.is_stale for one in own)
        is_seen = all(one.is_done for one in own)
        links.append(LinkedPieces(tuple(numbers), places, is_doubtful, is_seen))
    _put_aside(pieces, aside)
    left = [place for place in sorted(aside) if place not in _taken(pieces, aside)]
    return pieces + [aside[place] for place in left], links


def _put_aside(pieces: list[TargetPiece], aside: Mapping[int, TargetPiece]) -> None:
    """Pieces without a counterpart, where their place has come."""
    while (piece := aside.get(len(pieces))) is not None:
        pieces.append(piece)


def _taken(pieces: Sequence[TargetPiece], aside: Mapping[int, TargetPiece]) -> set[int]:
    return {place for place, piece in aside.items() if pieces[place : place + 1] == [piece]}
