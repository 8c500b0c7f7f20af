"""Stories that wait for filing: drafts without a publication, a print date or a headline."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from archive.models import ArticlePage, PublicationPage
from archive.stories.unfiled import lacks_of, unfiled_publication, waiting
from archive.text.language import LANGUAGES, column
from tests.factories import make_article, make_body, make_editor, make_home, make_publication

pytestmark = pytest.mark.django_db
DAY = date(2015, 9, 22)


def make_unfiled(title: str = "First words", **fields: object) -> ArticlePage:
    """A draft below the publication for unfiled stories, or below its own."""
    make_home()
    place = fields.get("publication") or unfiled_publication()
    place.refresh_from_db()
    story = ArticlePage(title=title, source_language="en", live=False, **fields)
    story.body_en = ArticlePage._meta.get_field("body_en").to_python(make_body("One."))
    place.add_child(instance=story)
    story.save_revision()
    return ArticlePage.objects.get(pk=story.pk)


def change(story: ArticlePage, **values: object) -> ArticlePage:
    """What an editor saves as a draft."""
    draft = story.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision()
    return ArticlePage.objects.get(pk=story.pk)


def test_the_publication_for_unfiled_stories_is_made_once_and_hidden_from_readers(
    client: Client,
) -> None:
    make_home()
    paper = unfiled_publication()
    assert paper == unfiled_publication()
    names = [getattr(paper, column("name", code)) for code in LANGUAGES]
    assert (names, paper.live) == (["Unfiled stories", "待归档稿件"], False)
    assert client.get(f"/en/{paper.slug}/").status_code == 404


def test_its_names_are_a_setting(settings: object) -> None:
    settings.ARCHIVE_UNFILED_PUBLICATION = {"en": "To be filed"}  # type: ignore[attr-defined]
    make_home()
    paper = unfiled_publication()
    assert [paper.name_en, paper.name_zh_hans] == ["To be filed", "To be filed"]


def test_an_archive_without_a_front_page_has_none() -> None:
    make_publication().get_parent().delete()
    assert unfiled_publication() is None


def test_what_a_story_lacks_is_what_is_empty() -> None:
    story = make_unfiled()
    assert lacks_of(story) == ["headline", "publication", "print_date"]
    assert list(waiting()) == [story]
    filed = make_article("Port opens", live=False)
    assert lacks_of(filed) == []
    assert filed not in waiting()


def test_it_is_refused_only_at_publication_and_each_field_named() -> None:
    story = make_unfiled()
    with pytest.raises(ValidationError) as refused:
        story.get_latest_revision().publish()
    told = " ".join(refused.value.messages)
    for words in ("needs a headline", "the date on which", "the publication that printed"):
        assert words in told
    assert not ArticlePage.objects.get(pk=story.pk).live


def test_a_draft_goes_to_its_issue_once_an_editor_has_given_date_and_publication() -> None:
    story = make_unfiled(headline_en="Port opens")
    story = change(story, publication=make_publication())
    assert story.get_parent().specific == make_publication()
    story = change(story, print_date=DAY)
    assert story.url_path.endswith("/china-daily/2015/09/22/port-opens/")
    assert (story.print_date, story.live) == (DAY, False)
    assert not waiting().exists()
    story.get_latest_revision().publish()
    assert ArticlePage.objects.get(pk=story.pk).live


def test_one_that_is_filed_where_its_slug_is_taken_gets_a_free_one() -> None:
    filed = make_article("First words", day=DAY, live=False)
    story = change(make_unfiled(), publication=filed.publication, print_date=DAY)
    assert (story.get_parent(), story.slug) == (filed.get_parent(), "first-words-2")


def test_the_list_follows_a_draft_that_gets_its_headline() -> None:
    story = make_unfiled(print_date=DAY)
    assert lacks_of(change(story, headline_en="Port opens")) == ["publication"]


def test_a_move_by_hand_below_unfiled_stories_takes_no_facts_away() -> None:
    story = make_article("Port opens", live=False)
    make_home()
    story.move(unfiled_publication(), pos="last-child")
    story = ArticlePage.objects.get(pk=story.pk)
    assert (story.publication, story.print_date) == (make_publication(), DAY)


def test_a_preview_of_a_story_without_facts_is_shown(admin_client: Client) -> None:
    story = make_unfiled()
    address = reverse("wagtailadmin_pages:view_draft", args=[story.pk])
    assert "One." in admin_client.get(address).content.decode()


def test_the_form_says_what_it_lacks(admin_client: Client) -> None:
    story = make_unfiled(print_date=DAY)
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert 'data-missing-field="headline_en"' in page
    assert 'data-missing-field="publication"' in page


def report(client: Client, **filters: str) -> str:
    return client.get(reverse("archive_unfiled:report"), filters).content.decode()


def test_the_report_filters_by_what_is_lacking(admin_client: Client) -> None:
    make_unfiled("Without a headline", publication=make_publication(), print_date=DAY)
    make_unfiled("Without a date", headline_en="Without a date", publication=make_publication())
    assert "Without a headline" in report(admin_client)
    filtered = report(admin_client, lacks="print_date")
    assert "Without a date" in filtered
    assert "Without a headline" not in filtered


def test_the_report_shows_an_editor_only_what_they_may_change(client: Client) -> None:
    make_unfiled("Somewhere else")
    make_unfiled("In the paper", publication=make_publication())
    client.force_login(make_editor("editor", make_publication()))
    assert "In the paper" in report(client)
    assert "Somewhere else" not in report(client)


def test_no_editor_is_offered_the_publication_for_unfiled_stories(admin_client: Client) -> None:
    story = make_unfiled(publication=make_publication())
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[story.pk]))
    offered = page.context["form"].fields["publication"].queryset
    assert list(offered) == list(PublicationPage.objects.filter(is_unfiled=False))
