"""Mentions of entities in running text: what readers get, what the editor stores."""

import json

import pytest
from django.utils import translation
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import RichText, expand_db_html, extract_references_from_rich_text

from archive.entities.rich_text import resolved_mentions
from archive.models import Entity
from archive.stories.blocks import BodyBlock
from tests.factories import block, make_entity

pytestmark = pytest.mark.django_db


def mention(entity: Entity, text: str) -> str:
    return f'<a linktype="entity" id="{entity.pk}">{text}</a>'


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_links_to_the_entitys_page_in_the_readers_language(language):
    html = f"<p>{mention(make_entity(), '湛江')}</p>"
    with translation.override(language):
        shown = expand_db_html(html)
    link = f'<a class="entity" data-entity="zhanjiang" href="/{language}/entities/zhanjiang/"'
    assert shown == f'<p>{link} data-reading="湛zhàn 江jiāng">湛江</a></p>'


def test_a_mention_says_how_its_entity_reads():
    entity = make_entity("shan-tianfang", "Shan Tianfang", "单田芳", pinyin="shan tian fang")
    assert 'data-reading="单shàn 田tián 芳fāng"' in expand_db_html(mention(entity, "单田芳"))
    assert "data-reading" not in expand_db_html(mention(make_entity("x", "X", ""), "X"))


@pytest.mark.parametrize("attributes", ['id="999999"', 'id="x"', ""])
def test_a_mention_without_its_entity_is_plain_text(attributes):
    shown = expand_db_html(f'<p><a linktype="entity" {attributes}>Zhanjiang</a></p>')
    assert shown == "<p><a>Zhanjiang</a></p>"


def test_one_rich_text_costs_one_query(django_assert_num_queries):
    entities = [make_entity(f"city-{n}", f"City {n}", f"城{n}") for n in range(5)]
    html = "".join(f"<p>{mention(entity, 'there')}</p>" for entity in entities)
    with django_assert_num_queries(1):
        assert expand_db_html(html).count('class="entity"') == 5


def test_many_paragraphs_cost_one_query_when_resolved_beforehand(django_assert_num_queries):
    entities = [make_entity(f"city-{n}", f"City {n}", f"城{n}") for n in range(5)]
    gone = 999_999
    with django_assert_num_queries(1), resolved_mentions([*(e.pk for e in entities), gone]):
        shown = [str(RichText(f"<p>{mention(entity, 'x')}</p>")) for entity in entities]
        assert "<a>lost</a>" in expand_db_html(f'<a linktype="entity" id="{gone}">lost</a>')
    assert all('class="entity"' in html for html in shown)


def test_the_forms_of_a_body_ask_once_for_all_that_it_mentions(django_assert_num_queries):
    entities = [make_entity(f"city-{n}", f"City {n}", f"城{n}") for n in range(5)]
    blocks = [block("paragraph", f"<p>{mention(one, '那里')}</p>") for one in entities]
    items = [f"<p>{mention(one, 'there')}</p>" for one in entities]
    body = BodyBlock()
    value = body.to_python([*blocks, block("list", {"ordered": False, "items": items})])
    with django_assert_num_queries(1):
        state = body.get_form_state(value)
    assert all(f"City {n}" in state[n]["value"] for n in range(5))
    # A long story's form is mostly this: as short as JSON can be.
    assert "那里" in state[0]["value"]
    assert "\n" not in state[0]["value"]


def test_text_without_mentions_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0), resolved_mentions([]):
        assert expand_db_html("<p>No one.</p>") == "<p>No one.</p>"


def test_what_was_resolved_is_forgotten_afterwards():
    entity = make_entity()
    with resolved_mentions([entity.pk]):
        pass
    Entity.objects.filter(pk=entity.pk).update(key="renamed")
    assert 'data-entity="renamed"' in expand_db_html(mention(entity, "x"))


def test_nested_blocks_add_to_each_other(django_assert_num_queries):
    outer, inner = make_entity("outer"), make_entity("inner")
    html = mention(outer, "a") + mention(inner, "b")
    with django_assert_num_queries(2), resolved_mentions([outer.pk]):
        with resolved_mentions([outer.pk, inner.pk]):
            assert expand_db_html(html).count("data-entity") == 2
        assert expand_db_html(mention(outer, "a")).count("data-entity") == 1


def test_editor_and_database_forms_say_the_same():
    entity = make_entity()
    converter = ContentstateConverter(features=["bold", "entity"])
    stored = f'<p data-block-key="a1">Near <b>old</b> {mention(entity, "Zhanjiang")}.</p>'
    state = converter.from_database_format(stored)
    kept = json.loads(state)["entityMap"]["0"]
    assert (kept["type"], kept["mutability"]) == ("ENTITY", "MUTABLE")
    assert kept["data"]["id"] == entity.pk
    assert converter.to_database_format(state) == stored


@pytest.mark.parametrize(("language", "name"), [("en", "Zhanjiang"), ("zh-hans", "湛江")])
def test_editor_shows_whom_a_mention_means(language, name):
    entity = make_entity()
    converter = ContentstateConverter(features=["entity"])
    with translation.override(language):
        state = json.loads(converter.from_database_format(f"<p>{mention(entity, 'it')}</p>"))
    data = state["entityMap"]["0"]["data"]
    assert data["label"] == name
    assert f"/{entity.pk}/" in data["url"]


def test_editor_keeps_a_mention_whose_entity_was_deleted():
    converter = ContentstateConverter(features=["entity"])
    stored = '<p data-block-key="a1"><a id="999999" linktype="entity">Gone</a></p>'
    state = converter.from_database_format(stored)
    assert json.loads(state)["entityMap"]["0"]["data"]["label"] == "A deleted name"
    assert '<a linktype="entity" id="999999">Gone</a>' in converter.to_database_format(state)


def test_mentions_count_as_usage():
    entity = make_entity()
    found = list(extract_references_from_rich_text(f"<p>{mention(entity, 'x')}</p>"))
    assert found == [(Entity, str(entity.pk), "", "")]
