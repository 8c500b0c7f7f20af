"""No page prints a value as Python writes it: every page that leads from the front page on."""

from collections import deque
from urllib.parse import urldefrag, urljoin

import lxml.html
import pytest
from django.test import Client

from archive.models import ArticlePage
from archive.site.permalinks import short_id
from tests.crawl.crawler import LEFT_ALONE, python_in
from tests.factories import make_article
from tests.site.test_story_metadata import make_full_story

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

# A list of stories by many filters goes on without end.
MOST = 150


def pages_from(*starts: str) -> dict[str, lxml.html.HtmlElement]:
    client, waiting, read = Client(), deque(starts), dict[str, lxml.html.HtmlElement]()
    while waiting and len(read) < MOST:
        path = waiting.popleft()
        if path in read:
            continue
        response = client.get(path)
        is_html = response.headers["Content-Type"].startswith("text/html")
        if not is_html or not response.content:
            continue
        tree = read[path] = lxml.html.fromstring(response.content)
        links = (urldefrag(urljoin(path, href)).url for href in tree.xpath("//a/@href"))
        waiting.extend(one for one in links if one.startswith("/") and not LEFT_ALONE.match(one))
    return read


@pytest.mark.exhaustive
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_page_prints_a_value_of_python(language: str) -> None:
    article: ArticlePage = make_full_story()
    make_article("Bare", slug="bare", print_page="", language="zh-hans")
    missing = f"/{language}/nothing-here/"
    cited = f"/{language}/cite/{short_id(article.pk)}/"
    read = pages_from(f"/{language}/", cited, missing)
    assert {cited, missing} < set(read)
    assert len(read) > 20
    assert {path: found for path, tree in read.items() if (found := python_in(tree))} == {}


def test_pythons_writing_is_seen() -> None:
    tree = lxml.html.fromstring("<p title=\"['a']\">None of <b>['City']</b></p>")
    assert python_in(tree) == ["None", "['City'", "['a'"]
