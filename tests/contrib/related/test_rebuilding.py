"""Related stories made anew have the same lists as changes one by one made."""

import io

import pytest
from django.core.management import call_command

from archive.contrib.related.models import RelatedStory, StoryTerm
from archive.contrib.related.updates import update_story
from tests.contrib.related.rows import Row, make_entities, make_rows
from tests.factories import DAY, make_publication

pytestmark = pytest.mark.django_db

PKS = range(1000, 1008)


@pytest.fixture(autouse=True)
def stories() -> None:
    entities = make_entities(["even", "odd", "third"])
    names = list(entities.values())
    rows = [Row(pk, DAY, {names[pk % 2]: True, names[2]: pk % 3 == 0}) for pk in PKS]
    make_rows(rows, make_publication())


def lists() -> dict[tuple[int, int], float]:
    rows = RelatedStory.objects.values_list("article", "related", "score")
    return {(article, related): score for article, related, score in rows}


def rebuild() -> str:
    out = io.StringIO()
    call_command("check_archive", "related", rebuild=True, stdout=out)
    return out.getvalue()


def test_a_rebuild_finds_what_changes_one_by_one_found() -> None:
    for _round in range(2):
        for pk in PKS:
            update_story(pk)
    found = lists().keys()
    RelatedStory.objects.all().delete()
    StoryTerm.objects.all().delete()
    out = rebuild()
    assert lists().keys() == found
    assert "8 of 8 stories" in out
    assert "related: right" in out


def test_a_second_rebuild_changes_nothing() -> None:
    rebuild()
    before = list(RelatedStory.objects.order_by("pk").values_list("pk", "score"))
    rebuild()
    assert list(RelatedStory.objects.order_by("pk").values_list("pk", "score")) == before


def test_stories_that_went_offline_unseen_are_forgotten() -> None:
    from archive.models import ArticlePage

    rebuild()
    ArticlePage.objects.filter(pk=1000).update(live=False)
    rebuild()
    assert not any(1000 in pair for pair in lists())
