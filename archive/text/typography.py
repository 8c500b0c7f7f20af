"""Straight quotation marks and apostrophes as a newspaper prints them, in text and in pages."""

import re

_TOKEN = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.S)
_MARK = re.compile(r"""["']|&quot;|&#(?:34|39|x27|x22);""")
_SINGLE = {"'", "&#39;", "&#x27;"}
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
# Between these, a word may go on; any other element ends a line.
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "cite",
        "dfn",
        "em",
        "i",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
    ]
)
# What is typed, or read by programs, is left as it is.
_VERBATIM = frozenset(
    ["code", "kbd", "pre", "samp", "script", "style", "svg", "template", "textarea"]
)
_OPENS_AFTER = frozenset(" \t\n\r\u00a0\u2009\u202f\u3000([{-–—/‘“（《、，。：；")
# An apostrophe where a word is short of its beginning: the '80s, 'em.
_SHORT_OF = re.compile(r"(?:\d\d|em|n|til|tis|twas)(?:s)?(?![^\W_])", re.I)
_HAN = "\u2e80"


def typographic(text: str) -> str:
    """Plain text with “ ” ‘ ’ for its straight marks."""
    return _converted(text, "") if _MARK.search(text) else text


def typographic_page(html: str) -> str:
    """The same of HTML: of its texts, not of attributes, scripts, code or fields.

    A mark opens a quotation at the beginning of a line and behind a space, also where a link or
    another inline element stands between.
    """
    if not _MARK.search(html):
        return html
    pieces: list[str] = []
    before, inside = "", ""
    for token in _TOKEN.finditer(html):
        piece = token.group()
        if piece[0] == "<":
            name = found.group(1).lower() if (found := _NAME.match(piece)) else ""
            if inside:
                inside = "" if name == inside and piece[1] == "/" else inside
            elif name in _VERBATIM and piece[1] != "/" and not piece.endswith("/>"):
                inside = name
            if name and name not in _INLINE:
                before = "" if name not in _VERBATIM else "x"
        elif not inside:
            piece = _converted(piece, before) if _MARK.search(piece) else piece
            before = piece[-1]
        pieces.append(piece)
    return "".join(pieces)


def _converted(text: str, before: str) -> str:
    def mark(found: re.Match[str]) -> str:
        at, end = found.span()
        previous = text[at - 1] if at else before
        opens = not previous or previous in _OPENS_AFTER
        if previous >= _HAN and not opens:
            # Without spaces nothing tells whether it opens.
            return found.group()
        if found.group() not in _SINGLE:
            return "“" if opens else "”"
        if not opens or _SHORT_OF.match(text, end):
            return "’"
        return "‘"

    return _MARK.sub(mark, text)
