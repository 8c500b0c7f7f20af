"""JSON of others: one value, or one a line."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile


def read_json_values(source: SourceFile) -> Iterator[Any]:
    """The file's value; or that of each line, where the file is a list of lines (JSON Lines).

    Raises IntakeError, with the line, for what is no JSON.
    """
    text = source.text.text.strip().removeprefix("\ufeff")
    first = text.partition("\n")[0].strip()
    try:
        # One line alone is one value; a first line that is a value begins a list of lines.
        json.loads(first)
    except (ValueError, RecursionError):
        yield _value(text, 1)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _value(line, number)


def _value(text: str, number: int) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        line = number + error.lineno - 1
        reason = _("line %(line)d is no JSON (%(error)s); export it again")
        raise IntakeError(reason % {"line": line, "error": error.msg}) from error
    except (ValueError, RecursionError) as error:
        raise IntakeError(_("its values are nested too deeply, or too long")) from error
