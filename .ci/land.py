"""Makes the maps' land from Natural Earth: `land.py land-50m.json`.

The file is the TopoJSON of Natural Earth's 1:50m land that the npm package world-atlas 2 carries
(Natural Earth is in the public domain, the package under the ISC licence). It is simplified, moved
to a world that is cut in the Atlantic, and written as

    archive/static/archive/maps/land.json   rings of whole hundredths of a degree, for Leaflet
    archive/contrib/tie_maps/static/archive_tie_maps/maps/land.svg
                                           the same, coarser, for maps that are drawn on the server

Only coasts: no border is drawn, so none is taken a side on.
"""

import json
import sys
from heapq import heapify, heappop, heappush
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from archive.contrib.tie_maps.geometry import STRETCH, WEST_EDGE  # noqa: E402

FINE_FILE = ROOT / "archive/static/archive/maps/land.json"
COARSE_FILE = ROOT / "archive/contrib/tie_maps/static/archive_tie_maps/maps/land.svg"
SOUTH_EDGE = -60
# Square degrees, at the equator: the least triangle and the least island that are kept.
FINE, FINE_ISLAND = 0.014, 0.08
COARSE, COARSE_ISLAND = 0.04, 0.2
LIMIT_BYTES = 100_000

Point = tuple[float, float]
Ring = list[Point]


def rings(topology: dict[str, Any]) -> list[Ring]:
    """Every ring of the land in degrees, the last point left out; seas inside land as well."""
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    (land,) = topology["objects"]["land"]["geometries"]
    found = []
    for polygon in land["arcs"]:
        for numbers in polygon:
            ring: Ring = []
            for number in numbers:
                points = arcs[number] if number >= 0 else arcs[~number][::-1]
                ring.extend(points if not ring else points[1:])
            found.append(unwound(ring[:-1]))
    return found


def _arc(deltas: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in deltas:
        x, y = x + step_x, y + step_y
        points.append((x * kx + dx, y * ky + dy))
    return points


def unwound(ring: Ring) -> Ring:
    """Eurasia runs on past 180° instead of jumping to the other edge of the world."""
    way = ring[:1]
    for x, y in ring[1:]:
        way.append((x + 360 * round((way[-1][0] - x) / 360), y))
    return way


def area(ring: Ring) -> float:
    """Square degrees as at the equator."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    middle = sum(y for _x, y in ring) / len(ring)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2 * cos(radians(middle))


def simplified(ring: Ring, least: float) -> Ring:
    """Visvalingam: points go, the one with the smallest triangle first."""
    before = [n - 1 for n in range(len(ring))]
    after = [n + 1 for n in range(len(ring))]
    before[0], after[-1] = len(ring) - 1, 0

    def triangle(n: int) -> float:
        return area([ring[before[n]], ring[n], ring[after[n]]])

    weights = [triangle(n) for n in range(len(ring))]
    queue = [(weight, n) for n, weight in enumerate(weights)]
    heapify(queue)
    gone: set[int] = set()
    while queue and len(ring) - len(gone) > 4:
        weight, n = heappop(queue)
        if n in gone or weight != weights[n]:
            continue
        if weight >= least:
            break
        gone.add(n)
        after[before[n]], before[after[n]] = after[n], before[n]
        for near in (before[n], after[n]):
            weights[near] = max(triangle(near), weight)
            heappush(queue, (weights[near], near))
    return [point for n, point in enumerate(ring) if n not in gone]


def placed(ring: Ring) -> list[Ring]:
    """The ring in a world from the western edge on; twice where that edge cuts it."""
    west, east = min(x for x, _y in ring), max(x for x, _y in ring)
    moved = [(x + 360, y) for x, y in ring]
    return [part for part, seen in ((ring, east > WEST_EDGE), (moved, west < WEST_EDGE)) if seen]


def chosen(every: list[Ring], least: float, island: float) -> list[Ring]:
    kept = (
        simplified(ring, least)
        for ring in every
        if area(ring) >= island and max(y for _x, y in ring) > SOUTH_EDGE
    )
    return [part for ring in kept if len(ring) > 3 for part in placed(ring)]


def as_json(found: list[Ring]) -> str:
    """[[lon, lat, step, step, …], …] in hundredths of a degree, each point from the one before."""
    lines = []
    for ring in found:
        whole = [(round(x * 100), round(y * 100)) for x, y in ring]
        steps = list(whole[0])
        for (x, y), (to_x, to_y) in pairwise(whole):
            steps += [to_x - x, to_y - y]
        lines.append(json.dumps(steps, separators=(",", ":")))
    return "[" + ",\n".join(lines) + "]\n"


def as_svg(found: list[Ring]) -> str:
    """In the coordinates of `archive.contrib.tie_maps.geometry.project`."""
    path = []
    for ring in found:
        whole = [(round(x * 10), round(-y * STRETCH * 10)) for x, y in ring]
        steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(whole)]
        path.append(f"M{whole[0][0]} {whole[0][1]}l{' '.join(steps)}z".replace(" -", "-"))
    top = round(90 * STRETCH)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{WEST_EDGE} {-top} 360 {2 * top}">'
        "<!-- Made with Natural Earth (public domain) by .ci/land.py -->"
        "<style>path{fill:#f6f1e5}use{stroke:#fff;stroke-opacity:.25;stroke-linejoin:round}"
        "@media(prefers-color-scheme:dark){path{fill:#333b40}use{stroke-opacity:.04}}</style>"
        # Shallows: what of these strokes lies on land is covered.
        '<use href="#l" stroke-width="34"/><use href="#l" stroke-width="20"/>'
        '<use href="#l" stroke-width="8"/>'
        f'<path id="l" transform="scale(.1)" fill-rule="evenodd" d="{"".join(path)}"/></svg>\n'
    )


def main(source: str) -> None:
    every = rings(json.loads(Path(source).read_text()))
    texts = {
        FINE_FILE: as_json(chosen(every, FINE, FINE_ISLAND)),
        COARSE_FILE: as_svg(chosen(every, COARSE, COARSE_ISLAND)),
    }
    for path, text in texts.items():
        print(f"{path.name}: {len(text)} bytes")
    if sum(map(len, texts.values())) > LIMIT_BYTES:
        sys.exit(f"More than {LIMIT_BYTES} bytes together: raise the least triangle.")
    for path, text in texts.items():
        path.write_text(text)


if __name__ == "__main__":
    main(sys.argv[1])
