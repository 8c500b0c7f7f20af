"""Which text a request gets, and how a reader's choice is remembered: with a cookie, on choice."""

from types import SimpleNamespace

import pytest
from django.test import Client, RequestFactory

from archive.site.modes import COOKIE, View, query_in, view_of
from archive.text.language import CHINESE, ENGLISH, LANGUAGES

pytestmark = pytest.mark.django_db

STORY = "/en/china-daily/2015/09/22/a-story/"


def asked(query: str = "", cookie: str = "") -> object:
    request = RequestFactory().get(f"{STORY}{query}")
    if cookie:
        request.COOKIES[COOKIE] = cookie
    return request


def seen(query: str, cookie: str, interface: str, languages: tuple[str, ...] = LANGUAGES) -> View:
    story = SimpleNamespace(languages=lambda: list(languages), is_traditional=False)
    return view_of(asked(query, cookie), story, interface)


@pytest.mark.parametrize(
    ("query", "cookie", "interface", "view"),
    [
        ("", "", ENGLISH, View(ENGLISH, ENGLISH)),
        ("", "", CHINESE, View(CHINESE, CHINESE)),
        ("", CHINESE, ENGLISH, View(ENGLISH, ENGLISH)),
        ("?view=both", "", CHINESE, View("both", CHINESE)),
        ("?view=reveal", "both", ENGLISH, View("reveal", ENGLISH)),
        ("", "both", ENGLISH, View("both", ENGLISH)),
        ("?view=en", "both", ENGLISH, View(ENGLISH, ENGLISH)),
        ("?view=klingon", "", ENGLISH, View(ENGLISH, ENGLISH)),
        ("?view=klingon", "both", ENGLISH, View("both", ENGLISH)),
        ("?view=", "sideways", CHINESE, View(CHINESE, CHINESE)),
    ],
)
def test_the_address_counts_then_the_last_choice_then_the_page(
    query: str, cookie: str, interface: str, view: View
) -> None:
    assert seen(query, cookie, interface) == view


@pytest.mark.parametrize("mode", ["zh-hans", "both", "reveal"])
def test_an_untranslated_story_has_one_way_to_be_read(mode: str) -> None:
    assert seen(f"?view={mode}", mode, ENGLISH, (ENGLISH,)) == View(ENGLISH, ENGLISH)


@pytest.mark.parametrize(
    ("query", "cookie", "kept"),
    [
        ("", "", ""),
        ("?view=both", "", "?view=both"),
        ("?view=both&from=feed", "", "?view=both&from=feed"),
        ("?view=en", "", ""),
        ("?view=en&from=feed", "", "?from=feed"),
        ("", "both", ""),
        ("", "en", ""),
        ("?view=en", "both", "?view=zh-hans"),
    ],
)
def test_the_switch_of_language_keeps_the_way_to_read(query: str, cookie: str, kept: str) -> None:
    assert query_in(asked(query, cookie), CHINESE) == kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mode", "leads_to", "cookie"),
    [
        ("both", f"{STORY}?view=both", "both"),
        ("zh-hans", STORY.replace("/en/", "/zh-hans/"), ""),
        ("en", STORY, ""),
    ],
)
def test_a_way_to_read_is_remembered_and_a_language_is_an_address(
    mode: str, leads_to: str, cookie: str
) -> None:
    response = Client().get(f"/view/{mode}/?to={STORY}")
    assert (response.status_code, response["Location"]) == (302, leads_to)
    assert response.cookies[COOKIE].value == cookie
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/view/sideways/?to=/en/",
        "/view/both/",
        "/view/both/?to=https://example.org/en/",
        "/view/both/?to=//example.org/en/",
        "/view/both/?to=/%5Cexample.org/en/",
        "/view/both/?to=/admin/",
    ],
)
def test_a_choice_leads_to_no_other_place(path: str) -> None:
    assert Client().get(path).status_code == 400
