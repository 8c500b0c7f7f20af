"""Rich text as the database holds it: emptiness, plain text, and its links."""

import html
import re

_TAG = re.compile(r"<[^>]+>")
_VOID_CONTENT = re.compile(r"<(?:img|embed|hr)\b", re.I)
_ANCHOR = re.compile(r"<a\b[^>]*>", re.I)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_BLOCK_KEY = re.compile(r'\s+data-block-key="[^"]*"')
_BREAK = re.compile(r"<br\s*/?>|</(?:p|li|h[1-6])>", re.I)


def is_blank(markup: str | None) -> bool:
    """True for "", None and Draftail's empty `<p data-block-key="…"></p>`."""
    return not markup or (not plain_text(markup).strip() and not _VOID_CONTENT.search(markup))


def plain_text(markup: str) -> str:
    """The text without tags; paragraphs, items and line breaks end in a line feed."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", markup))).strip("\n")


def without_block_keys(markup: str) -> str:
    """Draftail numbers its blocks anew; the text is the same."""
    return _BLOCK_KEY.sub("", markup)


def links_as_marks(markup: str) -> str:
    """The text for reading only: its links are `<mark>`s, which lead nowhere and have no ids."""
    return _ANCHOR.sub("<mark>", markup).replace("</a>", "</mark>")


def linked_ids(markup: str, linktype: str) -> list[int]:
    """Ids of the links of one type ("entity", "page"), in order, doubles kept."""
    ids = []
    for tag in _ANCHOR.findall(markup):
        attributes = dict(_ATTRIBUTE.findall(tag))
        if attributes.get("linktype") == linktype and attributes.get("id", "").isdigit():
            ids.append(int(attributes["id"]))
    return ids
