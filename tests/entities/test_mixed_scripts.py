"""Forms of a name in both scripts: found by either, shown each in its language."""

from typing import Any

import pytest
from django.test import Client

from archive.entities.glossary.termbase import load_glossary
from archive.entities.romanisation import parted_by_script
from archive.models import Entity
from archive.search.names import keys_of
from archive.site.names.entries import name_groups
from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_article, make_entity


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("湛江 Zhanjiang", ("湛江", "Zhanjiang")),
        ("Zhanjiang Port（湛江港）", ("湛江港", "Zhanjiang Port")),
        ("广州湾/Kwangchowwan", ("广州湾", "Kwangchowwan")),
    ],
)
def test_two_names_in_one_form_are_parted(text: str, parts: tuple[str, str]) -> None:
    assert parted_by_script(text) == dict(zip((CHINESE, ENGLISH), parts, strict=True))


@pytest.mark.parametrize(
    "text", ["IBM 中国", "Zhanjiang市", "TCL 集团", "广州湾", "Port of Zhanjiang", "港 Gang", ""]
)
def test_one_name_stays_whole(text: str) -> None:
    assert parted_by_script(text) == {}


def make_port() -> Entity:
    return make_entity("port", "Harbour X", "某港", aliases={"湛江港 Zhanjiang Port": CHINESE})


@pytest.mark.django_db
def test_it_is_looked_up_by_either_and_by_the_whole() -> None:
    assert {"湛江港", "zhanjiangport", "湛江港zhanjiangport"} <= set(keys_of(make_port()))


@pytest.mark.django_db
def test_each_language_shows_its_own_and_no_name_twice() -> None:
    groups = {one.language: [name.text for name in one.others] for one in name_groups(make_port())}
    assert groups == {ENGLISH: ["Zhanjiang Port"], CHINESE: ["湛江港"]}
    city = make_entity(aliases={"湛江 Zhanjiang": CHINESE})
    assert not any(one.others for one in name_groups(city))


@pytest.mark.django_db
def test_texts_are_found_by_either() -> None:
    make_port()
    forms = {(form.language, form.text) for term in load_glossary().terms for form in term.forms}
    assert {(CHINESE, "湛江港"), (ENGLISH, "Zhanjiang Port")} <= forms


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["湛江港", "Zhanjiang Port"])
def test_a_search_finds_the_stories_of_both_forms(
    query: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_port()
        make_article("Ships call at Zhanjiang Port", slug="ships")
        make_article("船停湛江港", slug="chuan", language=CHINESE)
    found = Client().get("/en/search/", {"q": query, "format": "json"}).json()["results"]
    assert {one["headline"] for one in found} == {"Ships call at Zhanjiang Port", "船停湛江港"}
