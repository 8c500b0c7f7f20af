"""What an editor copied elsewhere, as blocks: from Word, a page, a mail, plain.

A clipboard holds the same words as HTML and as plain text. Word processors write lists, titles and
emphasis in styles of their own, which are made elements here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from archive.text.markup.blocks import MarkupBlock, paragraph, take_notes
from archive.text.markup.html_tree import HEADINGS, HtmlNode, parse_html

_LIST_ITEM = re.compile(r"mso-list:(?!\s*ignore)|^MsoListParagraph", re.IGNORECASE)
_LIST_MARK = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z])[.)、]")
_STYLES = {
    "MsoTitle": "h1",
    "MsoSubtitle": "h2",
    "MsoQuote": "blockquote",
    "MsoIntenseQuote": "blockquote",
}
_BOLD = re.compile(r"font-weight:\s*(?:bold|[6-9]00)\b", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight:\s*(?:normal|[1-5]00)\b", re.IGNORECASE)
_ITALIC = re.compile(r"font-style:\s*italic\b", re.IGNORECASE)
# Browsers copy a space beside an element so.
_LONE_SPACE = re.compile("(?<![\xa0\u3000])\xa0(?![\xa0\u3000])")
_TEXT_HOLDERS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "div")


def has_words(markup: str) -> bool:
    return any(map(str.isalnum, parse_html(markup).text())) if markup.strip() else False


def left_out_of(markup: str) -> tuple[str, ...]:
    """What to tell of words of the clipboard that aren't in its blocks."""
    return tuple(take_notes(parse_html(markup)))


def without_pictures(blocks: Iterable[MarkupBlock]) -> Iterator[MarkupBlock]:
    for block in blocks:
        if block.kind == "image":
            if block.value["caption"]:
                yield replace(block, value={**block.value, "image": None})
        elif block.kind == "gallery":
            captions = (one["caption"] for one in block.value["pictures"])
            for words in filter(None, [block.value["title"], *captions]):
                yield paragraph(words)
        else:
            yield block


def tidied(markup: str) -> HtmlNode:
    """The tree with elements for what word processors say by styles."""
    root = parse_html(_LONE_SPACE.sub(" ", markup.replace("&nbsp;", "\xa0")))
    take_notes(root)
    for node in list(root.walk()):
        style, class_ = node.get("style"), node.get("class")
        if node.name in ("b", "strong") and _NOT_BOLD.search(style):
            # Around all that Google's editor copies.
            node.name = "div" if node.find(*_TEXT_HOLDERS) else "span"
        elif node.name == "span" and _BOLD.search(style) and not node.closest(*HEADINGS):
            node.name = "b"
        elif node.name == "span" and _ITALIC.search(style):
            node.name = "i"
        elif name := _STYLES.get(class_.split(" ")[0]):
            node.name = name
    _make_lists(root)
    return root


def _make_lists(root: HtmlNode) -> None:
    """Word's paragraphs that look like a list's items, as lists."""
    items = {node for node in root.find_all("p") if _is_item(node)}
    for holder in {item.parent: None for item in items}:
        if holder is None:
            continue
        children: list[HtmlNode | str] = []
        current: HtmlNode | None = None
        for child in holder.children:
            if isinstance(child, HtmlNode) and child in items:
                mark = _take_mark(child)
                if current is None:
                    name = "ol" if _NUMBER.fullmatch(mark) else "ul"
                    current = HtmlNode(name, parent=holder)
                    children.append(current)
                child.name, child.parent = "li", current
                current.children.append(child)
            elif isinstance(child, str) and not child.strip():
                continue
            else:
                current = None
                children.append(child)
        holder.children = children


def _is_item(node: HtmlNode) -> bool:
    return bool(_LIST_ITEM.search(node.get("style")) or _LIST_ITEM.match(node.get("class")))


def _take_mark(item: HtmlNode) -> str:
    """The bullet or number that Word writes into an item, taken out of it."""
    marks = [node for node in item.walk() if _LIST_MARK.search(node.get("style"))]
    for mark in marks:
        words = mark.text()
        mark.children = []
        return words.replace("\xa0", " ").strip()
    return ""
