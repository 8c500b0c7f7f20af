"""What people at work see on readers' pages: the user bar, and marks for Wagtail's checks."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from archive.models import ArticleByline, ArticlePage, Author
from archive.site.content_checks import LONGEST_PARAGRAPH
from archive.text.language import CHINESE, ENGLISH, column, other
from tests.factories import (
    block,
    make_article,
    make_body,
    make_entity,
    make_image,
    make_publication,
    make_section,
    tag,
    translate,
)
from tests.site.reading import address, one, picture

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

in_each_language = pytest.mark.parametrize(
    "language", [pytest.param(ENGLISH, marks=pytest.mark.exhaustive), CHINESE]
)


def seen(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def marks(client: Client, path: str) -> dict[str, str]:
    """By the id of a block, or by its class where it has none."""
    found = seen(client, path).select("[data-archive-checks]")
    return {one.get("id") or one["class"][0]: one["data-archive-checks"] for one in found}


def linked(kind: str, pk: int) -> str:
    return f'See <a linktype="{kind}" id="{pk}">it</a>.'


def make_faulty(language: str) -> ArticlePage:
    """A block for each check, and one that passes all."""
    names = {"en": "Half", "zh": ""} if language == CHINESE else {"en": "", "zh": "半"}
    named = make_entity("half", **names)
    draft = make_article("Draft", slug="draft", live=False)
    photo = make_image(name="bare.jpg")
    long = "港口" if language == CHINESE else "Words of a port "
    texts = {
        "fine": "A short one.",
        "long": long * LONGEST_PARAGRAPH[language],
        "nameless": linked("entity", named.pk),
        "gone": linked("entity", 4_000_000),
        "unread": linked("page", draft.pk),
    }
    body = [block("paragraph", f"<p>{text}</p>", key) for key, text in texts.items()]
    body.append(block("image", picture(photo), "bare"))
    article = make_article("Faulty", slug="faulty", language=language, body=body, live=False)
    # As from before its pictures had to be complete: no version of it could be published now.
    ArticlePage.objects.filter(pk=article.pk).update(live=True)
    tag(article, named)
    author = Author.objects.create(**{column("name", other(language)): "A"})
    ArticleByline.objects.create(page=article, author=author)
    return ArticlePage.objects.get(pk=article.pk)


@in_each_language
def test_the_page_marks_what_the_checks_find(language: str, admin_client: Client) -> None:
    assert marks(admin_client, address(make_faulty(language), language)) == {
        "long": "long-paragraph",
        "nameless": "name",
        "gone": "dead-link",
        "unread": "dead-link",
        "bare": "credit alternative-text",
        "byline": "name",
        "names": "name",
    }


def test_both_texts_of_a_pair_are_checked(admin_client: Client) -> None:
    half = make_entity("half", "Half", "")
    article = make_article(body=make_body(linked("entity", half.pk)))
    translate(article, headline="题", **{article.source("body")[0].id: linked("entity", half.pk)})
    found = seen(admin_client, address(article, ENGLISH) + "?view=both")
    assert one(found, ".side-other [data-archive-checks=name]")
    assert not found.select(".side:not(.side-other) [data-archive-checks]")


def test_readers_get_neither_marks_nor_user_bar(client: Client, django_user_model: Any) -> None:
    path = address(make_faulty(ENGLISH), ENGLISH)
    for _visit in ("a stranger's", "a reader's who has logged in"):
        soup = seen(client, path)
        assert not soup.select("[data-archive-checks], wagtail-userbar, #wagtail-userbar-template")
        client.force_login(django_user_model.objects.get_or_create(username="reader")[0])


def test_every_public_page_has_the_user_bar(admin_client: Client) -> None:
    article, section, place = make_article(), make_section(), make_entity()
    issue = article.get_parent()
    pages = [article, section, make_publication(), issue, issue.get_parent().specific]
    paths = [address(page, ENGLISH) for page in (*pages, make_publication().get_parent().specific)]
    paths += [reverse("archive:entity", args=[place.key]), reverse("archive:search")]
    for path in paths:
        soup = seen(admin_client, path)
        assert len(soup.select("wagtail-userbar")) == 1, path
        bar = one(soup, "#wagtail-userbar-template")
        assert ("Edit this page" in bar.get_text()) == (path in paths[:6]), path


@in_each_language
def test_the_checks_beside_a_form_are_the_archive_s_in_both_previews(
    language: str, admin_client: Client
) -> None:
    article = make_faulty(ENGLISH)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    configuration = one(seen(admin_client, edit), "#checker-axe-configuration")
    assert "archive-long-paragraph" in configuration.get_text()
    view = reverse("wagtailadmin_pages:view_draft", args=[article.pk])
    assert marks(admin_client, f"{view}?mode={language}")["long"] == "long-paragraph"
