"""Stories, segments and files as values: no database.

Tables are edited as people do: with python-docx and openpyxl, which the reader doesn't use.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import docx
import openpyxl

from archive.contrib.exchange.cells import with_lines
from archive.contrib.exchange.codes import decode, encode, fingerprint, settle
from archive.contrib.exchange.formats import FORMATS, read_stories
from archive.contrib.exchange.packages import unpack
from archive.contrib.exchange.plan import Planned, make_plan
from archive.contrib.exchange.tables import columns_of
from archive.contrib.exchange.units import (
    ExchangeError,
    ExportedStory,
    Reply,
    StoryReply,
    Unit,
    UnitVersion,
)
from archive.desk.models import Segment
from archive.desk.saving import version_of
from archive.desk.segments import Row
from archive.text.segmentation import RICH, SourceSegment

REF = "0b1f2a60-0000-4000-8000-000000000001"
# For tools, and for people.
TEXT_FORMATS = ("xliff12", "xliff21", "po")
TABLES = ("docx", "xlsx")
MENTION = '<a id="3" linktype="entity">'


def make_unit(source: str, target: str = "", markup: str = RICH, **fields: Any) -> Unit:
    pieces = encode(source, markup)
    key = fields.pop("key", "3f2a/items/9c")
    return Unit(
        key,
        fields.pop("kind", "paragraph"),
        pieces,
        encode(target, markup, like=pieces),
        markup,
        **fields,
    )


def make_story(*units: Unit, **fields: Any) -> ExportedStory:
    story = ExportedStory(REF, "2015-09-22-city", "City builds", "en", "zh-hans", units)
    return replace(story, **fields)


def there_and_back(format_name: str, *units: Unit) -> StoryReply:
    return read_stories("x", FORMATS[format_name].write([make_story(*units)]))[0]


def text_in(reply: Reply, markup: str = RICH) -> str:
    """The target that a reply holds, as the database would hold it."""
    source, target = (with_lines(t, markup, keep=True) for t in (reply.source, reply.target))
    if reply.is_html and markup == RICH:
        source = encode("".join(map(str, source)), markup)
        target = encode("".join(map(str, target)), markup, like=source)
    return decode(settle(target, source, ()) if markup == RICH else target, markup)


def make_row(source: str, target: str = "", markup: str = RICH, **fields: Any) -> Row:
    segment_source = SourceSegment(fields.pop("key", "k"), "paragraph", source, markup)
    if not target and not fields:
        return Row(segment_source, None)
    stored = {
        "key": segment_source.key,
        "target": target,
        "markup": markup,
        "source_text": source,
        "source_digest": segment_source.digest,
        "state": "confirmed",
    }
    return Row(segment_source, Segment(**{**stored, **fields}))


def unit_version(row: Row) -> UnitVersion:
    markup = row.source.markup
    return UnitVersion(row.source.digest, version_of(row.segment), fingerprint(row.target, markup))


def make_reply(row: Row, target: str, /, *, made_from: Row | None = None, **fields: Any) -> Reply:
    """The row's segment as it comes back from a file that was made of `made_from`."""
    then = made_from or row
    markup = then.source.markup
    source = encode(then.source.text, markup)
    pieces = encode(target, markup, like=source)
    values = {
        "source": source,
        "target": pieces,
        "version": unit_version(then),
        "state": "translated",
    }
    return Reply(then.source.key, **{**values, **fields})


def verdict(reply: Reply, row: Row, **lengths: int) -> Planned:
    return make_plan([reply], [row], lengths)[0]


def read_upload(name: str, data: bytes) -> list[StoryReply]:
    """The stories of all files of an upload; ExchangeError for the first that is bad."""
    found: list[StoryReply] = []
    for file in unpack(name, data).files:
        if file.trouble:
            raise ExchangeError(file.trouble)
        found += read_stories(file.name, file.data)
    return found


def edited(
    name: str,
    data: bytes,
    texts: Mapping[str, str] | None = None,
    *,
    row: int = 2,
    edit: Callable[[Any], None] | None = None,
) -> bytes:
    """The file with other texts in a row, which counts from 1 with the headings; then `edit`
    gets the sheet, or the first table."""
    opened: Any = docx.Document(io.BytesIO(data)) if name == "docx" else None
    opened = opened or openpyxl.load_workbook(io.BytesIO(data))
    table = opened.tables[0] if name == "docx" else opened.active
    for column, text in (texts or {}).items():
        set_text(table, row, column, text)
    if edit:
        edit(table)
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


def set_text(table: Any, row: int, column: str, text: str) -> None:
    if isinstance(table, docx.table.Table):
        at = columns_of(cell.text for cell in table.rows[0].cells)[column]
        table.cell(row - 1, at).text = text
    else:
        at = columns_of(str(cell.value) for cell in table[1])[column]
        table.cell(row, at + 1).value = text


def append_text(table: Any, row: int, column: str, text: str) -> None:
    """As a person types behind what a cell shows."""
    if isinstance(table, docx.table.Table):
        at = columns_of(cell.text for cell in table.rows[0].cells)[column]
        table.cell(row - 1, at).paragraphs[-1].runs[0].text += text
    else:
        at = columns_of(str(cell.value) for cell in table[1])[column]
        table.cell(row, at + 1).value += text


def add_row(table: Any) -> int:
    """An empty row below the others; its number, which counts from 1 with the headings."""
    if isinstance(table, docx.table.Table):
        table.add_row()
        return len(table.rows)
    return int(table.max_row) + 1


def add_column(table: Any, heading: str) -> None:
    if isinstance(table, docx.table.Table):
        table.add_column(1000).cells[0].text = heading
    else:
        table.cell(1, table.max_column + 1).value = heading
