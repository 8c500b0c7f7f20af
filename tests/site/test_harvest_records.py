"""The harvesters' records: they move with whatever readers of either language are shown."""

import pytest
from django.core.management import call_command
from django.db.models.functions import Now
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Page, PageViewRestriction

from archive.models import ArticlePage, HarvestRecord
from archive.stories.actions import issue_for
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import (
    DAY,
    make_article,
    make_closed_home,
    make_publication,
    make_section,
    translate,
)
from tests.site.asking import LONG_AGO, has_moved, make_old, record

pytestmark = pytest.mark.django_db


def languages(story: ArticlePage) -> list[str]:
    found = record(story)
    return [code for code in (ENGLISH, CHINESE) if getattr(found, column("since", code))]


def test_a_draft_has_no_record_and_publishing_makes_one() -> None:
    draft = make_article(live=False)
    assert not HarvestRecord.objects.exists()
    draft.save_revision().publish()
    assert languages(draft) == [ENGLISH]
    assert record(draft).publication_id == draft.publication_id


def test_either_language_moves_it() -> None:
    story = make_article(language=CHINESE)
    make_old()
    translation = translate(story, headline="Harbour opens")
    assert has_moved(story)
    assert languages(story) == [ENGLISH, CHINESE]
    make_old()
    translation.unpublish()
    assert has_moved(story)
    assert languages(story) == [CHINESE]
    make_old()
    story.save_revision().publish()
    assert has_moved(story)


def test_saving_a_draft_does_not_move_it() -> None:
    story = make_article()
    make_old()
    story.save_revision()
    translate(story, publish=False, headline="港口启用")
    assert not has_moved(story)


@pytest.mark.parametrize("verb", ["unpublish", "delete"])
def test_a_story_that_goes_is_told_of_and_comes_back(verb: str) -> None:
    story = make_article()
    key = story.pk
    make_old()
    getattr(story, verb)()
    gone = HarvestRecord.objects.get(pk=key)
    assert gone.is_deleted
    assert gone.datestamp > LONG_AGO
    if verb == "unpublish":
        story.save_revision().publish()
        assert not record(story).is_deleted


def test_a_restriction_takes_a_branch_out_and_lets_it_in_again() -> None:
    story = make_article()
    make_old()
    kept = PageViewRestriction.objects.create(page=story.publication, restriction_type="login")
    assert record(story).is_deleted
    assert has_moved(story)
    hidden = make_article("Never seen", slug="never-seen")
    assert not HarvestRecord.objects.filter(pk=hidden.pk).exists()
    kept.delete()
    assert not record(story).is_deleted
    assert not record(hidden).is_deleted


def test_a_branch_that_moves_takes_the_restrictions_of_its_new_place() -> None:
    story = make_article()
    home, closed = Page.objects.get(pk=story.publication.get_parent().pk), make_closed_home()
    make_old()
    Page.objects.get(pk=story.publication.pk).move(closed, pos="last-child")
    assert record(story).is_deleted
    assert has_moved(story)
    home.refresh_from_db()
    Page.objects.get(pk=story.publication.pk).move(home, pos="last-child")
    assert not record(story).is_deleted


def test_a_story_that_goes_with_its_issue_is_told_of() -> None:
    story = make_article()
    make_old()
    Page.objects.get(pk=story.get_parent().pk).delete()
    assert record(story).is_deleted


def test_a_new_address_moves_it(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    story, publication = make_article(), make_publication()
    make_old()
    publication.slug = "china-daily-usa"
    with django_capture_on_commit_callbacks(execute=True):
        publication.save_revision().publish()
    assert has_moved(story)
    make_old()
    story.move(issue_for(make_publication("other-paper"), DAY), pos="last-child")
    assert has_moved(story)


def test_rebuilding_mends_what_was_changed_past_publishing() -> None:
    story, gone, section = make_article(), make_article("Gone", slug="gone"), make_section()
    make_old()
    ArticlePage.objects.filter(pk=story.pk).update(section=section)
    HarvestRecord.objects.filter(pk=gone.pk).update(article_id=987_654)
    call_command("check_archive", "harvest", repair=True, verbosity=0)
    assert record(story).section_id == section.pk
    assert has_moved(story)
    assert HarvestRecord.objects.get(pk=987_654).is_deleted
    make_old()
    call_command("check_archive", "harvest", repair=True, verbosity=0)
    assert not has_moved(story)
    assert HarvestRecord.objects.count() == 3


def test_the_first_records_are_as_old_as_their_stories() -> None:
    story = make_article()
    ArticlePage.objects.filter(pk=story.pk).update(last_published_at=LONG_AGO)
    HarvestRecord.objects.all().delete()
    call_command("check_archive", "harvest", repair=True, verbosity=0)
    assert HarvestRecord.objects.filter(datestamp=LONG_AGO, since_en__lt=Now()).exists()
