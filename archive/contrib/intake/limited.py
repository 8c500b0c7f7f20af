"""Reading a source file in a process of its own: what imports call for each file."""

from collections.abc import Callable, Collection
from pathlib import Path

from archive.conf import settings
from archive.contrib.intake.adjustments import Adjustment, adjusting, current
from archive.contrib.intake.columns import ColumnMapping
from archive.contrib.intake.conf import settings as own
from archive.contrib.intake.formats import path_of, read_stories, registered, using
from archive.contrib.intake.outlets import naming
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.sources import SourceFile
from archive.sandbox.messages import Callback
from archive.sandbox.pool import LimitError, run_limited
from archive.text.stored_messages import said_by

MEGABYTE = 1024 * 1024


def seconds_for(size: int) -> int:
    """FILE_SECONDS for each megabyte begun, of as much as a plain text may have."""
    return settings.FILE_SECONDS * (1 + min(size, own.INTAKE_MAX_BYTES) // MEGABYTE)


def read_within_limits(
    source: SourceFile,
    language: str | None = None,
    mapping: ColumnMapping | None = None,
    *,
    papers: Collection[str] = (),
) -> list[ParsedArticle]:
    """As `read_stories`; IntakeError also for a file that takes too much time or memory.

    `papers` are the names of the archive's publications.
    """
    adjustment = current()
    adjust = Callback(adjustment) if adjustment else None
    beside = Callback(source.beside)
    forms = tuple(map(path_of, registered()))
    try:
        return run_limited(
            *(_read, source.path, source.data, beside, adjust, language, mapping, forms, papers),
            seconds=seconds_for(len(source.data)),
        )
    except LimitError as error:
        raise IntakeError(said_by(error)) from error


def _read(
    path: Path,
    data: bytes,
    beside: Callable[[str], bytes | None],
    adjust: Adjustment | None,
    language: str | None,
    mapping: ColumnMapping | None,
    forms: tuple[str, ...],
    papers: Collection[str],
) -> list[ParsedArticle]:
    with adjusting(adjust), using(forms), naming(papers):
        return read_stories(SourceFile(path, data, beside), language, mapping)
