"""What readers get of a story that has become the translation of another one."""

import pytest
from django.test import Client

from archive.journal.actions import undo
from archive.models import ArticlePage, StoryPair
from archive.site.permalinks import permanent_path
from tests.desk.pairs.test_joining import confirmed, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost(client: Client, django_capture_on_commit_callbacks: object) -> ArticlePage:
    """The page of a pair whose translation is published."""
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        pair, translation = confirmed()
        assert client.get(pair.lost.get_url(), follow=True).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        publish(translation)
    return ArticlePage.objects.get(pk=pair.two_id)


def test_its_addresses_lead_to_the_kept_story(client: Client, lost: ArticlePage) -> None:
    kept = StoryPair.objects.get().kept
    assert kept
    for address in (lost.get_url(), permanent_path(lost)):
        answer = client.get(address, follow=True, headers={"accept-language": "zh-hans"})
        assert answer.status_code == 200
        assert answer.request["PATH_INFO"].endswith(f"/{kept.slug}/")


def test_undoing_gives_readers_the_page_again(client: Client, lost: ArticlePage) -> None:
    undo(StoryPair.objects.get().entry, None)
    page = client.get(lost.get_url(), follow=True).content.decode()
    assert "硇洲的渔民" in page
