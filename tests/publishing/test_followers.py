"""What follows a publication may fail: readers have it all the same, and the others follow."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import get_commands
from django.db import transaction

from archive.models import ArticlePage, MemoryUnit, SearchDocument, Translation
from archive.publishing import followers
from tests.factories import make_article, translate

pytestmark = pytest.mark.django_db

OF_A_STORY = ["MEMORY", "QUEUE", "RELATED", "SEARCH", "HARVEST", "PICTURES"]
OF_A_TRANSLATION = ["MEMORY", "QUEUE", "SEARCH", "HARVEST"]


@pytest.fixture
def translation() -> Translation:
    return translate(make_article())


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Let one follower fail; gives a list that fills with the names of the others as they run."""

    def break_one(name: str) -> list[str]:
        ran: list[str] = []
        for one in OF_A_STORY:
            follower = getattr(followers, one)

            def follow(*what: Any, one: str = one, work: Any = follower.follow) -> None:
                if one == name:
                    raise ValueError("odd")
                work(*what)
                ran.append(one)

            monkeypatch.setattr(followers, one, replace(follower, follow=follow))
        return ran

    return break_one


@pytest.mark.parametrize("name", OF_A_STORY)
def test_a_story_is_published_whatever_fails(
    translation: Translation, broken: Any, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    ran = broken(name)
    story = ArticlePage.objects.get(pk=translation.article_id)
    story.headline_en = "Another"
    story.save_revision().publish()
    story = ArticlePage.objects.get(pk=story.pk)
    assert (story.headline_en, story.translation_state) == ("Another", "source_changed")
    assert sorted(ran) == sorted(set(OF_A_STORY) - {name})
    assert f"manage.py {getattr(followers, name).command}" in caplog.text


@pytest.mark.parametrize("name", OF_A_TRANSLATION)
def test_a_translation_is_published_whatever_fails(
    translation: Translation, broken: Any, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    ran = broken(name)
    segment = translation.segments.get(key="headline")
    segment.target = "新题"
    translation.segments.add(segment)
    translation.save_revision().publish()
    assert ArticlePage.objects.get(pk=translation.article_id).headline_zh_hans == "新题"
    assert sorted(ran) == sorted(set(OF_A_TRANSLATION) - {name})
    assert f"manage.py {getattr(followers, name).command}" in caplog.text


def test_nothing_follows_what_is_not_committed(translation: Translation, broken: Any) -> None:
    ran = broken("")
    with pytest.raises(ZeroDivisionError):
        publish_and_fail(translation)
    assert ran == []


def publish_and_fail(translation: Translation) -> None:
    with transaction.atomic():
        translation.save_revision().publish()
        raise ZeroDivisionError


def test_every_follower_is_repaired_by_a_command() -> None:
    every = [one for one in vars(followers).values() if isinstance(one, followers.Follower)]
    assert {one.command for one in every if one.name[:4] != "mail"} <= set(get_commands())


def test_a_withdrawn_translation_is_in_no_memory_or_index(translation: Translation) -> None:
    assert MemoryUnit.objects.exists()
    translation.unpublish()
    assert not MemoryUnit.objects.exists()
    assert list(SearchDocument.objects.values_list("language", flat=True)) == ["en"]
    story = ArticlePage.objects.get(pk=translation.article_id)
    assert not story.headline_zh_hans
    assert story.translation_state == "in_progress"
