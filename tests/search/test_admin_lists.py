"""Every list and chooser of the admin is searched, whatever somebody types."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.documents.models import Document

from archive.models import Author
from tests.factories import make_article, make_entity, make_image, make_tie

pytestmark = pytest.mark.django_db

TYPED = {
    "a quotation mark": '"',
    "three quotation marks": '"li na" "',
    "signs": "' \\ % * ( title:li -na ^x {y} : | & !",
    "operators": "NEAR(a b) AND na AND",
    "half a character, NUL and an emoji": "\udc80 li\0na 😀",
    "a very long word": "x" * 5000,
    "many words": "a " * 600,
}
# One by one, for a release.
SIGNS = {
    sign: sign for sign in ["'", "\\", "%", "*", "(", ")", "-", ":", "\0", "\udc80", "😀", "NEAR"]
}


def addresses(patterns: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Those that need nothing to be filled in, each with its view."""
    for one in patterns:
        path = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, path)
        elif isinstance(one, URLPattern) and not set("<^") & set(path):
            yield f"/{path}", one.callback


def is_searched(path: str, view: Any) -> bool:
    """Wagtail's lists and choosers, and addresses that say so."""
    marks = ("search_queryset", "filter_form_class", "is_searchable")
    shown = getattr(view, "view_class", None)
    return "search" in path or "memory" in path or any(hasattr(shown, mark) for mark in marks)


def searched() -> list[str]:
    everything = addresses(get_resolver().url_patterns)
    found = [path for path, view in everything if path[:7] == "/admin/" and is_searched(path, view)]
    # The results alone, where they have an address of their own; all snippets are no list.
    return [path for path in found if f"{path}results/" not in found and path != "/admin/snippets/"]


@pytest.fixture
def one_of_each() -> None:
    """Rows that a search finds: without any, some lists don't ask the database."""
    make_article()
    make_image(title="Li Na")
    Author.objects.create(name_en="Li Na", name_zh_hans="李小娜")
    Document.objects.create(title="Li Na", file=ContentFile(b"%PDF-1.4", "li-na.pdf"))
    make_tie(*(make_entity(f"a{number}", kind="place") for number in (1, 2)))


def test_the_lists_are_found() -> None:
    models = ("archive/author", "archive/entity", "archive/tie")
    lists = [
        f"/admin/snippets/{where}{name}/results/" for name in models for where in ("", "choose/")
    ]
    lists.append("/admin/snippets/archive/translation/results/")
    rest = [
        "pages/search",
        "stories",
        "images",
        "images/chooser",
        "documents",
        "users",
        "redirects",
    ]
    assert {*lists, *(f"/admin/{name}/results/" for name in rest)} <= set(searched())


def answers(client: Client, path: str, typed: dict[str, str]) -> dict[str, int]:
    client.raise_request_exception = False
    found = {}
    for name, words in typed.items():
        text = words.encode("utf-8", "surrogateescape")
        found[name] = client.get(path, {"q": text, "words": text}).status_code
    return found


@pytest.mark.parametrize("path", searched())
def test_a_list_is_searched_for_anything(
    path: str, admin_client: Client, one_of_each: None
) -> None:
    assert answers(admin_client, path, TYPED) == dict.fromkeys(TYPED, 200)


@pytest.mark.exhaustive
@pytest.mark.parametrize("path", searched())
def test_a_list_is_searched_for_any_sign(
    path: str, admin_client: Client, one_of_each: None
) -> None:
    assert answers(admin_client, path, SIGNS) == dict.fromkeys(SIGNS, 200)


@pytest.mark.parametrize("typed", ["Na", "小娜", 'li "na', "li' na"])
@pytest.mark.parametrize("name", ["list_results", "choose_results"])
def test_an_author_is_found_in_either_language(
    name: str, typed: str, admin_client: Client, one_of_each: None
) -> None:
    space = Author.snippet_viewset
    address = {
        "list_results": space.get_url_name,
        "choose_results": space.chooser_viewset.get_url_name,
    }
    response = admin_client.get(reverse(address[name](name)), {"q": typed})
    assert "Li Na" in response.content.decode()
