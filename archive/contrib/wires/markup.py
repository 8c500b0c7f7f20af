"""The mark-up inside an XML element, as HTML: NITF's and XHTML's elements in any name space."""

import html
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from archive.files.xml import attribute, name_of

# Elements that HTML knows keep their names. NITF's own are put as HTML's; those that mark up
# names, dates and sums are words like others.
_KEPT = {
    *("p", "ol", "ul", "li", "dl", "dt", "dd", "pre", "table", "caption", "thead", "tbody"),
    *("tfoot", "tr", "td", "th", "a", "br", "em", "b", "i", "strong", "q", "sub", "sup", "h1"),
    *("h2", "h3", "h4", "h5", "h6", "figure", "img", "figcaption", "blockquote", "cite", "div"),
    *("section", "article", "aside", "header", "footer", "hr", "iframe", "video", "audio"),
}
_TAGS = {
    **dict.fromkeys(("block", "body.content", "content", "abstract", "nitf-table"), "div"),
    **dict.fromkeys(("tagline", "byline", "dateline", "copyrite", "fn"), "p"),
    **dict.fromkeys(("hl1", "hl2", "headline"), "h2"),
    "bq": "blockquote",
    "credit": "cite",
}
_ATTRIBUTES = ("href", "src", "alt", "colspan", "rowspan")
# Elements nested deeper are words alone.
_DEEPEST = 100
# The characters of a line that wires broke because it was full.
_FULL_LINE = 45

# Gives an element's HTML, or None for an element that is to be put as usual.
Special = Callable[[Element], str | None]


def markup_of(element: Element, special: Special = lambda _element: None) -> str:
    """The element's content as HTML."""
    return "".join(_pieces(element, special, 0))


def _pieces(element: Element, special: Special, depth: int) -> Iterator[str]:
    yield html.escape(element.text or "", quote=False)
    width = len(element.text or "")
    for one in element:
        name = name_of(one)
        if (ready := special(one)) is not None:
            yield ready
        elif depth > _DEEPEST:
            yield html.escape("".join(one.itertext()), quote=False)
        elif name == "br":
            # A break behind a full line is where the wire's line ended, not where a verse does.
            yield " " if width >= _FULL_LINE else "<br>"
            width = 0
        elif name:
            yield from _tagged(one, name, special, depth)
        width += len(one.tail or "")
        yield html.escape(one.tail or "", quote=False)


def _tagged(element: Element, name: str, special: Special, depth: int) -> Iterator[str]:
    tag = name if name in _KEPT else _TAGS.get(name, "span")
    said = ((key, attribute(element, key)) for key in _ATTRIBUTES)
    attributes = "".join(f' {key}="{html.escape(text)}"' for key, text in said if text)
    yield f"<{tag}{attributes}>"
    yield from _pieces(element, special, depth + 1)
    yield f"</{tag}>"
