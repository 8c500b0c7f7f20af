"""A story that readers could see once and that was taken back: gone, and they are told so."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client, TestCase
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from archive.models import ArticlePage
from archive.site.permalinks import permanent_path
from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_article
from tests.site.asking import locations
from tests.site.reading import address, one, opened_at, words

pytestmark = pytest.mark.django_db


def make_withdrawn() -> tuple[ArticlePage, str]:
    story = make_article("Ships", slug="ships")
    path = address(story, ENGLISH)
    story.unpublish()
    return story, path


def status(path: str) -> int:
    # An address in no language that leads nowhere is tried in the reader's.
    return Client().get(path, follow=True).status_code


@pytest.mark.parametrize(
    ("language", "heading", "other"),
    [
        (ENGLISH, "This story has been withdrawn", "此报道已撤下"),
        (CHINESE, "此报道已撤下", "This story has been withdrawn"),
    ],
)
def test_a_withdrawn_story_is_gone_in_both_languages(
    language: str, heading: str, other: str
) -> None:
    _story, path = make_withdrawn()
    page: BeautifulSoup = opened_at(path.replace("/en/", f"/{language}/"), 410)
    assert words(page, "h1") == heading
    assert words(page, "section.not-found h2") == other
    # It leads on to the paper's pages, where there is something to read.
    assert len(page.select(".missing-ways a")) == 1
    make_article("Cranes")
    page = opened_at(path.replace("/en/", f"/{language}/"), 410)
    paper = f"/{language}/china-daily/"
    for start in (paper, f"{paper}2015/", f"{paper}2015/09/22/"):
        assert page.select(f'.missing-ways a[href^="{start}"]')


def test_a_day_without_stories_says_so_and_is_listed_nowhere() -> None:
    story, _path = make_withdrawn()
    issue = story.get_parent()
    page = opened_at(address(issue, ENGLISH), 404)
    assert words(page, ".nothing") == "No story can be read here at present."
    assert "0 stories" not in page.get_text()
    assert page.select('meta[name="robots"][content="noindex"]')
    assert not [path for path in locations("/sitemap.xml") if "issues" in path]


def test_a_day_whose_only_story_moved_to_another_is_not_found() -> None:
    story = make_article("Cranes")
    former = address(story.get_parent(), ENGLISH)
    assert status(former) == 200
    story.print_date += timedelta(days=1)
    story.save_revision().publish()
    assert status(former) == 404
    assert status(address(ArticlePage.objects.get(pk=story.pk).get_parent(), ENGLISH)) == 200
    assert former not in " ".join(locations("/sitemap.xml"))


def test_neighbours_lead_past_a_day_without_stories_and_to_one_that_has_its_first() -> None:
    make_article("First", day=date(2015, 9, 20), slug="first")
    only = make_article("Cranes", day=date(2015, 9, 22))
    make_article("Last", day=date(2015, 9, 25), slug="last")
    last = "/en/china-daily/2015/09/25/"

    def leads_to() -> str:
        return str(one(opened_at(last), '.neighbours [rel="prev"]')["href"])[-11:]

    assert leads_to() == "2015/09/22/"
    only.unpublish()
    assert leads_to() == "2015/09/20/"
    only.save_revision().publish()
    assert leads_to() == "2015/09/22/"
    only.print_date = date(2015, 9, 18)
    only.save_revision().publish()
    assert leads_to() == "2015/09/20/"


def test_its_permanent_address_says_so_too() -> None:
    story, _path = make_withdrawn()
    assert status(permanent_path(story)) == 410
    assert status("/s/zzzz/") == 404


def test_published_again_it_is_there() -> None:
    story, path = make_withdrawn()
    ArticlePage.objects.get(pk=story.pk).save_revision().publish()
    assert status(path) == 200


def test_no_browser_keeps_for_good_that_a_story_is_gone_or_elsewhere() -> None:
    story, _path = make_withdrawn()
    gone = Client().get(permanent_path(story), follow=True)
    assert (gone.status_code, gone["Cache-Control"]) == (410, "no-cache")
    moved = make_article("Cranes")
    former = address(moved, ENGLISH)
    moved.slug = "winches"
    with TestCase.captureOnCommitCallbacks(execute=True):
        moved.save_revision().publish()
    led = Client().get(former)
    assert (led.status_code, led["Cache-Control"]) == (301, "no-cache")


@pytest.mark.parametrize("is_scheduled", [False, True])
def test_it_is_gone_until_the_day_that_was_set(is_scheduled: bool) -> None:
    story, path = make_withdrawn()
    story = ArticlePage.objects.get(pk=story.pk)
    story.go_live_at = timezone.now() + timedelta(days=3)
    draft = story.save_revision()
    # A form's save keeps the day with the story too.
    ArticlePage.objects.filter(pk=story.pk).update(go_live_at=story.go_live_at)
    if is_scheduled:
        draft.publish()
    assert [status(path), status(permanent_path(story))] == [410, 410]


def test_what_was_never_published_is_not_found() -> None:
    story = make_article("Draft", slug="draft", live=False)
    assert status(address(story, ENGLISH)) == 404
    assert status("/en/china-daily/2015/09/22/nothing/") == 404
    assert status("/en/a%00b/") == 404


def test_what_is_kept_from_some_readers_is_said_to_be_nothing() -> None:
    story, path = make_withdrawn()
    PageViewRestriction.objects.create(page=story, restriction_type="login")
    assert [status(path), status(permanent_path(story))] == [404, 404]


def test_a_redirect_goes_before() -> None:
    _story, path = make_withdrawn()
    Redirect.objects.create(old_path=path.rstrip("/"), redirect_link="/en/", is_permanent=True)
    assert Client().get(path)["Location"] == "/en/"


@pytest.mark.parametrize("is_live", [True, False])
@pytest.mark.parametrize("what", ["story", "issue"])
def test_a_deleted_story_is_gone_as_well(is_live: bool, what: str) -> None:
    story = make_article("Ships", slug="ships")
    path = address(story, ENGLISH)
    if not is_live:
        story.unpublish()
    deleted = ArticlePage.objects.get(pk=story.pk)
    (deleted if what == "story" else deleted.get_parent()).delete()
    assert [status(path), status(permanent_path(story))] == [410, 410]
    assert status(path.replace("/en/", "/zh-hans/")) == 410


def test_a_deleted_draft_leaves_nothing() -> None:
    story = make_article("Draft", slug="draft", live=False)
    path = address(story, ENGLISH)
    ArticlePage.objects.get(pk=story.pk).delete()
    assert [status(path), status(permanent_path(story))] == [404, 404]


@pytest.mark.parametrize("place", ["story", "issue", "publication"])
@pytest.mark.parametrize("is_before", [True, False])
def test_a_deleted_story_of_a_restricted_place_is_nothing(place: str, is_before: bool) -> None:
    story = make_article("Ships", slug="ships")
    path = address(story, ENGLISH)
    above = {"story": story, "issue": story.get_parent(), "publication": story.publication}[place]
    if is_before:
        PageViewRestriction.objects.create(page=above, restriction_type="login")
    ArticlePage.objects.get(pk=story.pk).delete()
    if not is_before and place != "story":
        PageViewRestriction.objects.create(page=above, restriction_type="login")
    wanted = 410 if not is_before and place == "story" else 404
    assert [status(path), status(permanent_path(story))] == [wanted, wanted]


def test_another_story_at_a_deleted_ones_address_is_read() -> None:
    story, path = make_withdrawn()
    ArticlePage.objects.get(pk=story.pk).delete()
    make_article("Ships again", slug="ships")
    assert status(path) == 200
