"""Pin and leave out: in the story's form, beside the automatic list."""

import pytest
from django.urls import reverse

from archive.models import ArticlePage
from archive.publishing.followers import catch_up
from archive.text.language import CHINESE
from tests.desk.helpers import Form, Person
from tests.factories import make_article, make_editor, make_entity, tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories() -> list[ArticlePage]:
    place = make_entity()
    found = []
    for slug in ("this", "one", "two"):
        story = make_article(f"About {slug}", slug=slug, live=False)
        tag(story, place)
        story.save_revision().publish()
        found.append(story)
    catch_up()
    return found


@pytest.fixture
def form(stories: list[ArticlePage]) -> Form:
    return Form(
        Person(make_editor(), "en"), reverse("wagtailadmin_pages:edit", args=[stories[0].pk])
    )


def links(story: ArticlePage) -> list[str]:
    return [link.related.slug for link in ArticlePage.objects.get(pk=story.pk).related_links.all()]


def bans(story: ArticlePage) -> list[str]:
    return [ban.related.slug for ban in ArticlePage.objects.get(pk=story.pk).related_bans.all()]


def test_the_form_lists_what_is_related_and_why(form: Form, stories: list[ArticlePage]) -> None:
    page = form.person.client.get(form.url).content.decode()
    assert "About one" in page
    assert "Both about Zhanjiang" in page
    assert form.data[f"related-choice-{stories[1].pk}"] == ""


def test_pinned_and_left_out_stories_go_live_with_the_story(
    form: Form, stories: list[ArticlePage]
) -> None:
    this, one, two = stories
    form.type(**{f"related-choice-{one.pk}": "pin", f"related-choice-{two.pk}": "ban"})
    form.save()
    assert links(this) == bans(this) == []
    form.save("publish")
    assert (links(this), bans(this)) == (["one"], ["two"])


def test_a_ban_is_remembered_and_can_be_taken_back(form: Form, stories: list[ArticlePage]) -> None:
    this, _one, two = stories
    form.type(**{f"related-choice-{two.pk}": "ban"}).save("publish")
    again = Form(form.person, form.url)
    assert again.data[f"related-choice-{two.pk}"] == "ban"
    again.save("publish")
    assert bans(this) == ["two"]
    again.type(**{f"related-choice-{two.pk}": ""}).save("publish")
    assert bans(this) == []


def test_pinning_twice_pins_once(form: Form, stories: list[ArticlePage]) -> None:
    this, one, _two = stories
    form.type(**{f"related-choice-{one.pk}": "pin"}).save("publish")
    form.save("publish")
    assert links(this) == ["one"]


@pytest.mark.parametrize("name", ["related-choice-999999", "related-choice-x", "related-choice-٣"])
def test_nonsense_is_passed_over(form: Form, stories: list[ArticlePage], name: str) -> None:
    form.sneaks(**{name: "pin", f"related-choice-{stories[0].pk}": "pin"}).save("publish")
    assert links(stories[0]) == []


def test_the_list_is_in_the_editors_language(stories: list[ArticlePage]) -> None:
    person = Person(make_editor(), CHINESE)
    page = person.client.get(reverse("wagtailadmin_pages:edit", args=[stories[0].pk]))
    assert "湛江" in page.content.decode()
