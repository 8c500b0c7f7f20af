"""The screen on which an editor confirms or refuses what was found."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from archive.contrib.reprints.models import StoryReuse
from tests.contrib.reprints.labelled import publish
from tests.factories import make_editor, make_translator

pytestmark = pytest.mark.django_db
LIST = "archive_reprints:list"


@pytest.fixture
def row() -> StoryReuse:
    publish("crane")
    publish("crane-cut", "harbour-post")
    return StoryReuse.objects.get()


def do(client: Client, verb: str, row: StoryReuse) -> Any:
    return client.post(reverse(LIST), {"do": f"{verb}:{row.pk}"}, follow=True)


def test_the_list_shows_both_stories_and_what_became_of_the_text(
    admin_client: Client, row: StoryReuse
) -> None:
    page = admin_client.get(reverse(LIST)).content.decode()
    assert row.earlier.title in page
    assert row.later.title in page
    assert "Shortened" in page
    assert f"{row.percent}% of the earlier text" in page


def test_a_decision_is_kept_and_written_into_both_histories(
    admin_client: Client, row: StoryReuse
) -> None:
    assert "different stories" in do(admin_client, "refuse", row).content.decode()
    row.refresh_from_db()
    assert (row.state, row.decided_by.username) == ("refused", "admin")
    assert "decided again" in do(admin_client, "reopen", row).content.decode()
    assert "one report" in do(admin_client, "confirm", row).content.decode()
    for page in (row.earlier, row.later):
        entries = PageLogEntry.objects.filter(page=page.pk, action__contains="reprint")
        assert [entry.action for entry in entries.order_by("pk")] == [
            "archive_reprints.refuse",
            "archive_reprints.reopen",
            "archive_reprints.confirm",
        ]
    entry = PageLogEntry.objects.get(page=row.earlier, action="archive_reprints.refuse")
    assert entry.message == f"Another story than “{row.later.title}”"


def test_only_who_may_publish_both_decides(client: Client, row: StoryReuse) -> None:
    client.force_login(make_editor("of-one", row.earlier.publication))
    assert row.later.title not in client.get(reverse(LIST)).content.decode()
    assert do(client, "refuse", row).status_code == 404
    client.force_login(make_editor("of-all"))
    assert do(client, "refuse", row).status_code == 200
    row.refresh_from_db()
    assert row.state == "refused"


def test_translators_have_no_part_in_it(client: Client, row: StoryReuse) -> None:
    client.force_login(make_translator())
    assert client.get(reverse(LIST)).status_code == 302


def test_a_request_that_says_nothing_changes_nothing(admin_client: Client, row: StoryReuse) -> None:
    assert "read" in do(admin_client, "nonsense", row).content.decode()
    assert admin_client.post(reverse(LIST), {"do": "refuse:x"}, follow=True).status_code == 404
    row.refresh_from_db()
    assert row.state == "found"


def test_the_list_takes_a_fixed_number_of_queries(
    admin_client: Client, row: StoryReuse, django_assert_max_num_queries: Any
) -> None:
    publish("crane-british", "third")
    admin_client.get(reverse(LIST))
    with django_assert_max_num_queries(16):
        admin_client.get(reverse(LIST))
