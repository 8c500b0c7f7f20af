"""The lists follow whatever happens to stories, tags and ties."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from archive.contrib.related import candidates, models, updates
from archive.contrib.related.models import RelatedStory
from archive.contrib.related.updates import RELATED
from archive.models import ArticlePage, Entity, Tie
from archive.publishing.due import is_due, mark_due
from archive.publishing.followers import catch_up
from archive.publishing.models import FollowerDue
from archive.stories.signals import texts_changed
from tests.contrib.related.rows import Row, make_entities, make_rows
from tests.factories import (
    DAY,
    make_article,
    make_entity,
    make_merged,
    make_publication,
    make_tie,
    tag,
)

pytestmark = pytest.mark.django_db


def lists() -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for article, related in RelatedStory.objects.values_list("article", "related"):
        found.setdefault(article, set()).add(related)
    return found


def make_tagged(entity: Entity, slug: str, **fields: Any) -> ArticlePage:
    """Tagged before it is published, as in the editor's form."""
    story = make_article(slug, slug=slug, live=False, **fields)
    tag(story, entity)
    story.save_revision().publish()
    return story


@pytest.fixture
def place() -> Entity:
    return make_entity()


@pytest.fixture
def two(place: Entity) -> list[ArticlePage]:
    stories = [make_tagged(place, "one"), make_tagged(place, "two", day=date(2014, 12, 22))]
    assert len(lists()) == 2
    return stories


def test_two_stories_of_a_place_are_in_each_others_lists(two: list[ArticlePage]) -> None:
    one, other = (story.pk for story in two)
    assert lists() == {one: {other}, other: {one}}
    assert not is_due(RELATED.name)


def test_an_unpublished_story_leaves_and_comes_back(two: list[ArticlePage]) -> None:
    one = ArticlePage.objects.get(pk=two[0].pk)
    one.unpublish()
    catch_up()
    assert lists() == {}
    one.save_revision().publish()
    catch_up()
    assert len(lists()) == 2


def test_a_deleted_story_leaves_and_what_lacks_it_is_due(
    two: list[ArticlePage], django_capture_on_commit_callbacks: Any
) -> None:
    left = two[1].pk
    with django_capture_on_commit_callbacks():
        two[0].delete()
    assert lists() == {}
    assert is_due(RELATED.name, left)
    catch_up()
    assert not is_due(RELATED.name)


def test_changed_tags_are_followed(two: list[ArticlePage]) -> None:
    two[0].entity_tags.all().delete()
    texts_changed.send(ArticlePage, pks=[two[0].pk])
    catch_up()
    assert lists() == {}


def test_a_moved_storys_new_date_counts(two: list[ArticlePage]) -> None:
    before = RelatedStory.objects.get(article=two[0]).score
    ArticlePage.objects.filter(pk=two[1].pk).update(print_date=DAY)
    texts_changed.send(ArticlePage, pks=[two[1].pk])
    catch_up()
    rows = RelatedStory.objects.values_list("score", flat=True)
    assert len(set(rows)) == 1
    assert rows[0] > before


def test_a_new_tie_and_its_end_are_followed() -> None:
    here, there = make_entity(), make_entity("atlantic-city", "Atlantic City", "大西洋城")
    stories = [make_article(slug, slug=slug, live=False) for slug in ("one", "two")]
    for story in stories:
        tag(story, here, "mentioned")
        tag(story, there, "about")
        story.save_revision().publish()
    catch_up()
    tie = make_tie(here, there)
    catch_up()
    reasons = RelatedStory.objects.values_list("reasons", flat=True)
    pair = sorted([here.pk, there.pk])
    assert [one["named_pairs"] for one in reasons] == [[pair], [pair]]
    tie.delete()
    catch_up()
    assert all("named_pairs" not in one for one in reasons.all())


def test_a_tie_of_a_merged_place_is_followed_as_one_of_the_name_that_stands_for_it(
    two: list[ArticlePage], place: Entity
) -> None:
    there = make_entity("atlantic-city", "Atlantic City", "大西洋城")
    for story in two:
        tag(story, there)
    texts_changed.send(ArticlePage, pks=[story.pk for story in two])
    catch_up()
    tie = make_tie(there, make_merged("tsamkong", place))
    catch_up()
    pair = sorted([place.pk, there.pk])
    reasons = RelatedStory.objects.values_list("reasons", flat=True)
    assert [one["pairs"] for one in reasons] == [[pair], [pair]]
    Tie.objects.get(pk=tie.pk).delete()
    catch_up()
    assert all("pairs" not in one for one in reasons.all())


def test_a_tie_whose_text_changes_makes_nothing_due() -> None:
    tie = make_tie(make_entity(), make_entity("atlantic-city", "Atlantic City", "大西洋城"))
    FollowerDue.objects.all().delete()
    Tie.objects.get(pk=tie.pk).save()
    assert not is_due(RELATED.name)


def test_a_list_is_as_long_in_a_burst_of_stories_and_stays_the_best() -> None:
    entities = make_entities(["busy", "rare"])
    rows = [Row(1000 + n, DAY + timedelta(days=n), {entities["busy"]: True}) for n in range(40)]
    make_rows(rows, make_publication())
    for row in rows:
        updates.update_story(row.pk)
    twin = [Row(pk, DAY, {entities["busy"]: True, entities["rare"]: True}) for pk in (2000, 2001)]
    make_rows(twin, make_publication())
    for row in twin:
        updates.update_story(row.pk)
    assert all(candidates.NEAREST <= len(one) <= models.LONGEST_LIST for one in lists().values())
    best = RelatedStory.objects.filter(article=2000).order_by("-score").first()
    assert best
    assert best.related_id == 2001


def test_an_update_asks_as_much_however_many_stories_there_are(
    django_assert_max_num_queries: Any,
) -> None:
    entity = make_entities(["busy"])["busy"]
    rows = [Row(1000 + n, DAY + timedelta(days=n), {entity: True}) for n in range(30)]
    make_rows(rows, make_publication())
    for row in rows:
        with django_assert_max_num_queries(22):
            updates.update_story(row.pk)


def test_many_stories_without_names_are_one_look(django_assert_num_queries: Any) -> None:
    rows = [Row(1000 + n, DAY, {}) for n in range(30)]
    make_rows(rows, make_publication())
    with django_assert_num_queries(1):
        updates.follow_stories([row.pk for row in rows])


@pytest.mark.parametrize("error", [DatabaseError("gone"), ValueError("odd")])
def test_what_fails_stays_due_and_others_go_on(
    two: list[ArticlePage], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    broken = two[0].pk
    update = updates.update_story

    def fails(pk: int) -> None:
        if pk == broken:
            raise error
        update(pk)

    mark_due([story.pk for story in two], [RELATED.name])
    with monkeypatch.context() as patch:
        patch.setattr(updates, "update_story", fails)
        assert catch_up() == 1
    assert FollowerDue.objects.get().attempts == 1
    call_command("check_archive", "related", repair=True, verbosity=0)
    assert not is_due(RELATED.name)


def test_publishing_works_off_what_is_due_once_it_is_committed(
    place: Entity, django_capture_on_commit_callbacks: Any
) -> None:
    make_tagged(place, "one")
    with django_capture_on_commit_callbacks(execute=True):
        make_tagged(place, "two")
    assert len(lists()) == 2
    assert not is_due(RELATED.name)
