"""What some readers may not see is told to nobody: not by a list, nor by the page "not found"."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from archive.text.language import ENGLISH
from tests.factories import make_article, make_section
from tests.site.reading import address

pytestmark = pytest.mark.django_db


def keep(page: Any) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")


def words_at(path: str) -> str:
    return Client().get(path).content.decode()


def test_lists_leave_out_a_story_that_is_kept_from_readers() -> None:
    section = make_section()
    story = make_article("Secret words", slug="secret", section=section)
    make_article("Open words", slug="open", section=section)
    keep(story)
    paper = story.publication
    lists = [words_at(address(one, ENGLISH)) for one in (paper, section, paper.get_parent())]
    lists.append(words_at("/en/china-daily/2015/09/22/"))
    assert all("Open words" in text and "Secret words" not in text for text in lists)
    assert "2 stories" not in words_at("/en/china-daily/2015/")


def test_a_list_leaves_out_a_paper_that_is_kept_from_readers() -> None:
    keep(make_article("Secret words").publication)
    front = words_at("/en/")
    assert "Secret words" not in front
    assert "/2015/09/22/" not in front


@pytest.mark.parametrize("path", ["/en/china-daily/1999/01/02/ships/", "/zh-CN/china-daily/ships/"])
def test_what_is_not_found_tells_no_namesake(path: str) -> None:
    story = make_article("Secret words", slug="ships")
    assert "Secret words" in words_at(path)
    keep(story)
    assert "Secret words" not in words_at(path)


def test_what_is_not_found_leads_to_no_issue_that_is_kept_from_readers() -> None:
    keep(make_article().get_parent())
    assert '/2015/09/22/"' not in words_at("/en/china-daily/2015/09/22/nothing/")
