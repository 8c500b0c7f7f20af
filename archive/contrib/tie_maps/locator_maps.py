"""Locator maps: a story's cities and the ties between them, drawn as a picture of the library.

No font is sure to have both languages' characters, so places are numbers on the map, and their
names stand in the caption. The land is that of the other maps.
"""

import io
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise, product
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from PIL import Image, ImageDraw, ImageFont
from wagtail.images import get_image_model
from wagtail.utils.file import hash_filelike

from archive.contrib.tie_maps.geometry import (
    Box,
    Point,
    frame_of,
    great_circle,
    in_world,
    overlap,
    project,
    worlds,
)
from archive.entities.fields import text_in
from archive.entities.models import Entity
from archive.entities.panels import LAND
from archive.entities.querysets import canonical_id
from archive.text.language import LANGUAGES, column
from archive.ties.models import Tie

# As the largest lead picture is cut: see `archive/photos/renditions.py`.
WIDTH, HEIGHT = 1600, 1067
# In degrees: enough to recognise a coast by.
LEAST_WIDTH = 60
MOST_PLACES = 9
_CITIES = (Entity.PlaceType.CITY, Entity.PlaceType.PORT)
# Of an alternative text.
_LONGEST = 500
CREDIT, RIGHTS = "Natural Earth", "Natural Earth, public domain"
# The paper's own colours of its maps: see tie-maps.css.
_SEA, _LAND, _WAY, _INK, _HALO = "#dbe3e3", "#f6f1e5", "#a63d2b", "#1b2734", "#fdfcf9"
# Water lines along the coast, as engravers draw them: from the outermost to the shore.
_SHORE = ((34, "#c9d5d6"), (30, _SEA), (20, "#bccbcd"), (15, _SEA), (8, "#9fb2b6"), (4, _INK))
# Drawn larger and reduced, so that edges are smooth. The rest is in pixels of the picture.
_FINER = 2
# Figures can be read where the picture is as narrow as a telephone.
_DOT, _DISC, _FIGURE, _LINE = 12, 39, 52, 5


@dataclass(frozen=True)
class LocatorMap:
    """Places from west to east, and the pairs of their positions that a tie joins."""

    places: tuple[Entity, ...]
    ways: tuple[tuple[int, int], ...] = ()

    @property
    def points(self) -> list[Point]:
        return [_point(place) for place in self.places]


def locator_map(entities: Collection[int]) -> LocatorMap | None:
    """What a map of a story with these names shows: its cities and ports, or else its other
    places; the first nine. None where no place has coordinates. Three queries."""
    named = Entity.with_merged.filter(pk__in=entities).select_related("merged_into")
    found = {one.pk: one for row in named for one in [row.merged_into or row]}
    order = {pk: place for place, pk in enumerate(dict.fromkeys(entities))}
    placed = [one for one in found.values() if one.latitude is not None]
    cities = [one for one in placed if one.place_type in _CITIES]
    chosen = sorted(cities or placed, key=lambda one: order.get(one.pk, len(order)))[:MOST_PLACES]
    if not chosen:
        return None
    places = tuple(sorted(chosen, key=lambda one: (_point(one), one.key)))
    return LocatorMap(places, tuple(_ways([one.pk for one in places])))


def _ways(pks: Sequence[int]) -> Iterator[tuple[int, int]]:
    ends = {"one": canonical_id("place_a"), "two": canonical_id("place_b")}
    ties = Tie.objects.shown_to_public().alias(**ends).filter(one__in=pks, two__in=pks)
    pairs = ties.exclude(status=Tie.Status.PLANNED).order_by().values_list(*ends.values())
    ends_of = {(pks.index(one), pks.index(two)) for one, two in pairs}
    yield from sorted({(min(pair), max(pair)) for pair in ends_of})


def _point(place: Entity) -> Point:
    return in_world(place.longitude or 0), place.latitude or 0


def draw(shown: LocatorMap) -> bytes:
    """The map as a PNG: the same for the same places and ties."""
    ways = [great_circle(shown.points[one], shown.points[two], 1) for one, two in shown.ways]
    lines = [[project(point) for point in way] for way in ways]
    dots = [project(point) for point in shown.points]
    frame = frame_of(
        [*dots, *(point for line in lines for point in line)], HEIGHT / WIDTH, LEAST_WIDTH
    )
    picture = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER), _SEA)
    pen = ImageDraw.Draw(picture)

    def on(points: Sequence[Point]) -> list[Point]:
        scale = WIDTH * _FINER / frame[2]
        return [((x - frame[0]) * scale, (y - frame[1]) * scale) for x, y in points]

    shapes = [
        (fill, on([project((x + offset, y)) for x, y in ring]))
        for (fill, ring), offset in product(_land(), worlds(frame[0], frame[2]))
    ]
    # One width after the other, so that no island's lines lie on another's shore.
    for width, colour in _SHORE:
        for _fill, shape in shapes:
            pen.line([*shape, shape[0]], fill=colour, width=width, joint="curve")
    for fill, shape in shapes:
        pen.polygon(shape, fill=fill)
    for line in lines:
        pen.line(on(line), fill=_WAY, width=_LINE * _FINER, joint="curve")
    at = on(dots)
    if len(at) > 1:
        for number, (dot, disc) in enumerate(zip(at, _discs(at), strict=True), 1):
            _number(pen, number, dot, disc)
    for dot in at:
        _circle(pen, dot, _DOT + 3, _HALO)
        _circle(pen, dot, _DOT, _WAY)
    out = io.BytesIO()
    picture.reduce(_FINER).save(out, "PNG", optimize=True)
    return out.getvalue()


