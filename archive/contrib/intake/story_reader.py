"""Turns a document into a record: what its format says stands; the layout decides the rest."""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from archive.contrib.intake.adjustments import adjusted
from archive.contrib.intake.documents import (
    BESIDE,
    DocumentImage,
    DocumentMetadata,
    SourceDocument,
)
from archive.contrib.intake.labels.records import read_labels
from archive.contrib.intake.layout.citations import merged, rank
from archive.contrib.intake.layout.furniture import names_letters
from archive.contrib.intake.layout.halves import part_languages
from archive.contrib.intake.layout.lines import Line, from_document, is_chinese, key
from archive.contrib.intake.layout.story import StoryLayout, read_layout
from archive.contrib.intake.record_json import stored
from archive.contrib.intake.record_warnings import say_parted, say_unplaced, without_settled
from archive.contrib.intake.records import (
    BILINGUAL,
    CONTRIBUTOR,
    REPORTER,
    TRADITIONAL,
    FieldReading,
    IntakeError,
    ParsedArticle,
    ParsedByline,
    ParsedCaption,
)
from archive.contrib.intake.stated import stated_article
from archive.contrib.intake.story_fields import (
    ABSENT,
    STATED,
    UNSURE,
    PrintedOn,
    leave_other_words,
    read_bylines,
    read_headline,
    read_printed_byline,
    read_publication,
    read_published,
    read_standfirst,
    reading,
)
from archive.text.language import CHINESE, LABELS, detect
from archive.text.scripts import HAN_CHARACTER
from archive.text.stored_messages import message as _

# More lines than any story has; what is below them is kept as it is.
_MOST_LINES = 20_000
# How surely the paragraphs of a text are right that has signs of more.
_DOUBTFUL = 0.85
# What a page's title can hold.
_LONGEST_HEADLINE = 255


def read_story(
    document: SourceDocument, source: str, *, language: str | None = None, item: int = 1
) -> ParsedArticle:
    """The record of one story. `source` names its file; `language` overrules detection.

    Raises IntakeError for a document without any words.
    """
    if document.stated:
        return stated_article(document.stated, document.images, source, item)
    document = read_labels(adjusted(document, source))
    lines = from_document(document.lines[:_MOST_LINES], document.text)
    stated = document.metadata
    has_words = any(character.isalnum() for line in lines for character in line.text)
    if not has_words and not stated.headline:
        raise IntakeError(_("it has no words; look at the file"))
    halves = part_languages(lines) if language is None else {}
    if len(halves) < 2:
        article = _read(lines, document, language or _language(lines, document), stated)
        article = replace(article, written_in=_script(article, document.text))
    else:
        article = _bilingual(halves, document)
    asked = []
    if language and language != detect(document.text):
        asked = [_("The text does not look like %(language)s.") % {"language": LABELS[language]}]
    if document.metadata.is_letter or (article.section and names_letters(article.section)):
        article = replace(article, bylines=tuple(map(_as_reader, article.bylines)))
    return replace(
        article,
        source=source,
        item=item,
        warnings=(*document.warnings, *asked, *_too_long(document), *article.warnings),
        text=document.text,
        unplaced=(*article.unplaced, *_below(document), *stated.editor_notes, *stated.unread),
        parts=tuple(replace(part, source=source, item=item) for part in article.parts),
    )


def _language(lines: list[Line], document: SourceDocument) -> str:
    """That of the story's own words: a record's labels may be in the other one."""
    told = [line.text for line in lines if line.kind not in BESIDE]
    return detect("\n".join(told) if document.metadata.spans and told else document.text)


def _as_reader(byline: ParsedByline) -> ParsedByline:
    """Who signs a reader's letter is no reporter."""
    return replace(byline, role=CONTRIBUTOR) if byline.role == REPORTER else byline


def _too_long(document: SourceDocument) -> Iterator[str]:
    if len(document.lines) > _MOST_LINES:
        message = _("Only the first %(count)d lines were read as a story.")
        yield message % {"count": _MOST_LINES}


def _below(document: SourceDocument) -> list[str]:
    """The lines beyond the most that are read, as one text."""
    rest = document.lines[_MOST_LINES:]
    return ["\n".join(line.text for line in rest)] if rest else []


