"""What editors know from Wagtail works on a story: a test for each habit."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, PageSubscription, TaskState

from archive.desk.groups import STORY_REVIEWERS
from archive.models import ArticlePage
from archive.stories.actions import issue_for
from archive.text.language import CHINESE, ENGLISH, column
from tests.desk.helpers import Form, Person, again, edit_url, let_time_pass, page_text
from tests.factories import make_article, make_body, make_editor, make_user, translate
from tests.site.reading import address

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def article() -> ArticlePage:
    return make_article("Port opens", body=make_body("Ten ships came."))


@pytest.fixture
def editor() -> Person:
    return Person(make_editor())


def colleague(name: str = "colleague") -> Person:
    return Person(make_editor(name))


def read(page: Any, language: str = ENGLISH) -> tuple[int, str]:
    """What a reader gets at the page's address: the status, and the words."""
    response = Client().get(address(page, language))
    return response.status_code, response.content.decode()


def commented(form: Form, text: str, path: str) -> Form:
    """What the script of Wagtail's comments adds to the form."""
    values = {"text": text, "contentpath": path, "position": "", "id": ""}
    form.sneaks(**{f"comments-0-{name}": value for name, value in values.items()})
    for formset, count in (("comments", "1"), ("comments-0-replies", "0")):
        form.sneaks(**{f"{formset}-TOTAL_FORMS": count, f"{formset}-INITIAL_FORMS": "0"})
    return form


def test_comments_stand_at_a_field_and_reach_who_follows_the_story(
    article: ArticlePage, editor: Person, mailoutbox: list[Any]
) -> None:
    author = colleague("author")
    follows = {"user": author.user, "comment_notifications": True}
    PageSubscription.objects.create(page=article, **follows)
    path = column("headline", ENGLISH)
    commented(editor.edits(article), "Which port?", path).save()
    comment = Comment.objects.get(page=article)
    assert (comment.text, comment.contentpath, comment.user) == ("Which port?", path, editor.user)
    assert [mail.to for mail in mailoutbox] == [[author.user.email]]
    assert "Which port?" in page_text(author.client.get(edit_url(article)))
    assert "Which port?" not in read(again(article))[1]


def test_mails_about_comments_wait_until_the_form_has_let_the_story_go(
    article: ArticlePage, editor: Person, monkeypatch: Any
) -> None:
    depths = []

    def note_depth(mail: EmailMultiAlternatives) -> int:
        # The test's own transaction is one.
        depths.append(len(connection.atomic_blocks) - 1)
        return 1

    monkeypatch.setattr(EmailMultiAlternatives, "send", note_depth)
    author = colleague("author").user
    PageSubscription.objects.create(page=article, user=author, comment_notifications=True)
    commented(editor.edits(article), "Which port?", column("headline", ENGLISH)).save()
    assert depths == [0]


def test_the_user_bar_leads_from_the_page_to_its_form(article: ArticlePage, editor: Person) -> None:
    shown = editor.client.get(address(article, ENGLISH)).content.decode()
    assert "<wagtail-userbar>" in shown
    assert edit_url(article) in shown


@pytest.mark.exhaustive
def test_the_checks_look_at_the_preview_in_each_language(
    article: ArticlePage, editor: Person
) -> None:
    translate(article, headline="港口")
    form = editor.edits(article)
    assert "checker-axe-configuration" in form.response.content.decode()
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])
    assert editor.client.post(preview, form.data).json()["is_valid"]
    for language, headline in ((ENGLISH, "Port opens"), (CHINESE, "港口")):
        query = {"mode": language, "in_preview_panel": "true"}
        shown = editor.client.get(preview, query).content.decode()
        assert headline in shown
        assert "<wagtail-userbar>" in shown


def test_a_lock_keeps_a_story_for_who_has_set_it(article: ArticlePage, editor: Person) -> None:
    form = colleague().edits(article).type(headline_en="Stolen")
    editor.post("wagtailadmin_pages:lock", article.pk)
    form.refused()
    assert again(article).get_latest_revision_as_object().headline_en == "Port opens"
    editor.edits(article).type(headline_en="Mine").save()
    editor.post("wagtailadmin_pages:unlock", article.pk)
    assert not again(article).locked


@pytest.mark.exhaustive
def test_a_review_goes_back_and_forth_and_ends_in_publication(
    article: ArticlePage, editor: Person
) -> None:
    call_command("make_groups", workflow=True, verbosity=0)
    reviewer = Person(make_user("reviewer", Group.objects.get(name=STORY_REVIEWERS)))
    editor.edits(article).type(headline_en="Port opens late").save("submit")
    for verb, headline in (("reject", "Port opens"), ("approve", "Port opens late")):
        task = TaskState.objects.get(status="in_progress")
        reviewer.post("wagtailadmin_pages:workflow_action", article.pk, verb, task.pk, comment="")
        assert again(article).headline_en == headline
        if verb == "reject":
            editor.edits(article).save("restart-workflow")


