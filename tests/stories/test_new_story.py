"""*Write a story*: publication, language and template, then a form that begins so."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive.models import ArticlePage
from archive.stories.actions import issue_for
from archive.stories.story_templates import story_templates
from archive.text.language import CHINESE, ENGLISH, column, other
from tests.desk.helpers import Form, Person, again, source_words, target_words, translation_of
from tests.factories import (
    DAY,
    make_body,
    make_editor,
    make_home,
    make_publication,
    make_translator,
)

pytestmark = pytest.mark.django_db


NEW = "/admin/stories/choose_parent/"


def test_each_template_lays_out_a_story_that_can_be_published_when_it_is_filled() -> None:
    for template in story_templates().values():
        story = ArticlePage(source_language="zh-hans")
        template.fill(story)
        assert story.kind in ("", *ArticlePage.Kind.values)
        kinds = [block.block_type for block in story.body_zh_hans]
        assert kinds == [kind for kind, _value in template.blocks]
        assert len({block.id for block in story.body_zh_hans}) == len(kinds)
        assert [block.block_type for block in story.body_en] == kinds


def test_the_page_asks_and_the_form_begins_so(admin_client: Client) -> None:
    paper = make_publication()
    page = admin_client.get(NEW).content.decode()
    for words in ("Brief", "Feature", "Interview", "Photo page", "Opinion", "China Daily"):
        assert words in page
    posted = {"template": "interview", "publication": paper.pk, "language": "en"}
    page = admin_client.post(NEW, posted, follow=True)
    assert page.redirect_chain[0][0].endswith(f"/{paper.pk}/?template=interview&language=en")
    story = page.context["form"].instance
    assert (story.kind, story.source_language, len(story.body_en)) == ("interview", "en", 5)


def test_a_form_that_nobody_asked_for_is_empty(admin_client: Client) -> None:
    paper = make_publication()
    add = f"/admin/pages/add/archive/articlepage/{paper.pk}/"
    for query in ("?template=interview", "?template=nothing&language=fr", ""):
        story = admin_client.get(f"{add}{query}").context["form"].instance
        assert len(story.body_en) == (5 if "interview" in query else 0)
        assert story.source_language == "en"


def test_no_date_of_print_is_guessed_but_that_of_the_issue(admin_client: Client) -> None:
    paper, issue = make_publication(), issue_for(make_publication(), DAY)
    for parent, date in ((paper, None), (issue, DAY)):
        page = admin_client.get(f"/admin/pages/add/archive/articlepage/{parent.pk}/")
        assert page.context["form"]["print_date"].value() == date


def test_what_is_missing_or_unknown_is_said(admin_client: Client) -> None:
    make_publication()
    page = admin_client.post(NEW, {"template": "sermon", "language": "en"}).content.decode()
    assert "sermon is not one of the available choices" in page
    assert "This field is required." in page


def test_an_editor_of_one_issue_begins_there(client: Client) -> None:
    paper, issue = make_publication(), issue_for(make_publication(), DAY)
    client.force_login(make_editor("one", issue))
    posted = {"template": "brief", "publication": paper.pk, "language": "en"}
    assert f"/articlepage/{issue.pk}/" in client.post(NEW, posted).url


def test_without_a_publication_the_page_says_who_makes_one(
    client: Client, admin_client: Client
) -> None:
    make_publication().delete()
    client.force_login(make_editor("one", make_home()))
    page = client.get(NEW).content.decode()
    assert "There is no publication in which you may write." in page
    assert "Set up the archive" not in page
    assert "Set up the archive" in admin_client.get(NEW).content.decode()


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


@pytest.mark.django_db
@pytest.mark.sqlite
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


@pytest.mark.django_db
@pytest.mark.sqlite
def test_the_print_date_is_the_issues(editor: Person) -> None:
    form = blank_form(editor, ENGLISH)
    assert form.data["print_date"] == DAY.isoformat()
    form.save()
    assert written().print_date == DAY


@pytest.mark.django_db
@pytest.mark.sqlite
def test_a_story_without_headline_is_not_begun(editor: Person) -> None:
    form = blank_form(editor, ENGLISH).type(headline_en="  ")
    form.refused()
    assert not ArticlePage.objects.exists()
    assert "Body in en" in str(form.blocks)


@pytest.mark.django_db
@pytest.mark.sqlite
def test_an_unfit_new_story_is_not_published_and_what_was_typed_stays(editor: Person) -> None:
    form = blank_form(editor, ENGLISH).put_blocks("body_en", [])
    assert "Headline in en" in form.refused("publish")
    assert not ArticlePage.objects.filter(live=True).exists()
    form.put_blocks("body_en", make_body("Now with a text")).save("publish")
    assert ArticlePage.objects.filter(live=True).count() == 1


@pytest.mark.django_db
@pytest.mark.sqlite
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


@pytest.mark.django_db
@pytest.mark.sqlite
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
