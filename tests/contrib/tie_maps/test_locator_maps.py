"""Locator maps: what they show of a story's names, what they say, and how editors get one."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from archive.contrib.tie_maps.locator_maps import (
    HEIGHT,
    WIDTH,
    draw,
    locator_map,
    make_locator_map,
    texts,
)
from archive.models import ArchiveImage
from tests.factories import make_entity, make_merged, make_names_editor, make_tie

pytestmark = pytest.mark.django_db
URL = "archive_tie_maps:locator_map"


def make_places() -> tuple[Any, Any]:
    zhanjiang = make_entity(latitude=21.2, longitude=110.4)
    return zhanjiang, make_entity(
        "long-beach", "Long Beach", "长滩", latitude=33.8, longitude=-118.2
    )


def colours(data: bytes) -> set[Any]:
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
    return {colour for _count, colour in picture.getcolors(1 << 20) or []}


def test_cities_stand_from_west_to_east_with_their_ties(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    zhanjiang, long_beach = make_places()
    make_tie(zhanjiang, long_beach)
    state = make_entity(
        "hawaii", "Hawaii", "夏威夷", place_type="state", latitude=20, longitude=-156
    )
    with django_assert_num_queries(3):
        shown = locator_map([long_beach.pk, state.pk, zhanjiang.pk])
    assert shown
    # Beyond the Pacific is further east.
    assert shown.places == (zhanjiang, long_beach)
    assert shown.ways == ((0, 1),)


def test_a_place_that_was_merged_is_shown_once_and_tied() -> None:
    zhanjiang, long_beach = make_places()
    make_tie(make_merged("tsamkong", zhanjiang), long_beach)
    old = type(zhanjiang).with_merged.get(key="tsamkong")
    shown = locator_map([old.pk, zhanjiang.pk, long_beach.pk])
    assert shown
    assert shown.places == (zhanjiang, long_beach)
    assert shown.ways == ((0, 1),)


def test_without_coordinates_there_is_no_map() -> None:
    assert locator_map([make_entity("nowhere", "Nowhere", "无处", latitude=None).pk]) is None
    assert locator_map([]) is None


def test_no_more_places_than_have_a_figure() -> None:
    pks = [
        make_entity(f"city-{n}", f"City {n}", f"城{n}", latitude=n * 3, longitude=100 + n).pk
        for n in range(12)
    ]
    shown = locator_map(list(reversed(pks)))
    assert shown
    assert sorted(place.pk for place in shown.places) == pks[3:]


def test_the_names_are_in_the_caption_in_both_languages() -> None:
    zhanjiang, long_beach = make_places()
    make_tie(zhanjiang, long_beach)
    shown = locator_map([zhanjiang.pk, long_beach.pk])
    assert shown
    assert texts(shown) == {
        "caption_en": "On the map: 1 Zhanjiang, 2 Long Beach. The lines are ties between them.",
        "caption_zh_hans": "图中：1湛江、2长滩。连线表示两地的往来关系。",
        "alt_text_en": "Map with Zhanjiang, Long Beach. Lines join Zhanjiang and Long Beach.",
        "alt_text_zh_hans": "标有湛江、长滩的地图。连线：湛江与长滩。",
    }
    alone = locator_map([zhanjiang.pk])
    assert alone
    assert texts(alone)["caption_zh_hans"] == "湛江的位置。"


@pytest.mark.exhaustive
def test_the_drawing_shows_land_lines_and_numbers_and_is_the_same_again() -> None:
    zhanjiang, long_beach = make_places()
    shown, red = locator_map([zhanjiang.pk, long_beach.pk]), (0xA6, 0x3D, 0x2B)
    assert shown
    apart = draw(shown)
    assert {(0xF6, 0xF1, 0xE5), (0xDB, 0xE3, 0xE3), red, (0x1B, 0x27, 0x34)} <= colours(apart)
    assert draw(shown) == apart
    make_tie(zhanjiang, long_beach)
    tied = locator_map([zhanjiang.pk, long_beach.pk])
    assert tied
    middle = [
        Image.open(io.BytesIO(one)).crop((600, 0, 1000, HEIGHT)) for one in (apart, draw(tied))
    ]
    # In the midst of the Pacific there is a line, or none.
    assert [red in {c for _n, c in one.getcolors(1 << 20) or []} for one in middle] == [False, True]


def test_it_may_be_published_as_it_is() -> None:
    zhanjiang, _long_beach = make_places()
    shown = locator_map([zhanjiang.pk])
    assert shown
    image = make_locator_map(shown)
    assert [image.missing_for_publication(code) for code in ("en", "zh-hans")] == [{}, {}]
    assert (image.width, image.height, image.credit) == (WIDTH, HEIGHT, "Natural Earth")


def test_an_editor_gets_one_and_the_same_again(admin_client: Client) -> None:
    places = make_places()
    for _time in range(2):
        asked = {"entity": [place.pk for place in places]}
        answer = admin_client.post(reverse(URL), asked)
        assert int(answer.json()["result"]["id"]) == ArchiveImage.objects.get().pk
    assert "湛江" in ArchiveImage.objects.get().caption_zh_hans


def test_what_has_no_place_is_refused_with_words(admin_client: Client) -> None:
    answer = admin_client.post(reverse(URL), {"entity": ["", "x", "99999999999999999999"]})
    assert answer.status_code == 400
    assert "coordinates" in answer.json()["error"]
    assert not ArchiveImage.objects.exists()


def test_who_may_add_no_picture_gets_no_map(client: Client) -> None:
    client.force_login(make_names_editor())
    place, _other = make_places()
    assert client.post(reverse(URL), {"entity": [place.pk]}).status_code in (302, 403)
    assert not ArchiveImage.objects.exists()
