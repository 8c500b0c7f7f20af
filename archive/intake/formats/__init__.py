"""Source formats: which there are, and which of them a file is in."""

from functools import cache

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from archive.conf import settings
from archive.intake.formats.base import SourceFormat
from archive.intake.records import IntakeError
from archive.intake.sources import SourceFile


def registered() -> list[SourceFormat]:
    """The formats of ARCHIVE_INTAKE_FORMATS, in order."""
    return [_load(path) for path in settings.INTAKE_FORMATS]


@cache
def _load(path: str) -> SourceFormat:
    try:
        loaded = import_string(path)
    except ImportError as error:
        reason = _("ARCHIVE_INTAKE_FORMATS names “%(path)s”, which can't be imported")
        raise IntakeError(reason % {"path": path}) from error
    if not (isinstance(loaded, type) and issubclass(loaded, SourceFormat)):
        reason = _("ARCHIVE_INTAKE_FORMATS names “%(path)s”, which is not a SourceFormat")
        raise IntakeError(reason % {"path": path})
    return loaded()


def suffixes() -> list[str]:
    """The file name endings that a walk through a folder looks for."""
    return sorted({suffix for form in registered() for suffix in form.suffixes})


def recognise(source: SourceFile) -> SourceFormat:
    """The first format that recognises the source; raises IntakeError when none does."""
    for form in registered():
        if form.recognises(source):
            return form
    reason = _("no format recognises it (known: %(names)s); save the story as plain text")
    names = ", ".join(str(form.name) for form in registered())
    raise IntakeError(reason % {"names": names})