def _bilingual(halves: dict[str, list[Line]], document: SourceDocument) -> ParsedArticle:
    """The longer half's record, with what only the other one says, and both as parts."""
    stated = document.metadata
    parts = []
    for language, lines in halves.items():
        is_own = not stated.headline or any(
            key(line.text) == key(stated.headline) for line in lines
        )
        own = stated if is_own else replace(stated, headline="", standfirst="")
        if len({is_chinese(name) for name in stated.bylines}) > 1:
            names = (name for name in stated.bylines if is_chinese(name) == (language == CHINESE))
            own = replace(own, bylines=tuple(names))
        part = _read(lines, document, language, own)
        parts.append(replace(part, written_in=_script(part, "".join(line.text for line in lines))))
    parts = _sharing(parts)
    main = max(parts, key=_length)
    found, fields = {}, dict(main.fields)
    for name in ("publication", "published", "published_at", "page", "contact", "section"):
        teller = next((part for part in (main, *parts) if getattr(part, name) is not None), main)
        found[name] = getattr(teller, name)
        fields |= {name: teller.fields[name]} if name in teller.fields else {}
    # Who signs in either language made the story, and every caption is one of its pictures'.
    others = [part for part in parts if part is not main]
    for name in ("bylines", "captions"):
        told = [main, *(part for part in others if getattr(part, name))]
        found[name] = tuple(dict.fromkeys(one for part in told for one in getattr(part, name)))
        read = [part.fields[name] for part in told if getattr(part, name)]
        if read:
            spans = tuple(span for one in read for span in one.spans)
            fields[name] = FieldReading(min(one.confidence for one in read), spans)
    warnings = (_("The source is in two languages; each has its own text."), *main.warnings)
    return replace(
        main, **found, fields=fields, written_in=BILINGUAL, parts=tuple(parts), warnings=warnings
    )


def _sharing(parts: list[ParsedArticle]) -> list[ParsedArticle]:
    """Both halves are from one page of a paper, whichever of them says which."""
    for names in (("publication",), ("published", "published_at"), ("page",)):
        told = [part for part in parts if getattr(part, names[0])]
        for at, part in enumerate(parts):
            if told and part not in told:
                said: dict[str, Any] = {name: getattr(told[0], name) for name in names}
                fields = {**part.fields, names[0]: told[0].fields[names[0]]}
                part = replace(part, **said, fields=fields)
                parts[at] = replace(part, warnings=tuple(without_settled(stored(part))))
    return parts


def _length(article: ParsedArticle) -> int:
    """In letters; a Chinese character says as much as two or three."""
    length = sum(len(block.text) for block in article.blocks)
    return length * 2 if article.language == CHINESE else length


def _script(article: ParsedArticle, text: str) -> str:
    """Traditional where characters outnumber that only Big5, or only GB 2312, has."""
    if article.language != CHINESE:
        return article.language
    own = "".join(set(HAN_CHARACTER.findall(text)))
    big5, gb = ({*own.encode(of, "ignore").decode(of)} for of in ("big5", "gb2312"))
    return TRADITIONAL if len(big5 - gb) > len(gb - big5) else CHINESE


def _read(
    lines: list[Line], document: SourceDocument, language: str, stated: DocumentMetadata
) -> ParsedArticle:
    """One language's story from its lines."""
    story = read_layout(lines, stated.headline, has_pictures=bool(document.images))
    story.citations.sort(key=lambda pair: rank(pair[0]))
    citation = merged([citation for citation, _piece in story.citations])
    printed = read_published(story, stated)
    publication, of_publication = read_publication(story, stated)
    fields = {"publication": of_publication, "published": printed.reading}
    headline, fields["headline"] = read_headline(story, stated)
    if headline and is_chinese(headline) != (language == CHINESE):
        # It may be the translation's headline.
        fields["headline"] = replace(fields["headline"], confidence=UNSURE)
    standfirst, fields["standfirst"] = read_standfirst(story, stated)
    bylines, fields["bylines"] = read_bylines(story, stated, publication)
    printed_byline = read_printed_byline(story, stated, bylines)
    page = stated.page or citation.page
    leave_other_words(story, publication, printed)
    story.unplaced.sort(key=lambda piece: piece.number)
    contacts = ", ".join(dict.fromkeys(piece.text for piece in story.contacts))
    return ParsedArticle(
        source="",
        language=language,
        headline=headline,
        standfirst=standfirst,
        bylines=bylines,
        printed_byline=printed_byline,
        dateline=story.dateline.text if story.dateline else stated.dateline or None,
        publication=publication,
        published=printed.day,
        published_at=printed.at,
        page=page,
        contact=contacts or stated.contact or None,
        captions=_captions(story, document),
        images=_images(story, document),
        blocks=tuple(block for block, _piece in story.blocks),
        unplaced=tuple(piece.text for piece in story.unplaced),
        furniture=tuple(piece.text for piece in story.unplaced if piece.is_furniture),
        warnings=tuple(_warnings(story, headline, publication, printed, page)),
        fields={**_stated(stated), **fields, **_readings(story, stated)},
        section=stated.section or citation.section,
        # What only a format says.
        document_title=stated.document_title or None,
        url=stated.url or None,
        keywords=stated.keywords,
        identifier=stated.identifier or None,
        rights=stated.rights or None,
    )


