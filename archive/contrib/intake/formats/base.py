"""What a source format must be able to do."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from archive.contrib.intake.columns import ColumnMapping
from archive.contrib.intake.records import ParsedArticle
from archive.contrib.intake.sources import SourceFile

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
