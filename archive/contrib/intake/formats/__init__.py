"""Source formats: which there are, and which of them a file is in."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import cache

from django.core.exceptions import AppRegistryNotReady, ImproperlyConfigured
from django.utils.module_loading import import_string

from archive import registry
from archive.contrib.intake.columns import ColumnMapping
from archive.contrib.intake.conf import settings
from archive.contrib.intake.formats.base import SourceFormat
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.sources import SourceFile, check_size
from archive.text.markup.html_tree import MarkupError
from archive.text.punctuation import joined
from archive.text.stored_messages import message as _
from archive.text.stored_messages import said_by

logger = logging.getLogger(__name__)

# The process that reads files has no apps, and so no hooks: it is told the formats by `using`.
_given: ContextVar[Sequence[SourceFormat] | None] = ContextVar("formats", default=None)


def registered() -> list[SourceFormat]:
    """The formats in the order they are asked: who reads bytes first, text then.

    Raises ImproperlyConfigured for what the hook `register_archive_source_format` may not give.
    """
    given = _given.get()
    found = registry.registered("source_format", SourceFormat) if given is None else given
    for form in found:
        if not form.id:
            raise ImproperlyConfigured(f"register_archive_source_format: {path_of(form)} has no id")
    return sorted(found, key=lambda form: form.reads == "text")


def path_of(form: SourceFormat) -> str:
    """The dotted path of the format's class."""
    return f"{type(form).__module__}.{type(form).__qualname__}"


@contextmanager
def using(paths: Sequence[str]) -> Iterator[None]:
    """Within it, the formats are those whose classes have these paths. Raises IntakeError."""
    token = _given.set([_load(path) for path in paths])
    try:
        yield
    finally:
        _given.reset(token)


@cache
def _load(path: str) -> SourceFormat:
    try:
        form: SourceFormat = import_string(path)()
    except (AppRegistryNotReady, ImproperlyConfigured, RuntimeError) as error:
        # Files are read in a process without apps: see `archive.sandbox`.
        reason = _(
            "the module of the source format “%(path)s” needs models: put the format into a module "
            "that imports none (%(error)s)"
        )
        raise IntakeError(reason % {"path": path, "error": error}) from error
    return form


def suffixes() -> list[str]:
    """The usual file name endings of all formats."""
    return sorted({suffix for form in registered() for suffix in form.suffixes})


def recognise(source: SourceFile, mapping: ColumnMapping | None = None) -> SourceFormat:
    """The first format that recognises the source; raises IntakeError when none does."""
    for form in (one.mapped(mapping) for one in registered()):
        if form.reads == "text":
            check_size(len(source.data), settings.INTAKE_MAX_BYTES)
        if form.recognises(source):
            return form
    reason = _("no format recognises it (known: %(names)s); save the story as plain text")
    names = joined(form.name for form in registered())
    raise IntakeError(reason % {"names": names})


def read_stories(
    source: SourceFile, language: str | None = None, mapping: ColumnMapping | None = None
) -> list[ParsedArticle]:
    """The stories of a file, numbered from 1, with the id of the format that read them.

    `mapping` says what the columns of tables are; else their names are guessed from.
    Raises IntakeError.
    """
    form = recognise(source, mapping)
    try:
        stories = form.parse(source, language)
    except (IntakeError, MemoryError):
        raise
    except MarkupError as error:
        raise IntakeError(said_by(error)) from error
    except Exception as error:  # a library's, at a file that it didn't expect
        logger.exception("Reading %s as %s failed", source.name, form.id)
        reason = _("damaged, or not what it seems (%(format)s: %(error)s); save it anew")
        raise IntakeError(reason % {"format": form.name, "error": repr(error)[:200]}) from error
    return [replace(story, format=form.id, item=item) for item, story in enumerate(stories, 1)]
