"""A segment's text in a cell of a table, with its codes as `<1>…</1>` and `<2/>`, and back."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from archive.contrib.exchange.codes import BLOCK, decode, name_of, tags_of
from archive.contrib.exchange.units import LINE, Code, Piece, Pieces
from archive.text.segmentation import RICH

# A code, or a character that no cell holds as itself. Colons mark what only looks like one.
CODE = re.compile(
    r"<(?P<colons>:*+)"
    r"(?:(?P<end>/?)(?P<id>t?[0-9]{1,6})(?P<empty>/?)|u(?P<character>[0-9A-F]{4,6}))>"
)
# What XML can't hold, or programs take for the end of a line or a character's number.
_UNSAFE = re.compile(
    "[^\x20-\x84\x86-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_(?=x[0-9A-Fa-f]{4}_)"
)
_PARAGRAPH = "<p>"


def as_cell(pieces: Pieces, markup: str) -> str:
    """The text of a cell; paragraphs, and the lines of plain text, are lines of it."""
    if markup == RICH:
        lines = _paragraphs(pieces) or [pieces]
    else:
        lines = [(line,) for line in "".join(map(str, pieces)).split("\n")]
    return "\n".join("".join(_written(line)) for line in lines)


def of_cell(text: str, tags: Mapping[str, str]) -> Pieces:
    """Words, `LINE`s, and codes with their tags, which `tags` has by id."""
    found: list[Piece] = []
    for number, line in enumerate(text.split("\n")):
        found += [LINE] if number else []
        found += _read(line, tags)
    return tuple(found)


def with_lines(pieces: Pieces, markup: str, *, keep: bool) -> Pieces:
    """What a cell's lines mean for a segment: paragraphs, or white space; `keep`: line breaks."""
    if LINE not in pieces:
        return pieces
    if markup != RICH or any(name_of(tag) in BLOCK for tag in tags_of(pieces)):
        return tuple(("\n" if keep else " ") if piece == LINE else piece for piece in pieces)
    lines: list[list[Piece]] = [[]]
    depth = 0
    for piece in pieces:
        if piece == LINE and depth == 0:
            lines.append([])
            continue
        if isinstance(piece, Code):
            depth += {"open": 1, "close": -1, "empty": 0}[piece.kind]
        lines[-1].append(" " if piece == LINE else piece)
    filled = [line for line in lines if any(not isinstance(p, str) or p.strip() for p in line)]
    return tuple(filled[0]) if len(filled) == 1 else tuple(_in_paragraphs(filled))


def _in_paragraphs(lines: Iterable[Iterable[Piece]]) -> Iterator[Piece]:
    for number, line in enumerate(lines):
        yield Code("open", f"line{number}", _PARAGRAPH)
        yield from line
        yield Code("close", f"line{number}")


def _paragraphs(pieces: Pieces) -> list[Pieces]:
    """What is in each of a text's paragraphs; none where lines couldn't say the same."""
    found: list[list[Piece]] = []
    # For each open code, whether it is a paragraph's.
    open_codes: list[bool] = []
    for piece in pieces:
        if isinstance(piece, Code) and piece.kind == "open":
            open_codes.append(piece.tag == _PARAGRAPH)
            if open_codes[-1]:
                found.append([])
                continue
        elif isinstance(piece, Code) and piece.kind == "close" and open_codes.pop():
            continue
        if True not in open_codes:
            return []
        found[-1].append(piece)
    lines = [tuple(line) for line in found]
    has_words = all(decode(line, RICH) for line in lines)
    is_same = decode(tuple(_in_paragraphs(lines)), RICH) == decode(pieces, RICH)
    return lines if has_words and is_same else []


def _written(pieces: Pieces) -> Iterator[str]:
    # Words that stand apart could be a code together.
    for is_words, group in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        if is_words:
            words = CODE.sub(lambda found: f"<:{found[0][1:]}", "".join(map(str, group)))
            yield _UNSAFE.sub(lambda found: f"<u{ord(found[0]):04X}>", words)
            continue
        for code in group:
            if isinstance(code, Code):
                end, empty = ("/" if code.kind == kind else "" for kind in ("close", "empty"))
                yield f"<{end}{code.id}{empty}>"


def _read(line: str, tags: Mapping[str, str]) -> Iterator[Piece]:
    last, words = 0, ""
    for match in CODE.finditer(line):
        words += line[last : match.start()]
        last = match.end()
        if match["colons"]:
            words += f"<{match[0][2:]}"
        elif match["character"]:
            number = int(match["character"], 16)
            is_character = number < 0x110000 and not 0xD800 <= number < 0xE000
            words += chr(number) if is_character else "\ufffd"
        else:
            yield from [words] if words else []
            words = ""
            if match["end"]:
                yield Code("close", match["id"])
            else:
                tag = tags.get(match["id"], "")
                yield Code("empty" if match["empty"] else "open", match["id"], tag)
    if words := words + line[last:]:
        yield words
