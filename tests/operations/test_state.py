"""Administrators see what failed, try it again, and when what runs by the clock last ran."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from archive.models import ArticlePage, CommandRun, FollowerDue, SearchDocument
from archive.operations import state
from archive.operations.routines import recorded, routines
from archive.operations.views import ADDRESS
from archive.publishing import due, followers
from tests.factories import make_article, make_editor

pytestmark = pytest.mark.django_db

# With failed work, and without.
QUERIES = 21


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> Callable[[Collection[int]], None]:
    """Have the search fail for these stories from now on."""
    broken: list[int] = []

    def index(pks: Collection[int]) -> None:
        if set(pks) & set(broken):
            raise ValueError("odd text")

    def break_(pks: Collection[int]) -> None:
        broken[:] = pks

    follower = replace(followers.SEARCH, follow=index, again=index)
    monkeypatch.setattr(followers, "SEARCH", follower)
    return break_


def shown(client: Client) -> str:
    answer = client.get(reverse(ADDRESS))
    assert answer.status_code == 200
    return answer.content.decode()


def failed(odd: Callable[[Collection[int]], None]) -> ArticlePage:
    story = make_article("Port opens")
    odd([story.pk])
    story.save_revision().publish()
    return story


def test_a_follower_that_fails_shows_at_once_with_its_error(odd: Any, admin_client: Client) -> None:
    assert "Nothing has failed." in shown(admin_client)
    story = failed(odd)
    page = shown(admin_client)
    assert "Port opens" in page
    assert reverse("wagtailadmin_pages:edit", args=[story.pk]) in page
    assert "ValueError: odd text" in page
    assert "check_archive search --repair" in page


def test_what_fails_again_and_again_is_set_aside_and_waits_for_try_again(
    odd: Any, admin_client: Client
) -> None:
    failed(odd)
    for _attempt in range(due.MOST_ATTEMPTS):
        FollowerDue.objects.update(due_at=timezone.now())
        followers.catch_up()
    row = FollowerDue.objects.get()
    assert row.attempts == due.MOST_ATTEMPTS
    assert "Set aside" in shown(admin_client)
    odd([])
    FollowerDue.objects.update(due_at=timezone.now())
    followers.catch_up()
    assert FollowerDue.objects.exists(), "Nobody takes it by itself."

    answer = admin_client.post(reverse(ADDRESS), {"row": row.pk}, follow=True)
    assert "1 piece of work is tried again." in answer.content.decode()
    assert not FollowerDue.objects.exists()
    assert "Nothing has failed." in shown(admin_client)


def test_all_is_tried_again_together(odd: Any, admin_client: Client) -> None:
    stories = [make_article(headline) for headline in ("Ships", "Quays")]
    odd([story.pk for story in stories])
    for story in stories:
        story.save_revision().publish()
    odd([])
    admin_client.post(reverse(ADDRESS))
    assert not FollowerDue.objects.exists()


@pytest.mark.parametrize("row", ["", "x", "9" * 30])
def test_a_row_that_cant_be_one_tries_nothing_again(
    row: str, odd: Any, admin_client: Client
) -> None:
    failed(odd)
    odd([])
    answer = admin_client.post(reverse(ADDRESS), {"row": row}, follow=True)
    assert "0 pieces of work are tried again." in answer.content.decode()
    assert FollowerDue.objects.exists()


def test_it_is_administrators_page(client: Client) -> None:
    client.force_login(make_editor())
    assert client.get(reverse(ADDRESS)).status_code == 302
    assert client.post(reverse(ADDRESS)).status_code == 302
    assert reverse(ADDRESS) not in client.get("/admin/").content.decode()


def test_a_page_with_many_failures_costs_no_more(
    odd: Any, admin_client: Client, django_assert_max_num_queries: Any
) -> None:
    shown(admin_client)
    with django_assert_max_num_queries(QUERIES):
        shown(admin_client)
    stories = [make_article(f"Ship {number}") for number in range(5)]
    odd([story.pk for story in stories])
    for story in stories:
        story.save_revision().publish()
    with django_assert_max_num_queries(QUERIES):
        assert shown(admin_client).count("ValueError") == len(stories)


def test_one_whose_process_ended_is_told(admin_client: Client) -> None:
    gone = Page.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    past = timezone.now() - timedelta(minutes=9)
    FollowerDue.objects.create(
        story=gone, follower="search index", due_at=past, is_taken=True, attempts=1
    )
    page = shown(admin_client)
    assert f"Deleted story {gone}" in page
    assert "Its process ended before it was done." in page


def test_the_search_that_lacks_a_story_is_told_with_the_way_out(admin_client: Client) -> None:
    make_article("Port opens").save_revision().publish()
    assert state.search_state().is_in_step
    SearchDocument.objects.all().delete()
    assert not state.search_state().is_in_step
    assert "Search index lacks published stories" in shown(admin_client)
    assert "Nothing is due that would put it right:" in shown(admin_client)


def test_tables_are_told_by_size(admin_client: Client) -> None:
    tables = state.largest_tables()
    sizes = [(one.bytes or 0, one.rows) for one in tables]
    assert sizes == sorted(sizes, reverse=True)
    assert len({one.name for one in tables}) == state.MOST_TABLES
    assert state.database_bytes() > 100_000


def run_of(command: str) -> CommandRun:
    return CommandRun.objects.get(command=command)


def test_a_backup_and_a_check_are_told(tmp_path: Path, admin_client: Client) -> None:
    make_article("Port opens").save_revision().publish()
    assert "Never ran" in shown(admin_client)
    call_command("archive_backup", str(tmp_path / "backup"), verbosity=0)
    ended = run_of("archive_backup").ended_at
    assert ended
    assert not run_of("archive_backup").error
    call_command("archive_backup", str(tmp_path / "backup"), "--verify", verbosity=0)
    assert run_of("archive_backup").ended_at == ended, "Looking at one makes none."
    SearchDocument.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("check_archive", verbosity=0)
    assert run_of("check_archive").error in shown(admin_client)
    CommandRun.objects.update(error="")
    call_command("check_archive", "search", "--repair", verbosity=0)
    assert run_of("check_archive").error == "", "A part says nothing of the whole."


def test_a_command_that_crashed_says_with_what() -> None:
    with pytest.raises(ZeroDivisionError), recorded("send_notices"):
        1 / 0  # noqa: B018
    assert "ZeroDivisionError" in run_of("send_notices").error
    with recorded("send_notices"):
        assert run_of("send_notices").ended_at is None
    assert run_of("send_notices").error == ""


def test_one_that_should_have_run_since_is_overdue(admin_client: Client) -> None:
    call_command("publish_scheduled")
    assert "Overdue" not in shown(admin_client)
    CommandRun.objects.update(began_at=timezone.now() - timedelta(hours=2))
    assert "Overdue" in shown(admin_client)


def test_every_routine_is_a_command_that_records_itself() -> None:
    commands = {one.command for one in routines()}
    assert {"archive_backup", "make_dump", "erase_report_emails"} <= commands
    found = {
        command
        for path in Path("archive").rglob("management/commands/*.py")
        if "recorded(" in path.read_text()
        for command in [path.stem]
    }
    assert found == commands
