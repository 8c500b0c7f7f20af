"""Cuts a text around what a finding is about, so that people see the place at a glance."""

from dataclasses import dataclass

from archive.qa.base import Span

_AROUND = 24
_MOST = 4


@dataclass(frozen=True)
class Piece:
    text: str
    is_spot: bool = False


def pieces(text: str, spans: tuple[Span, ...]) -> list[Piece]:
    """The spots with some text around them; [] without spots, or where the whole text is one."""
    chosen = sorted(set(spans))[:_MOST]
    if not chosen or chosen[0] == (0, len(text)):
        return []
    found: list[Piece] = []
    at = max(0, chosen[0][0] - _AROUND)
    if at:
        found.append(Piece("…"))
    for start, end in chosen:
        if start - at > 2 * _AROUND:
            found += [Piece(f"{text[at : at + _AROUND]}…{text[start - _AROUND : start]}")]
        elif start > at:
            found.append(Piece(text[at:start]))
        found.append(Piece(text[start:end] or " ", is_spot=True))
        at = end
    found.append(Piece(text[at : at + _AROUND]))
    if at + _AROUND < len(text):
        found.append(Piece("…"))
    return [piece for piece in found if piece.text]
