"""The base of formats whose files say what is headline, byline and paragraph."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import ClassVar

from archive.contrib.intake.documents import DocumentImage, SourceDocument
from archive.contrib.intake.formats.base import SourceFormat
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.sources import SourceFile
from archive.contrib.intake.story_reader import read_story
from archive.text.markup.html_tree import MarkupError
from archive.text.stored_messages import message as _


class DocumentFormat(SourceFormat):
    """A format that turns its file into documents, one a story."""

    # Whether it tells a story from the web page around it: copied pages are read by it, too.
    reads_pages: ClassVar[bool] = False

    @abstractmethod
    def documents(self, source: SourceFile) -> Iterator[SourceDocument]:
        """The stories of the file, in order; raises IntakeError for a file that can't be read."""

    def parse(self, source: SourceFile, language: str | None = None) -> list[ParsedArticle]:
        stories: list[ParsedArticle] = []
        reason: Exception | None = None
        for number, document in enumerate(self.documents(source), start=1):
            try:
                with_files = _with_files(document, source)
                stories.append(read_story(with_files, source.name, language=language, item=number))
            except (IntakeError, MarkupError) as error:  # The others go on.
                reason = reason or error
        if not stories:
            raise reason or IntakeError(_("it holds no story"))
        return stories


def _with_files(document: SourceDocument, source: SourceFile) -> SourceDocument:
    """With the bytes of the pictures that lie beside the file, by their name in the text."""
    return replace(document, images=tuple(_with_file(one, source) for one in document.images))


def _with_file(image: DocumentImage, source: SourceFile) -> DocumentImage:
    if image.data:
        return image
    names = dict.fromkeys((image.name, PurePosixPath(image.name).name))
    found = (source.beside(name) for name in names if name)
    return replace(image, data=next(filter(None, found), b""))
