"""What readers get: the editors' choice first, one query, nothing that they may not see."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from wagtail.models import PageViewRestriction

from archive.contrib.related.models import LONGEST_LIST, RelatedBan, RelatedStory
from archive.contrib.related.updates import rebuild_lists
from archive.models import ArticlePage, Entity, RelatedArticle
from archive.publishing.followers import catch_up
from archive.site.related import (
    SHOWN,
    RelatedCard,
    public_cards,
    related_cards,
    related_rows,
)
from archive.text.language import CHINESE, ENGLISH, column
from archive.visibility import RestrictedPlaces
from tests.factories import make_article, make_entity, make_image, make_section, tag
from tests.site.reading import opened, words

pytestmark = pytest.mark.django_db


def make_story(slug: str, *entities: Entity, **fields: Any) -> ArticlePage:
    story = make_article(f"About {slug}", slug=slug, live=False, **fields)
    for entity in entities:
        tag(story, entity)
    story.save_revision().publish()
    return ArticlePage.objects.get(pk=story.pk)


def make_three() -> int:
    """One of three that are about Zhanjiang and the port."""
    place = make_entity()
    port = make_entity("port-of-long-beach", "Port of Long Beach", "长滩港")
    found = make_story("this", place, port)
    make_story("before", place, port, day=date(2014, 12, 22))
    make_story("after", place, day=date(2015, 9, 24))
    catch_up()
    return found.pk


@pytest.fixture(scope="module")
def _three(make_once: Callable[..., int]) -> int:
    return make_once(make_three)


@pytest.fixture
def story(_three: int) -> ArticlePage:
    return ArticlePage.objects.get(pk=_three)


@pytest.fixture
def port(_three: int) -> Entity:
    return Entity.objects.get(key="port-of-long-beach")


def cards(article: ArticlePage) -> list[RelatedCard]:
    rows = related_rows(article)
    return related_cards(article, rows, public_cards(rows), Entity.objects.all())


def slugs(article: ArticlePage) -> list[str]:
    return [one.article.slug for one in cards(article)]


@pytest.mark.exhaustive
def test_a_list_that_has_grown_too_long_is_read_as_far_as_it_should_be(
    story: ArticlePage,
) -> None:
    others = [make_article(f"No. {number}", slug=f"no-{number}") for number in range(25)]
    rows = RelatedStory.objects
    rows.bulk_create(RelatedStory(article=story, related=one, score=0.001) for one in others)

    found = related_rows(story)

    assert len(found) == LONGEST_LIST
    best = rows.filter(article=story).order_by("-score")[:2]
    assert {one.related_id for one in best} <= found.keys()


@pytest.mark.parametrize(
    ("language", "names"),
    [(ENGLISH, ["Zhanjiang", "Port of Long Beach"]), (CHINESE, ["湛江", "长滩港"])],
)
def test_each_says_why(story: ArticlePage, language: str, names: list[str]) -> None:
    with translation.override(language):
        why = [str(one.why) for one in cards(story)]
    assert all(name in why[0] for name in names)
    assert names[0] in why[1]
    assert names[1] not in why[1]


def test_the_reason_is_a_sentence_with_the_rarer_name_first(story: ArticlePage) -> None:
    # As long as only two stories were known, both names were as rare.
    rebuild_lists([story.pk])
    # How far apart they are, their dates say.
    assert str(cards(story)[0].why) == "Both about Port of Long Beach and Zhanjiang"


def test_a_name_that_only_the_other_language_has_is_marked(
    story: ArticlePage, port: Entity
) -> None:
    Entity.objects.filter(pk=port.pk).update(**{column("name", ENGLISH): ""})
    assert '<span lang="zh-Hans">长滩港</span>' in cards(story)[0].why


def test_names_are_escaped(story: ArticlePage, port: Entity) -> None:
    Entity.objects.filter(pk=port.pk).update(**{column("name", ENGLISH): "<b>Port</b>"})
    assert "&lt;b&gt;Port" in cards(story)[0].why


def test_the_editors_choice_comes_first_and_bans_are_kept(story: ArticlePage) -> None:
    assert slugs(story) == ["before", "after"]
    chosen, banned = make_article("Chosen", slug="chosen"), ArticlePage.objects.get(slug="before")
    RelatedArticle.objects.create(page=story, related=chosen, sort_order=0)
    RelatedBan.objects.create(page=story, related=banned)
    assert slugs(story) == ["chosen", "after"]
    assert [one.is_chosen for one in cards(story)] == [True, False]
    RelatedBan.objects.all().delete()
    assert slugs(story) == ["chosen", "before", "after"]


def test_drafts_and_restricted_stories_are_not_shown(story: ArticlePage) -> None:
    ArticlePage.objects.filter(slug="before").update(live=False)
    issue = ArticlePage.objects.get(slug="after").get_parent()
    PageViewRestriction.objects.create(page=issue, restriction_type="login")
    assert slugs(story) == []


def test_a_list_is_read_in_two_queries(story: ArticlePage, django_assert_num_queries: Any) -> None:
    section, image = make_section(), make_image(credit="x", rights="x")
    for number in range(SHOWN + 2):
        make_story(f"more-{number}", *Entity.objects.all(), section=section, print_page="3")
    ArticlePage.objects.filter(slug__startswith="more").update(lead_image=image)
    catch_up()
    entities = list(Entity.objects.all())
    with django_assert_num_queries(2):
        rows = related_rows(story)
        found = related_cards(story, rows, public_cards(rows, RestrictedPlaces()), entities)
        facts = {
            (str(one.article.section), str(one.article.publication), one.article.lead_image.pk)
            for one in found[:2]
        }
        assert all(one.why and one.article.text.headline for one in found)
    assert len(found) == SHOWN
    assert facts == {("World", "China Daily", image.pk)}


def test_an_alias_shows_what_its_original_does(story: ArticlePage) -> None:
    issue = ArticlePage.objects.get(slug="after").get_parent()
    alias = story.create_alias(parent=issue, update_slug="alias")
    catch_up()
    assert slugs(alias) == ["before", "after"]
    assert not RelatedStory.objects.filter(related=alias).exists()


def test_the_page_shows_the_list_and_why(story: ArticlePage) -> None:
    page = opened(story, ENGLISH)
    first = page.select_one(".related li")
    assert words(first, ".headline") == "About before"
    assert words(first, ".why").startswith("Both about")