@pytest.mark.exhaustive
def test_a_story_appears_and_goes_at_its_time(editor: Person) -> None:
    article, soon = make_article("Port opens", live=False), timezone.now() + timedelta(hours=1)
    editor.edits(article).go_live_at(soon).expire_at(soon + timedelta(days=1)).publish()
    assert read(again(article))[0] == 404
    let_time_pass(article)
    assert read(again(article))[0] == 200
    let_time_pass(article)
    assert again(article).expired
    assert read(again(article))[0] == 410


@pytest.mark.exhaustive
def test_versions_are_compared_and_an_old_one_comes_back(
    article: ArticlePage, editor: Person
) -> None:
    old = article.latest_revision
    editor.edits(article).type(headline_en="Port closes").publish()
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[article.pk, old.pk, "live"])
    shown = editor.client.get(compare).content.decode()
    assert "<del>opens</del>" in shown
    assert "<ins>closes</ins>" in shown
    editor.reverts(article, old).publish()
    assert again(article).headline_en == "Port opens"


def test_a_copy_is_a_draft_of_its_own(article: ArticlePage, editor: Person) -> None:
    copy = editor.copies(article, article.get_parent(), "copy")
    assert (copy.live, copy.source("body")[0].value.source) == (False, "<p>Ten ships came.</p>")
    editor.edits(copy).type(headline_en="Another port").publish()
    assert again(article).headline_en == "Port opens"


def test_a_move_takes_the_date_of_the_new_issue_and_leaves_a_way(
    article: ArticlePage, editor: Person
) -> None:
    before = address(article, ENGLISH)
    later = issue_for(article.publication, article.print_date + timedelta(days=1))
    editor.post("wagtailadmin_pages:move_confirm", article.pk, later.pk)
    assert again(article).print_date == later.print_date
    response = Client().get(before, follow=True)
    assert response.redirect_chain[-1][0].endswith(address(again(article), ENGLISH))
    assert response.status_code == 200


@pytest.mark.exhaustive
def test_an_alias_says_what_its_original_says(article: ArticlePage, editor: Person) -> None:
    later = issue_for(article.publication, article.print_date + timedelta(days=1))
    alias = editor.copies(article, later, "port-opens", alias="on")
    editor.edits(article).type(headline_en="Port opens late").publish()
    assert "Port opens late" in read(again(alias))[1]
    assert "alias" in page_text(editor.client.get(edit_url(alias))).lower()


@pytest.mark.parametrize(
    "verb",
    [
        "publish",
        pytest.param("unpublish", marks=pytest.mark.exhaustive),
        pytest.param("delete", marks=pytest.mark.exhaustive),
    ],
)
def test_bulk_actions_take_many_stories_at_once(editor: Person, verb: str) -> None:
    stories = [make_article(f"Story {n}", live=verb != "publish") for n in range(2)]
    url = reverse("wagtail_bulk_action", args=["archive", "articlepage", verb])
    query = "&".join(f"id={story.pk}" for story in stories)
    assert editor.client.get(f"{url}?{query}").status_code == 200
    assert editor.client.post(f"{url}?{query}&next=/admin/").status_code == 302
    left = ArticlePage.objects.values_list("live", flat=True)
    assert list(left) == {"unpublish": [False] * 2, "publish": [True] * 2, "delete": []}[verb]


@pytest.mark.parametrize("language", [pytest.param(ENGLISH, marks=pytest.mark.exhaustive), CHINESE])
def test_a_new_slug_leaves_a_redirect_in_both_languages(
    article: ArticlePage, editor: Person, language: str
) -> None:
    translate(article, headline="港口")
    before = address(article, language)
    editor.edits(article).type(slug="harbour").publish()
    response = Client().get(before)
    assert response.status_code == 301
    assert response.url.endswith(address(again(article), language))


def test_the_history_says_who_did_what(article: ArticlePage, editor: Person) -> None:
    editor.edits(article).type(headline_en="Port closes").save()
    editor.unpublishes(article)
    path = reverse("wagtailadmin_pages:history", args=[article.pk])
    shown = page_text(editor.client.get(path))
    assert "Draft saved" in shown
    assert "Unpublished" in shown
    assert editor.user.username in shown


def test_privacy_keeps_a_story_from_strangers(article: ArticlePage, editor: Person) -> None:
    data = {"restriction_type": "login"}
    editor.post("wagtailadmin_pages:set_privacy", article.pk, **data)
    status, text = read(article)
    assert status == 302
    assert "Ten ships" not in text
    assert editor.client.get(address(article, ENGLISH)).status_code == 200
    assert "Port opens" not in Client().get("/en/").content.decode()


@pytest.mark.exhaustive
def test_the_reports_know_the_story(article: ArticlePage) -> None:
    call_command("make_groups", workflow=True, verbosity=0)
    boss = Person(make_user("boss", is_superuser=True))
    boss.edits(article).save("submit")
    boss.post("wagtailadmin_pages:lock", article.pk)
    for report in ("locked_pages", "workflow", "workflow_tasks", "site_history", "aging_pages"):
        shown = boss.client.get(reverse(f"wagtailadmin_reports:{report}"))
        assert "Port opens" in shown.content.decode(), report
