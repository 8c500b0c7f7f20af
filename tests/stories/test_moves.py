"""A move says what it changes before it is made."""

from datetime import date

import pytest
from django.urls import reverse

from archive.models import ArticlePage
from archive.stories.actions import issue_for
from tests.factories import make_article, make_publication

pytestmark = pytest.mark.django_db


def test_a_move_says_that_the_print_date_changes(admin_client) -> None:
    story = make_article()
    before = story.print_date
    issue = issue_for(make_publication(), date(2015, 11, 23))
    url = reverse("wagtailadmin_pages:move_confirm", args=[story.pk, issue.pk])
    told = [str(one) for one in admin_client.get(url).context["messages"]]
    assert [one for one in told if "22 September 2015 to 23 November 2015" in one]
    admin_client.post(url)
    moved = ArticlePage.objects.get(pk=story.pk)
    assert (before, moved.print_date) == (date(2015, 9, 22), date(2015, 11, 23))


def test_a_move_within_the_day_says_nothing(admin_client) -> None:
    story = make_article()
    url = reverse("wagtailadmin_pages:move_confirm", args=[story.pk, story.get_parent().pk])
    assert not [*admin_client.get(url).context["messages"]]


def test_a_move_of_many_says_it_too_and_asks_first(admin_client) -> None:
    stories = [make_article(slug=slug) for slug in ("one", "two")]
    issue = issue_for(make_publication(), date(2015, 11, 23))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    url = f"{url}?{'&'.join(f'id={one.pk}' for one in stories)}"
    asked = admin_client.post(url, {"chooser": issue.pk})
    told = [str(one) for one in asked.context["messages"]]
    assert [one for one in told if "of 2 stories to 23 November 2015" in one]
    assert not ArticlePage.objects.filter(print_date=issue.print_date)
    admin_client.post(asked.context["submit_url"], {"chooser": issue.pk})
    assert ArticlePage.objects.filter(print_date=issue.print_date).count() == 2
