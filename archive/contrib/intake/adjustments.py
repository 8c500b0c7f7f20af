"""What is done to each document before it becomes a record: a profile's rules, while it is on.

Formats make records by `read_story` themselves, so that what a reader of files knows of a source
can't be handed through them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from archive.contrib.intake.documents import SourceDocument

# Takes a document and its file's name.
Adjustment = Callable[[SourceDocument, str], SourceDocument]
# Each request and task has its own.
_adjustment: ContextVar[Adjustment | None] = ContextVar("adjustment of documents", default=None)


@contextmanager
def adjusting(adjustment: Adjustment | None) -> Iterator[None]:
    """Within it, `adjusted` does so."""
    token = _adjustment.set(adjustment)
    try:
        yield
    finally:
        _adjustment.reset(token)


def current() -> Adjustment | None:
    """What `adjusted` does at the moment."""
    return _adjustment.get()


def adjusted(document: SourceDocument, source: str) -> SourceDocument:
    """The document as `read_story` is to read it."""
    adjustment = _adjustment.get()
    return adjustment(document, source) if adjustment else document
