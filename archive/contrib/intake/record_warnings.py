"""Warnings of a record: which still hold, and in the language of whoever looks. Pure.

They are stored in the language of whoever had the file read.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from archive.contrib.intake.record_json import Record, waiting
from archive.text.language import LANGUAGES
from archive.text.markup.blocks import struck_note

_NUMBER = re.compile(r"\d+")
# Where a message has its value.
_VALUE = re.compile(r"%\((\w+)\)[sd]")
_ESCAPED_VALUE = re.compile(r"%\\\((\w+)\\\)[sd]")


def without_settled(record: Record) -> list[str]:
    """The record's warnings but for those that its fields answer; what waits is counted anew."""
    warnings = [str(one) for one in record.get("warnings") or ()]
    settled: set[str] = set()
    for language in LANGUAGES:
        with override(language):
            known = _known(record, warnings)
            settled.update(message for message, is_settled in known if is_settled)
    left = len(waiting(record))
    return [one for one in warnings if one not in settled] + ([say_unplaced(left)] if left else [])


def say_unplaced(count: int) -> str:
    """The warning of parts of a source that are in no field."""
    message = ngettext(
        "%(count)d part of the source was not placed.",
        "%(count)d parts of the source were not placed.",
        count,
    )
    return message % {"count": count}


def say_parted() -> str:
    """The warning of a line of marks that parts a story."""
    return _("A line of marks parts the text: what is below it may be another story.")


def in_own_language(warnings: list[str]) -> list[str]:
    """The warnings in the active language, so far as the story's reader and tables say them."""
    known = [message for message, _value in _known({}, warnings)], _with_values()
    said: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            plain = (message for message, _value in _known({}, warnings))
            said |= zip(plain, known[0], strict=True)
            for there, here in zip(_with_values(), known[1], strict=True):
                form = re.compile(_ESCAPED_VALUE.sub(r"(?P<\1>.+)", re.escape(there)), re.DOTALL)
                for one in warnings:
                    if found := form.fullmatch(one):
                        said[one] = _VALUE.sub(r"%(\1)s", here) % found.groupdict()
    return [said.get(one, one) for one in warnings]


def _with_values() -> list[str]:
    """The messages with values in them, in the active language."""
    return [
        _("Another story may begin in line %(number)d; if so, make a file of each."),
        _("The headline has %(count)d characters: shorten it."),
        _("Line %(number)d has no end punctuation: it was read as a paragraph."),
        _("The caption in line %(number)d has no credit."),
        _("The credit in line %(number)d has no caption."),
        _("Columns that were not placed: %(names)s."),
        _("Hidden text was left out: %(words)s"),
        _("A picture of a kind that can't be shown was left out: %(name)s"),
        _("Sent by %(sender)s on %(date)s."),
        # Below the shorter one, which its words fit as well.
        _("Sent by %(sender)s on %(date)s with the subject “%(subject)s”."),
        _("The attachment “%(name)s” was left out: %(reason)s"),
        struck_note(["%(words)s"]),
    ]


def _known(record: Record, warnings: list[str]) -> Iterator[tuple[str, bool]]:
    """As the story's reader says them, in the active language, and whether they are settled."""
    blocks = record.get("blocks") or ()
    lacks = {
        _("No headline found."): record.get("headline"),
        _("No publication found."): record.get("publication"),
        _("No print date found."): record.get("published"),
        _("The citation gives no page."): record.get("page"),
        _("No paragraph found."): any(one.get("type") == "paragraph" for one in blocks),
        _("There is more than one citation line: is it more than one story?"): False,
        say_parted(): False,
        _("An embedded object, such as a chart or a sheet, was left out."): False,
    }
    yield from ((message, bool(value)) for message, value in lacks.items())
    for number in sorted({int(found[0]) for one in warnings if (found := _NUMBER.search(one))}):
        # What still waits is counted from the record.
        yield say_unplaced(number), True
