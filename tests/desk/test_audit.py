"""Who did what to a translation, and when: nothing changes its state without an entry."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, TaskState

from archive.desk.groups import REVIEWERS, TRANSLATORS
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.models import ArticlePage, Translation, Urgency
from tests.desk.helpers import (
    Person,
    again,
    let_time_pass,
    page_text,
    target_words,
    translation_of,
)
from tests.factories import make_article, make_user, translate

pytestmark = pytest.mark.django_db

SNIPPET = "wagtailsnippets_archive_translation"


@pytest.fixture
def article() -> ArticlePage:
    return make_article()


@pytest.fixture
def team() -> dict[str, Person]:
    """A translator who hands in and a reviewer who decides, as the command makes them."""
    call_command("make_groups", workflow=True, verbosity=0)
    people = {}
    for name, group in (("translator", TRANSLATORS), ("reviewer", REVIEWERS)):
        user = make_user(name)
        user.groups.add(Group.objects.get(name=group))
        people[name] = Person(user)
    return people


def entries(article: ArticlePage) -> list[tuple[str, str]]:
    """(action, user name), oldest first."""
    found = ModelLogEntry.objects.for_instance(translation_of(article)).order_by("timestamp", "pk")
    return [(entry.action, entry.user.username if entry.user else "") for entry in found]


def decide(reviewer: Person, translation: Translation, verb: str) -> Any:
    task = TaskState.objects.get(workflow_state__object_id=translation.pk, status="in_progress")
    return reviewer.post(f"{SNIPPET}:workflow_action", translation.pk, verb, task.pk, comment="")


@pytest.mark.parametrize(
    ("step", "action"),
    [
        (lambda p, t: p.edits(t).fill("新").save(), "wagtail.edit"),
        (lambda p, t: p.edits(t).fill("新").publish(), "wagtail.publish"),
        (lambda p, t: p.unpublishes(t), "wagtail.unpublish"),
        (lambda p, t: p.post(f"{SNIPPET}:lock", t.pk), "wagtail.lock"),
        (
            lambda p, t: save_segments(
                t, [SegmentChange("headline", "题", base=base_of(t))], user=p.user
            ),
            "wagtail.edit",
        ),
    ],
    ids=["save", "publish", "unpublish", "lock", "save a segment"],
)
def test_each_step_has_its_entry(
    article: ArticlePage, translator: Person, step: Any, action: str
) -> None:
    translate(article)
    before = entries(article)
    step(translator, translation_of(article))
    assert (action, "translator") in entries(article)[len(before) :]


def base_of(translation: Translation) -> str:
    return version_of(translation.segments.get(key="headline"))


def test_unlocking_and_reverting_have_theirs(article: ArticlePage, translator: Person) -> None:
    translation = translation_of(article)
    translator.edits(translation).fill("旧").publish()
    old = again(translation).latest_revision
    translator.edits(translation).fill("新").publish()
    translator.post(f"{SNIPPET}:lock", translation.pk)
    translator.post(f"{SNIPPET}:unlock", translation.pk)
    translator.reverts(translation, old).save()
    actions = [action for action, _name in entries(article)]
    assert "wagtail.unlock" in actions
    assert actions[-1] == "wagtail.revert"


def test_the_way_through_review_has_an_entry_a_step(
    article: ArticlePage, team: dict[str, Person]
) -> None:
    translation = translation_of(article)
    team["translator"].edits(translation).fill("译").save("submit")
    decide(team["reviewer"], translation, "reject")
    team["translator"].edits(translation).save("submit")
    decide(team["reviewer"], translation, "approve")
    told = entries(article)
    assert ("wagtail.workflow.start", "translator") in told
    assert ("wagtail.workflow.reject", "reviewer") in told
    assert ("wagtail.workflow.resume", "translator") in told
    assert ("wagtail.workflow.approve", "reviewer") in told
    assert ("wagtail.publish", "reviewer") in told
    assert "译之0" in target_words(article)


def test_a_schedule_and_what_it_does_have_theirs(article: ArticlePage, translator: Person) -> None:
    translation = translation_of(article)
    form = translator.edits(translation).fill("译")
    form.go_live_at(timezone.now() + timedelta(hours=1)).publish()
    assert entries(article)[-1] == ("wagtail.publish.schedule", "translator")
    let_time_pass(translation)
    assert entries(article)[-1][0] == "wagtail.publish.scheduled"


def test_the_history_tells_it_all_by_name(article: ArticlePage, team: dict[str, Person]) -> None:
    translation = translation_of(article)
    team["translator"].edits(translation).fill("译").save("submit")
    decide(team["reviewer"], translation, "approve")
    url = reverse(f"{SNIPPET}:history", args=[translation.pk])
    shown = page_text(team["translator"].client.get(url))
    for words in ("'Translation review 译文审核' started", "Approved", "Published", "reviewer"):
        assert words in shown


def test_two_versions_are_compared_segment_by_segment(
    article: ArticlePage, translator: Person
) -> None:
    translation = translation_of(article)
    translator.edits(translation).put("headline", "湛江与美国").save()
    translator.edits(translation).put("headline", "湛江与英国").save()
    url = reverse(f"{SNIPPET}:revisions_compare", args=[translation.pk, "earliest", "latest"])
    shown = translator.client.get(url).content.decode()
    assert '<span class="deletion">' in shown
    assert '<span class="addition">' in shown
    # By the number of its row at the desk.
    assert "1 Headline" in shown


def test_reverting_brings_words_back_and_leaves_the_queues_facts(
    article: ArticlePage, translator: Person
) -> None:
    translation = translation_of(article)
    translator.edits(translation).fill("旧").publish()
    old = again(translation).latest_revision
    translator.edits(translation).fill("新").publish()
    Translation.objects.filter(pk=translation.pk).update(
        urgency=Urgency.HIGH, assignee=translator.user
    )
    translator.reverts(translation, old).publish()
    assert "旧之0" in target_words(article)
    row = again(translation)
    assert (row.urgency, row.assignee) == (Urgency.HIGH, translator.user)
