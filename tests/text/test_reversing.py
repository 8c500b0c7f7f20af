"""Addresses from a kept pattern: the same as Django's, whatever surrounds them."""

from collections.abc import Iterator
from types import ModuleType

import pytest
from django.urls import (
    NoReverseMatch,
    get_script_prefix,
    include,
    path,
    reverse,
    set_script_prefix,
    set_urlconf,
)
from django.utils import translation

from archive import site_urls
from archive.addresses import address, pattern
from archive.text.language import CHINESE, ENGLISH


@pytest.fixture
def below_a_folder() -> Iterator[None]:
    before = get_script_prefix()
    set_script_prefix("/newspaper/")
    yield
    set_script_prefix(before)


@pytest.fixture
def mounted_elsewhere() -> Iterator[None]:
    urls = ModuleType("urls")
    urls.urlpatterns = [path("old/", include(site_urls))]  # type: ignore[attr-defined]
    set_urlconf(urls)  # type: ignore[arg-type]
    yield
    set_urlconf(None)


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
@pytest.mark.parametrize(
    ("view", "keys"),
    [
        ("archive:search", ()),
        ("archive:entity", ("port-of-zhanjiang",)),
        ("archive:pair", ("atlantic_city", "Zhanjiang2")),
        ("archive_permalink", ("1gp",)),
    ],
)
def test_says_what_django_says(language: str, view: str, keys: tuple[str, ...]) -> None:
    with translation.override(language):
        expected = reverse(view, args=keys)
        assert [address(view, *keys), address(view, *keys)] == [expected, expected]
    with translation.override(None):
        assert address(view, *keys, language=language) == expected


@pytest.mark.parametrize("key", ['"><script>', "a/b", "100%s", "湛江", "a b", "", "a\n"])
def test_a_key_that_is_no_slug_has_no_address(key: str) -> None:
    with translation.override(ENGLISH), pytest.raises(NoReverseMatch):
        address("archive:entity", key)


@pytest.mark.parametrize(
    ("view", "keys"), [("archive:nothing", ("a",)), ("archive:entity", ("a", "b", "c", "d"))]
)
def test_what_is_nowhere_has_no_address(view: str, keys: tuple[str, ...]) -> None:
    with pytest.raises(NoReverseMatch):
        address(view, *keys)


def test_one_pattern_serves_a_list() -> None:
    with translation.override(CHINESE):
        form = pattern("archive:pair", 2)
        pairs = [("a", "b"), ("second-of-any-keys", "first-of-any-keys")]
        assert [form % pair for pair in pairs] == [address("archive:pair", *p) for p in pairs]


def test_a_site_below_a_folder_has_its_own(below_a_folder: None) -> None:
    with translation.override(ENGLISH):
        assert address("archive:entity", "a") == reverse("archive:entity", args=["a"])
        assert address("archive:entity", "a").startswith("/newspaper/en/")


def test_so_have_other_urls(mounted_elsewhere: None) -> None:
    assert address("archive_permalink", "1gp") == "/old/s/1gp/"
