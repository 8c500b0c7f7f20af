"""What front page, newspapers, issues and sections say of themselves to machines."""

from typing import Any

import pytest
from django.test import RequestFactory

from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_article, make_home, make_publication, make_section
from tests.site.machines import graph, html_of, kinds, linked_data, node, parses_strictly, tags
from tests.site.reading import address

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def issue_of(article: Any) -> Any:
    return article.get_parent().specific


def test_the_front_page_says_how_to_search_it() -> None:
    html = html_of(address(make_home(), CHINESE))
    assert graph(html)
    assert parses_strictly(html)
    site = node(html, "WebSite")
    assert (site["name"], site["alternateName"]) == ("资料库", "Archive")
    template = site["potentialAction"]["target"]["urlTemplate"]
    assert template == "http://localhost/zh-hans/search/?q={words}"
    assert tags(html)["og:locale"] == ["zh_CN"]


def test_an_issue_belongs_to_its_newspaper() -> None:
    article = make_article()
    html = html_of(address(issue_of(article), ENGLISH))
    assert graph(html)
    assert parses_strictly(html)
    issue = node(html, "PublicationIssue")
    assert (issue["name"], issue["datePublished"]) == ("22 September 2015", "2015-09-22")
    paper = node(html_of(address(article.publication, ENGLISH)), "Newspaper")
    assert issue["isPartOf"]["@id"] == paper["@id"]
    steps = node(html, "BreadcrumbList")["itemListElement"]
    addresses = [address(page, ENGLISH) for page in reversed(issue_of(article).get_ancestors()[1:])]
    assert [step["item"].removeprefix("http://localhost") for step in steps[-2::-1]] == addresses


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_a_newspaper_and_its_sections_are_told_apart(language: str) -> None:
    section = make_section()
    make_article(section=section)
    paper, listing = (html_of(address(page, language)) for page in (make_publication(), section))
    assert "Newspaper" in kinds(graph(paper))
    assert "CollectionPage" in kinds(graph(listing))
    assert node(listing, "CollectionPage")["name"] == {ENGLISH: "World", CHINESE: "国际"}[language]


def test_what_holds_only_samples_is_no_newspaper() -> None:
    article = make_article(is_sample=True)
    for page in (article.publication, issue_of(article), issue_of(article).get_parent().specific):
        kinds = {one["@type"] for one in linked_data(html_of(address(page, ENGLISH)))}
        assert kinds == {"CollectionPage", "BreadcrumbList"}


def test_a_preview_has_no_metadata() -> None:
    article = make_article()
    request = RequestFactory().get("/")
    response = article.make_preview_request(request, "en")
    html = response.content.decode()
    assert article.headline in html
    assert "application/ld+json" not in html
    assert "permalink" not in html
