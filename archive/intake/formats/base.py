"""What a source format must be able to do."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from archive.intake.records import ParsedArticle
from archive.intake.sources import SourceFile

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class SourceFormat(ABC):
    """One form of source files. Registered by dotted path in ARCHIVE_INTAKE_FORMATS."""

    name: "StrOrPromise"
    description: "StrOrPromise"
    suffixes: tuple[str, ...]

    @abstractmethod
    def recognises(self, source: SourceFile) -> bool:
        """Whether the file is in this form, by its contents; raises IntakeError if unreadable."""

    @abstractmethod
    def parse(self, source: SourceFile, language: str | None = None) -> list[ParsedArticle]:
        """The stories of the file; `language` overrules detection. Raises IntakeError."""
