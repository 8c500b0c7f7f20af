"""What the names' screens need is said at the start."""

from archive.checks import check_map


def test_the_map_of_a_place_needs_leaflet(monkeypatch):
    # Taking the app out of the settings would load all others anew.
    monkeypatch.setattr("archive.checks.apps.is_installed", lambda name: name != "js_lib_leaflet")
    assert [error.id for error in check_map(None)] == ["archive.E050"]
