"""Wagtail's index of what refers to what: right after each save, and cheap to keep so."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from archive.models import ArticleEntity, ArticlePage, Entity
from tests.factories import block, make_article, make_entity, translate

pytestmark = pytest.mark.django_db


def stories_that_name(entity: Entity) -> set[int]:
    found = ReferenceIndex.get_references_to(entity)
    return {int(one.object_id) for one in found if one.content_type.model == "articlepage"}


def publish_with_tags(article: ArticlePage, entities: list[Entity]) -> int:
    """How many statements about the reference index that took."""
    article.entity_tags = [ArticleEntity(entity=entity) for entity in entities]
    with CaptureQueriesContext(connection) as captured:
        article.save_revision().publish()
    return sum("referenceindex" in one["sql"] for one in captured.captured_queries)


def test_a_tag_counts_as_a_use_of_the_name_until_it_is_taken_off() -> None:
    article, entity = make_article(), make_entity()
    publish_with_tags(article, [entity])
    assert stories_that_name(entity) == {article.pk}
    publish_with_tags(ArticlePage.objects.get(pk=article.pk), [])
    assert stories_that_name(entity) == set()


def test_many_tags_cost_no_more_updates_than_one() -> None:
    entities = [make_entity(f"topic-{number}") for number in range(8)]
    few = publish_with_tags(make_article("One tag"), entities[:1])
    assert publish_with_tags(make_article("Eight tags"), entities) == few


def test_a_mention_counts_once_although_there_are_columns_for_two_languages() -> None:
    entity = make_entity()
    link = f'<p><a linktype="entity" id="{entity.pk}">Zhanjiang</a> grows.</p>'
    make_article(body=[block("paragraph", link)])
    assert ReferenceIndex.get_references_to(entity).count() == 1


def test_a_translation_is_known_to_refer_to_its_story() -> None:
    article = make_article()
    references = ReferenceIndex.get_references_to(article)
    assert [one.content_type.model for one in references] == ["translation"]


def test_publishing_a_translation_keeps_what_the_story_refers_to() -> None:
    article, entity = make_article(), make_entity()
    publish_with_tags(article, [entity])
    translate(article)
    assert stories_that_name(entity) == {article.pk}


def test_who_switches_the_index_off_is_obeyed() -> None:
    article, entity = make_article(), make_entity()
    with disable_reference_index_auto_update():
        publish_with_tags(article, [entity])
    assert stories_that_name(entity) == set()
