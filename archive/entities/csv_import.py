"""Reads names from CSV files: places (cities.csv), and people, organisations, events, topics.

A pure parse: text in, rows and errors out. What the rows do to the archive is in `actions`.
A file is UTF-8 with a header; lists inside a cell use semicolons. Columns may be missing: a
field that isn't in the file is never touched.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from opencc import OpenCC

from archive.entities.models import Entity, EntityName
from archive.text.language import CHINESE, ENGLISH, column

LIST_SEPARATOR = ";"

Value = str | float | int | bool | None

# Model column -> the heading it has in the files.
EXPORT_COLUMNS = {
    "key": "key",
    "kind": "kind",
    "place_type": "place_type",
    column("name", ENGLISH): "name_en",
    column("name", CHINESE): "name_zh",
    "aliases_en": "aliases_en",
    "aliases_zh": "aliases_zh",
    column("description", ENGLISH): "description_en",
    column("description", CHINESE): "description_zh",
    column("region", ENGLISH): "region_en",
    column("region", CHINESE): "region_zh",
    "country": "country",
    "latitude": "lat",
    "longitude": "lon",
    "coordinates_source": "coordinates_source",
    "geonames_id": "geonames_id",
    "wikidata_id": "wikidata_id",
    "pinyin": "pinyin",
    "source_url": "source_url",
    "verified": "verified",
}
_ALIAS_COLUMNS = {"aliases_en": ENGLISH, "aliases_zh": CHINESE}
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class RowError:
    """What is wrong in a file, and the way out; `line` 1 is the header."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


@dataclass(frozen=True)
class Alias:
    text: str
    language: str
    kind: str


@dataclass(frozen=True)
class EntityRow:
    """One entry: `values` by model column, only those that the file has."""

    file: str
    line: int
    key: str
    values: Mapping[str, Value]
    aliases: tuple[Alias, ...]


@dataclass
class Parsed[Row]:
    """What a file gave: good rows and errors, in the file's order."""

    rows: list[Row] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
