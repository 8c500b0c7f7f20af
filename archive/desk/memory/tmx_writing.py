"""Writes units as TMX 1.4b, one after the other: no file is too large.

The format: https://www.gala-global.org/tmx-14b (Localisation Industry Standards Association).
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

import archive
from archive.desk.memory.tmx_codes import WRITTEN
from archive.desk.models import MemoryUnit
from archive.text.language import column, other

TOOL = "wagtail-bilingual-archive"
# What a unit tells beyond TMX's own attributes.
STORY, PRINT_DATE, KIND, KEY = "x-story", "x-print-date", "x-kind", "x-segment"

# XML 1.0 has no place for these, however they are written.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="{tool}" creationtoolversion="{version}" segtype="paragraph" \
o-tmf="{tool}" adminlang="en" srclang="*all*" datatype="plaintext" creationdate="{now}"/>
  <body>
"""
_FOOT = "  </body>\n</tmx>\n"


def tmx(units: Iterable[MemoryUnit]) -> Iterator[str]:
    """The file in pieces: a head, a piece for each unit, a foot."""
    now = _stamp(datetime.now(UTC))
    yield _HEAD.format(tool=TOOL, version=archive.__version__, now=now)
    yield from map(_unit, units)
    yield _FOOT


def _unit(unit: MemoryUnit) -> str:
    made = f" creationtool={_quoted(unit.file_tool)}" if unit.file_tool else ""
    head = (
        f'    <tu tuid="{unit.pk}" srclang="{WRITTEN[unit.written_in]}"'
        f' creationdate="{_stamp(unit.file_date or unit.created_at)}"{made}>\n'
    )
    props = {
        STORY: unit.label,
        PRINT_DATE: unit.print_date.isoformat() if unit.print_date else "",
        KIND: unit.kind,
        KEY: unit.key,
    }
    lines = [f'      <prop type="{kind}">{_text(v)}</prop>\n' for kind, v in props.items() if v]
    # The language that it was written in comes first: some readers look at no attribute.
    for language in (unit.written_in, other(unit.written_in)):
        text = _text(getattr(unit, column("text", language)))
        lines.append(f'      <tuv xml:lang="{WRITTEN[language]}"><seg>{text}</seg></tuv>\n')
    return "".join([head, *lines, "    </tu>\n"])


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text))


def _quoted(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("", text))
