"""Rich text as words and inline codes, and back: codes can be placed, but not broken.

Tags have one canonical form here, and only harmless ones are taken from a file.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.contrib.exchange.units import BrokenTagsError, Code, Piece, Pieces, text_of
from archive.text.segmentation import RICH

VOID = frozenset({"br", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
BLOCK = frozenset(
    {"p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "table"}
)
LISTS = frozenset({"ul", "ol"})
_BARE = frozenset({"b", "strong", "i", "em", "p", "ul", "ol", "li", "br"})
_LINK_TYPES = frozenset({"page", "entity", "document"})
# Each of them is read in one go and never anew (`*+`): no text can keep them busy.
_VALUE = r"""(?:"(?P<quoted>[^"<]*+)"|'(?P<single>[^'<]*+)'|(?P<bare>[^\s"'<>=]++))"""
_NAMED = rf"(?P<key>[^\s=<>\"'/]++)(?:\s*+=\s*+{_VALUE})?"
_UNNAMED = re.sub(r"\?P<\w+>", "?:", _NAMED)
_ATTRIBUTE = re.compile(_NAMED)
_TAG = re.compile(
    r"<(?:[!?][^<>]*+"
    rf"|(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)(?P<attributes>(?:\s++{_UNNAMED})*+)\s*+/?)>"
)
_NAME = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*+)")
_ID = re.compile(r"[0-9]{1,18}")
_HREF = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#)[^\s\x00-\x1f]*", re.I)
# More than any text has; so nested codes can't exhaust the stack either.
DEPTH = 40
_MEANINGS: dict[str, str | Promise] = {
    "b": gettext_lazy("bold"),
    "strong": gettext_lazy("bold"),
    "i": gettext_lazy("italic"),
    "em": gettext_lazy("italic"),
    "br": gettext_lazy("line break"),
    "p": gettext_lazy("paragraph"),
    "ul": gettext_lazy("list"),
    "ol": gettext_lazy("list"),
    "li": gettext_lazy("list item"),
    "entity": gettext_lazy("name"),
    "page": gettext_lazy("link to a story"),
    "document": gettext_lazy("link to a file"),
}

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Token:
    """A piece of markup: text, or a tag in canonical form."""

    kind: Literal["text", "open", "close", "empty"]
    value: str


def tokens(markup: str) -> list[Token]:
    """The markup's tokens; what was left open is closed, closing tags of nothing are dropped.

    Written here because Python's own parser takes minutes over markup that was made for that.
    """
    found: list[Token] = []
    open_tags: list[str] = []
    # How many of each name are open: looking through a hostile file's list would take hours.
    depths: Counter[str] = Counter()
    last = 0
    for match in _TAG.finditer(markup):
        if words := markup[last : match.start()]:
            found.append(Token("text", unescape(words)))
        last = match.end()
        name = (match["name"] or "").lower()
        if match["slash"]:
            while depths[name]:
                closed = open_tags.pop()
                depths[closed] -= 1
                found.append(Token("close", closed))
                if closed == name:
                    break
        elif name:  # Comments and the like have none.
            tag = _tag(name, _attributes(match["attributes"]))
            found.append(Token("empty" if name in VOID else "open", tag))
            if name not in VOID:
                open_tags.append(name)
                depths[name] += 1
    if words := markup[last:]:
        found.append(Token("text", unescape(words)))
    return found + [Token("close", name) for name in reversed(open_tags)]


def _attributes(text: str) -> Attributes:
    return tuple(
        (match["key"].lower(), unescape(match["quoted"] or match["single"] or match["bare"] or ""))
        for match in _ATTRIBUTE.finditer(text)
    )


def _tag(name: str, attributes: Attributes) -> str:
    kept = {key: value for key, value in attributes if key != "data-block-key"}
    written = "".join(f' {key}="{escape(value)}"' for key, value in sorted(kept.items()))
    return f"<{name}{written}/>" if name in VOID else f"<{name}{written}>"


def parts(tag: str) -> tuple[str, Attributes]:
    """'<a id="3">' -> ("a", (("id", "3"),)); ("", ()) for what is no single tag."""
    match = _TAG.fullmatch(tag)
    if match is None or match["slash"] or not match["name"]:
        return "", ()
    return match["name"].lower(), _attributes(match["attributes"])


def name_of(tag: str) -> str:
    """The name of an opening or empty tag; "" for anything else."""
    match = _NAME.match(tag)
    return match[1].lower() if match else ""


def meaning(tag: str) -> str:
    """What a tag does, as a person says it: "bold", "link to https://…"."""
    name, attributes = parts(tag)
    values = dict(attributes)
    if "href" in values:
        return _("link to %(address)s") % {"address": values["href"]}
    return str(_MEANINGS.get(values.get("linktype", name), name_of(tag)))


