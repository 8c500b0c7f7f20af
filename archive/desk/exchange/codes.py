"""Rich text as words and inline codes, and back: codes can be placed, but not broken."""

import hashlib
from collections.abc import Iterable
from html import escape

from django.utils.translation import gettext as _

from archive.desk.exchange.tags import (
    BLOCK,
    LISTS,
    Token,
    canonical,
    is_harmless,
    name_of,
    tokens,
)
from archive.desk.exchange.units import BrokenTagsError, Code, Piece, Pieces, text_of
from archive.text.segmentation import RICH

_PARAGRAPH = "<p>"
# More than any text has; so nested codes can't exhaust the stack either.
DEPTH = 40


def encode(text: str, markup: str, like: Pieces = ()) -> Pieces:
    """Words and codes of a database-form text; a target's codes take the ids of `like`'s.

    The one paragraph that most segments are is no code: `decode` puts it back.
    """
    if markup != RICH:
        return (text,) if text else ()
    found = _without_only_paragraph(tokens(text))
    return _numbered(found, like)


def decode(pieces: Pieces, markup: str) -> str:
    """The database-form text of codes that all have their tags; "" for no words at all."""
    if markup != RICH:
        return "".join(piece for piece in pieces if isinstance(piece, str)).strip()
    pieces = _stripped(pieces)
    if not pieces:
        return ""
    written = "".join(_written(pieces))
    has_blocks = any(isinstance(p, Code) and name_of(p.tag) in BLOCK for p in pieces)
    return written if has_blocks else f"<p>{written}</p>"


def html_of(pieces: Pieces, markup: str) -> str:
    """The text with its tags in it, without those of its only paragraph; `encode` reads it."""
    return "".join(_written(pieces)) if markup == RICH else text_of(pieces)


def fingerprint(text: str, markup: str) -> str:
    """A hash of a text that doesn't depend on how its tags are written."""
    folded = decode(encode(text, markup), markup)
    return hashlib.sha256(folded.encode()).hexdigest()[:16] if folded else ""


def settle(target: Pieces, source: Pieces, known: Iterable[str]) -> Pieces:
    """Give every code of a target that came back its tag.

    `source` is the source as the file has it; `known` are the tags that the story has itself.
    Raises BrokenTagsError for codes that aren't the source's, cross each other or aren't closed.
    """
    own, known = {code.id: code for code in _heads(source)}, set(known)
    settled: list[Piece] = []
    for piece in target:
        if isinstance(piece, Code) and piece.kind != "close":
            tag = own[piece.id].tag if piece.id in own else ""
            piece = Code(piece.kind, piece.id, tag or canonical(piece.tag))
            _refuse_strangers(piece, known)
        settled.append(piece)
    _refuse_disorder(settled)
    return tuple(settled)


def tags_of(pieces: Pieces) -> list[str]:
    """The opening and empty tags, in order."""
    return [code.tag for code in _heads(pieces)]


def _heads(pieces: Pieces) -> list[Code]:
    return [piece for piece in pieces if isinstance(piece, Code) and piece.kind != "close"]


def _without_only_paragraph(found: list[Token]) -> list[Token]:
    found = [t for t in found if t.value]
    while found and found[-1].kind == "text" and not found[-1].value.strip():
        found.pop()
    heads = [t.value for t in found if t.kind in ("open", "empty")]
    blocks = [tag for tag in heads if name_of(tag) in BLOCK]
    is_wrapped = found and found[0].value == _PARAGRAPH and found[-1] == Token("close", "p")
    return found[1:-1] if is_wrapped and blocks == [_PARAGRAPH] else found


def _numbered(found: list[Token], like: Pieces) -> Pieces:
    free: dict[str, list[str]] = {}
    for code in _heads(like):
        free.setdefault(code.tag, []).append(code.id)
    # Codes that the source hasn't get ids that the source hasn't.
    prefix, pieces, open_ids, number = ("t" if like else ""), list[Piece](), list[str](), 0
    for token in found:
        if token.kind == "text":
            pieces.append(token.value)
        elif token.kind == "close":
            pieces.append(Code("close", open_ids.pop()))
        else:
            number += 1
            taken = free.get(token.value)
            name = taken.pop(0) if taken else f"{prefix}{number}"
            if token.kind == "open":
                open_ids.append(name)
            pieces.append(Code(token.kind, name, token.value))
    return tuple(pieces)


def _stripped(pieces: Pieces) -> Pieces:
    """Without white space at both ends; () if there's nothing else but empty tags."""
    parts = list(pieces)
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while parts and isinstance(words := parts[end], str):
            parts[end] = strip(words)
            if parts[end]:
                break
            parts.pop(end)
    says = any(
        piece.strip() if isinstance(piece, str) else piece.kind == "empty" for piece in parts
    )
    return tuple(parts) if says else ()


def _written(pieces: Pieces) -> Iterable[str]:
    open_tags: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            yield escape(piece, quote=False)
        elif piece.kind == "close":
            yield f"</{open_tags.pop()}>"
        else:
            if piece.kind == "open":
                open_tags.append(name_of(piece.tag))
            yield piece.tag


def _refuse_strangers(code: Code, known: set[str]) -> None:
    if not code.tag:
        raise BrokenTagsError(_("The source has no tag “%(id)s”.") % {"id": code.id[:40]})
    if (code.kind == "empty") != code.tag.endswith("/>"):
        raise BrokenTagsError(
            _("The tag “%(id)s” isn't used as in the source.") % {"id": code.id[:40]}
        )
    if code.tag not in known and not is_harmless(code.tag):
        raise BrokenTagsError(_("The tag %(tag)s isn't allowed here.") % {"tag": code.tag[:80]})


def _refuse_disorder(pieces: list[Piece]) -> None:
    open_codes: list[Code] = []
    for piece in pieces:
        parent = name_of(open_codes[-1].tag) if open_codes else ""
        if isinstance(piece, str):
            if piece.strip() and parent in LISTS:
                raise BrokenTagsError(_("There is text between the items of a list."))
        elif piece.kind == "close":
            if not open_codes or open_codes.pop().id != piece.id:
                raise BrokenTagsError(
                    _("The tag “%(id)s” overlaps another tag or was never opened.")
                    % {"id": piece.id[:40]}
                )
        else:
            _refuse_misplaced(name_of(piece.tag), parent)
            if piece.kind == "open":
                open_codes.append(piece)
        if len(open_codes) > DEPTH:
            raise BrokenTagsError(_("Tags are nested too deeply."))
    if open_codes:
        raise BrokenTagsError(_("The tag “%(id)s” isn't closed.") % {"id": open_codes[-1].id[:40]})
    _refuse_loose_words(pieces)


def _refuse_misplaced(name: str, parent: str) -> None:
    is_item_in_list = (name == "li") == (parent in LISTS)
    if not is_item_in_list or (name in BLOCK and parent and parent not in {*LISTS, "li"}):
        raise BrokenTagsError(_("The tag “%(id)s” is not allowed at this position.") % {"id": name})


def _refuse_loose_words(pieces: list[Piece]) -> None:
    """Beside paragraphs and lists there are no words of their own."""
    depth, has_blocks, has_loose = 0, False, False
    for piece in pieces:
        if isinstance(piece, str):
            has_loose |= depth == 0 and bool(piece.strip())
        elif piece.kind == "close":
            depth -= 1
        else:
            is_block = name_of(piece.tag) in BLOCK
            has_blocks |= is_block
            has_loose |= depth == 0 and not is_block
            depth += piece.kind == "open"
    if has_blocks and has_loose:
        raise BrokenTagsError(_("There is text outside the paragraph tags."))
