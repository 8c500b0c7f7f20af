"""Libraries of an extra, which a site may lack: what a person is told then."""

from collections.abc import Iterator
from contextlib import contextmanager

from archive.contrib.intake.records import IntakeError
from archive.text.stored_messages import message as _


@contextmanager
def from_extra(extra: str = "intake") -> Iterator[None]:
    """Around an import: raises IntakeError, with what to install, where there is no library."""
    try:
        yield
    except ImportError as error:
        reason = _('it needs %(name)s: pip install "wagtail-bilingual-archive[%(extra)s]"')
        raise IntakeError(reason % {"name": error.name, "extra": extra}) from error
