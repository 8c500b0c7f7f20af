"""JSON Lines: an object is a story, its names are the columns."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy

from archive.contrib.intake.columns import guess_mapping
from archive.contrib.intake.documents import SourceDocument
from archive.contrib.intake.formats.column_format import ColumnFormat, Row, row_of
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile
from archive.contrib.intake.stated import exact_text, stated_document, unreadable
from archive.interchange.records import FORM, WholeStory
from archive.interchange.values import RecordError
from archive.text.stored_messages import message as _

# What an object says of itself: its name or address, or the text that it wraps.
_NAMES = (
    *("name", "url", "value", "title", "rendered", "main", "original", "basic", "text", "content"),
)


def read_json_values(source: SourceFile) -> Iterator[Any]:
    """The file's value; or that of each line, where the file is a list of lines (JSON Lines).

    A line that is no JSON is an IntakeError among the values, which says where and why; raises it
    where no other line is a value.
    """
    text = exact_text(source) if FORM.encode() in source.data else source.text.text
    text = text.strip("\ufeff")
    value = _value(text, 1)
    if not isinstance(value, IntakeError):
        yield value
        return
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    # Of a value that is written over several lines, hardly one is a value by itself.
    are_lines = len(lines) > 1 and not isinstance(_value(lines[0][1], 1), IntakeError)
    if not are_lines:
        broken = sum(isinstance(_value(line, 1), IntakeError) for _number, line in lines)
        are_lines = broken * 2 < len(lines)
    if not are_lines:
        raise value
    for number, line in lines:
        yield _value(line, number)


def _stories_in(value: Any) -> list[Any]:
    """The objects that are stories: a list's, also of one within a service's answer."""
    if not isinstance(value, dict):
        return value if isinstance(value, list) else [value]
    told = guess_mapping(list(value))
    if not told.is_enough or "body" not in told.columns:
        for inner in (one for one in value.values() if isinstance(one, dict | list)):
            found = _stories_in(inner)
            if found and all(isinstance(one, dict) and _is_story(one) for one in found):
                return found
    return [value]


def _is_story(value: dict[str, Any]) -> bool:
    return guess_mapping(list(value)).is_enough


def _value(text: str, number: int) -> Any:
    """What the text says, or an IntakeError; `number` is that of its first line."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = {"line": number + error.lineno - 1, "column": error.colno, "error": error.msg}
        reason = _("line %(line)d is no JSON from character %(column)d on (%(error)s); mend it")
        return IntakeError(reason % place)
    except (ValueError, RecursionError):
        return IntakeError(_("its values are nested too deeply, or too long"))


def _is_recorded(source: SourceFile) -> bool:
    """Whether it holds records of stories, as an archive exports them."""
    if FORM.encode() not in source.data:
        return False
    try:
        values = (one for one in read_json_values(source) if not isinstance(one, IntakeError))
        first = next(values, None)
    except IntakeError:
        return False
    first = first[0] if isinstance(first, list) and first else first
    return isinstance(first, dict) and first.get("form") == FORM


def _document(value: Any) -> SourceDocument | IntakeError:
    try:
        return stated_document(WholeStory.from_json(value))
    except RecordError as error:
        return unreadable(error)
    except IntakeError as error:
        return error


class JsonLinesFormat(ColumnFormat):
    id = "jsonl"
    name = gettext_lazy("JSON Lines")
    description = gettext_lazy("A story a line as a JSON object, or a JSON list of such objects.")
    suffixes = (".jsonl", ".ndjson", ".json")

    def recognises(self, source: SourceFile) -> bool:
        if not source.text.text.lstrip().startswith(("{", "[")):
            return False
        if _is_recorded(source):
            return True
        try:
            rows = (row for row in self.rows(source) if not isinstance(row, IntakeError))
            first, *others = islice(rows, 2)
        except (IntakeError, RecursionError, ValueError):
            return False
        # Objects of the same names, one after the other, are a table, whatever those are.
        is_even = any(len(first) > 1 and first.keys() == other.keys() for other in others)
        return self.is_table(list(first)) or is_even

    def documents(self, source: SourceFile) -> Iterator[SourceDocument | IntakeError]:
        if not _is_recorded(source):
            yield from super().documents(source)
            return
        for value in read_json_values(source):
            for one in value if isinstance(value, list) else [value]:
                yield one if isinstance(one, IntakeError) else _document(one)

    def rows(self, source: SourceFile) -> Iterator[Row | IntakeError]:
        for value in read_json_values(source):
            if isinstance(value, IntakeError):
                yield value
                continue
            for one in _stories_in(value):
                # What is no object has words, too, but no name for them.
                row = row_of(one if isinstance(one, dict) else {"#1": one}, _NAMES)
                if any(row.values()):
                    yield row
