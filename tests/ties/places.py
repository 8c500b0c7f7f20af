"""The places and ties that the tests of the public pages share."""

from typing import Any

from archive.models import Entity, Tie
from tests.factories import make_entity, make_tie

# Degrees east and north.
POINTS = {
    "zhanjiang": (110.36, 21.27),
    "guangzhou": (113.26, 23.13),
    "atlantic-city": (-74.42, 39.36),
    "long-beach": (-118.19, 33.77),
}
NAMES = {
    "zhanjiang": ("Zhanjiang", "湛江", "CN"),
    "guangzhou": ("Guangzhou", "广州", "CN"),
    "atlantic-city": ("Atlantic City", "大西洋城", "US"),
    "long-beach": ("Long Beach", "长滩", "US"),
}


def place(key: str, **fields: Any) -> Entity:
    """One of these cities, with its coordinates unless told otherwise."""
    found = Entity.objects.filter(key=key).first()
    if found:
        return found
    english, chinese, country = NAMES[key]
    longitude, latitude = POINTS[key]
    values = {"country": country, "longitude": longitude, "latitude": latitude, **fields}
    return make_entity(key, english, chinese, **values)


def tie(one: str = "zhanjiang", two: str = "atlantic-city", **fields: Any) -> Tie:
    return make_tie(place(one), place(two), fields.pop("kind", "sister_city"), **fields)
