"""The story's form asks for what it shows together, and describes its blocks once a process."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.blocks.base import BlockWidget
from wagtail.users.models import UserProfile

from archive.models import ArticleEntity, ArticlePage, Author, RelatedArticle
from archive.stories.models import ArticleByline
from tests.factories import make_article, make_entity, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

# As a form tells it to the browser.
PARAGRAPH = json.dumps("段落")[1:-1]


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(make_user("boss", is_superuser=True))
    return client


def form_of(client: Client, story: ArticlePage) -> tuple[BeautifulSoup, int]:
    path = reverse("wagtailadmin_pages:edit", args=[story.pk])
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    return BeautifulSoup(response.content, "html.parser"), len(queries)


def fill(story: ArticlePage, first: int, last: int) -> None:
    """Names, authors and related stories with these numbers, in a new version."""
    draft = story.get_latest_revision_as_object()
    for number in range(first, last):
        entity = make_entity(f"name-{number}", f"Name {number}", f"名称{number}")
        draft.entity_tags.add(ArticleEntity(entity=entity, role="about"))
        author = Author.objects.create(name_en=f"Author {number}", name_zh_hans=f"作者{number}")
        draft.bylines.add(ArticleByline(author=author))
        other = make_article(f"Story {number}", slug=f"story-{number}")
        draft.related_links.add(RelatedArticle(related=other))
    draft.save_revision()


def chosen(soup: BeautifulSoup, formset: str) -> list[str]:
    return [
        one.get_text(strip=True)
        for one in soup.select(f"[id^=id_{formset}-] [data-chooser-title]")
        if one.get_text(strip=True)
    ]


def test_choices_are_found_together_whatever_their_number(boss: Client) -> None:
    story = make_article()
    fill(story, 0, 1)
    _soup, few = form_of(boss, story)
    fill(story, 1, 9)
    soup, many = form_of(boss, story)
    assert many == few
    assert chosen(soup, "entity_tags") == [f"Name {number}" for number in range(9)]
    assert chosen(soup, "related_links") == [f"Story {number}" for number in range(9)]
    assert chosen(soup, "bylines") == [f"Author {number}" for number in range(9)]


def test_a_form_takes_few_queries(boss: Client) -> None:
    story = make_article()
    _soup, count = form_of(boss, story)
    assert count <= 62
    path = reverse("wagtailadmin_pages:add", args=["archive", "articlepage", story.publication_id])
    boss.get(path)
    with CaptureQueriesContext(connection) as queries:
        boss.get(path)
    assert len(queries) <= 28


def test_blocks_are_described_once_a_language(client: Client, monkeypatch: Any) -> None:
    described: list[str] = []
    describe = BlockWidget._build_block_json

    def build(self: BlockWidget) -> None:
        described.append(get_language())
        describe(self)

    monkeypatch.setattr(BlockWidget, "_build_block_json", build)
    monkeypatch.setitem(ArticlePage._meta.get_field("body_en").__dict__, "_described", {})
    story, boss = make_article(), make_user("boss", is_superuser=True)
    profile = UserProfile.objects.create(user=boss)
    client.force_login(boss)
    labels: list[bool] = []
    for language in ("en", "zh-hans", "en", "zh-hans"):
        profile.preferred_language = language
        profile.save()
        soup, _count = form_of(client, story)
        (body,) = soup.select("[data-block]")
        labels.append(PARAGRAPH in str(body["data-w-block-data-value"]))
    assert labels == [False, True, False, True]
    assert described == ["en", "zh-hans"]
