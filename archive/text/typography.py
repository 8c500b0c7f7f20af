"""Straight quotation marks and apostrophes as a newspaper prints them, in text and in pages."""

import re

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
_VERBATIM = ("code", "kbd", "pre", "samp", "script", "style", "svg", "template", "textarea")
_VERBATIM_OR_COMMENT = re.compile(
    rf"<!--.*?-->|<({'|'.join(_VERBATIM)})(?![a-z0-9-])[^>]*(?<!/)>.*?(?:</\1(?![a-z0-9-])[^>]*>|\Z)",
    re.S | re.I,
)
# A text that may have a mark, from the end of the tag before it.
_MAY_HAVE_MARK = re.compile(r">[^<>\"'&]*+[\"'&]")
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
    # All texts begin behind a tag.
    html = f"<p>{html}"
    kept = {one.end(): one.start() for one in _VERBATIM_OR_COMMENT.finditer(html)}
    ends = iter([*kept, len(html) + 1])
    end_of_kept = next(ends)
    pieces: list[str] = []
    # Up to where it is done, and what the last text that was changed ends with.
    done, last = len("<p>"), ""
    for found in _MAY_HAVE_MARK.finditer(html):
        start = found.start() + 1
        while end_of_kept < start:
            end_of_kept = next(ends)
        if start < done or kept.get(end_of_kept, start) < start < end_of_kept:
            continue
        if start not in kept:
            # A ">" may stand in a text.
            start = html.find(">", html.rfind("<", 0, start)) + 1
        stop = html.find("<", start)
        stop = len(html) if stop < 0 else stop
        text = html[start:stop]
        if _MARK.search(text):
            text = _converted(text, _before(html, start, kept, done, last))
            pieces += [html[done:start], text]
            done, last = stop, text[-1]
    return "".join([*pieces, html[done:]])


def _before(html: str, start: int, kept: dict[int, int], done: int, last: str) -> str:
    """The character before the text that starts there; "" at the beginning of a line.

    `last` is what ends at `done`, where that is another one by now.
    """
    at = start
    while True:
        if at == done:
            return last
        if html[at - 1] != ">":
            return html[at - 1]
        opening = kept.get(at, html.rfind("<", 0, at))
        name = found.group(1).lower() if (found := _NAME.match(html, opening)) else ""
        if name and name not in _INLINE:
            return "x" if name in _VERBATIM else ""
        at = opening


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
