"""Links to stories that an editor may not see: the form leaves them out, and a save keeps them."""

import pytest
from django.urls import reverse

from archive.models import ArticlePage, Tie
from archive.stories.models import RelatedArticle
from tests.desk.helpers import Form, Person
from tests.factories import (
    make_article,
    make_editor,
    make_entity,
    make_names_editor,
    make_publication,
    make_tie,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> ArticlePage:
    return make_article("Story", slug="story")


@pytest.fixture
def hidden() -> ArticlePage:
    paper = make_publication("other-paper")
    return make_article("Hidden", slug="hidden", live=False, publication=paper)


def edit(story: ArticlePage) -> Form:
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    return Form(Person(make_editor("alpha", story.publication)), url)


def latest(story: ArticlePage) -> ArticlePage:
    found: ArticlePage = ArticlePage.objects.get(pk=story.pk).get_latest_revision_as_object()
    return found


def test_a_version_of_a_hidden_story_is_opened_and_saved(
    story: ArticlePage, hidden: ArticlePage
) -> None:
    draft = latest(story)
    draft.version_of = hidden
    draft.save_revision(clean=False)
    form = edit(story)
    assert "version_of" not in form.data
    form.save()
    assert latest(story).version_of == hidden


@pytest.mark.parametrize("button", ["", "publish"])
def test_links_of_a_draft_are_kept_shown_or_not(
    story: ArticlePage, hidden: ArticlePage, button: str
) -> None:
    shown = make_article("Shown", slug="shown")
    RelatedArticle.objects.create(page=story, related=make_article("Old", slug="old"))
    draft = ArticlePage.objects.get(pk=story.pk)
    draft.related_links.add(RelatedArticle(related=hidden), RelatedArticle(related=shown))
    draft.save_revision(clean=False)
    form = edit(story)
    assert form.data["related_links-INITIAL_FORMS"] == "2"
    form.save(button)
    links = [link.related.slug for link in latest(story).related_links.all()]
    assert sorted(links) == ["hidden", "old", "shown"]


def test_a_draft_that_no_reader_has_keeps_its_links(hidden: ArticlePage) -> None:
    story = make_article("Draft", slug="draft", live=False)
    draft = latest(story)
    draft.related_links.add(RelatedArticle(related=hidden))
    draft.save_revision(clean=False)
    edit(story).save()
    assert [link.related for link in latest(story).related_links.all()] == [hidden]


def test_a_hidden_link_of_the_row_is_kept_while_others_are_deleted(
    story: ArticlePage, hidden: ArticlePage
) -> None:
    for related in (hidden, make_article("Shown", slug="shown")):
        RelatedArticle.objects.create(page=story, related=related)
    ArticlePage.objects.get(pk=story.pk).save_revision()
    form = edit(story)
    form.sneaks(**{"related_links-0-DELETE": "on"}).save("publish")
    stored = ArticlePage.objects.get(pk=story.pk).related_links.all()
    assert [link.related for link in stored] == [hidden]


def test_a_tie_keeps_hidden_evidence_and_needs_no_other(hidden: ArticlePage) -> None:
    tie = make_tie(make_entity(), make_entity("chicago", "Chicago", "芝加哥"), article=hidden)
    person = Person(make_names_editor())
    url = reverse("wagtailsnippets_archive_tie:edit", args=[tie.pk])
    page = person.client.get(url)
    assert page.status_code == 200
    assert "The two cities signed" not in page.content.decode()
    posted = {"place_a": tie.place_a_id, "place_b": tie.place_b_id, "kind": tie.kind}
    none = {f"evidence-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN", "MAX_NUM")}
    answer = person.client.post(url, {**posted, "status": "ended", **none})
    assert answer.status_code == 302
    stored = Tie.objects.get(pk=tie.pk)
    assert (stored.status, stored.evidence.get().article) == ("ended", hidden)
