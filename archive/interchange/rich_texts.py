"""Rich text of the database as well-formed XHTML, and its links as addresses that hold anywhere."""

import html
import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from archive.text.markup.html_tree import HtmlNode, parse_html
from archive.text.richtext import without_block_keys

_ANCHOR = re.compile(r"<a\b([^<>]*)>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)(\w+);")
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")
_EMPTY = ("br", "hr", "img", "embed")
# Where a link leads: its attributes in the database's form, by their names.
Target = Mapping[str, str]


def escaped(text: str) -> str:
    """For XML's text and attributes; line ends stay what they are."""
    text = html.escape(text).replace("&#x27;", "'")
    return text.replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#9;")


def with_targets(value: Any, change: Callable[[Target], Target | None]) -> Any:
    """Raw JSON, its links with other attributes; those for which there are none become words."""

    def changed(link: re.Match[str]) -> str:
        said = {name: html.unescape(text) for name, text in _ATTRIBUTE.findall(link[1])}
        target = change(said)
        if target is None:
            return link[2]
        attributes = "".join(f' {name}="{html.escape(text)}"' for name, text in target.items())
        return f"<a{attributes}>{link[2]}</a>"

    if isinstance(value, str):
        return _ANCHOR.sub(changed, value) if "<a" in value else value
    if isinstance(value, dict):
        return {name: with_targets(one, change) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [with_targets(one, change) for one in value]
    return value


def as_xhtml(value: str) -> str:
    """The same rich text, as XML reads it."""
    value = without_block_keys(value)
    value = _NAMED.sub(lambda one: html.unescape(one[0]).replace("&", "&amp;"), value)
    value = _BARE.sub("&amp;", value)
    try:
        fromstring(f"<div>{value}</div>")
    except ParseError:
        body = parse_html(value).find("body")
        return "".join(map(_node, body.children)) if body else escaped(value)
    return value


def _node(node: HtmlNode | str) -> str:
    if isinstance(node, str):
        return html.escape(node, quote=False)
    attributes = "".join(f' {name}="{html.escape(text)}"' for name, text in node.attributes.items())
    if node.name in _EMPTY:
        return f"<{node.name}{attributes}/>"
    return f"<{node.name}{attributes}>{''.join(map(_node, node.children))}</{node.name}>"


def local_name(element: Element) -> str:
    """Without its name space, in small letters; "" for a comment."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def inner_xhtml(element: Element, rename: Mapping[str, str] | None = None) -> str:
    """What is in the element, as the database has rich text; `rename` gives elements' names."""
    parts = [html.escape(element.text or "", quote=False)]
    for one in element:
        name = local_name(one)
        name = (rename or {}).get(name, name)
        if name:
            attributes = "".join(
                f' {key.rpartition("}")[2]}="{html.escape(text)}"' for key, text in one.items()
            )
            if name in _EMPTY:
                parts.append(f"<{name}{attributes}/>")
            else:
                parts.append(f"<{name}{attributes}>{inner_xhtml(one, rename)}</{name}>")
        parts.append(html.escape(one.tail or "", quote=False))
    return "".join(parts)


def plain_of(element: Element | None) -> str:
    """The words of an element, with its line breaks as line feeds."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for one in element:
        parts.append("\n" if local_name(one) == "br" else plain_of(one))
        parts.append(one.tail or "")
    return "".join(parts)
