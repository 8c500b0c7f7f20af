"""The editor's part of the dashboard."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from pytest_django import DjangoAssertNumQueries
from wagtail import hooks
from wagtail.models import Revision

from archive.models import ArticlePage, PublicationPage
from archive.stories.dashboard import StoryStart
from tests.factories import make_article, make_editor, make_translator

pytestmark = pytest.mark.django_db


def test_an_empty_dashboard_says_what_to_do(client: Client) -> None:
    client.force_login(make_editor())
    page = client.get("/admin/").content.decode()
    for words in (
        "Write a story",
        "You have no unfinished story.",
        "No story waits for your review.",
        "Nothing is scheduled.",
    ):
        assert words in page
    # Their group may not import.
    assert "Import files" not in page


def test_own_drafts_and_scheduled_stories_are_listed(client: Client, admin_client: Client) -> None:
    editor = make_editor()
    client.force_login(editor)
    for number in range(8):
        make_article(f"Draft {number}", live=False, owner=editor).save_revision(user=editor)
    make_article("Somebody else’s", live=False)
    later = make_article("On Monday", live=False)
    later.go_live_at = timezone.now() + timedelta(days=3)
    later.save_revision().publish()
    panel = client.get("/admin/").content.decode()
    for words in ("Draft 7", "Draft 2", "All your drafts", "On Monday", "All scheduled stories"):
        assert words in panel
    assert "Draft 1<" not in panel
    assert "Somebody else’s" not in panel
    assert "Import files" in admin_client.get("/admin/").content.decode()


def test_a_scheduled_story_is_no_draft_until_it_is_changed_again(client: Client) -> None:
    editor = make_editor()
    client.force_login(editor)
    story = make_article("On Monday", live=False, owner=editor)
    story.go_live_at = timezone.now() + timedelta(days=3)
    story.save_revision(user=editor).publish()
    panel = client.get("/admin/")
    assert (listed(panel), drafts(client)) == ([0, 1], 0)
    day = localtime(story.go_live_at)
    assert f"{day.day} {day:%B %Y, %H:%M}" in panel.content.decode()
    ArticlePage.objects.get(pk=story.pk).get_latest_revision_as_object().save_revision(user=editor)
    assert (listed(client.get("/admin/")), drafts(client)) == ([1, 1], 1)


@pytest.mark.parametrize(("minutes", "is_late"), [(5, False), (15, True)])
def test_a_scheduled_story_that_the_server_has_not_published_is_late(
    client: Client, minutes: int, is_late: bool
) -> None:
    editor = make_editor()
    client.force_login(editor)
    story = make_article("On Monday", live=False, owner=editor)
    story.go_live_at = timezone.now() + timedelta(days=3)
    story.save_revision(user=editor).publish()
    past = timezone.now() - timedelta(minutes=minutes)
    Revision.objects.exclude(approved_go_live_at=None).update(approved_go_live_at=past)
    for address in ("/admin/", "/admin/stories/"):
        assert ("Late. Tell" in client.get(address).content.decode()) is is_late


def listed(panel: Any) -> list[int]:
    """How many stories the panel has as drafts, and as scheduled."""
    parts = BeautifulSoup(panel.content, "html.parser").select("#archive-editor-content section")
    return [len(parts[at].select("li")) for at in (1, 2)]


def drafts(client: Client) -> int:
    page = client.get(f"{reverse('stories:index')}?owner=mine&status=draft")
    return len(BeautifulSoup(page.content, "html.parser").select("tbody tr"))


def test_paste_a_text_leads_into_the_text_field(admin_client: Client) -> None:
    panel = BeautifulSoup(admin_client.get("/admin/").content, "html.parser")
    link = panel.find("a", string="Paste a text")
    assert isinstance(link, Tag)
    page = BeautifulSoup(admin_client.get(str(link["href"])).content, "html.parser")
    assert [one["name"] for one in page.select("[autofocus]")] == ["text"]
    plain = admin_client.get(reverse("archive_import:new")).content.decode()
    assert "autofocus" not in plain


def test_what_waits_for_review_is_led_to(admin_client: Client, admin_user: Any) -> None:
    story = make_article("Port opens")
    call_command("make_groups", workflow=True, verbosity=0)
    story.save_revision()
    story.get_workflow().start(story, admin_user)
    page = BeautifulSoup(admin_client.get("/admin/").content, "html.parser")
    link = page.select_one("#archive-editor-content a[href^='#']")
    assert link is not None
    waiting = page.select_one(str(link["href"]))
    assert waiting is not None
    assert "Port opens" in waiting.get_text()
    assert page.decode().index("awaiting-review-content") < page.decode().index(
        "archive-editor-content"
    )
    assert f'"/admin/{link["href"]}"' in page.decode().replace("\\u002D", "-")


def test_a_translation_is_no_story_that_waits(admin_client: Client, admin_user: Any) -> None:
    call_command("make_groups", workflow=True, verbosity=0)
    translation = make_article("Port opens").translations.get()
    translation.save_revision()
    translation.get_workflow().start(translation, admin_user)
    page = admin_client.get("/admin/").content.decode()
    assert "No story waits for your review." in page
    assert "1 draft awaits your review" in page


def test_an_editor_of_one_paper_sees_that_papers_schedule(client: Client) -> None:
    story = make_article("On Monday", live=False)
    story.go_live_at = timezone.now() + timedelta(days=3)
    story.save_revision().publish()
    paper = PublicationPage.objects.get()
    other = paper.copy(update_attrs={"slug": "other", "title": "Other"}, recursive=False)
    client.force_login(make_editor("one", other))
    assert "On Monday" not in client.get("/admin/").content.decode()
    assert ArticlePage.objects.filter(title="On Monday").exists()


def test_a_translator_has_no_editors_panel(client: Client) -> None:
    client.force_login(make_translator())
    assert "Your stories" not in client.get("/admin/").content.decode()


def test_more_stories_cost_the_dashboard_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    editor = make_editor()
    client.force_login(editor)
    for number in range(6):
        story = make_article(f"Draft {number}", live=False, owner=editor)
        story.go_live_at = timezone.now() + timedelta(days=3)
        story.save_revision(user=editor).publish()
        make_article(f"Other {number}", live=False, owner=editor).save_revision(user=editor)
        if number in (0, 5):
            with django_assert_max_num_queries(26):
                client.get("/admin/")


def test_an_app_adds_a_way_to_begin_for_whom_it_lets_in(client: Client) -> None:
    starts = [
        StoryStart("Dictate a story", "/dictate/", lambda user: True),
        StoryStart("Not for them", "/nowhere/", lambda user: False),
    ]
    client.force_login(make_editor())
    with hooks.register_temporarily("register_archive_story_start", lambda: starts):
        page = client.get("/admin/").content.decode()
    assert 'href="/dictate/"' in page
    assert "Not for them" not in page
