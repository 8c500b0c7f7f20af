"""Turns a document into a record: what its format says stands; the layout decides the rest."""

from bisect import bisect
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.intake.documents import DocumentLine, SourceDocument
from archive.intake.plaintext.chinese import Chinese
from archive.intake.plaintext.english import English
from archive.intake.plaintext.grammar import SourceLine
from archive.intake.plaintext.story import StoryLayout, place
from archive.intake.records import (
    AGENCY,
    FieldReading,
    IntakeError,
    ParsedArticle,
    ParsedByline,
    ParsedCaption,
)
from archive.text.language import LABELS, LANGUAGES, UNSPACED, detect

# A language without a grammar of its own is read for its headline, paragraphs and captions.
_GRAMMARS = {code: Chinese() if code in UNSPACED else English() for code in LANGUAGES}
# What a page's title can hold.
_LONGEST_HEADLINE = 255


def read_story(
    document: SourceDocument, source: str, *, language: str | None = None, item: int = 1
) -> ParsedArticle:
    """The record of one story. `source` names its file; `language` overrules detection.

    Raises IntakeError for a document without any words.
    """
    language = language or detect(document.text)
    lines = [_numbered(number, line) for number, line in enumerate(document.lines, start=1)]
    story = place(lines, _GRAMMARS[language])
    headline = _headline(story)
    said = document.metadata
    spans = {number: line.span for number, line in enumerate(document.lines, start=1)}
    numbers = [line.number for line, _block in story.blocks]
    return ParsedArticle(
        source=source,
        language=language,
        headline=said.headline or headline.text,
        standfirst=said.standfirst or (story.standfirst.text if story.standfirst else None),
        bylines=(*story.bylines, *_employer(story)),
        dateline=story.dateline,
        publication=said.publication or story.citation.publication or story.credited_to,
        published=said.published.date() if said.published else story.citation.published,
        page=said.page or story.citation.page,
        contact=", ".join(dict.fromkeys(story.contacts)) or None,
        captions=_captions(story),
        blocks=tuple(block for _line, block in story.blocks),
        unplaced=tuple(text for _number, text in sorted(story.unplaced)),
        warnings=(*document.warnings, *warnings(story, language, document.text)),
        item=item,
        fields={"blocks": FieldReading(0.5, tuple(spans[number] for number in numbers))},
        document_title=said.document_title or None,
        url=said.url or None,
        section=said.section or None,
        keywords=said.keywords,
        images=document.images,
        identifier=said.identifier or None,
        text=document.text,
    )


def _numbered(number: int, line: DocumentLine) -> SourceLine:
    return SourceLine(number, line.text, line.gap)


def warnings(story: StoryLayout, language: str, text: str) -> Iterator[str]:
    """The story's warnings, most important first."""
    yield from _citation(story)
    if language != detect(text):
        yield _("The text does not look like %(language)s.") % {"language": LABELS[language]}
    if not any(block.type == "paragraph" for _line, block in story.blocks):
        yield _("No paragraph found.")
    for line in story.uncertain:
        yield _("Line %(number)d has no end punctuation: it was read as a paragraph.") % {
            "number": line.number
        }
    for line, caption in story.captions:
        if not caption.credit:
            yield _("The caption in line %(number)d has no credit.") % {"number": line.number}
        if not caption.text:
            yield _("The credit in line %(number)d has no caption.") % {"number": line.number}
    if count := len(story.unplaced):
        message = ngettext(
            "%(count)d part of the source was not placed.",
            "%(count)d parts of the source were not placed.",
            count,
        )
        yield message % {"count": count}


def _citation(story: StoryLayout) -> Iterator[str]:
    if not story.citations:
        yield _("There is no citation line: publication, date and page are unknown.")
        return
    if len(story.citations) > 1:
        yield _("There is more than one citation line: is it more than one story?")
    citation = story.citation
    yield from citation.warnings
    if not citation.publication and not story.credited_to:
        yield _("The citation names no publication.")
    if not citation.published and not citation.warnings:
        yield _("The citation gives no date.")
    if not citation.page:
        yield _("The citation gives no page.")


def _headline(story: StoryLayout) -> SourceLine:
    if story.headline is None:
        raise IntakeError(_("no headline found; put the headline on the first line"))
    if len(story.headline.text) > _LONGEST_HEADLINE:
        reason = _(
            "the first line has %(count)d characters, too long for a headline; "
            "put the headline on a line of its own"
        )
        raise IntakeError(reason % {"count": len(story.headline.text)})
    return story.headline


def _employer(story: StoryLayout) -> list[ParsedByline]:
    """A paper that the byline names, when it is not the one that printed the story."""
    paper, printed_in = story.credited_to, story.citation.publication
    if not paper or not printed_in or printed_in.casefold().startswith(paper.casefold()):
        return []
    return [ParsedByline(paper, AGENCY)]


def _captions(story: StoryLayout) -> tuple[ParsedCaption, ...]:
    """In the source's order, each with its place among the blocks."""
    numbers = [line.number for line, _block in story.blocks]
    return tuple(
        ParsedCaption(caption.text, caption.credit, bisect(numbers, line.number))
        for line, caption in sorted(story.captions, key=lambda pair: pair[0].number)
    )
