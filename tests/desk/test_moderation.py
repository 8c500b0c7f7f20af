"""A translation that somebody else must approve: its way to readers, and its state in lists."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import (
    GroupApprovalTask,
    TaskState,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)
from wagtail.users.models import UserProfile

from archive.desk.editor.forms import TARGET, field_name
from archive.desk.segments import rows
from archive.models import ArticlePage, Translation
from tests.desk.helpers import Person, again, page_text, source_words, target_words, translation_of
from tests.factories import make_article, make_editor, make_translator

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> ArticlePage:
    return make_article()


@pytest.fixture
def junior() -> Person:
    return Person(make_translator("junior", may_publish=False))


@pytest.fixture
def reviewer() -> Person:
    """May approve: with Wagtail, whoever approves last also needs the right to publish."""
    user = make_translator("reviewer")
    group = Group.objects.create(name="Reviewers")
    user.groups.add(group)
    task = GroupApprovalTask.objects.create(name="Review")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Translations")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowContentType.objects.create(
        workflow=workflow, content_type=Translation.get_content_type()
    )
    return Person(user)


def state(article: ArticlePage) -> str:
    return again(article).translation_state


def decide(reviewer: Person, translation: Translation, verb: str, **headers: str) -> Any:
    """Approve or reject from the list of what awaits review: no form of segments is posted."""
    return reviewer.client.post(
        decision_url(translation, verb), {"comment": "Well"}, headers=headers
    )


def decision_url(translation: Translation, verb: str) -> str:
    task = TaskState.objects.get(workflow_state__object_id=translation.pk, status="in_progress")
    args = [translation.pk, verb, task.pk]
    return reverse("wagtailsnippets_archive_translation:workflow_action", args=args)


def test_no_main_button_withdraws_a_translation_from_its_review(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    shown = junior.client.get(translation.get_edit_url()).content.decode()
    footer = shown[shown.index("<footer") :]
    buttons = re.findall(r"<button[^>]*class=\"button[^>]*>", footer)
    names = [re.findall(r'name="([^"]+)"', button) for button in buttons]
    assert names[0] == []
    assert "disabled" in buttons[0]
    assert ["action-cancel-workflow"] in names[1:]


@pytest.mark.parametrize("steps", [1, 2])
def test_who_approves_last_has_one_button_that_publishes(
    article: ArticlePage, junior: Person, reviewer: Person, steps: int
) -> None:
    translation = translation_of(article)
    if steps > 1:
        workflow = Workflow.objects.get(name="Translations")
        later = GroupApprovalTask.objects.create(name="Chief")
        WorkflowTask.objects.create(workflow=workflow, task=later, sort_order=1)
    junior.edits(translation).fill("译").save("submit")
    shown = reviewer.client.get(translation.get_edit_url()).content.decode()
    assert 'data-workflow-action-name="approve"' in shown
    assert ('name="action-publish"' in shown) == (steps > 1)


def test_the_way_from_draft_to_readers(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    assert state(article) == "not_started"
    junior.edits(translation).fill("译").save()
    assert state(article) == "in_progress"
    junior.edits(translation).save("submit")
    assert state(article) == "in_review"
    assert not target_words(article)
    decide(reviewer, translation, "approve")
    assert state(article) == "published"
    assert "译之0" in target_words(article)


def states_of(translation: Translation) -> set[str]:
    """Those of the rows that readers have, and of the newest version."""
    stored = set(translation.segments.model.objects.filter(translation=translation.pk))
    version = again(translation).latest_revision.content["segments"]
    return {one.state for one in stored} | {one["state"] for one in version}


def test_approval_by_another_person_reviews_every_segment(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    decide(reviewer, translation, "approve")
    assert states_of(translation) == {"reviewed"}
    found = again(translation)
    assert found.reviewed_count == found.done_count == found.segment_count
    assert found.segments.first().translated_by == junior.user


def test_what_comes_back_and_is_nobodys_is_whose_handed_it_in(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    decide(reviewer, translation, "reject")
    assert again(translation).assignee == junior.user
    # It stands there once: as one's own.
    shown = page_text(junior.client.get(reverse("wagtailadmin_home")))
    assert "1 translation is waiting for you." in shown
    assert "Unassigned" not in shown


def test_what_comes_back_stays_its_assignees(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    other = make_translator("other")
    Translation.objects.filter(pk=translation.pk).update(assignee=other)
    junior.edits(translation).fill("译").save("submit")
    decide(reviewer, translation, "reject")
    assert again(translation).assignee == other


def test_a_rejected_translation_goes_back_and_may_be_handed_in_again(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    decide(reviewer, translation, "reject")
    assert state(article) == "in_progress"
    assert not target_words(article)
    junior.edits(translation).fill("再译").save("submit")
    assert state(article) == "in_review"
    decide(reviewer, translation, "approve")
    assert "再译之0" in target_words(article)


def test_what_is_under_review_is_locked_for_its_translator(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    form = junior.edits(translation).fill("译")
    form.save("submit")
    late = junior.edits(translation).fill("偷改")
    late.refused()
    assert not late.autosave()["success"]
    decide(reviewer, translation, "approve")
    assert "偷改" not in target_words(article)


def test_a_reviewer_corrects_and_approves_in_the_form(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    form = reviewer.edits(translation).put("headline", "改好的标题")
    form.save("workflow-action", **{"workflow-action-name": "approve"})
    assert "改好的标题" in target_words(article)
    assert "译之1" in target_words(article)
    assert state(article) == "published"
    # Nobody reviews what they wrote themselves.
    assert states_of(translation) == {"reviewed", "confirmed"}
    assert again(translation).segments.get(key="headline").state == "confirmed"


@pytest.mark.parametrize(
    ("verb", "said"), [("approve", "approved and published"), ("reject", "sent back")]
)
def test_the_form_says_what_the_reviewer_has_done(
    article: ArticlePage, junior: Person, reviewer: Person, verb: str, said: str
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    reviewer.edits(translation).save("workflow-action", **{"workflow-action-name": verb})
    assert said in page_text(reviewer.client.get(reverse("wagtailadmin_home")))


@pytest.mark.parametrize(
    ("verb", "said"), [("approve", "approved and published"), ("reject", "sent back")]
)
def test_the_list_of_what_awaits_review_says_what_was_done(
    article: ArticlePage, junior: Person, reviewer: Person, verb: str, said: str
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    decide(reviewer, translation, verb)
    assert said in page_text(reviewer.client.get(reverse("wagtailadmin_home")))


def test_a_reviewer_is_told_what_is_stale_or_unconfirmed_before_approving(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    count = len(junior.edits(translation).keys())
    Person(make_editor()).edits(article).type(headline_en="Changed").publish()
    shown = page_text(reviewer.client.get(translation.get_edit_url()))
    assert "Segments whose source has changed since, as readers are told: <b>1</b>" in shown
    assert f"Unconfirmed drafts, which an approval confirms: <b>{count - 1}</b>" in shown


def test_an_approval_from_the_dashboard_meets_the_form_where_drafts_are_left(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    url, form = decision_url(translation, "approve"), translation.get_edit_url()
    led = reviewer.client.post(url, follow=True)
    assert led.redirect_chain[-1][0] == form
    assert "is not approved yet" in page_text(led)
    assert "Unconfirmed drafts" in page_text(led)
    assert reviewer.client.get(url).json() == {"step": "success", "redirect": form}
    assert state(article) == "in_review"


def test_an_approval_from_the_dashboard_goes_through_where_all_is_confirmed(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    draft = again(translation).get_latest_revision_as_object()
    for segment in draft.segments.all():
        segment.state = "confirmed"
    draft.latest_revision.content = draft.serializable_data()
    draft.latest_revision.save()
    assert reviewer.client.get(decision_url(translation, "approve")).json()["step"] == "action"
    reviewer.client.post(decision_url(translation, "approve"))
    assert state(article) == "published"


APPROVE = {"workflow-action-name": "approve"}


def test_an_approval_asks_where_the_source_was_changed_since_the_form_was_opened(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    form = reviewer.edits(translation)
    Person(make_editor()).edits(article).type(headline_en="Changed").publish()
    assert "isn’t the one that was translated: 1." in form.refused("workflow-action", **APPROVE)
    assert state(article) == "in_review"
    # Whoever has been told goes on.
    form.save("workflow-action", **APPROVE)
    assert again(translation).live


def test_an_approval_asks_where_others_have_changed_words_that_it_has_not_shown(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    other = make_translator("other")
    other.groups.add(Group.objects.get(name="Reviewers"))
    form = reviewer.edits(translation)
    Person(other).edits(translation).put("headline", "没人看过的标题").save()
    shown = form.refused("workflow-action", **APPROVE)
    assert "Others have changed these segments since this form was opened: 1." in shown
    assert form.shows("headline") == "没人看过的标题"
    assert not again(translation).live
    form.save("workflow-action", **APPROVE)
    assert "没人看过的标题" in target_words(article)


def test_a_comment_approves_nothing_whose_source_was_changed_meanwhile(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    Person(make_editor()).edits(article).type(headline_en="Changed").publish()
    decide(reviewer, translation, "approve")
    assert not again(translation).live
    assert "Your comment was not sent: “Well”" in page_text(reviewer.client.get("/admin/"))


def test_a_reviewer_may_reject_what_is_not_finished(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    form = reviewer.edits(translation)
    form.put(form.keys()[1], "")
    extra = {"workflow-action-name": "reject", "workflow-action-extra-data": '{"comment": "No"}'}
    form.save("workflow-action", **extra)
    assert state(article) == "in_progress"


def test_a_reviewer_cannot_approve_holes_in_the_form(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    form = reviewer.edits(translation).put("headline", "改题")
    form.put(form.keys()[1], "")
    assert "改题" in form.refused("workflow-action", **{"workflow-action-name": "approve"})
    assert state(article) == "in_review"
    assert not target_words(article)


@pytest.mark.parametrize("asked_by_script", [True, False])
def test_no_headline_no_approval_and_the_reviewer_is_told(
    article: ArticlePage, junior: Person, reviewer: Person, asked_by_script: bool
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    reviewer.edits(translation).put("headline", "").save()
    headers = {"X-Requested-With": "XMLHttpRequest"} if asked_by_script else {}
    response = decide(reviewer, translation, "approve", **headers)
    assert response.status_code == (200 if asked_by_script else 302)
    assert "can't be published without a headline" in page_text(reviewer.client.get("/admin/"))
    assert state(article) == "in_review"
    assert not again(translation).live
    assert not target_words(article)


def test_an_approval_publishes_what_was_reviewed_and_leaves_the_source_alone(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    editor = Person(make_editor())
    junior.edits(translation).fill("译").save("submit")
    editor.edits(article).type(headline_en="Published meanwhile").publish()
    editor.edits(article).type(headline_en="Only a draft").save()
    reviewer.edits(translation).save("workflow-action", **APPROVE)
    assert "Published meanwhile" in source_words(article)
    assert "译之0" in target_words(article)
    assert state(article) == "source_changed"


def test_a_cancelled_review_shows_in_the_state(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    junior.edits(translation).save("cancel-workflow")
    shown = page_text(junior.client.get(translation.get_edit_url()))
    assert "was cancelled. Its translation can be edited again." in shown
    assert state(article) == "in_progress"


def test_publishing_past_the_review_ends_it(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    junior.edits(translation).fill("译").save("submit")
    chief = Person(make_translator("chief"))
    chief.user.is_superuser = True
    chief.user.save()
    chief.edits(translation).fill("定稿").publish()
    assert "定稿之0" in target_words(article)
    assert state(article) == "published"
    assert not again(translation).workflow_in_progress


def test_a_locked_translation_is_its_lockers_alone(article: ArticlePage) -> None:
    translation = translation_of(article)
    first, second = Person(make_translator("first")), Person(make_translator("second"))
    first.post("wagtailsnippets_archive_translation:lock", translation.pk)
    form = second.edits(translation)
    form.data[field_name(TARGET, "headline")] = "外人"
    assert "locked" in form.refused("publish")
    assert not target_words(article)
    first.edits(translation).fill("译").publish()
    second.post("wagtailsnippets_archive_translation:unlock", translation.pk)
    assert "译之0" in target_words(article)
    first.post("wagtailsnippets_archive_translation:unlock", translation.pk)
    second.edits(translation).fill("后").publish()
    assert "后之0" in target_words(article)


def test_a_locked_story_does_not_stop_its_translator(article: ArticlePage) -> None:
    editor, translator = Person(make_editor()), Person(make_translator())
    editor.post("wagtailadmin_pages:lock", article.pk)
    translator.edits(translation_of(article)).fill("译").publish()
    assert "译之0" in target_words(article)
    assert again(article).locked


def screen_of(person: Person, translation: Translation) -> str:
    return str(person.client.get(translation.get_edit_url()).content.decode())


def handed_in(junior: Person, translation: Translation) -> None:
    junior.edits(translation).fill("译").save("submit")


def test_the_desk_says_why_it_came_back_and_what_was_changed(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    handed_in(junior, translation)
    reviewer.edits(translation).put("headline", "改过的标题").save()
    assert "Changed in the review" in screen_of(reviewer, translation)
    decide(reviewer, translation, "reject")
    screen = screen_of(junior, translation)
    assert "<q>Well</q>" in screen
    assert "1 segment was changed in the review:" in screen
    assert screen.count("data-desk-tracked") == 1
    assert "<ins>改过的标题</ins>" in screen
    assert '<option value="changed">' in screen


def test_what_the_translator_takes_back_or_writes_anew_is_no_change_of_the_review(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    handed_in(junior, translation)
    reviewer.edits(translation).put("headline", "改过的标题").save()
    decide(reviewer, translation, "reject")
    junior.edits(translation).put("headline", "译者的标题").save()
    assert "data-desk-tracked" not in screen_of(junior, translation)
    handed_in(junior, translation)
    assert "<q>Well</q>" not in screen_of(junior, translation)


def test_what_a_colleague_corrects_after_it_came_back_is_no_change_of_the_review(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    translation = translation_of(article)
    handed_in(junior, translation)
    decide(reviewer, translation, "reject")
    colleague = Person(make_translator("colleague"))
    colleague.edits(translation).put("headline", "同事改的标题").save()
    assert "data-desk-tracked" not in screen_of(junior, translation)


@pytest.mark.parametrize("way", ["submit", "restart-workflow"])
def test_what_was_reworked_since_it_was_sent_back_is_shown_to_its_reviewer(
    article: ArticlePage, junior: Person, reviewer: Person, way: str
) -> None:
    translation = translation_of(article)
    handed_in(junior, translation)
    assert "data-desk-tracked" not in screen_of(reviewer, translation)
    reviewer.edits(translation).put("headline", "审者的标题").save()
    decide(reviewer, translation, "reject")
    key = rows(translation)[1].source.key
    junior.edits(translation).put(key, "重写的文字").save(way)
    screen = screen_of(reviewer, translation)
    assert "1 segment was reworked since the review before:" in screen
    assert screen.count("Reworked since it was sent back") == 1
    assert "重写" in screen[screen.index("data-desk-tracked") :]
    assert '<option value="changed">Reworked, or changed in review' in screen
    # What the reviewer changes now is said as before.
    reviewer.edits(translation).put("headline", "再改的标题").save()
    screen = screen_of(reviewer, translation)
    assert "1 segment was changed in the review:" in screen
    decide(reviewer, translation, "reject")
    assert "Reworked since" not in screen_of(junior, translation)


def test_a_reviewer_is_told_on_the_dashboard(
    article: ArticlePage, junior: Person, reviewer: Person
) -> None:
    handed_in(junior, translation_of(article))
    page = page_text(reviewer.client.get(reverse("wagtailadmin_home")))
    assert "1 translation awaits your review" in page
    assert "No translation is waiting for you." not in page


def address_in(body: str, words: str) -> str:
    return next(line for line in body.splitlines() if line.startswith(words)).split()[-1]


def test_mails_lead_to_the_desk_and_to_the_preview(
    article: ArticlePage, junior: Person, reviewer: Person, settings: Any, mailoutbox: Any
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://desk.example"
    translation = translation_of(article)
    handed_in(junior, translation)
    [mail] = [one for one in mailoutbox if one.to == [reviewer.user.email]]
    assert mail.subject == f"To review: the translation of “{article.title}”"
    for words in ("On the desk:", "As readers will see it:"):
        address = address_in(mail.body, words)
        assert address.startswith("https://desk.example/")
        path = address.removeprefix("https://desk.example")
        assert reviewer.client.get(path).status_code == 200


def test_a_mail_says_why_it_came_back_in_the_readers_language(
    article: ArticlePage, junior: Person, reviewer: Person, settings: Any, mailoutbox: Any
) -> None:
    settings.WAGTAILADMIN_NOTIFICATION_USE_HTML = True
    UserProfile.objects.filter(user=junior.user).update(preferred_language="zh-hans")
    translation = translation_of(article)
    handed_in(junior, translation)
    reviewer.edits(translation).put("headline", "改过的标题").save()
    decide(reviewer, translation, "reject")
    [mail] = [one for one in mailoutbox if one.to == [junior.user.email]]
    assert mail.subject == f"退回修改：《{article.title}》的译文"
    assert "审核意见：Well" in mail.body
    assert "审核中改动了1个句段。" in mail.body
    assert "审核意见：Well" in mail.alternatives[0][0]
