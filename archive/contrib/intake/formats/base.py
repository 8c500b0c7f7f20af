"""What a source format must be able to do, and one whose files say what is headline and text."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from archive.contrib.intake.columns import ColumnMapping
from archive.contrib.intake.documents import DocumentImage, SourceDocument
from archive.contrib.intake.labels.records import split_records
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.sources import SourceFile
from archive.contrib.intake.story_reader import read_story
from archive.text.markup.html_tree import MarkupError
from archive.text.stored_messages import message as _
from archive.text.stored_messages import said_by

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class SourceFormat(ABC):
    """One form of source files. An app gives it by the hook `register_archive_source_format`.

    A format is told by what is in the file: its name is chance. Whoever reads bytes is asked
    before those who read text, so that a word processor's file is never decoded as a text. Files
    are read in a process without apps: the module imports no models, and the class is made anew
    there, without arguments.
    """

    # Short and lasting: "docx". It is stored and reported as the record's `format`.
    id: ClassVar[str] = ""
    name: "StrOrPromise"
    description: "StrOrPromise"
    # Usual endings, in small letters: for people who choose files.
    suffixes: tuple[str, ...]
    # "bytes": looks at `source.data` (and `source.head`), never at `source.text`.
    reads: ClassVar[Literal["text", "bytes"]] = "text"

    def mapped(self, mapping: ColumnMapping | None) -> Self:
        """The format with what a person said of a table's columns; most have none."""
        return self

    @abstractmethod
    def recognises(self, source: SourceFile) -> bool:
        """Whether the file is in this form, by its contents; cheap, and with no error."""

    @abstractmethod
    def parse(self, source: SourceFile, language: str | None = None) -> list[ParsedArticle]:
        """The stories of the file, in order; `language` overrules detection.

        Raises IntakeError, which says the way out. The caller fills in `format` and `item`.
        """


class DocumentFormat(SourceFormat):
    """A format that turns its file into documents, one a story."""

    # Whether it tells a story from the web page around it: copied pages are read by it, too.
    reads_pages: ClassVar[bool] = False

    @abstractmethod
    def documents(self, source: SourceFile) -> Iterator[SourceDocument | IntakeError]:
        """The stories of the file, in order, and why one of them can't be read; raises IntakeError
        for a file that can't."""

    def parse(self, source: SourceFile, language: str | None = None) -> list[ParsedArticle]:
        stories: list[ParsedArticle] = []
        reasons: list[Exception] = []
        for number, document in enumerate(self._records(source), start=1):
            try:
                if isinstance(document, IntakeError):
                    raise document
                with_files = _with_files(document, source)
                stories.append(read_story(with_files, source.name, language=language, item=number))
            except (IntakeError, MarkupError) as error:  # The others go on.
                reasons.append(error)
        return with_reasons(stories, reasons)

    def _records(self, source: SourceFile) -> Iterator[SourceDocument | IntakeError]:
        for document in self.documents(source):
            if isinstance(document, IntakeError):
                yield document
            else:
                yield from split_records(document)


def with_reasons(stories: list[ParsedArticle], reasons: Sequence[Exception]) -> list[ParsedArticle]:
    """The stories of a file; the first one says what else of it can't be read, and why. Raises the
    first reason where there is no story."""
    if not stories:
        raise next(iter(reasons), IntakeError(_("it holds no story")))
    message = _("A part of the file was left out: %(reason)s")
    told = [message % {"reason": said_by(one)} for one in reasons]
    first, *others = stories
    return [replace(first, warnings=(*told, *first.warnings)), *others]


def _with_files(document: SourceDocument, source: SourceFile) -> SourceDocument:
    """With the bytes of the pictures that lie beside the file, by their name in the text."""
    return replace(document, images=tuple(_with_file(one, source) for one in document.images))


def _with_file(image: DocumentImage, source: SourceFile) -> DocumentImage:
    if image.data:
        return image
    names = dict.fromkeys((image.name, PurePosixPath(image.name).name))
    found = (source.beside(name) for name in names if name)
    return replace(image, data=next(filter(None, found), b""))
