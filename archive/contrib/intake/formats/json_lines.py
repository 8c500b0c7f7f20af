"""JSON Lines: an object is a story, its names are the columns."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy

from archive.contrib.intake.formats.column_format import ColumnFormat, Row, row_of
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile
from archive.text.stored_messages import message as _

_NAMES = ("name", "url", "value", "title")


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


class JsonLinesFormat(ColumnFormat):
    id = "jsonl"
    name = gettext_lazy("JSON Lines")
    description = gettext_lazy("A story a line as a JSON object, or a JSON list of such objects.")
    suffixes = (".jsonl", ".ndjson", ".json")

    def recognises(self, source: SourceFile) -> bool:
        if not source.text.text.lstrip().startswith(("{", "[")):
            return False
        try:
            first, *others = islice(self.rows(source), 2)
        except (IntakeError, RecursionError, ValueError):
            return False
        # Objects of the same names, one after the other, are a table, whatever those are.
        is_even = any(len(first) > 1 and first.keys() == other.keys() for other in others)
        return self.is_table(list(first)) or is_even

    def rows(self, source: SourceFile) -> Iterator[Row]:
        for value in read_json_values(source):
            for one in value if isinstance(value, list) else [value]:
                # What is no object has words, too, but no name for them.
                row = row_of(one if isinstance(one, dict) else {"#1": one}, _NAMES)
                if any(row.values()):
                    yield row