def words_within(pieces: Pieces, at: int) -> str:
    """The words between the tag that opens at this place and its end."""
    first, depth = pieces[at], 0
    if isinstance(first, str) or first.kind != "open":
        return ""
    words = []
    for piece in pieces[at:]:
        if isinstance(piece, str):
            words.append(piece)
        elif piece.kind != "empty":
            depth += 1 if piece.kind == "open" else -1
            if not depth:
                break
    return "".join(words).strip()


def canonical(tag: str) -> str:
    """A tag from a file in the form that this room compares; "" for what is no single tag."""
    name, attributes = parts(tag)
    return _tag(name, attributes) if name else ""


def is_harmless(tag: str) -> bool:
    """Whether the desk's own editor could have made this tag."""
    name, attributes = parts(tag)
    values = dict(attributes)
    if name in _BARE:
        return not values
    if name != "a":
        return False
    if values.keys() == {"linktype", "id"}:
        return values["linktype"] in _LINK_TYPES and bool(_ID.fullmatch(values["id"]))
    return values.keys() == {"href"} and bool(_HREF.fullmatch(values["href"]))


def encode(text: str, markup: str, like: Pieces = ()) -> Pieces:
    """Words and codes of a database-form text; a target's codes take the ids of `like`'s.

    The one paragraph that most segments are is no code: `decode` puts it back.
    """
    if markup != RICH:
        return (text,) if text else ()
    found = [token for token in tokens(text) if token.value]
    while found and found[-1].kind == "text" and not found[-1].value.strip():
        found.pop()
    heads = [token.value for token in found if token.kind in ("open", "empty")]
    is_wrapped = found and found[0].value == "<p>" and found[-1] == Token("close", "p")
    if is_wrapped and [tag for tag in heads if name_of(tag) in BLOCK] == ["<p>"]:
        found = found[1:-1]
    return _numbered(found, like)


def decode(pieces: Pieces, markup: str) -> str:
    """The database-form text of codes that all have their tags; "" for no words at all."""
    if markup != RICH:
        return text_of(pieces).strip()
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
    # One form of each tag: twice the same attribute means one thing here and another in browsers.
    own, known = {code.id: canonical(code.tag) for code in _heads(source)}, set(known)
    settled: list[Piece] = []
    for piece in target:
        if isinstance(piece, Code) and piece.kind != "close":
            piece = Code(piece.kind, piece.id, own.get(piece.id) or canonical(piece.tag))
            _refuse_strangers(piece, known)
        settled.append(piece)
    _refuse_disorder(settled)
    return tuple(settled)


def tags_of(pieces: Pieces) -> list[str]:
    """The opening and empty tags, in order."""
    return [code.tag for code in _heads(pieces)]


def _heads(pieces: Pieces) -> list[Code]:
    return [piece for piece in pieces if isinstance(piece, Code) and piece.kind != "close"]


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
    has_words = any(p.strip() if isinstance(p, str) else p.kind == "empty" for p in parts)
    return tuple(parts) if has_words else ()


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
    named = {"id": code.id[:40], "tag": code.tag[:80]}
    if not code.tag:
        raise BrokenTagsError(_("The source has no tag “%(id)s”.") % named)
    if (code.kind == "empty") != code.tag.endswith("/>"):
        raise BrokenTagsError(_("The tag “%(id)s” isn't used as in the source.") % named)
    if code.tag not in known and not is_harmless(code.tag):
        raise BrokenTagsError(_("The tag %(tag)s isn't allowed here.") % named)


def _refuse_disorder(pieces: list[Piece]) -> None:
    """Codes must be closed in order and stand where they may, words beside no paragraph."""
    open_codes: list[Code] = []
    has_blocks = has_loose = False
    for piece in pieces:
        parent = name_of(open_codes[-1].tag) if open_codes else ""
        if isinstance(piece, str):
            if piece.strip() and parent in LISTS:
                raise BrokenTagsError(_("There is text between the items of a list."))
            has_loose |= not open_codes and bool(piece.strip())
        elif piece.kind == "close":
            if not open_codes or open_codes.pop().id != piece.id:
                message = _("The tag “%(id)s” overlaps another tag or was never opened.")
                raise BrokenTagsError(message % {"id": piece.id[:40]})
        else:
            name = name_of(piece.tag)
            is_item_in_list = (name == "li") == (parent in LISTS)
            if not is_item_in_list or (name in BLOCK and parent not in {"", "li", *LISTS}):
                message = _("The tag “%(id)s” is not allowed at this position.")
                raise BrokenTagsError(message % {"id": name})
            has_blocks |= name in BLOCK
            has_loose |= not open_codes and name not in BLOCK
            if piece.kind == "open":
                open_codes.append(piece)
        if len(open_codes) > DEPTH:
            raise BrokenTagsError(_("Tags are nested too deeply."))
    if open_codes:
        raise BrokenTagsError(_("The tag “%(id)s” isn't closed.") % {"id": open_codes[-1].id[:40]})
    if has_blocks and has_loose:
        raise BrokenTagsError(_("There is text outside the paragraph tags."))
