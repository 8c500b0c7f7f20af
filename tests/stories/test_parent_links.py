"""The page models as pages among Wagtail's own."""

from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page

from archive.models import ArticlePage, HomePage, IssuePage
from tests.factories import make_article


@pytest.mark.parametrize("model", [ArticlePage, HomePage, IssuePage])
def test_a_parent_link_has_no_reverse_name(model: Any) -> None:
    assert model._meta.get_ancestor_link(Page).remote_field.hidden
    assert model._meta.model_name not in {field.name for field in Page._meta.get_fields()}


@pytest.mark.django_db
def test_a_page_is_known_by_its_own_model_and_found_by_wagtails_search() -> None:
    article = make_article("Unheard-of words")
    page = Page.objects.get(pk=article.pk)
    assert type(page.specific) is ArticlePage
    assert page.specific.headline_en == "Unheard-of words"
    assert [one.pk for one in Page.objects.type(ArticlePage)] == [article.pk]
    call_command("rebuild_references_index", verbosity=0)
    assert article.pk in [one.pk for one in Page.objects.search("Unheard")]


@pytest.mark.django_db
@pytest.mark.parametrize("is_specific", [True, False])
def test_a_page_is_copied_and_deleted_with_its_own_row(is_specific: bool) -> None:
    article = make_article("A story")
    copied = article.copy(update_attrs={"slug": "a-copy"})
    assert ArticlePage.objects.get(pk=copied.pk).headline_en == "A story"
    page = copied if is_specific else Page.objects.get(pk=copied.pk)
    page.delete()
    Page.objects.filter(pk=article.pk).delete()
    assert not ArticlePage.objects.filter(pk__in=[article.pk, copied.pk]).exists()


@pytest.mark.django_db
@pytest.mark.urls("tests.setup.archive_only_urls")
def test_a_page_has_its_address_where_wagtails_own_pages_arent_served() -> None:
    article = make_article("A story", slug="a-story")
    assert article.full_url == "http://localhost/en/china-daily/2015/09/22/a-story/"
