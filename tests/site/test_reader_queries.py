"""What a readers' page asks of the database: few queries, however much it shows.

Warm, as in any process that has served a page: content types, the sites' root paths, and the
pictures' renditions, which the first view makes. All else is read anew.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail.models import PageViewRestriction, Site

from archive.models import ArticleByline, ArticlePage, Author, RelatedArticle
from archive.text.language import CHINESE, ENGLISH, column, other
from tests.factories import (
    DAY,
    block,
    make_article,
    make_entity,
    make_home,
    make_image,
    make_publication,
    make_section,
    tag,
    translate,
)
from tests.site.reading import address, picture

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

in_each_language = pytest.mark.parametrize("language", [ENGLISH, CHINESE])

STORY = 6
LIST = 15


def make_full_story(language: str) -> ArticlePage:
    """Names (one not tagged), links, pictures, a gallery, a video, bylines, related stories."""
    section = make_section()
    places = [make_entity(f"place-{n}", f"Place {n}", f"地方{n}") for n in range(6)]
    others = [
        make_article(f"Other {n}", slug=f"other-{n}", section=section, print_page="3")
        for n in range(3)
    ]
    images = [make_image(name=f"{n}.jpg", credit="x", rights="x") for n in range(4)]
    text = "".join(
        f'<a linktype="entity" id="{place.pk}">{place}</a>, ' for place in places
    ) + "".join(f'<a linktype="page" id="{page.pk}">{page}</a>, ' for page in others)
    stranger = make_entity("stranger", "Stranger", "外人")
    text += f'<a linktype="entity" id="{stranger.pk}">{stranger}</a>'
    video = "https://video.example/watch/1"
    Embed.objects.create(
        url=video, hash=get_embed_hash(video), type="video", html="<iframe></iframe>"
    )
    items = [{"type": "item", "value": picture(one), "id": f"g{one.pk}"} for one in images[2:]]
    body = [
        *(block("paragraph", f"<p>{text}</p>") for _ in range(3)),
        *(block("image", picture(image)) for image in images[:2]),
        block("gallery", {"title": "Gallery", "pictures": items}),
        block("fact_box", {"title": "Box", "text": f"<p>{text}</p>"}),
        block("embed", {"url": video, "caption": "Video"}),
    ]
    article = make_article(
        "Full", body=body, section=section, slug="full", language=language, print_page="3"
    )
    for number, place in enumerate(places):
        tag(article, place, "about" if number < 3 else "mentioned")
        author = Author.objects.create(**{column("name", ENGLISH): f"Author {number}"})
        ArticleByline.objects.create(page=article, author=author, place=place, sort_order=number)
    for order, related in enumerate(others):
        RelatedArticle.objects.create(page=article, related=related, sort_order=order)
    return ArticlePage.objects.get(pk=article.pk)


def make_many_stories() -> Any:
    """Illustrated stories in two publications, a third of them translated: more than `LIST`."""
    publications = [make_publication(), make_publication("another-paper", en="Another paper")]
    sections = [make_section("world", publication) for publication in publications]
    place = make_entity()
    for number in range(LIST + 3):
        image = make_image(name=f"{number}.jpg", credit="x", rights="x")
        article = make_article(
            f"Story {number}",
            body=[block("image", picture(image)), block("paragraph", "<p>Text.</p>")],
            publication=publications[number % 2],
            section=sections[number % 2],
            day=DAY + timedelta(days=number // 4),
            print_page=str(number % 5),
            slug=f"story-{number}",
        )
        tag(article, place)
        if number % 3 == 0:
            translate(article, headline="译文")
    return sections[0]


def opened_warm(path: str, budget: Any, most: int) -> None:
    client = Client()
    assert client.get(path).status_code == 200
    cache.clear()
    Site.get_site_root_paths()
    with budget(most):
        assert client.get(path).status_code == 200


@in_each_language
def test_a_story_is_read_in_few_queries(language: str, django_assert_max_num_queries: Any) -> None:
    article = make_full_story(language)
    opened_warm(address(article, language), django_assert_max_num_queries, STORY)


@in_each_language
def test_a_translated_story_is_read_in_as_few(
    language: str, django_assert_max_num_queries: Any
) -> None:
    article = make_full_story(other(language))
    translate(article, headline="Translated 译")
    opened_warm(address(article, language), django_assert_max_num_queries, STORY)


@in_each_language
def test_both_texts_cost_no_query_more_than_the_original(
    language: str, django_assert_max_num_queries: Any
) -> None:
    article = make_full_story(language)
    translate(article, headline="Translated 译")
    plain = address(article, language)
    opened_warm(plain, django_assert_max_num_queries, STORY)
    with CaptureQueriesContext(connection) as original:
        Client().get(plain)
    most = len(original)
    for mode in ("both", "reveal"):
        opened_warm(f"{plain}?view={mode}", django_assert_max_num_queries, most)


def test_a_list_is_read_in_few_queries(django_assert_max_num_queries: Any) -> None:
    section = make_many_stories()
    publication = make_publication()
    issue = ArticlePage.objects.filter(publication=publication).first().get_parent().specific
    for page in (make_home(), publication, issue.get_parent(), issue, section):
        for language in (ENGLISH, CHINESE):
            opened_warm(address(page, language), django_assert_max_num_queries, LIST)


def test_a_restricted_part_of_the_tree_stays_restricted() -> None:
    article = make_article()
    PageViewRestriction.objects.create(
        page=article.get_parent().get_parent(), restriction_type="password", password="x"
    )
    response = Client().get(address(article, ENGLISH))
    assert article.headline not in response.content.decode()
