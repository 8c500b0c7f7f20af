"""No kind of public page escapes the tests of access."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver
from wagtail.models import Page

from archive import site_urls, urls
from archive.text.language import ENGLISH
from tests.access.kinds import KINDS, NOT_PAGES
from tests.access.newspaper import make_newspaper
from tests.own_models import own_models

# What a site's own templates answer with.
ERRORS = {"404"}


def named(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver) and one.namespace:
            yield one.namespace
        elif isinstance(one, URLResolver):
            yield from named(one.url_patterns)
        else:
            yield str(one.name)


def page_models() -> set[str]:
    return {model.__name__ for model in own_models() if issubclass(model, Page)}


def test_every_address_and_page_model_is_listed_once() -> None:
    shown = {kind.shows for kind in KINDS}
    addresses = {*named(urls.urlpatterns), *named(site_urls.urlpatterns)}
    assert shown | set(NOT_PAGES) == addresses | page_models() | ERRORS
    assert shown & set(NOT_PAGES) == set()


@pytest.mark.django_db
def test_each_listed_address_shows_what_its_line_says() -> None:
    make_newspaper()
    wrong = {}
    for kind in (one for one in KINDS if one.status == 200):
        response = Client().get(kind.address(ENGLISH))
        page = response.context.get("page") if response.context else None
        names = {response.resolver_match.url_name, type(page).__name__}
        if response.status_code != kind.status or kind.shows not in names:
            wrong[kind.path] = response.status_code, names
    assert wrong == {}
