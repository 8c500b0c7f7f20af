"""What one owner schedules goes live, or off, on its own: the other language stays as it is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from archive.models import ArticlePage
from archive.text.language import CHINESE, ENGLISH
from tests.desk.helpers import (
    Person,
    again,
    let_time_pass,
    source_words,
    target_words,
    translation_of,
)
from tests.factories import block as make_block
from tests.factories import make_article, make_editor, make_image, make_translator, translate

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)


# Each reads the language that the other writes.


@pytest.fixture
def editor() -> Person:
    return Person(make_editor(), CHINESE)


@pytest.fixture
def translator() -> Person:
    return Person(make_translator(), ENGLISH)


@pytest.fixture
def article() -> ArticlePage:
    return make_article()


def test_a_scheduled_translation_goes_live_alone(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    editor.edits(article).type(headline_en="An unpublished draft").save()
    form = translator.edits(translation_of(article)).fill("译")
    form.go_live_at(timezone.now() + TOMORROW).publish()
    assert not target_words(article)
    assert again(article).translation_state == "scheduled"
    let_time_pass(translation_of(article))
    assert "译之0" in target_words(article)
    assert "An unpublished draft" not in source_words(article)
    assert again(article).translation_state == "published"


def test_a_scheduled_change_of_a_live_translation_waits(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    translator.edits(translation_of(article)).fill("旧").publish()
    form = translator.edits(translation_of(article)).fill("新")
    form.go_live_at(timezone.now() + TOMORROW).publish()
    editor.edits(article).type(headline_en="Published meanwhile").publish()
    assert "旧之0" in target_words(article)
    let_time_pass(translation_of(article))
    assert "新之0" in target_words(article)
    assert "Published meanwhile" in source_words(article)


def test_a_scheduled_story_goes_live_alone(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    form = editor.edits(article).type(headline_en="Tomorrow's headline")
    form.go_live_at(timezone.now() + TOMORROW).publish()
    translator.edits(translation_of(article)).fill("译").publish()
    assert "Tomorrow" not in source_words(article)
    let_time_pass(article)
    assert "Tomorrow's headline" in source_words(article)
    assert "译之0" in target_words(article)


def test_a_scheduled_draft_does_not_take_a_draft_translation_along(
    editor: Person, translator: Person
) -> None:
    article = make_article(live=False)
    editor.edits(article).go_live_at(timezone.now() + TOMORROW).publish()
    translator.edits(translation_of(article)).fill("草稿").save()
    let_time_pass(article)
    assert again(article).live
    assert not target_words(article)


def test_an_expired_translation_leaves_the_story(article: ArticlePage, translator: Person) -> None:
    form = translator.edits(translation_of(article)).fill("译")
    form.expire_at(timezone.now() + TOMORROW).publish()
    let_time_pass(translation_of(article))
    assert not target_words(article)
    assert again(article).live
    assert again(article).translation_state == "in_progress"


def test_an_expired_story_comes_back_with_its_translation(
    article: ArticlePage, editor: Person
) -> None:
    translate(article, headline="湛江港")
    editor.edits(article).expire_at(timezone.now() + TOMORROW).publish()
    let_time_pass(article)
    assert not again(article).live
    editor.edits(again(article)).expire_at(None).publish()
    assert again(article).live
    assert "湛江港" in target_words(article)


def test_a_cancelled_schedule_shows_in_the_state(article: ArticlePage, translator: Person) -> None:
    translation = translation_of(article)
    form = translator.edits(translation).fill("译").go_live_at(timezone.now() + TOMORROW)
    form.publish()
    revision = again(translation).scheduled_revision
    url = "wagtailsnippets_archive_translation:revisions_unschedule"
    translator.client.post(reverse(url, args=[translation.pk, revision.pk]))
    assert again(article).translation_state == "in_progress"


def test_a_schedule_that_comes_due_unfit_stops_no_other(editor: Person) -> None:
    image = make_image(credit="Li Ming", rights="© China Daily")
    picture = {"image": image.pk, "caption": "", "alt_text": "", "credit": ""}
    unfit = make_article("Unfit", body=[make_block("image", picture)], live=False)
    fit = make_article("Fit", live=False)
    for article in (unfit, fit):
        editor.edits(article).go_live_at(timezone.now() + TOMORROW).publish()
    image.rights = ""
    image.save()
    let_time_pass(unfit)
    let_time_pass(fit)
    assert not again(unfit).live
    assert again(fit).live
    image.rights = "© China Daily"
    image.save()
    let_time_pass(unfit)
    assert again(unfit).live
