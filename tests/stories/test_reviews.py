"""A story that somebody else must approve: who hears of it, opens it, and whose it is meanwhile."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from wagtail import VERSION as WAGTAIL_VERSION
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowPage, WorkflowTask

from archive.desk.groups import EDITORS, STORY_REVIEWERS, STORY_TASK, STORY_WORKFLOW
from archive.models import ArticlePage
from archive.stories.reviews import reviews_address
from tests.desk.helpers import Person, again, edit_url, page_text
from tests.factories import make_article, make_home, make_publication, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
# Before 8.0 a story's decision in Wagtail's list has a view of Wagtail's own, which says nothing.
REMINDER = "changed without a correction note"
WAYS = ["form", "list"] if WAGTAIL_VERSION >= (8,) else ["form"]


@pytest.fixture(autouse=True)
def _set_up() -> None:
    make_publication()
    call_command("make_groups", workflow=True, verbosity=0)
    cache.clear()


def member(name: str, group: str, **names: str) -> Person:
    return Person(make_user(name, Group.objects.get(name=group), **names))


@pytest.fixture
def editor() -> Person:
    return member("evelyn", EDITORS)


@pytest.fixture
def reviewer() -> Person:
    return member("lin", STORY_REVIEWERS, first_name="Jing", last_name="Lin")


@pytest.fixture
def article(editor: Person, reviewer: Person) -> ArticlePage:
    """A new story below its publication, which waits for its review."""
    story = make_article("Port opens", live=False)
    story.move(make_publication(), "last-child")
    editor.edits(again(story)).save("submit")
    return again(story)


def dashboard(person: Person) -> str:
    return person.client.get(reverse("wagtailadmin_home")).content.decode()


def decide(person: Person, article: ArticlePage, verb: str) -> Any:
    task = TaskState.objects.get(status="in_progress")
    name = "wagtailadmin_pages:workflow_action"
    return person.post(name, article.pk, verb, task.pk, comment="Shorter, please")


def test_a_reviewer_finds_what_waits_with_a_number_and_opens_it(
    article: ArticlePage, reviewer: Person
) -> None:
    shown = dashboard(reviewer)
    assert '"data-archive-count": "1"' in shown
    assert "1 draft awaits your review" in shown
    assert edit_url(article) in shown
    assert reviewer.client.get(edit_url(article)).status_code == 200
    assert "awaits your review" not in dashboard(member("other", EDITORS))


def test_its_mails_wait_until_the_form_has_let_the_story_go(
    article: ArticlePage, editor: Person, reviewer: Person, monkeypatch: Any, mailoutbox: Any
) -> None:
    send, depths = EmailMultiAlternatives.send, []

    def send_and_note(mail: EmailMultiAlternatives) -> int:
        # The test's own transaction is one.
        depths.append(len(connection.atomic_blocks) - 1)
        return send(mail)

    monkeypatch.setattr(EmailMultiAlternatives, "send", send_and_note)
    decide(reviewer, article, "reject")
    editor.edits(article).save("submit")
    assert [one.to for one in mailoutbox[-2:]] == [[editor.user.email], [reviewer.user.email]]
    assert depths == [0, 0]


@pytest.mark.parametrize("way", ["list", "form"])
def test_an_approval_reminds_of_a_correction_note(
    article: ArticlePage, editor: Person, reviewer: Person, way: str
) -> None:
    decide(reviewer, article, "approve")
    assert REMINDER not in dashboard(reviewer)
    editor.edits(article).type(headline_en="Port opens late").save("submit")
    if way == "list":
        decide(reviewer, article, "approve")
    else:
        reviewer.edits(article).sneaks(**{"workflow-action-name": "approve"}).save(
            "workflow-action"
        )
    assert again(article).headline_en == "Port opens late"
    assert (REMINDER in dashboard(reviewer)) is (way in WAYS)


@pytest.mark.parametrize("way", ["list", "form"])
def test_an_approval_publishes_the_story_in_its_issue(
    article: ArticlePage, reviewer: Person, way: str
) -> None:
    title = "Port opens"
    if way == "list":
        assert decide(reviewer, article, "approve").status_code == 302
    else:
        title = "Port opens at last"
        form = reviewer.edits(article).type(headline_en=title)
        form.sneaks(**{"workflow-action-name": "approve"}).save("workflow-action")
        assert form.saved_to == reviews_address()
    assert way not in WAYS or f"“{title}” was approved and published." in dashboard(reviewer)
    assert again(article).live
    assert "/2015/09/22/port-opens" in again(article).url_path
    assert '"data-archive-count"' not in dashboard(reviewer)


def test_what_is_sent_back_says_so_wherever_its_author_meets_it(
    article: ArticlePage, editor: Person, reviewer: Person
) -> None:
    missing = reverse("archive_stories:missing", args=[article.pk])
    screens = [reverse("wagtailadmin_home"), reverse("stories:index"), missing]
    decide(reviewer, article, "reject")
    for screen in screens:
        shown = page_text(editor.client.get(screen))
        assert "Jing Lin sent it back, " in shown
        assert "Shorter, please" in shown
        assert "Nothing is missing" not in shown
    editor.edits(article).save("submit")
    for screen in screens:
        assert "Shorter, please" not in page_text(editor.client.get(screen))


@pytest.mark.parametrize("way", WAYS)
def test_a_reviewer_who_sends_a_story_back_is_told_so(
    article: ArticlePage, reviewer: Person, way: str
) -> None:
    if way == "list":
        decide(reviewer, article, "reject")
    else:
        form = reviewer.edits(article)
        form.sneaks(**{"workflow-action-name": "reject"}).save("workflow-action")
    shown = dashboard(reviewer)
    assert "“Port opens” was sent back for changes." in shown
    assert "has been updated" not in shown


@pytest.mark.exhaustive
def test_what_is_sent_back_is_the_author_s_again(
    article: ArticlePage, editor: Person, reviewer: Person
) -> None:
    decide(reviewer, article, "reject")
    assert not again(article).live
    assert "Shorter, please" in page_text(editor.client.get(edit_url(article)))
    editor.edits(article).type(headline_en="Port opens again").save()


def test_who_may_not_edit_it_meanwhile_sees_who_has_it(
    article: ArticlePage, editor: Person
) -> None:
    shown = page_text(editor.client.get(edit_url(article)))
    assert "It waits for review by Jing Lin." in shown
    Group.objects.get(name=STORY_REVIEWERS).user_set.clear()
    shown = page_text(editor.client.get(edit_url(article)))
    assert "Nobody is in the groups that review it" in shown


def test_the_set_up_takes_the_place_of_a_workflow_that_reaches_nobody() -> None:
    assert make_article().get_workflow().name == STORY_WORKFLOW
    call_command("make_groups", workflow=True, verbosity=0)
    assert GroupApprovalTask.objects.filter(name=STORY_TASK).count() == 1


def test_a_workflow_of_the_site_s_own_stays() -> None:
    WorkflowPage.objects.all().delete()
    chiefs = Group.objects.create(name="Chiefs")
    make_user("chief", chiefs)
    task = GroupApprovalTask.objects.create(name="Chief's eye")
    task.groups.add(chiefs)
    workflow = Workflow.objects.create(name="Ours")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(page=make_home(), workflow=workflow)
    call_command("make_groups", workflow=True, verbosity=0)
    assert make_article().get_workflow() == workflow