def _number(pen: ImageDraw.ImageDraw, number: int, dot: Point, disc: Point) -> None:
    pen.line([dot, disc], fill=_INK, width=3 * _FINER)
    _circle(pen, disc, _DISC + 3, _HALO)
    _circle(pen, disc, _DISC, _INK)
    font = ImageFont.load_default(size=_FIGURE * _FINER)
    pen.text(disc, str(number), fill=_HALO, font=font, anchor="mm")


def _circle(pen: ImageDraw.ImageDraw, middle: Point, radius: float, fill: str) -> None:
    pen.circle(middle, radius * _FINER, fill=fill)


def _around(middle: Point, half: float) -> Box:
    return middle[0] - half, middle[1] - half, 2 * half, 2 * half


def _discs(dots: list[Point]) -> Iterator[Point]:
    """Where each number stands: near its dot, clear of other dots and numbers, in the picture."""
    taken = [_around(dot, (_DOT + 4) * _FINER) for dot in dots]
    half = (_DISC + 4) * _FINER
    for x, y in dots:
        tried = [
            (x + far * half * dx, y + far * half * dy)
            for far in (1.6, 2.4, 3.4, 4.6)
            for dx, dy in ((0, -1), (0.8, -0.8), (-0.8, -0.8), (1, 0), (-1, 0), (0, 1), (0.8, 0.8))
        ]
        free = (one for one in tried if _is_free(_around(one, half), taken))
        disc = next(free, tried[0])
        taken.append(_around(disc, half))
        yield disc


def _is_free(box: Box, taken: list[Box]) -> bool:
    left, top, width, height = box
    is_within = left >= 0 and top >= 0
    is_within &= left + width <= WIDTH * _FINER and top + height <= HEIGHT * _FINER
    return is_within and not any(overlap(box, one) for one in taken)


@cache
def _land() -> list[tuple[str, list[Point]]]:
    """The rings of the land with their colours, and after them those of the seas inside it."""
    path = finders.find(LAND)
    with open(str(path), encoding="utf-8") as file:
        rings = [
            [
                (x / 100, y / 100)
                for x, y in zip(accumulate(ring[::2]), accumulate(ring[1::2]), strict=True)
            ]
            for ring in json.load(file)
        ]
    coloured = [(_SEA if _runs_to_the_left(ring) else _LAND, ring) for ring in rings]
    return sorted(coloured, key=lambda one: one[0] == _SEA)


def _runs_to_the_left(ring: list[Point]) -> bool:
    """Around what it encloses: as Natural Earth draws the border of a hole."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]])) > 0


def texts(shown: LocatorMap) -> dict[str, str]:
    """The picture's caption and alternative text, by column, in both languages."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            names = [text_in(place, "name", language).text for place in shown.places]
            found[column("caption", language)] = _caption(names, bool(shown.ways))
            told = Truncator(_described(names, shown.ways)).chars(_LONGEST)
            found[column("alt_text", language)] = told
    return found


def _caption(names: list[str], has_ways: bool) -> str:
    if len(names) == 1:
        return _("Where %(place)s lies.") % {"place": names[0]}
    numbered = pgettext("between names", ", ").join(
        pgettext("on a map", "%(number)d %(place)s") % {"number": number, "place": name}
        for number, name in enumerate(names, 1)
    )
    if not has_ways:
        return _("On the map: %(places)s.") % {"places": numbered}
    return _("On the map: %(places)s. The lines are ties between them.") % {"places": numbered}


def _described(names: list[str], ways: Sequence[tuple[int, int]]) -> str:
    places = pgettext("between names", ", ").join(names)
    if not ways:
        return _("Map with %(places)s.") % {"places": places}
    pair = pgettext("two places", "%(one)s and %(two)s")
    pairs = [pair % {"one": names[one], "two": names[two]} for one, two in ways]
    joined = pgettext("between reasons", "; ").join(pairs)
    words = _("Map with %(places)s. Lines join %(pairs)s.")
    return words % {"places": places, "pairs": joined}


def make_locator_map(shown: LocatorMap, known: Any = None, **fields: Any) -> Any:
    """The map as an image of the library with its texts and credit; or the same one among those
    that are `known`, a queryset. `fields` are of a new one: whose it is, and its collection."""
    model: Any = get_image_model()
    content, said = draw(shown), texts(shown)
    # As Wagtail knows files again.
    digest = hash_filelike(io.BytesIO(content))
    if known is not None and (found := known.filter(file_hash=digest, **said).first()):
        return found
    names = " – ".join(str(place) for place in shown.places)
    image = model(
        title=Truncator(_("Map: %(places)s") % {"places": names}).chars(255),
        **said,
        credit=CREDIT,
        rights=RIGHTS,
        source="Natural Earth",
        **fields,
    )
    slug = "-".join(place.key for place in shown.places)[:60]
    image.file.save(f"map-{slug}.png", ContentFile(content), save=False)
    image.width, image.height = WIDTH, HEIGHT
    image.file_size, image.file_hash = len(content), digest
    image.save()
    return image
