"""Picking a place's coordinates on the map, with the mouse and with keys alone."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect

from archive.models import Entity
from tests.factories import make_entity


def test_coordinates_are_picked_with_mouse_or_keys_and_stored(
    open_tab: Callable[..., Page], admin_user
) -> None:
    entity = make_entity(latitude=21.2, longitude=110.4, coordinates_source="geonames")
    page = open_tab(admin_user)
    page.goto(reverse("wagtailsnippets_archive_entity:edit", args=[entity.pk]))
    latitude, longitude = page.locator("#id_latitude"), page.locator("#id_longitude")
    chart = page.locator("[data-map]")
    chart.scroll_into_view_if_needed()
    here = page.get_by_role("button", name="The place is at the cross")
    here.click()
    expect(latitude).to_have_value("21.2000")
    expect(longitude).to_have_value("110.4000")
    expect(page.locator("#id_coordinates_source")).to_have_value("")
    # The keys move the map east, and the button puts the place there.
    chart.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".leaflet-pan-anim")).to_have_count(0)
    here.focus()
    page.keyboard.press("Enter")
    assert float(longitude.input_value()) > 110.5
    # The Americas lie east of the Pacific, and are west all the same.
    latitude.fill("39.36")
    longitude.fill("-74.42")
    here.click()
    expect(longitude).to_have_value("-74.4200")
    chart.click(position={"x": 20, "y": 200})
    assert float(longitude.input_value()) < -74.42
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/archive/entity/")
    stored = Entity.objects.get(pk=entity.pk)
    assert (stored.longitude, stored.coordinates_source) != (110.4, "geonames")
    assert stored.longitude < -74.42
