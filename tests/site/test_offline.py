"""The offline mode's script, manifest and page."""

import json

import pytest
from django.test import Client
from PIL import Image

from archive.checks import check_settings
from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_home
from tests.site.reading import one, opened_at, words

pytestmark = pytest.mark.django_db


def facts() -> dict:
    first = Client().get("/service-worker.js").content.decode().splitlines()[0]
    return json.loads(first.removeprefix("const SITE = ").removesuffix(";"))


def test_the_worker_may_stand_for_every_page_and_is_asked_for_each_time():
    response = Client().get("/service-worker.js")
    assert response["Service-Worker-Allowed"] == "/"
    assert response["Cache-Control"] == "no-cache"
    assert response["Content-Type"].startswith("text/javascript")
    assert not response.cookies


def test_the_worker_knows_whose_pages_are_its_own_and_what_it_must_not_keep():
    assert facts()["homes"] == ["/en/", "/zh-hans/"]
    assert facts()["unkept"] == ["/en/search/", "/zh-hans/search/"]


def test_the_worker_s_version_changes_with_what_it_is_told(settings):
    before = facts()["version"]
    assert facts()["version"] == before
    settings.ARCHIVE_OFFLINE_PAGES = 7
    assert facts()["version"] != before


@pytest.mark.parametrize(
    ("language", "code", "name"), [(ENGLISH, "en", "Archive"), (CHINESE, "zh-Hans", "资料库")]
)
def test_each_language_has_a_manifest(language, code, name):
    make_home()
    soup = opened_at(f"/{language}/")
    manifest = Client().get(one(soup, "link[rel=manifest]")["href"]).json()
    assert (manifest["lang"], manifest["name"]) == (code, name)
    assert manifest["start_url"] == f"/{language}/"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def test_the_icons_are_as_large_as_the_manifest_says():
    make_home()
    for icon in Client().get("/en/manifest.webmanifest").json()["icons"]:
        path = f"archive/static/{icon['src'].removeprefix('/static/')}"
        with Image.open(path) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]


def test_the_page_of_saved_stories_is_the_same_for_everyone():
    make_home()
    assert words(opened_at("/zh-hans/saved/"), "h1") == "已保存的报道"
    assert not Client().get("/en/saved/").cookies


def test_switched_off_only_collections_are_left_and_a_worker_that_goes(settings):
    settings.ARCHIVE_OFFLINE = False
    make_home()
    soup = opened_at("/en/")
    assert not soup.select("link[rel=manifest], script[data-worker]")
    assert not opened_at("/en/saved/").select("[data-saved-stories]")
    opened_at("/en/manifest.webmanifest", 404)
    assert facts()["isOn"] is False


def test_a_wrong_limit_fails_at_start(settings):
    settings.ARCHIVE_OFFLINE_PAGES = 0
    assert [error.id for error in check_settings(None)] == ["archive.E003"]
