"""Warnings of a record that no longer hold: what was missing is there now. Pure.

Warnings are stored in the language of whoever had the file read.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from archive.intake.stored import Record
from archive.text.language import LANGUAGES

_NUMBER = re.compile(r"\d+")


def without_settled(record: Record) -> list[str]:
    """The record's warnings but for those that its fields answer."""
    warnings = [str(one) for one in record.get("warnings") or ()]
    settled: set[str] = set()
    for language in LANGUAGES:
        with override(language):
            settled.update(_settled(record, warnings))
    return [one for one in warnings if one not in settled]


def _settled(record: Record, warnings: list[str]) -> Iterator[str]:
    """As the story's reader says them, in the active language."""
    blocks = record.get("blocks") or ()
    lacks = {
        _("No headline found."): record.get("headline"),
        _("No publication found."): record.get("publication"),
        _("No date found."): record.get("published"),
        _("The citation gives no page."): record.get("page"),
        _("No paragraph found."): any(one.get("type") == "paragraph" for one in blocks),
    }
    yield from (message for message, value in lacks.items() if value)
    if record.get("unplaced"):
        return
    for number in {int(found[0]) for one in warnings if (found := _NUMBER.search(one))}:
        message = ngettext(
            "%(count)d part of the source was not placed.",
            "%(count)d parts of the source were not placed.",
            number,
        )
        yield message % {"count": number}
