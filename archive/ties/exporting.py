"""The ties as files: CSV for spreadsheets, GeoJSON for maps."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from archive.entities.models import Entity
from archive.text.language import CHINESE, ENGLISH, column
from archive.ties.geometry import cut_at_antimeridian, great_circle
from archive.ties.models import Tie

CSV_COLUMNS = [
    *("from_key", "from_en", "from_zh", "from_country"),
    *("to_key", "to_en", "to_zh", "to_country"),
    *("kind", "since", "until", "status", "confidence", "description_en", "description_zh"),
    *("evidence_en", "evidence_zh", "sources"),
]
# What makes a spreadsheet take a text for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_BETWEEN = " | "
_DECIMALS = 4


def as_csv(ties: Iterable[Tie]) -> str:
    """One row a tie, with the byte order mark that spreadsheets know UTF-8 by."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    for tie in ties:
        writer.writerow([harmless(cell) for cell in _cells(tie)])
    return out.getvalue()


def harmless(cell: str) -> str:
    """The cell as text in any spreadsheet: what would be a formula gets a quotation mark."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _cells(tie: Tie) -> Iterator[str]:
    for place in (tie.place_a, tie.place_b):
        yield place.key
        yield place.name_in(ENGLISH)
        yield place.name_in(CHINESE)
        yield place.country
    yield from (tie.kind, tie.since, tie.until, tie.status, tie.confidence)
    pieces = list(tie.evidence.all())
    for language in (ENGLISH, CHINESE):
        yield getattr(tie, column("description", language)) or ""
    for language in (ENGLISH, CHINESE):
        sentences = (getattr(piece, column("sentence", language)) for piece in pieces)
        yield _BETWEEN.join(filter(None, sentences))
    yield " ".join(filter(None, (piece.source_url for piece in pieces)))


def as_geojson(ties: Iterable[Tie]) -> dict[str, Any]:
    """A FeatureCollection after RFC 7946: great circles, cut where they cross the antimeridian.

    A tie with an end whose coordinates aren't known has no geometry.
    """
    return {"type": "FeatureCollection", "features": [_feature(tie) for tie in ties]}


def _feature(tie: Tie) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": f"{tie.place_a.key}/{tie.place_b.key}/{tie.kind}",
        "geometry": _geometry(tie.place_a, tie.place_b),
        "properties": dict(zip(CSV_COLUMNS, _cells(tie), strict=True)),
    }


def _geometry(one: Entity, two: Entity) -> dict[str, Any] | None:
    start, end = (one.longitude, one.latitude), (two.longitude, two.latitude)
    if start[0] is None or start[1] is None or end[0] is None or end[1] is None:
        return None
    way = great_circle((start[0], start[1]), (end[0], end[1]))
    lines = [
        [[round(x, _DECIMALS), round(y, _DECIMALS)] for x, y in piece]
        for piece in cut_at_antimeridian(way)
    ]
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines}
