"""What is kept from the public stays so wherever its page goes."""

from datetime import date

import pytest
from wagtail.models import PageViewRestriction

from archive.models import ArticlePage
from archive.text.language import ENGLISH
from tests.factories import make_article, make_publication
from tests.site.reading import address, opened_at

pytestmark = pytest.mark.django_db


def restrict(page, kind="login"):
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")


def is_told(path="/en/"):
    return "Secret words" in str(opened_at(path))


def test_a_restricted_draft_that_is_published_with_another_date_stays_hidden(
    django_capture_on_commit_callbacks,
):
    make_article("Open words", slug="open")
    story = make_article("Secret words", slug="secret", live=False, day=date(2015, 9, 23))
    restrict(story)
    assert not is_told()
    draft = ArticlePage.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.print_date = date(2015, 9, 22)
    with django_capture_on_commit_callbacks(execute=True):
        draft.save_revision().publish()
    assert not is_told()


def test_a_restricted_story_stays_hidden_when_another_goes_before_it():
    story, other = make_article("Secret words", slug="secret"), make_article("Open", slug="open")
    restrict(story)
    assert not is_told()
    other.move(story, pos="left")
    assert not is_told()


def test_stories_below_an_alias_of_a_restricted_issue_are_hidden():
    story = make_article("Secret words", slug="secret")
    paper = make_publication("other-paper")
    other = make_article("Open", slug="open", day=date(2014, 1, 2), publication=paper)
    issue = story.get_parent().specific
    year = issue.get_parent().specific
    year.create_alias(recursive=True, parent=paper, update_slug="2015")
    restrict(issue, "password")
    assert list(ArticlePage.objects.shown_to_public()) == [other]
    assert not is_told()
    assert not is_told(address(story.publication, ENGLISH))
