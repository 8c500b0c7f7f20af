"""What an editor copied elsewhere, as a story or a piece of one: from Word, a page, a mail, plain.

A clipboard holds the same words as HTML and as plain text. The HTML is read first; word processors
write lists, titles and emphasis in styles of their own, which are made elements here.
"""

import html
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from archive.intake.body import Raw, identified
from archive.intake.documents import DocumentLine, DocumentMetadata, SourceDocument, from_lines
from archive.intake.extra import from_extra
from archive.intake.formats.plain_text import read_document_lines
from archive.intake.html_tree import HEADINGS, HtmlNode, parse_html
from archive.intake.layout.lines import ends_sentence, from_document
from archive.intake.layout.paragraphs import join_wrapped
from archive.intake.markup import MarkupBlock, read_page
from archive.intake.markup_lines import lines_of, story_kind
from archive.intake.records import IntakeError, ParsedArticle
from archive.intake.story_reader import read_story
from archive.intake.webpages.page import read_web_page

# Elements that a text has around it only where it was copied with its page.
_OF_PAGES = ("nav", "header", "footer", "aside")
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


def read_copied_story(markup: str, text: str) -> ParsedArticle:
    """A whole story, its headline, byline and other fields told from its text.

    `markup` is the clipboard's HTML, "" for none; `text` its plain text. Raises IntakeError where
    neither has words.
    """
    document = _document(markup, text)
    article = read_story(document, "")
    if _is_no_headline(article.headline) and not document.metadata.headline:
        # Its line is a paragraph of the body.
        article = replace(article, headline="")
    if not article.blocks or (_has_words(markup) and not parse_html(markup).find(*_OF_PAGES)):
        # Somebody selected these lines: a page around them would have brought its own elements.
        lines = {line.text for line in document.lines}
        chosen = tuple(text for text in article.furniture if text not in lines)
        article = replace(article, furniture=chosen)
    # Of a text in two languages the form takes one; the other's words aren't dropped.
    others = [part for part in article.parts if part.language != article.language]
    rest = [words for part in others for words in (part.headline, *_texts(part)) if words]
    notes = [_("Pictures can't be pasted: drop their files into the text.")]
    warnings = tuple(notes if article.images else [])
    return replace(article, unplaced=(*article.unplaced, *rest), warnings=warnings)


def _is_no_headline(text: str) -> bool:
    """A sentence is the text's first; a headline may ask, call out or, in capitals, have a stop."""
    is_sentence = ends_sentence(text) and not text.isupper()
    return is_sentence and not text.rstrip("\"'”’」』").endswith(("?", "!", "？", "！"))


def read_copied_blocks(markup: str, text: str) -> list[Raw]:
    """A piece of a text as the blocks of a body in raw form; nothing is told from its layout."""
    if _has_words(markup):
        blocks = _blocks(_tidied(markup))
    else:
        lines = join_wrapped(from_document(read_document_lines(text), text))
        words = (html.escape(line.text, quote=False) for line in lines)
        blocks = [MarkupBlock("paragraph", f"<p>{line}</p>") for line in words]
    # No name of another source's picture is one of the archive's.
    return identified(list(_without_pictures(blocks)), str(uuid.uuid4()))


def _texts(article: ParsedArticle) -> list[str]:
    return [block.text for block in article.blocks]


def _has_words(markup: str) -> bool:
    return any(map(str.isalnum, parse_html(markup).text())) if markup.strip() else False


def _without_pictures(blocks: Iterable[MarkupBlock]) -> Iterator[MarkupBlock]:
    for block in blocks:
        if block.kind == "image":
            if block.value["caption"]:
                yield replace(block, value={**block.value, "image": None})
        elif block.kind == "gallery":
            captions = (one["caption"] for one in block.value["pictures"])
            for words in filter(None, [block.value["title"], *captions]):
                yield MarkupBlock("paragraph", f"<p>{html.escape(words, quote=False)}</p>")
        else:
            yield block


def _document(markup: str, text: str) -> SourceDocument:
    if not _has_words(markup):
        return SourceDocument(text, read_document_lines(text))
    root = _tidied(markup)
    if root.find(*_OF_PAGES):
        try:
            with from_extra():
                return read_web_page(markup)
        except IntakeError:
            pass  # Without the library the layout tells what is the story's.
    found = lines_of(_blocks(root))
    plain, lines = from_lines(_with_headline(found.lines))
    headline = next((line.text for line in lines if line.kind == "headline"), "")
    return SourceDocument(
        plain, lines, DocumentMetadata(headline=headline), tuple(found.images), tuple(found.notes)
    )


def _with_headline(lines: list[DocumentLine]) -> list[DocumentLine]:
    """What stands above all else as a heading is the headline; the layout reads short lines."""
    found = [replace(line, kind=story_kind(line)) for line in lines]
    if found and found[0].kind == "subhead":
        found[0] = replace(found[0], kind="headline")
    return found


def _blocks(root: HtmlNode) -> list[MarkupBlock]:
    return [block for _node, block in read_page(root)]


def _tidied(markup: str) -> HtmlNode:
    """The tree with elements for what word processors say by styles."""
    root = parse_html(_LONE_SPACE.sub(" ", markup.replace("&nbsp;", "\xa0")))
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


def found_fields(article: ParsedArticle) -> dict[str, Any]:
    """The story's words by the form's fields, those that it has: for people to accept."""
    said = {
        "headline": " ".join(article.headline.split()),
        "standfirst": article.standfirst,
        "dateline": article.dateline,
        "print_page": article.page,
        "contact": article.contact,
        "source_url": article.url,
        "rights": article.rights,
    }
    return {name: value for name, value in said.items() if value}
