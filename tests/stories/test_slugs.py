"""The slugs of stories: by the archive's names, and not lost to drafts that nobody wanted."""

import pytest
from django.test import Client
from django.urls import reverse

from archive.models import ArticlePage
from archive.stories.archive_page import latin_slug, story_slug
from tests.factories import make_article, make_entity, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("长滩港与湛江合作", "long-beach-gang-yu-zhanjiang-he-zuo"),
        ("银行开到重庆", "yin-hang-kai-dao-chong-qing"),
        ("Ships reach Zhanjiang", "ships-reach-zhanjiang"),
    ],
)
def test_names_in_a_headline_are_those_of_the_list(headline: str, slug: str) -> None:
    make_entity("long-beach", "Long Beach", "长滩")
    make_entity("zhanjiang", "Zhanjiang", "湛江")
    assert story_slug(headline) == slug


def test_a_name_that_english_tells_apart_is_read_as_it_sounds() -> None:
    make_entity("long-beach", "Long Beach", "长滩")
    make_entity("changtan", "Changtan", "长滩")
    assert story_slug("长滩") == "chang-tan"


@pytest.mark.exhaustive
def test_the_longest_headline_is_cheap(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        story_slug("长滩" * 128)
    assert latin_slug("湛" * 200_000)


def test_an_abandoned_draft_doesnt_cost_the_slug() -> None:
    stub = make_article("Port opens", live=False)
    story = make_article("Port opens", live=False)
    assert (stub.slug, story.slug) == ("port-opens", "port-opens-2")
    story.save_revision().publish()
    stub.refresh_from_db()
    story.refresh_from_db()
    assert (stub.slug, story.slug) == ("port-opens-2", "port-opens")
    assert story.url_path.endswith("/09/22/port-opens/")
    # The next version keeps the address.
    ArticlePage.objects.get(pk=story.pk).get_latest_revision_as_object().save_revision().publish()
    story.refresh_from_db()
    assert story.slug == "port-opens"


def test_a_published_story_keeps_its_slug() -> None:
    make_article("Port opens")
    assert make_article("Port opens").slug == "port-opens-2"


def test_a_copys_new_title_is_its_headline(client: Client) -> None:
    client.force_login(make_user("boss", is_superuser=True))
    story = make_article("Port opens")
    parent = story.get_parent()
    asked = client.get(reverse("wagtailadmin_pages:copy", args=[story.pk])).context["form"]
    assert asked["new_slug"].initial == "port-opens-2"
    names = {"new_title": "Port closes", "new_slug": "port-closes", "new_parent_page": parent.pk}
    client.post(reverse("wagtailadmin_pages:copy", args=[story.pk]), names)
    copy = ArticlePage.objects.get(slug="port-closes")
    draft = copy.get_latest_revision_as_object()
    assert (copy.title, copy.headline_en, draft.headline_en) == ("Port closes",) * 3
    draft.save_revision()
    assert ArticlePage.objects.get(pk=copy.pk).draft_title == "Port closes"
