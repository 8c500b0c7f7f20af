"""What an editor of many names needs: use, filters for what is missing, ids that are one's own."""

import pytest
from django.urls import reverse

from archive.models import Entity
from archive.text.language import ENGLISH, column
from tests.entities.test_admin import LIST, form
from tests.factories import make_article, make_entity, make_merged, make_names_editor, make_tie, tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(make_names_editor())


def test_form_shows_where_a_name_is_used(client, editor):
    zhanjiang = make_entity()
    for number, role in enumerate(("about", "mentioned", "mentioned")):
        tag(make_article(f"Story {number}"), zhanjiang, role)
    make_tie(zhanjiang, make_entity("seattle", "Seattle", "西雅图"))
    page = client.get(reverse("wagtailsnippets_archive_entity:edit", args=[zhanjiang.pk]))
    text = " ".join(page.content.decode().split())
    for label, number in (("Stories about it", 1), ("Stories that mention it", 2), ("Ties", 1)):
        assert f"<dt>{label}</dt><dd>{number}</dd>" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("untranslated=zh-hans", ["Chen Lanbin"]),
        ("untranslated=en", []),
        ("located=no", ["Atlantic City"]),
        ("used=no", ["Chen Lanbin"]),
        ("used=yes&ordering=-usage_count", ["Zhanjiang", "Atlantic City"]),
        ("verified=true", ["Chen Lanbin"]),
    ],
)
def test_list_finds_what_is_missing(client, editor, query, found):
    zhanjiang = make_entity(latitude=21.2, longitude=110.4)
    tag(make_article(), zhanjiang)
    make_tie(zhanjiang, make_entity("atlantic-city", "Atlantic City", "大西洋城", country="US"))
    make_entity("chen-lanbin", "Chen Lanbin", "", kind="person", verified=True)
    response = client.get(f"{reverse(LIST)}?{query}")
    assert [str(entity) for entity in response.context["object_list"]] == found


def test_an_id_of_another_entry_is_refused_and_the_typed_text_kept(client, editor):
    make_entity("zhan-jiang", "Zhan Jiang", "", wikidata_id="Q59144", geonames_id=1784990)
    ids = {"wikidata_id": "Q59144", "geonames_id": "1784990"}
    page = client.post(reverse("wagtailsnippets_archive_entity:add"), form(**ids)).content.decode()
    assert page.count("has this id: correct it, or merge the two names.") == 2
    assert 'value="Q59144"' in page
    assert Entity.objects.count() == 1


def test_a_former_key_cant_be_taken(client, editor):
    make_merged("tsamkong", make_entity("a", "Alpha", ""))
    address = reverse("wagtailsnippets_archive_entity:add")
    page = client.post(address, form(key="tsamkong")).content.decode()
    assert "leads to “Alpha”" in page
    client.post(address, {**form(), column("name", ENGLISH): "Tsamkong"})
    assert Entity.objects.get(key="tsamkong-2")
