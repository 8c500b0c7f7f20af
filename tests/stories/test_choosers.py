"""Choosers offer what a person may know of: no drafts, nor restricted pages, of other people."""

from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.models import PageViewRestriction
from wagtail.search import index

from archive.models import ArticlePage
from tests.factories import make_article, make_editor, make_publication, make_translator

pytestmark = pytest.mark.django_db


def offered_to(user: Any, article: ArticlePage) -> str:
    client = Client()
    client.force_login(user)
    index.insert_or_update_object(article)
    parent = reverse("wagtailadmin_choose_page_child", args=[article.get_parent().pk])
    search = reverse("wagtailadmin_choose_page_search")
    answers = [
        client.get(f"{path}page_type=archive.articlepage")
        for path in (f"{parent}?", f"{search}?q=Secret&")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    return "".join(answer.content.decode() for answer in answers)


@pytest.mark.parametrize("live", [True, False])
def test_the_chooser_of_pages_keeps_what_is_not_public(live: bool) -> None:
    article = make_article("Secret words", live=live)
    if live:
        PageViewRestriction.objects.create(page=article, restriction_type="login")
    others = make_editor("other", make_publication("times", en="Times"))
    # A published story is offered to translators, also where readers must log in.
    for user in (others, *([] if live else [make_translator()])):
        assert "Secret words" not in offered_to(user, article)
    for user in (make_editor("own", article.publication), make_editor("all")):
        assert offered_to(user, article).count("Secret words") >= 2


def test_the_chooser_of_pages_offers_what_readers_see() -> None:
    assert "Secret words" in offered_to(make_translator(), make_article("Secret words"))


@pytest.mark.parametrize("model", ["translation", "readerreport"])
def test_what_nothing_refers_to_has_no_chooser(model: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(f"wagtailsnippetchoosers_archive_{model}:choose")
