"""Permanent addresses: they lead to the story, wherever and in which language it is."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from archive.models import ArticlePage
from archive.site.permalinks import short_id
from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_article, make_closed_home
from tests.site.reading import address, make_in, make_translated, one, opened

pytestmark = pytest.mark.django_db


def followed(article: ArticlePage, suffix: str = "", accepts: str = "") -> Any:
    path = f"/s/{short_id(article.pk)}/{suffix}"
    return Client().get(path, headers={"accept-language": accepts} if accepts else {})


@pytest.mark.parametrize(
    ("accepts", "language"),
    [("zh-CN,zh;q=0.9,en;q=0.8", CHINESE), ("en-GB", ENGLISH), ("fr", ENGLISH)],
)
def test_it_leads_to_the_readers_language(accepts: str, language: str) -> None:
    article = make_translated()
    response = followed(article, accepts=accepts)
    assert (response.status_code, response["Location"]) == (302, address(article, language))
    assert "Accept-Language" in response["Vary"]


def test_a_story_that_is_in_no_site_is_not_found() -> None:
    article = make_article()
    closed = make_closed_home()
    PageViewRestriction.objects.all().delete()
    article.move(closed, pos="last-child")
    paths = [f"/{kind}/{short_id(article.pk)}/" for kind in ("s", "en/cite")]
    found = [Client().get(f"{path}?a=1", follow=True) for path in paths]
    assert [response.status_code for response in found] == [404, 404]


@pytest.mark.parametrize(("suffix", "language"), [("en/", ENGLISH), ("zh/", CHINESE)])
def test_it_can_name_its_language(suffix: str, language: str) -> None:
    article = make_translated()
    response = followed(article, f"{suffix}?view=both", accepts="fr")
    assert response["Location"] == f"{address(article, language)}?view=both"


def test_what_isnt_translated_is_shown_in_its_own_language() -> None:
    article = make_in(CHINESE)
    assert followed(article, "en/")["Location"] == address(article, CHINESE)


def test_it_follows_a_story_that_moves_and_gets_another_slug() -> None:
    article = make_article(slug="old-name")
    before = followed(article)["Location"]
    article.slug = "new-name"
    article.save_revision().publish()
    moved = ArticlePage.objects.get(pk=article.pk)
    after = followed(moved)["Location"]
    assert (before.split("/")[-2], after.split("/")[-2]) == ("old-name", "new-name")
    assert Client().get(after).status_code == 200


def test_what_readers_cant_read_isnt_shown() -> None:
    article, hidden = make_article(), make_article("Hidden", slug="hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    article.unpublish()
    mistyped = short_id(article.pk)[:-1] + "zz"
    paths = [f"/s/{short_id(article.pk)}/", f"/s/{short_id(hidden.pk)}/", f"/s/{mistyped}/"]
    # The first was taken back: it is gone for good.
    assert [Client().get(path, follow=True).status_code for path in paths] == [410, 404, 404]


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_a_story_shows_its_permanent_address(language: str) -> None:
    article = make_translated()
    link = one(opened(article, language), ".permalink a")
    suffix = {ENGLISH: "en", CHINESE: "zh"}[language]
    assert link["href"] == link.text == f"http://localhost/s/{short_id(article.pk)}/{suffix}/"
    assert Client().get(link["href"])["Location"] == address(article, language)
