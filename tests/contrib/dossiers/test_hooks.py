"""What the app adds to the front page and the sitemap, and what is there without it."""

import pytest
from django.test import Client
from wagtail import hooks

from archive.contrib.dossiers.models import DossierPage
from archive.models import HomePage, InformationPage, PublicationPage
from archive.site.caching.events import frame_changed
from tests.factories import make_dossier

pytestmark = pytest.mark.django_db
SITEMAP = "/sitemap-en-pages-0.xml"


def read(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_they_are_made_below_the_front_page_beside_its_own_pages() -> None:
    allowed = set(HomePage.allowed_subpage_models())
    assert allowed == {PublicationPage, InformationPage, DossierPage}
    assert DossierPage.allowed_parent_page_models() == [HomePage]


def test_the_sitemap_lists_them_while_the_app_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    make_dossier()
    assert "/en/two-harbours/" in read("/en/")
    assert "/en/two-harbours/" in read(SITEMAP)
    monkeypatch.setitem(hooks._hooks, "register_archive_listed_pages", [])
    frame_changed()
    assert "/en/two-harbours/" not in read("/en/")
    assert "/en/two-harbours/" not in read("/en/search/?q=harbours")
    assert "/en/two-harbours/" not in read(SITEMAP)


def test_the_front_page_is_anew_when_one_changes(settings: object) -> None:
    settings.DEBUG = False  # type: ignore[attr-defined]
    dossier = make_dossier()
    assert "Two harbours" in read("/en/")
    dossier.name_en = "Three harbours"
    dossier.save()
    assert "Three harbours" in read("/en/")
    dossier.delete()
    assert "Three harbours" not in read("/en/")
