"""A new story, typed into the admin's own form."""

import json
from typing import Any

import pytest
from django.urls import reverse

from archive.models import ArticlePage
from archive.stories.actions import issue_for
from archive.text.language import CHINESE, ENGLISH, column, other
from tests.desk.helpers import Form, Person, again, source_words, target_words, translation_of
from tests.factories import DAY, make_body, make_editor, make_publication, make_translator

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture(params=[ENGLISH, CHINESE])
def editor(request: Any) -> Person:
    return Person(make_editor(), request.param)


def blank_form(editor: Person, language: str) -> Form:
    """A new story's form, below an issue; both languages' fields are in it."""
    issue = issue_for(make_publication(), DAY)
    form = Form(
        editor, reverse("wagtailadmin_pages:add", args=["archive", "articlepage", issue.pk])
    )
    form.type(source_language=language, publication=str(make_publication().pk), slug="new-story")
    form.type(**{column("headline", lang): f"Headline in {lang}" for lang in (ENGLISH, CHINESE)})
    for lang in (ENGLISH, CHINESE):
        form.put_blocks(column("body", lang), make_body(f"Body in {lang}"))
    return form


def written() -> ArticlePage:
    return ArticlePage.objects.get(slug="new-story")


@pytest.mark.parametrize("action", ["", "publish"])
@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_a_new_story_is_in_its_one_language(editor: Person, language: str, action: str) -> None:
    blank_form(editor, language).save(action)
    article = written()
    assert article.live == bool(action)
    assert f"Headline in {language}" in source_words(article)
    assert f"Body in {language}" in source_words(article)
    assert not target_words(article)
    assert translation_of(article).language == other(language)


def test_the_print_date_is_the_issues(editor: Person) -> None:
    form = blank_form(editor, ENGLISH)
    assert form.data["print_date"] == DAY.isoformat()
    form.save()
    assert written().print_date == DAY


def test_a_story_without_headline_is_not_begun(editor: Person) -> None:
    form = blank_form(editor, ENGLISH).type(headline_en="  ")
    form.refused()
    assert not ArticlePage.objects.exists()
    assert "Body in en" in str(form.blocks)


def test_an_unfit_new_story_is_not_published_and_what_was_typed_stays(editor: Person) -> None:
    form = blank_form(editor, ENGLISH).put_blocks("body_en", [])
    assert "Headline in en" in form.refused("publish")
    assert not ArticlePage.objects.filter(live=True).exists()
    form.put_blocks("body_en", make_body("Now with a text")).save("publish")
    assert ArticlePage.objects.filter(live=True).count() == 1


def test_a_story_begun_by_autosave_is_saved_by_the_same_form(editor: Person) -> None:
    form = blank_form(editor, ENGLISH)
    answer = form.autosave()
    form.url = answer["url"]
    form.type(headline_en="Second thoughts")
    assert form.autosave()["success"]
    form.type(headline_en="Final thoughts").save("publish")
    article = written()
    assert "Final thoughts" in source_words(article)
    assert not target_words(article)
    assert article.revisions.count() == 2


def test_two_people_may_work_on_it_at_once(editor: Person) -> None:
    form = blank_form(editor, ENGLISH)
    form.url = form.autosave()["url"]
    article = written()
    translator = Person(make_translator())
    translator.edits(translation_of(article)).fill("译").publish()
    assert form.type(headline_en="Final thoughts").autosave()["success"]
    form.publish()
    assert "译之0" in target_words(article)
    assert "Final thoughts" in source_words(article)
    assert again(article).translation_state == "source_changed"
    assert "译之0" not in json.dumps(list(article.revisions.values_list("content", flat=True)))
