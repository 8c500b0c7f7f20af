"""*Write a story*: publication, language and template, then a form that begins so."""

import pytest
from django.test import Client

from archive.models import ArticlePage
from archive.stories.actions import issue_for
from archive.stories.story_templates import story_templates
from tests.factories import DAY, make_editor, make_home, make_publication

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
