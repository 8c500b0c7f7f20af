"""The archive as a section of a larger site: two levels down, among pages of no language."""

from collections.abc import Iterator

import pytest
from django.test import Client
from wagtail.models import Page, Site

from archive.models import ArticlePage, HomePage
from tests.factories import make_article, make_publication, translate
from tests.site.reading import address, opened_at

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.setup.section_urls")]
STORY = "news/archive/china-daily/2015/09/22/a-story/"


@pytest.fixture
def story() -> Iterator[ArticlePage]:
    root = Page.get_first_root_node()
    welcome = root.add_child(instance=Page(title="Welcome", slug="welcome"))
    Site.objects.update(root_page=welcome)
    HomePage.objects.all().delete()
    news = welcome.add_child(instance=Page(title="News", slug="news"))
    names = {"name_en": "Archive", "name_zh_hans": "资料库"}
    news.add_child(instance=HomePage(title="Archive", slug="archive", **names))
    article = make_article("Port opens", publication=make_publication(), slug="a-story")
    translate(article, headline="港口开放")
    return ArticlePage.objects.get(pk=article.pk)


def test_a_story_reads_in_both_languages_below_its_section(story) -> None:
    assert address(story, "en") == f"/en/{STORY}"
    soup = opened_at(f"/zh-hans/{STORY}")
    assert "港口开放" in soup.h1.get_text()
    links = {link["hreflang"]: link["href"] for link in soup.select("link[hreflang]")}
    assert links["en"].endswith(f"/en/{STORY}")
    assert soup.select_one(".nameplate a")["href"] == "/zh-hans/news/archive/"


@pytest.mark.parametrize(
    "path",
    ["", "browse/", "browse/2015/09/22/", "search/?q=Port", "feed/", "china-daily/", "cities/",
     "china-daily/2015/", "china-daily/2015/09/22/", "china-daily/feed/", "manifest.webmanifest"],
)  # fmt: skip
def test_every_kind_of_page_is_below_the_section(story, path) -> None:
    assert Client().get(f"/en/news/archive/{path}", follow=True).status_code == 200


def test_the_tree_s_own_address_leads_to_one_with_a_language(story) -> None:
    response = Client().get(f"/{STORY}", headers={"Accept-Language": "zh-CN"})
    assert (response.status_code, response["Location"]) == (302, f"/zh-hans/{STORY}")


def test_the_sites_own_pages_are_as_they_were_and_in_no_cache_of_the_archive(story) -> None:
    response = Client().get("/news/")
    assert (response.status_code, "ETag" in response) == (200, False)
    assert Page.objects.get(slug="news").url == "/news/"


def test_a_change_reaches_the_cached_page(story, settings) -> None:
    settings.ARCHIVE_CACHE_PAGES = True
    assert "Port opens" in opened_at(f"/en/{STORY}").get_text()
    story.headline_en = "Port closes"
    story.save_revision().publish()
    assert "Port closes" in opened_at(f"/en/{STORY}").get_text()


def test_what_is_not_found_leads_to_the_paper_above(story) -> None:
    soup = opened_at("/en/news/archive/china-daily/2015/09/23/nothing/", status=404)
    assert soup.select_one('a[href="/en/news/archive/china-daily/"]')


def test_sitemaps_and_harvests_know_the_addresses(story) -> None:
    sitemap = b"".join(Client().get("/sitemap-en-stories-0.xml").streaming_content).decode()
    assert f"/en/{STORY}" in sitemap
    answer = Client().get("/oai/?verb=ListRecords&metadataPrefix=oai_dc").content.decode()
    assert f"/en/{STORY}" in answer or "/s/" in answer
    assert "<repositoryName>Archive" in Client().get("/oai/?verb=Identify").content.decode()


def test_another_site_has_its_own_pages_at_such_addresses(story) -> None:
    other = Page.get_first_root_node().add_child(instance=Page(title="Other", slug="other"))
    news = other.add_child(instance=Page(title="News", slug="news"))
    news.add_child(instance=Page(title="Our archive", slug="archive"))
    Site.objects.create(hostname="other.example.org", root_page=other)
    page = Client(SERVER_NAME="other.example.org").get("/en/news/archive/")
    assert page.status_code == 200
    assert b"Our archive" in page.content
