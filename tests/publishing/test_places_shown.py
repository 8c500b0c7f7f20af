"""Papers, years, issues and sections that were made for a draft: readers get them with a story."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from archive.models import ArticlePage, IssuePage, YearPage
from archive.stories.actions import issue_for
from archive.stories.lookup import section_for
from tests.factories import make_article, make_publication

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2016, 1, 5)


def make_undated() -> ArticlePage:
    """A draft directly below its publication, and a published story of the year before."""
    make_article("Published")
    paper = make_publication()
    story = ArticlePage(title="Waits", source_language="en", live=False, publication=paper)
    story.headline_en = "Waits"
    story.body_en = make_article("For its body", live=False).body_en
    paper.add_child(instance=story)
    story.save_revision()
    return story


def change(story: ArticlePage, **values: object) -> ArticlePage:
    draft = ArticlePage.objects.get(pk=story.pk).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision()
    return ArticlePage.objects.get(pk=story.pk)


def is_public(client: Client, path: str) -> bool:
    return client.get(f"/en/china-daily/{path}").status_code == 200


def test_a_scheduled_story_shows_neither_its_year_nor_its_issue(client: Client) -> None:
    story = change(make_undated(), print_date=NEW_YEAR)
    story.go_live_at = timezone.now() + timedelta(days=1)
    story.save_revision().publish()
    story.refresh_from_db()
    assert story.get_parent().specific.print_date == NEW_YEAR
    assert not is_public(client, "2016/")
    assert not is_public(client, "2016/01/05/")
    assert "/2016/" not in client.get("/en/china-daily/2015/09/22/").text
    assert "2016" not in client.get("/en/china-daily/").text
    index = client.get("/sitemap.xml").text
    assert "issues-2015" in index
    assert "issues-2016" not in index


def test_its_year_and_issue_are_public_once_it_is_live(client: Client) -> None:
    story = change(make_undated(), print_date=NEW_YEAR)
    assert not is_public(client, "2016/01/05/")
    client.get("/en/china-daily/2015/09/22/")
    story.get_latest_revision().publish()
    assert is_public(client, "2016/")
    assert is_public(client, "2016/01/05/")
    assert "/2016/01/05/" in client.get("/en/china-daily/2015/09/22/").text


def test_the_section_that_an_import_made_is_shown_with_its_first_story(client: Client) -> None:
    section = section_for(make_publication(), {"en": "Harbour"})
    story = make_article("In the harbour", live=False)
    assert not is_public(client, "harbour/")
    change(story, section=section).get_latest_revision().publish()
    assert is_public(client, "harbour/")


def test_an_issue_that_was_taken_back_stays_so() -> None:
    story = make_article("First")
    story.get_parent().specific.unpublish()
    make_article("Second")
    assert not IssuePage.objects.get().live


def test_a_live_copy_shows_the_issue_that_it_goes_to() -> None:
    issue = issue_for(make_publication(), NEW_YEAR, live=False)
    make_article("Copied").create_alias(parent=issue)
    assert IssuePage.objects.get(print_date=NEW_YEAR).live
    assert YearPage.objects.get(slug="2016").live
