"""Whatever changes, the next reader sees it; and what doesn't change, stays kept."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from archive.models import ArticleByline, ArticlePage, Author, RelatedArticle
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import (
    block,
    make_article,
    make_entity,
    make_image,
    make_section,
    tag,
    translate,
)
from tests.site.reading import address, picture

pytestmark = pytest.mark.django_db

Change = Callable[[ArticlePage], None]


def text_of(path: str) -> str:
    return Client().get(path).content.decode()


def is_kept(path: str) -> bool:
    """A page that is kept is given with the one query that asks for its stamps."""
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(path).status_code == 200
    return len(queries) == 1


def make_story() -> ArticlePage:
    """A story with a name in its tags and text, a picture, a byline, a section, a neighbour."""
    place = make_entity("zhanjiang", "Zhanjiang", "湛江")
    link = f'<p>To <a linktype="entity" id="{place.pk}">the city</a>.</p>'
    image = make_image(name="port.jpg", credit="Old credit", rights="x", caption_en="Old caption")
    shown = {**picture(image), "caption": "", "credit": ""}
    body = [block("paragraph", link), block("image", shown)]
    story = make_article("Ships", body=body, section=make_section(), slug="ships")
    tag(story, place)
    author = Author.objects.create(**{column("name", ENGLISH): "Li Na"})
    ArticleByline.objects.create(page=story, author=author)
    other = make_article("Neighbour", slug="neighbour")
    RelatedArticle.objects.create(page=story, related=other)
    return ArticlePage.objects.get(pk=story.pk)


def publish(story: ArticlePage, **values: Any) -> None:
    for name, value in values.items():
        setattr(story, name, value)
    story.save_revision().publish()


def rename(instance: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(instance, name, value)
    instance.save()


CHANGES: dict[str, tuple[Change, str]] = {
    "its headline": (lambda story: publish(story, headline_en="Boats"), "Boats"),
    "its translation": (
        lambda story: translate(story, headline="船"),
        'rel="alternate" hreflang="zh-Hans"',
    ),
    "a name": (lambda _story: rename(entity(), name_en="Tsamkong"), "Tsamkong"),
    "a section": (lambda story: rename(story.section, name_en="Seaside"), "Seaside"),
    "an author": (lambda _story: rename(Author.objects.get(), name_en="Wang Wu"), "Wang Wu"),
    "a neighbour": (lambda _story: publish(neighbour(), headline_en="Beside"), "Beside"),
    "a picture": (lambda story: rename(story.lead_image, caption_en="A crane"), "A crane"),
}


def entity() -> Any:
    from archive.models import Entity

    return Entity.objects.get(key="zhanjiang")


def neighbour() -> ArticlePage:
    return ArticlePage.objects.get(slug="neighbour")


@pytest.mark.parametrize("what", CHANGES)
def test_the_next_reader_sees_the_change_of(what: str) -> None:
    story = make_story()
    path = address(story, ENGLISH)
    change, seen = CHANGES[what]
    assert seen not in text_of(path)
    assert is_kept(path)
    change(story)
    assert seen in text_of(path)
    assert is_kept(path)


def test_other_stories_stay_kept() -> None:
    story, other = make_story(), make_article("Elsewhere", slug="elsewhere")
    path = address(other, ENGLISH)
    text_of(path)
    publish(story, headline_en="Boats")
    rename(entity(), name_en="Tsamkong")
    assert is_kept(path)


def test_lists_show_a_new_story_at_once() -> None:
    story = make_story()
    pages = [story.get_parent(), story.section, story.publication]
    paths = [address(page, ENGLISH) for page in pages]
    assert not any("Fresh" in text_of(path) for path in paths)
    make_article("Fresh", slug="fresh", section=story.section)
    assert all("Fresh" in text_of(path) for path in paths)


def test_an_unpublished_story_is_gone_at_once() -> None:
    story = make_story()
    path = address(story, ENGLISH)
    text_of(path)
    story.unpublish()
    assert Client().get(path).status_code == 410


def test_a_deleted_story_leaves_its_neighbours_page() -> None:
    story = make_story()
    path = address(story, ENGLISH)
    assert "Neighbour" in text_of(path)
    neighbour().delete()
    assert "Neighbour" not in text_of(path)


def test_a_story_that_is_kept_from_readers_is_kept_from_them_at_once() -> None:
    story = make_story()
    path = address(story, ENGLISH)
    text_of(path)
    PageViewRestriction.objects.create(page=story, restriction_type="password", password="x")
    assert "Ships" not in text_of(path)


def test_both_languages_are_kept_apart() -> None:
    story = make_story()
    translate(story, headline="船")
    assert "船" in text_of(address(story, CHINESE))
    assert "Ships" in text_of(address(story, ENGLISH))
