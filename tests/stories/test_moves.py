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
