"""The desk's own pages: their cost, and where they lead."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.models import Translation
from archive.text.language import CHINESE, ENGLISH
from tests.desk.helpers import Person, page_text, translation_of
from tests.factories import make_article, make_body, make_editor, make_translator, translate

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

LIST = "wagtailsnippets_archive_translation:list"


@pytest.fixture
def translator() -> Person:
    """Reads Chinese; those of most other tests read English."""
    return Person(make_translator(), CHINESE)


def queries(person: Person, url: str) -> int:
    person.client.get(url)  # what is asked once, such as content types
    with CaptureQueriesContext(connection) as captured:
        assert person.client.get(url).status_code == 200
    return len(captured)


def test_the_list_costs_the_same_for_any_number_of_stories(translator: Person) -> None:
    translate(make_article("First"))
    few = queries(translator, reverse(LIST))
    for number in range(4):
        translate(make_article(f"Story {number}"), publish=bool(number % 2))
    assert queries(translator, reverse(LIST)) == few
    assert few <= 15


def test_the_form_costs_the_same_for_any_number_of_stories(translator: Person) -> None:
    article = make_article("First")
    translate(article)
    few = queries(translator, translation_of(article).get_edit_url())
    for number in range(4):
        translate(make_article(f"Story {number}"))
    assert queries(translator, translation_of(article).get_edit_url()) == few
    assert few <= 40


def test_the_form_costs_the_same_for_a_long_story(translator: Person) -> None:
    short, long = make_article("Short"), make_article("Long", body=make_body(*map(str, range(40))))
    for article in (short, long):
        translate(article)
    costs = [queries(translator, translation_of(a).get_edit_url()) for a in (short, long)]
    assert costs[0] == costs[1]


def test_the_list_finds_by_either_headline(translator: Person) -> None:
    for headline in ("Harbour", "Mayor"):
        translate(make_article(headline))
    for query, found in (("Harbour", 1), ("译文：headline", 2), ("none", 0)):
        response = translator.client.get(reverse(LIST), {"q": query})
        assert len(response.context["object_list"]) == found, query


def test_the_list_shows_how_far_each_story_is(translator: Person) -> None:
    translate(make_article("Finished"))
    translate(make_article("Begun"), publish=False)
    make_article("Untouched")
    response = translator.client.get(reverse(LIST), {"state": "in_progress"})
    assert [str(row.article) for row in response.context["object_list"]] == ["Begun"]


def test_a_story_leads_to_its_translation(translator: Person) -> None:
    article = make_article()
    response = translator.client.get(reverse("archive_translation:open", args=[article.pk]))
    assert response.url == translation_of(article).get_edit_url()


def test_a_deleted_translation_row_is_made_again_on_opening(translator: Person) -> None:
    """As after a load of stories that bypassed the models."""
    article = make_article()
    Translation.objects.filter(article=article).delete()
    translator.client.get(reverse("archive_translation:open", args=[article.pk]))
    assert Translation.objects.filter(article=article, language=CHINESE).count() == 1


def test_a_text_that_a_load_put_on_the_page_is_taken_into_the_translation(
    translator: Person,
) -> None:
    article = make_article()
    type(article).objects.filter(pk=article.pk).update(headline_zh_hans="载入的标题")
    Translation.objects.filter(article=article).delete()
    type(article).objects.filter(pk=article.pk).update(headline_zh_hans="载入的标题")
    translator.client.get(reverse("archive_translation:open", args=[article.pk]))
    form = translator.edits(translation_of(article))
    assert form.shows("headline") == "载入的标题"
    assert translation_of(article).live


def test_the_translators_preview_shows_the_draft_in_its_language(translator: Person) -> None:
    translation = translation_of(make_article())
    form = translator.edits(translation).fill("试看")
    url = reverse("wagtailsnippets_archive_translation:preview_on_edit", args=[translation.pk])
    translator.client.post(url, form.data)
    shown = page_text(translator.client.get(url))
    assert "试看之1" in shown
    assert "First paragraph." not in shown


@pytest.mark.parametrize(
    ("mode", "words"), [(ENGLISH, "First paragraph."), (CHINESE, "译文：paragraph")]
)
def test_the_editors_preview_has_a_mode_for_each_language(mode: str, words: str) -> None:
    article = make_article()
    translate(article)
    editor = Person(make_editor(), CHINESE)
    editor.edits(article).type(headline_en="A draft of it").save()
    form = editor.edits(article)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])
    editor.client.post(url, form.data)
    assert words in page_text(editor.client.get(url, {"mode": mode}))


def test_the_history_of_a_translation_can_be_read_and_compared(translator: Person) -> None:
    translation = translation_of(make_article())
    for words in ("早", "晚"):
        translator.edits(translation).fill(words).save()
    name = "wagtailsnippets_archive_translation"
    history = translator.client.get(reverse(f"{name}:history", args=[translation.pk]))
    assert history.status_code == 200
    url = reverse(f"{name}:revisions_compare", args=[translation.pk, "earliest", "latest"])
    shown = page_text(translator.client.get(url))
    assert '<span class="deletion">早之1</span><span class="addition">晚之1</span>' in shown


@pytest.mark.parametrize("may_add", [True, False])
def test_the_desk_leads_to_the_form_of_a_name_for_who_may_add_one(may_add: bool) -> None:
    user = make_translator("li")
    if may_add:
        user.user_permissions.add(Permission.objects.get(codename="add_entity"))
    translation = translation_of(make_article())
    shown = page_text(Person(user).client.get(translation.get_edit_url()))
    url = reverse("wagtailsnippets_archive_entity:add") if may_add else ""
    assert f'data-add-name-url="{url}"' in shown
