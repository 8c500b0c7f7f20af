"""The guides' texts: Markdown in English, and a catalogue with each paragraph in Chinese.

They are those of the documentation (`docs/guides/` and its catalogues), which the build copies into
the package; a checkout has them where the documentation has.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import polib
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from archive.text.language import CHINESE

PACKAGE = Path(__file__).resolve().parent / "texts"
DOCS = Path(__file__).resolve().parents[2] / "docs"
NAMES = ("editor", "reviewer", "translator", "import", "importer", "reader")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class GuidePage:
    """`html` is the whole text below the title."""

    name: str
    title: str
    html: str


@cache
def guide_page(name: str, language: str) -> GuidePage:
    """One of NAMES in a language; English where the guides aren't in it."""
    tokens = _parsed(name, language)
    title = next(
        tokens[i + 1].content for i, one in enumerate(tokens) if one.type == "heading_open"
    )
    # The screen has the title already.
    body = tokens[3:] if tokens and tokens[0].tag == "h1" else tokens
    parser = _parser()
    return GuidePage(name, title, str(parser.renderer.render(body, parser.options, {})))


def _parser() -> MarkdownIt:
    # No HTML of the texts' own.
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _parsed(name: str, language: str) -> list[Token]:
    """The page's blocks with their texts in the language, headings with ids that don't change."""
    parser, words = _parser(), _catalogue(name) if language == CHINESE else {}
    tokens = parser.parse(_source(name))
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type != "inline":
            continue
        text = _BLANKS.sub(" ", token.content)
        if before is not None and before.type == "heading_open":
            before.attrSet("id", slugify(text))
        if translated := words.get(text):
            token.content = translated
            token.children = parser.parseInline(translated)[0].children
        token.children = list(_with_addresses(token.children or []))
    return tokens


def _with_addresses(children: Iterable[Token]) -> Iterator[Token]:
    """Links lead to guides in the admin; those to other pages of the documentation are text."""
    is_dropped = False
    for child in children:
        if child.type == "link_open":
            address = _address(str(child.attrGet("href") or ""))
            is_dropped = not address
            child.attrSet("href", address)
        if not (is_dropped and child.type in ("link_open", "link_close")):
            yield child


def _address(href: str) -> str:
    """ "import.md#files" -> "../import/#files"; "" for what the admin doesn't have."""
    parts = urlsplit(href)
    name = Path(parts.path).stem
    if parts.scheme or not parts.path:
        return href
    if name not in NAMES or "/" in parts.path:
        return ""
    return f"../{name}/" + (f"#{parts.fragment}" if parts.fragment else "")


def _folder() -> Path:
    return PACKAGE if PACKAGE.exists() else DOCS


def _source(name: str) -> str:
    return (_folder() / "guides" / f"{name}.md").read_text(encoding="utf-8")


def _catalogue(name: str) -> dict[str, str]:
    path = _folder() / "locale" / "zh_CN" / "LC_MESSAGES" / "guides" / f"{name}.po"
    return {one.msgid: one.msgstr for one in polib.pofile(str(path)).translated_entries()}
