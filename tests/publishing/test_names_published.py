"""Names that were made for a draft: readers know of them with the first story that names them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive.entities.merging.actions import merge_entities
from archive.models import ArticleByline, ArticleEntity, Author, Entity
from archive.search.suggestions import offers
from tests.factories import make_article, make_entity, make_tie, make_user, tag

pytestmark = pytest.mark.django_db


def make_draft_name(key: str = "tin-can-island", **fields: Any) -> Entity:
    return make_entity(key, "Tin Can Island", "锡罐岛", is_published=False, **fields)


def traces(client: Client, name: Entity) -> list[str]:
    """Where readers meet the name."""
    places = {
        "page": client.get(f"/en/entities/{name.key}/").status_code == 200,
        "card": client.get(f"/en/entities/{name.key}/card/").status_code == 200,
        "feed": client.get(f"/en/entities/{name.key}/feed/").status_code == 200,
        "index": name.name_en in client.get("/en/entities/?kind=place").text,
        "sitemap": name.key in client.get("/sitemap-en-names-0.xml").text,
        "search": bool(offers("Tin Can", "en").names),
    }
    return [place for place, is_there in places.items() if is_there]


def test_a_drafts_name_is_nowhere(client: Client) -> None:
    name = make_draft_name()
    tag(make_article(live=False), name)
    assert traces(client, name) == []


def test_it_is_everywhere_once_its_story_is_published(client: Client) -> None:
    name = make_draft_name()
    story = make_article(live=False)
    story.entity_tags.add(ArticleEntity(entity=name))
    story.save_revision().publish()
    assert traces(client, name) == ["page", "card", "feed", "index", "sitemap", "search"]


def test_the_place_of_a_byline_is_published_too() -> None:
    name, story = make_draft_name(), make_article(live=False)
    story.bylines.add(ArticleByline(author=Author.objects.create(name_en="Li Na"), place=name))
    story.save_revision().publish()
    name.refresh_from_db()
    assert name.is_published


def test_a_merge_keeps_readers_the_name() -> None:
    kept, known = make_draft_name(), make_entity("apapa", "Apapa")
    merge_entities(kept, [known], user=make_user("editor"))
    kept.refresh_from_db()
    assert kept.is_published


def test_a_name_from_a_storys_form_waits_for_the_story(client: Client) -> None:
    client.force_login(make_user("boss", is_superuser=True))
    story = make_article(live=False)
    page = client.get(reverse("wagtailsnippets_archive_entity:add"), {"story": story.pk})
    assert page.context["form"]["is_published"].value() is False
    page = client.get(reverse("wagtailsnippets_archive_entity:add"))
    assert page.context["form"]["is_published"].value() is True


def test_a_tie_with_a_page_as_its_source_makes_both_places_known(client: Client) -> None:
    name, tied = make_draft_name(), make_entity("apapa", "Apapa")
    make_tie(name, tied)
    name.refresh_from_db()
    assert name.is_published
    assert client.get("/en/ties/").text.count("Tin Can Island")


def test_a_tie_that_only_a_draft_speaks_of_is_not_public(client: Client) -> None:
    one, two = make_draft_name(), make_entity("apapa", "Apapa")
    tie, story = make_tie(one, two), make_article(live=False)
    tie.evidence.update(source_url="", article=story)
    addresses = ["/en/cities/apapa/", "/en/ties/", "/en/ties/?format=csv"]
    assert not any("Tin Can" in client.get(one).text for one in addresses)
    story.save_revision().publish()
    assert "Tin Can" in client.get("/en/ties/").text
