"""What an editor copied elsewhere, as a newspaper's story: from Word, a page, a mail, plain."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from archive.contrib.intake.documents import (
    DocumentLine,
    DocumentMetadata,
    SourceDocument,
    from_lines,
)
from archive.contrib.intake.extra import from_extra
from archive.contrib.intake.formats.plain_text import read_document_lines
from archive.contrib.intake.layout.lines import ends_sentence, from_document
from archive.contrib.intake.layout.paragraphs import join_wrapped
from archive.contrib.intake.markup_lines import lines_of, story_kind
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.story_reader import read_story
from archive.contrib.intake.webpages.page import read_web_page
from archive.stories.models import ArticlePage
from archive.stories.pasting.clipboard import blocks_of, has_words, tidied
from archive.text.markup.html_tree import parse_html

# Elements that a text has around it only where it was copied with its page.
_OF_PAGES = ("nav", "header", "footer", "aside")


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
    if not article.blocks or (has_words(markup) and not parse_html(markup).find(*_OF_PAGES)):
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


def read_paragraphs(text: str) -> list[str]:
    """Those of a plain text, its wrapped lines joined; nothing else is told from its layout."""
    lines = join_wrapped(from_document(read_document_lines(text), text))
    return [line.text for line in lines]


def _texts(article: ParsedArticle) -> list[str]:
    return [block.text for block in article.blocks]


def _document(markup: str, text: str) -> SourceDocument:
    if not has_words(markup):
        return SourceDocument(text, read_document_lines(text))
    root = tidied(markup)
    if root.find(*_OF_PAGES):
        try:
            with from_extra():
                return read_web_page(markup)
        except IntakeError:
            pass  # Without the library the layout tells what is the story's.
    found = lines_of(blocks_of(root))
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


def found_fields(article: ParsedArticle) -> dict[str, Any]:
    """The story's words by the form's fields, those that it has: for people to accept."""
    said = {
        **{name: getattr(article, name) for name in ArticlePage.text_fields},
        "headline": " ".join(article.headline.split()),
        "print_page": article.page,
        "contact": article.contact,
        "source_url": article.url,
        "rights": article.rights,
    }
    return {name: value for name, value in said.items() if value}
