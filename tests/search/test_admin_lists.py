"""Every list and chooser of the admin is searched, whatever somebody types."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.documents.models import Document
from wagtail.search import index

from archive.models import ArticlePage, Author, Tie
from tests.factories import (
    make_article,
    make_entity,
    make_image,
    make_publication,
    make_section,
    make_tie,
)

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


FOUND_NOTHING = ("match", "There are no results")


# Lists and choosers that have a search box; reports and the like are only filtered.
SEARCHED_BY_WORDS = [
    *(
        f"/admin/{name}/results/"
        for name in (
            *("pages/search", "stories", "images", "images/chooser", "documents", "users"),
            *(f"snippets/archive/{name}" for name in ("author", "entity", "tie", "translation")),
            *(f"snippets/choose/archive/{name}" for name in ("author", "entity", "tie")),
            *("places/chooser", "redirects"),
        )
    ),
    "/admin/choose-page/search/",
]


def test_a_search_that_finds_nothing_says_so(admin_client: Client, one_of_each: None) -> None:
    issue = ArticlePage.objects.get().get_parent()
    for path in [*SEARCHED_BY_WORDS, f"/admin/pages/{issue.pk}/results/"]:
        text = admin_client.get(path, {"q": "zzqx"}).content.decode()
        assert "match" in text, path
        assert "<tbody" not in text, path


@pytest.mark.parametrize("path", ["/admin/pages/search/results/", "/admin/choose-page/search/"])
def test_a_page_is_found_by_its_name_in_either_language(path: str, admin_client: Client) -> None:
    section, paper = make_section(), make_publication()
    for page in (section, paper):
        index.insert_or_update_object(page)
    wanted = {"China Daily": paper, "日报": paper, "中国日报": paper, "国际": section}
    for typed, page in wanted.items():
        text = admin_client.get(path, {"q": typed}).content.decode()
        assert f"/admin/pages/{page.pk}/" in text or f'data-title="{page.title}"' in text, typed


@pytest.mark.parametrize("typed", ["zhanj", "大西洋"])
def test_a_tie_is_chosen_by_either_place_s_names(typed: str, admin_client: Client) -> None:
    make_tie(make_entity(), make_entity("atlantic-city", "Atlantic City", "大西洋城"))
    make_tie(make_entity("a", "Aa", "甲"), make_entity("b", "Bb", "乙"))
    path = reverse(Tie.snippet_viewset.chooser_viewset.get_url_name("choose_results"))
    text = admin_client.get(path, {"q": typed}).content.decode()
    assert "Zhanjiang ↔ Atlantic City" in text or "Atlantic City ↔ Zhanjiang" in text
    assert "Aa" not in text
