"""Stories of files that say everything themselves, as an archive's own exports do: no layout is
read and nothing is guessed.

Each language of such a story is an article of its own, with the record of the whole.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby

from archive.contrib.intake.documents import DocumentImage, SourceDocument
from archive.contrib.intake.records import (
    BILINGUAL,
    TRADITIONAL,
    FieldReading,
    IntakeError,
    ParsedArticle,
    ParsedBlock,
    ParsedByline,
)
from archive.contrib.intake.sources import SourceFile
from archive.interchange.html_body import read_html
from archive.interchange.records import Block, TextRecord, WholeStory, with_texts
from archive.interchange.values import RecordError
from archive.text.language import CHINESE, LANGUAGES
from archive.text.richtext import plain_text
from archive.text.stored_messages import message as _
from archive.text.stored_messages import said_by

_SURE = FieldReading(1.0)
_TRADITIONAL_SCRIPT = "hant"


def exact_text(source: SourceFile) -> str:
    """The file's characters as they are: in an archive's own file none are garbled."""
    return source.data.decode("utf-8-sig", "replace")


def stated_document(record: WholeStory) -> SourceDocument:
    """Raises IntakeError for a record that has no text that this archive can hold."""
    if record.language not in LANGUAGES or not {*LANGUAGES} & {*record.texts}:
        reason = _("the archive has no texts in %(language)s")
        raise IntakeError(reason % {"language": record.language})
    images = tuple(DocumentImage(one.file) for one in record.pictures)
    return SourceDocument("", (), images=images, stated=record)


def stated_text(facts: str, language: str, text: TextRecord) -> WholeStory:
    """The record of a file's facts and one of its texts; raises IntakeError."""
    try:
        return with_texts(facts, {language: text})
    except RecordError as error:
        raise unreadable(error) from error


def as_documents(records: Iterable[WholeStory]) -> Iterator[SourceDocument]:
    """Those of one story that follow each other are one document, with both texts."""
    for _id, several in groupby(records, key=lambda one: one.id):
        first, *others = several
        texts = dict(first.texts)
        for one in others:
            texts.update(one.texts)
        yield stated_document(replace(first, texts=texts))


def read_blocks(html: str, files: Mapping[str, str]) -> list[Block]:
    """The blocks of a body in XHTML; raises IntakeError."""
    try:
        return read_html(html, files)
    except SyntaxError as error:
        raise unreadable(RecordError("body", error)) from error


def unreadable(error: RecordError) -> IntakeError:
    reason = _("its record of the story can't be read: %(field)s: %(reason)s")
    return IntakeError(reason % {"field": error.field, "reason": said_by(ValueError(error.reason))})


def stated_article(
    record: WholeStory, images: tuple[DocumentImage, ...], source: str, item: int
) -> ParsedArticle:
    """The story's own text, with both as its parts where the file has both."""
    parts = tuple(
        replace(_part(record, language, images), source=source, item=item)
        for language in record.languages
        if language in LANGUAGES
    )
    if len(parts) < 2:
        return parts[0]
    return replace(parts[0], written_in=BILINGUAL, parts=parts)


def _part(record: WholeStory, language: str, images: tuple[DocumentImage, ...]) -> ParsedArticle:
    text = record.texts[language]
    is_traditional = language == CHINESE == record.language
    is_traditional = is_traditional and record.script == _TRADITIONAL_SCRIPT
    publication, section = record.publication, record.section
    published = date.fromisoformat(record.print_date) if record.print_date else None
    bylines = tuple(
        ParsedByline(_said(one.names, language), one.role, _place(record, one.place, language))
        for one in record.bylines
    )
    return ParsedArticle(
        source="",
        language=language,
        headline=text.headline,
        standfirst=text.standfirst or None,
        dateline=text.dateline or None,
        bylines=bylines if language == record.language else (),
        publication=_said(publication.names, language) if publication else None,
        published=published,
        page=record.print_page or None,
        contact=record.contact or None,
        blocks=tuple(_blocks(text)),
        fields=dict.fromkeys(("headline", "publication", "published", "blocks"), _SURE),
        url=record.source_url or None,
        section=_said(section.names, language) if section else None,
        images=images if language == record.language else (),
        identifier=record.uri,
        rights=record.rights or None,
        written_in=TRADITIONAL if is_traditional else language,
        stated=record.in_language(language),
    )


def _said(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or next(iter(words.values()), "")


def _place(record: WholeStory, key: str, language: str) -> str | None:
    name = record.name(key) if key else None
    return _said(name.names, language) if name else None


def _blocks(text: TextRecord) -> Iterator[ParsedBlock]:
    """The running text, for lists and comparisons; what is stored is the record's own."""
    for block in text.body:
        value = block["value"]
        if isinstance(value, str) and plain_text(value).strip():
            kind = "subhead" if block["type"] == "subhead" else "paragraph"
            yield ParsedBlock(kind, plain_text(value))  # type: ignore[arg-type]
