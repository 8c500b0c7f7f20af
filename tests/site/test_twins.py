"""Markdown twins of pages, llms.txt, and what crawlers are told."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import PageViewRestriction

from archive.models import ArticleByline, ArticlePage, Author
from archive.site.permalinks import permanent_path
from tests.factories import block, make_article, make_publication, make_section, translate

pytestmark = pytest.mark.django_db
MARKDOWN = {"Accept": "text/markdown"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
STORY = "/en/china-daily/2015/09/22/harbour-opens"


@pytest.fixture(autouse=True)
def _cached(settings: Any) -> Iterator[None]:
    settings.ARCHIVE_CACHE_PAGES = True
    yield
    cache.clear()


def make_story(**fields: Any) -> ArticlePage:
    body = [block("paragraph", "<p>The quay is open.</p>", "b1")]
    return make_article("Harbour opens", slug="harbour-opens", body=body, **fields)


def read(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    return response.content.decode()


def test_a_story_s_paragraphs_end_in_their_permanent_addresses() -> None:
    story = make_story()
    text = read(f"{STORY}.md")
    assert "# Harbour opens" in text
    path = permanent_path(story, "en")
    assert f"The quay is open. [¶](http://localhost{path}#b1)" in text


def test_each_part_of_a_byline_has_a_line() -> None:
    story = make_story()
    for role, name in (("reporter", "Li Na"), ("additional", "Tom Reed")):
        author = Author.objects.create(name_en=name)
        ArticleByline.objects.create(page=story, author=author, role=role)
    lines = [line.strip() for line in read(f"{STORY}.md").splitlines()]
    assert {"By Li Na", "Additional reporting by Tom Reed"} <= set(lines)


@pytest.mark.parametrize(
    "path",
    ["index", "china-daily", "china-daily/2015", "china-daily/2015/09/22", "china-daily/world"],
)
def test_lists_name_their_stories_or_issues(path: str) -> None:
    make_story(section=make_section())
    assert "2015/09/22/" in read(f"/en/{path}.md")


def test_a_translation_has_the_addresses_of_its_language() -> None:
    story = make_story()
    translate(story, headline="港口启用")
    text = read(STORY.replace("/en/", "/zh-hans/") + ".md")
    assert "# 港口启用" in text
    assert f"{permanent_path(story, 'zh-hans')}#b1" in text
    assert "Harbour opens" in read(f"{STORY}.md?view=both")
    assert "港口启用" in read(f"{STORY}.md?view=both")


def test_the_page_names_its_twin_and_the_twin_its_page() -> None:
    make_story()
    link = f'<link rel="alternate" type="text/markdown" href="{STORY}.md">'
    assert link in Client().get(f"{STORY}/").content.decode()
    assert Client().get(f"{STORY}.md")["Link"] == f'<http://localhost{STORY}/>; rel="canonical"'


def test_who_asks_for_markdown_is_led_to_it_and_no_cache_mixes_them_up() -> None:
    make_story()
    for _again in range(2):
        shown = Client().get(f"{STORY}/", headers=BROWSER)
        assert shown.status_code == 200
        assert "Accept" in [one.strip() for one in shown["Vary"].split(",")]
        led = Client().get(f"{STORY}/", headers=MARKDOWN)
        assert (led.status_code, led["Location"]) == (302, f"{STORY}.md")
        assert (led["Cache-Control"], led["Vary"]) == ("no-store", "Accept")
    assert Client().get("/en/", headers=MARKDOWN)["Location"] == "/en/index.md"
    assert Client().get(f"{STORY}/", headers={"Accept": "*/*"}).status_code == 200


def test_a_twin_is_kept_and_changes_with_its_page(django_assert_max_num_queries: Any) -> None:
    story = make_story()
    read(f"{STORY}.md")
    with django_assert_max_num_queries(1):
        read(f"{STORY}.md")
    story.headline_en = "Harbour closes"
    story.save_revision().publish()
    assert "# Harbour closes" in read(f"{STORY}.md")
    story.unpublish()
    assert Client().get(f"{STORY}.md").status_code == 404


def test_what_is_not_for_all_has_no_twin() -> None:
    make_story(live=False)
    assert Client().get(f"{STORY}.md").status_code == 404
    open_story = make_article("Open", slug="open")
    read("/en/china-daily/2015/09/22/open.md")
    PageViewRestriction.objects.create(page=open_story.publication, restriction_type="login")
    for path in ("china-daily/2015/09/22/open", "china-daily"):
        assert Client().get(f"/en/{path}.md").status_code == 404
    assert "China Daily" not in Client().get("/llms.txt").content.decode()


def test_llms_txt_leads_to_the_twins() -> None:
    make_story()
    text = Client().get("/llms.txt").content.decode()
    for path in ("/en/index.md", "/en/china-daily.md", "/zh-hans/china-daily.md"):
        assert f"(http://localhost{path})" in text
        read(path)


def test_a_site_may_do_without(settings: Any) -> None:
    settings.ARCHIVE_MARKDOWN = False
    make_story()
    assert Client().get(f"{STORY}.md").status_code == 404
    assert Client().get("/llms.txt").status_code == 404
    shown = Client().get(f"{STORY}/", headers=MARKDOWN)
    assert shown.status_code == 200
    assert "text/markdown" not in shown.content.decode()


def test_crawlers_are_told_what_pages_may_be_used_for(settings: Any) -> None:
    make_publication()
    assert "Content-Signal" not in Client().get("/robots.txt").content.decode()
    assert Client().get("/.well-known/tdmrep.json").status_code == 404
    settings.ARCHIVE_CONTENT_SIGNALS = ["search=yes", "ai-train=no"]
    settings.ARCHIVE_TDM_RESERVATION = True
    settings.ARCHIVE_TDM_POLICY = "https://example.org/terms"
    robots = Client().get("/robots.txt").content.decode()
    assert "\nContent-Signal: search=yes, ai-train=no\n" in robots
    rule = {"location": "/", "tdm-reservation": 1, "tdm-policy": "https://example.org/terms"}
    assert Client().get("/.well-known/tdmrep.json").json() == [rule]
    page = Client().get("/en/china-daily/")
    assert (page["tdm-reservation"], page["tdm-policy"]) == ("1", "https://example.org/terms")
