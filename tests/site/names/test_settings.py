"""The map's settings: what is wrong with them is said at the start."""

import pytest

from archive.checks import check_map

GOOD = {"url": "https://tiles.example.org/{z}/{x}/{y}.png", "attribution": "© Example"}


@pytest.mark.parametrize("tiles", [None, {}, GOOD, {**GOOD, "url": "/tiles/{z}/{x}/{y}.png"}])
def test_tiles_may_be_left_out_or_whole(settings, tiles):
    settings.ARCHIVE_MAP_TILES = tiles
    assert check_map(None) == []


@pytest.mark.parametrize(
    "tiles",
    [
        "https://tiles.example.org/{z}/{x}/{y}.png",
        {"url": GOOD["url"]},
        {**GOOD, "attribution": ""},
        {**GOOD, "url": "https://tiles.example.org/"},
        {**GOOD, "url": "http://tiles.example.org/{z}/{x}/{y}.png"},
        {**GOOD, "key": "secret"},
    ],
)
def test_tiles_without_address_or_credit_are_an_error(settings, tiles):
    settings.ARCHIVE_MAP_TILES = tiles
    assert [error.id for error in check_map(None)] == ["archive.E051"]


def test_the_map_needs_leaflet(monkeypatch):
    # Taking the app out of the settings would load all others anew.
    monkeypatch.setattr("archive.checks.apps.is_installed", lambda name: name != "js_lib_leaflet")
    assert [error.id for error in check_map(None)] == ["archive.E050"]
