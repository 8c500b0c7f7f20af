"""The ties as GeoJSON, for maps."""

import json
from collections.abc import Iterable
from typing import Any

from archive.contrib.tie_maps.geometry import Point, cut_at_antimeridian, great_circle
from archive.site.names.files import CSV_COLUMNS, TieRecord

# About a hundred metres, in pieces that a map's straight lines don't leave by much.
_DECIMALS, _PIECE_DEGREES = 3, 5


def as_geojson(ties: Iterable[TieRecord]) -> str:
    """A FeatureCollection after RFC 7946: great circles, cut where they cross the antimeridian.

    A tie with an end whose coordinates aren't known has no geometry.
    """
    collection = {
        "type": "FeatureCollection",
        "attribution": "Places: GeoNames (https://www.geonames.org/), CC BY 4.0, and others",
        "features": [_feature(tie) for tie in ties],
    }
    return json.dumps(collection, ensure_ascii=False)


def _feature(tie: TieRecord) -> dict[str, Any]:
    properties = dict(zip(CSV_COLUMNS, tie.cells, strict=True))
    return {
        "type": "Feature",
        "id": "/".join(properties[name] for name in ("from_key", "to_key", "kind")),
        "geometry": _geometry(*tie.ends) if tie.ends else None,
        "properties": properties,
    }


def _geometry(start: Point, end: Point) -> dict[str, Any]:
    lines = [
        [[round(x, _DECIMALS), round(y, _DECIMALS)] for x, y in piece]
        for piece in cut_at_antimeridian(great_circle(start, end, _PIECE_DEGREES))
    ]
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines}
