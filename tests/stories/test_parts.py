"""Drafts come back although something that they name is gone."""

import pytest

from archive.models import ArticleByline, ArticleEntity, ArticlePage, Author
from archive.text.language import column
from tests.factories import make_article, make_entity

pytestmark = pytest.mark.django_db


def draft_of(article: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()


def test_a_draft_opens_without_the_tags_whose_names_were_deleted() -> None:
    article, kept, gone = make_article(), make_entity("kept"), make_entity("gone")
    article.entity_tags = [ArticleEntity(entity=kept), ArticleEntity(entity=gone)]
    article.save_revision()
    gone.delete()
    assert [tag.entity for tag in draft_of(article).entity_tags.all()] == [kept]


def test_a_byline_outlives_the_place_that_it_was_filed_from() -> None:
    article, place = make_article(), make_entity("zhanjiang")
    author = Author.objects.create(**{column("name", "en"): "Li Na"})
    article.bylines = [ArticleByline(author=author, place=place)]
    article.save_revision()
    place.delete()
    (byline,) = draft_of(article).bylines.all()
    assert (byline.author, byline.place) == (author, None)


def test_publishing_a_restored_draft_keeps_its_tags() -> None:
    article, entity = make_article(), make_entity()
    article.entity_tags = [ArticleEntity(entity=entity, role="about")]
    article.save_revision().publish()
    draft_of(article).save_revision().publish()
    tags = ArticleEntity.objects.filter(page=article.pk)
    assert [(tag.entity, tag.role) for tag in tags] == [(entity, "about")]
