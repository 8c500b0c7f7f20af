"""Words of a source that are in no field: shown in full, kept, and asked for before readers."""

import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from archive.models import ArticlePage
from archive.stories.publish_guard import PublicationRefusedError, unplaced_errors
from archive.stories.unplaced import UnplacedText, stored_unplaced
from archive.text.language import CHINESE
from tests.desk.helpers import Person, again
from tests.factories import make_article, make_body, make_editor

pytestmark = pytest.mark.django_db
LOST = "The port opened on Monday, the mayor said."
MENU = "Share | Print"


def draft_with(*texts: UnplacedText, body: str = "Ships came.") -> ArticlePage:
    story = make_article("Port opens", live=False, body=make_body(body))
    story.unplaced = stored_unplaced(texts)
    story.save_revision()
    return story


def missing(client: Client, story: ArticlePage) -> str:
    return client.get(reverse("archive_stories:missing", args=[story.pk])).content.decode()


def test_the_form_names_the_words_and_doesnt_say_that_nothing_is_missing(
    admin_client: Client,
) -> None:
    story = draft_with(UnplacedText(LOST), UnplacedText(MENU, is_left_out=True))
    shown = missing(admin_client, story)
    assert LOST in shown
    assert "Nothing is missing" not in shown
    assert MENU not in shown
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert page.count(LOST) >= 2
    assert MENU in page


def test_words_that_stand_in_the_story_are_placed(admin_client: Client) -> None:
    story = draft_with(UnplacedText(LOST), body=f"Today: {LOST}")
    assert "Nothing is missing" in missing(admin_client, story)
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content
    panel = BeautifulSoup(page, "html.parser").select_one("[data-archive-unplaced]")
    # The form keeps them, and shows none.
    assert panel.has_attr("hidden")
    assert [one.text for one in panel.select("li[hidden] [data-unplaced-words]")] == [LOST]


def test_what_was_left_out_for_being_printed_twice_says_so(admin_client: Client) -> None:
    texts = (UnplacedText(one, is_left_out=True) for one in (LOST, MENU))
    story = draft_with(*texts, body=f"Today: {LOST}")
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert page.count("Printed twice") == 1


def test_one_message_names_all_that_is_in_no_field() -> None:
    story = draft_with(*(UnplacedText(f"Line {one}.") for one in "abcdef"))
    [said] = unplaced_errors(story)["unplaced"]
    assert "“Line a.”, “Line b.”, “Line c.”, “Line d.”, “Line e.”, …" in said
    with override(CHINESE):
        assert "“Line a.”、“Line b.”" in said.again()


def publish_by_hand(story: ArticlePage) -> None:
    story.latest_revision.publish()


def publish_on_schedule(story: ArticlePage) -> None:
    story.go_live_at = timezone.now() - timedelta(minutes=1)
    revision = story.save_revision()
    revision.approved_go_live_at = story.go_live_at
    revision.save()
    call_command("publish_scheduled")


@pytest.mark.parametrize("publish", [publish_by_hand, publish_on_schedule])
def test_no_way_leads_it_to_readers_before_somebody_decides(publish: Any) -> None:
    story = draft_with(UnplacedText(LOST))
    with suppress(PublicationRefusedError):
        publish(story)
    assert not again(story).live
    story.unplaced = stored_unplaced([UnplacedText(LOST, is_left_out=True)])
    story.save_revision()
    publish(story)
    assert again(story).live


def test_an_editor_leaves_them_out_in_the_form_and_they_stay_with_the_story() -> None:
    story = draft_with(UnplacedText(LOST))
    form = Person(make_editor()).edits(story)
    assert LOST in form.refused("publish")
    left = stored_unplaced([UnplacedText(LOST, is_left_out=True)])
    form.type(unplaced=json.dumps(left)).publish()
    assert again(story).live
    assert again(story).unplaced == left
