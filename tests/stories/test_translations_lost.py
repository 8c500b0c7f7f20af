"""Who unpublishes or deletes a story is told what becomes of its translation."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from archive.models import ArticlePage
from tests.factories import make_article, make_user, translate

pytestmark = pytest.mark.django_db

BACK = "published translation goes, too"
GONE = "translation is deleted, too"


@pytest.fixture
def asked() -> "Asked":
    return Asked()


class Asked:
    """What Wagtail's questions before an action say."""

    def __init__(self) -> None:
        self.client = Client()
        self.client.force_login(make_user("chief", is_staff=True, is_superuser=True))

    def one(self, action: str, page: ArticlePage) -> str:
        return self._text(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]))

    def many(self, action: str, *pages: ArticlePage) -> str:
        ids = "&".join(f"id={page.pk}" for page in pages)
        model = ["wagtailcore", "page", action]
        return self._text(reverse("wagtail_bulk_action", args=model) + "?" + ids)

    def _text(self, address: str) -> str:
        return " ".join(self.client.get(address).content.decode().split())


def test_unpublishing_takes_the_published_translation_along(asked: Asked) -> None:
    story, other = make_article(), make_article("Other words", slug="other")
    assert BACK not in asked.one("unpublish", story)
    translate(story)
    translate(other, publish=False)
    assert BACK in asked.one("unpublish", story)
    assert BACK not in asked.one("unpublish", other)
    assert BACK in asked.many("unpublish", story, other)


def test_deleting_takes_drafts_along_too(asked: Asked) -> None:
    story, other = make_article(), make_article("Other words", slug="other")
    assert GONE not in asked.one("delete", story)
    translate(story)
    translate(other, publish=False)
    assert GONE in asked.one("delete", other)
    assert "2 translations are deleted, too" in asked.many("delete", story, other)
    assert "2 translations are deleted, too" in asked.one("delete", story.get_parent())


def test_the_question_stands_below_its_heading(asked: Asked) -> None:
    story = make_article()
    translate(story)
    soup = BeautifulSoup(asked.one("delete", story), "html.parser")
    assert GONE in soup.select_one("main .messages .warning").text  # type: ignore[union-attr]
