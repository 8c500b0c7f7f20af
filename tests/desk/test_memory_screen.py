"""The memory's screen: who may see it, what a search shows."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive.desk.memory.units import add_units, make_unit
from archive.models import ArticlePage
from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_article, make_editor, make_translator, translate

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def client() -> Client:
    return client_of(make_translator())


@pytest.fixture
def article() -> ArticlePage:
    story = make_article("Sister ports sign pact")
    translate(story, headline="友好港签约")
    return story


def search(client: Client, words: str, **more: str) -> str:
    response = client.get(reverse("archive_memory:search"), {"words": words, **more})
    assert response.status_code == 200
    return response.content.decode()


def marks(page: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", page)


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("sister PORTS", ["Sister", "ports"]),
        ("友好港", ["友好港"]),
        ('"ports sign"', ["ports sign"]),
    ],
)
def test_words_of_either_language_are_found_and_marked(client, article, words, hits):
    page = search(client, words)
    assert marks(page) == hits
    assert "22 September 2015" in page
    assert reverse("archive_translation:open", args=[article.pk]) in page


def test_a_search_in_one_language_leaves_the_other_alone(client, article):
    assert marks(search(client, "港", language=ENGLISH)) == []
    assert marks(search(client, "港", language=CHINESE)) == ["港"]


def test_texts_are_shown_as_texts(client):
    add_units([make_unit(ENGLISH, "a <script>port</script>", "港")])
    page = search(client, "port")
    assert "&lt;script&gt;<mark>port</mark>" in page


@pytest.mark.parametrize("words", ["", "nowhere", '"', "%", "'"])
def test_a_search_without_a_hit_says_so(client, article, words):
    assert marks(search(client, words)) == []


def test_pages_follow_each_other_and_cost_the_same(client, django_assert_max_num_queries):
    add_units([make_unit(ENGLISH, f"port {n}", f"港{n}") for n in range(60)])
    search(client, "port")
    with django_assert_max_num_queries(12):
        first = search(client, "port")
    assert "p=2" in first
    with django_assert_max_num_queries(12):
        last = search(client, "port", p="3")
    assert (len(marks(first)), len(marks(last))) == (25, 10)
    assert "p=4" not in last
    assert len(marks(search(client, "port", p="x"))) == 25


def test_only_translators_may_search(article):
    outsider = client_of(make_editor())
    response = outsider.get(reverse("archive_memory:search"))
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")
    menu = outsider.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("archive_memory:search") not in menu


def test_translators_find_it_in_the_menu(client):
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("archive_memory:search") in menu


def test_a_wrong_threshold_is_a_system_check(settings):
    from archive.checks import check_settings

    assert check_settings(None) == []
    for wrong in (0, 101, "70"):
        settings.ARCHIVE_MEMORY_THRESHOLD = wrong
        assert [one.id for one in check_settings(None)] == ["archive.E003"]