def _stated(stated: DocumentMetadata) -> dict[str, FieldReading]:
    """Where the text has the fields that only a format says."""
    return {name: FieldReading(STATED, spans) for name, spans in stated.spans.items()}


def _said(stated: DocumentMetadata, name: str) -> FieldReading | None:
    return FieldReading(STATED, stated.spans.get(name, ())) if getattr(stated, name) else None


def _readings(story: StoryLayout, stated: DocumentMetadata) -> dict[str, FieldReading]:
    """The fields that the layout reads where the format doesn't state them."""
    fields = {
        "dateline": reading([story.dateline] if story.dateline else [], ABSENT),
        "page": _said(stated, "page")
        or reading([piece for one, piece in story.citations if one.page], ABSENT),
        "section": _said(stated, "section")
        or reading([piece for one, piece in story.citations if one.section], ABSENT),
        "contact": reading(story.contacts, ABSENT),
        "captions": reading([piece for _caption, piece in story.captions], ABSENT),
        "blocks": reading([piece for _block, piece in story.blocks], 0.3),
    }
    if story.is_doubtful:
        blocks = fields["blocks"]
        fields["blocks"] = replace(blocks, confidence=min(_DOUBTFUL, blocks.confidence))
    return {**fields, "unplaced": reading(story.unplaced, 0.5)} if story.unplaced else fields


def _images(story: StoryLayout, document: SourceDocument) -> tuple[DocumentImage, ...]:
    """The pictures, each with its place among the blocks."""
    numbers = [piece.number for _block, piece in story.blocks]
    return tuple(replace(one, after=bisect(numbers, one.after)) for one in document.images)


def _captions(story: StoryLayout, document: SourceDocument) -> tuple[ParsedCaption, ...]:
    """In the source's order, each with its place among the blocks, and its picture.

    A caption of which the format says no more than its words is that of the picture right above
    it, or else right below, unless that has one.
    """
    numbers = [piece.number for _block, piece in story.blocks]
    names = {image.name for image in document.images}
    told = {caption.image for caption, _piece in story.captions}
    bare = {one.after: one.name for one in document.images if one.name not in told}
    found = []
    for caption, piece in sorted(story.captions, key=lambda pair: pair[1].number):
        above, below = piece.number - 1, piece.number
        own = caption.image if caption.image in names else ""
        image = own or bare.pop(above, "") or bare.pop(below, "")
        found.append(replace(caption, after=bisect(numbers, piece.number), image=image))
    return tuple(found)


def _warnings(
    story: StoryLayout, headline: str, publication: str | None, printed: PrintedOn, page: str | None
) -> Iterator[str]:
    """The story's warnings, most important first."""
    if not headline:
        yield _("No headline found.")
    elif len(headline) > _LONGEST_HEADLINE:
        yield _("The headline has %(count)d characters: shorten it.") % {"count": len(headline)}
    yield from _citation_warnings(story, publication, printed, page)
    if not any(block.type == "paragraph" for block, _piece in story.blocks):
        yield _("No paragraph found.")
    for piece in story.uncertain:
        yield _("Line %(number)d has no end punctuation: it was read as a paragraph.") % {
            "number": piece.number
        }
    for caption, piece in sorted(story.captions, key=lambda pair: pair[1].number):
        if not caption.credit:
            yield _("The caption in line %(number)d has no credit.") % {"number": piece.number}
        if not caption.text:
            yield _("The credit in line %(number)d has no caption.") % {"number": piece.number}
    if count := sum(not piece.is_furniture for piece in story.unplaced):
        yield say_unplaced(count)


def _citation_warnings(
    story: StoryLayout, publication: str | None, printed: PrintedOn, page: str | None
) -> Iterator[str]:
    printings = [citation for citation, _piece in story.citations if citation.is_printed]
    if story.again is not None or len(printings) > 1:
        yield _("There is more than one citation line: is it more than one story?")
    if story.second is not None:
        message = _("Another story may begin in line %(number)d; if so, make a file of each.")
        yield message % {"number": story.second}
    elif story.is_parted:
        yield say_parted()
    yield from printed.warnings
    if not publication:
        yield _("No publication found.")
    if not printed.day and not printed.warnings:
        yield _("No print date found.")
    if not page and any(citation.is_printed for citation, _piece in story.citations):
        yield _("The citation gives no page.")
