"""Marks words of a rich text as a link, and leaves every other character of it alone."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.text.richtext import plain_text, unstripped_text

_PIECES = re.compile(r"(<[^>]+>)")
# What one character of plain text is in the markup: "&amp;" or itself.
_CHARACTER = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|.", re.DOTALL)
_OPENS_LINK = re.compile(r"<a\b", re.IGNORECASE)
_CLOSES_LINK = re.compile(r"</a\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Run:
    """Text between two tags: where it begins in the plain text and in the markup."""

    offset: int
    place: int
    markup: str
    is_linked: bool

    @property
    def text(self) -> str:
        return html.unescape(self.markup)


def marked(markup: str, start: int, end: int, opening: str) -> str | None:
    """The markup with plain_text(markup)[start:end] between `opening` and "</a>".

    None where the words aren't whole within one run of text, or stand in a link already.
    """
    if not 0 <= start < end <= len(plain_text(markup)):
        return None
    for run in _runs(markup):
        if run.offset <= start and end <= run.offset + len(run.text):
            places = [found.start() for found in _CHARACTER.finditer(run.markup)]
            if run.is_linked or len(places) != len(run.text):
                return None
            places.append(len(run.markup))
            left, right = (run.place + places[at - run.offset] for at in (start, end))
            return f"{markup[:left]}{opening}{markup[left:right]}</a>{markup[right:]}"
    return None


def _runs(markup: str) -> Iterator[_Run]:
    whole = unstripped_text(markup)
    lead = len(whole) - len(whole.lstrip("\n"))
    place = links = 0
    for piece in _PIECES.split(markup):
        if piece.startswith("<"):
            links += bool(_OPENS_LINK.match(piece)) - bool(_CLOSES_LINK.match(piece))
        elif piece:
            yield _Run(len(unstripped_text(markup[:place])) - lead, place, piece, links > 0)
        place += len(piece)
