"""The page of a story's citations, and its files."""

from typing import Any

import pytest
import rispy
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from archive.models import ArticleByline, ArticlePage, Author
from archive.site.permalinks import short_id
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import make_article, make_section, translate
from tests.site.reading import (
    CHINESE_HEADLINE,
    ENGLISH_HEADLINE,
    make_in,
    make_translated,
    opened_at,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def cite_path(article: ArticlePage, language: str = "en") -> str:
    return f"/{language}/cite/{short_id(article.pk)}/"


def signed(article: ArticlePage, **names: str) -> ArticlePage:
    for role, english in names.items():
        chinese = {"Li Na": "李娜", "Wang Fang": "王芳"}[english]
        author = Author.objects.create(
            **{column("name", ENGLISH): english, column("name", CHINESE): chinese}
        )
        ArticleByline.objects.create(page=article, author=author, role=role)
    return article


def test_a_story_is_cited_in_each_language() -> None:
    article = signed(make_translated(print_page="17"), reporter="Li Na", translator="Wang Fang")
    english, chinese = (opened_at(cite_path(article, code)) for code in ("en", "zh-hans"))
    assert words(english, "#apa-text").startswith("Li, N. (2015, September 22). ")
    day = timezone.localdate(article.translated_at)
    cited = words(chinese, "#gb-t-7714-text")
    assert cited.startswith(f"李娜. {CHINESE_HEADLINE}[EB/OL]. 王芳，译. 资料库（{day}）[")
    assert cited.endswith(f"译自：Li Na. {ENGLISH_HEADLINE}[N]. China Daily，2015-09-22（17）.")
    assert "中国日报" not in chinese.select_one("main").get_text()
    address = f"http://localhost/s/{short_id(article.pk)}/zh/"
    assert words(chinese, "#address-text") == address


def test_an_author_is_cited_once() -> None:
    article = signed(make_translated(), reporter="Li Na", contributor="Li Na")
    cited = words(opened_at(cite_path(article)), "main")
    assert "Li, N. (2015, September 22)" in cited
    assert "Li, N., & Li, N." not in cited


def test_a_heading_is_the_headline() -> None:
    article = make_translated()
    assert words(opened_at(cite_path(article)), "h1") == ENGLISH_HEADLINE
    assert words(opened_at(cite_path(article, "zh-hans")), "h1") == CHINESE_HEADLINE


def test_a_translation_that_nobody_signs_is_the_archives() -> None:
    page = opened_at(cite_path(make_translated(), "zh-hans"))
    assert f"{CHINESE_HEADLINE}[EB/OL]. 资料库，译. 资料库（" in words(page, "#gb-t-7714-text")
    assert "trans. 资料库, " in words(page, "#chicago-note-text")


def test_an_english_translation_names_the_chinese_paper() -> None:
    article = make_in(CHINESE, print_page="4")
    translate(article, headline=ENGLISH_HEADLINE)
    cited = words(opened_at(cite_path(article)), "#apa-text")
    assert cited.startswith(f"{ENGLISH_HEADLINE} (Archive, Trans.). (")
    assert "(Translated from: " in cited
    assert f"{CHINESE_HEADLINE} [{ENGLISH_HEADLINE}]. (2015, September 22). 中国日报, 4.)" in cited


def test_readers_are_told_that_an_original_is_cited() -> None:
    article = make_article()
    page = opened_at(cite_path(article, "zh-hans"))
    assert words(page, ".notice") == "本文暂无译文，以下为原文的引用格式。"
    assert words(page, "#gb-t-7714-text").startswith(f"{ENGLISH_HEADLINE}[N/OL]. China Daily")
    assert words(page, "#address-text").endswith("/en/")


def test_a_paragraph_is_cited_by_its_own_address() -> None:
    page = opened_at(f"{cite_path(make_article())}?paragraph=a1b2-c3")
    for name in ("gb-t-7714", "chicago-note", "address"):
        assert "/en/#a1b2-c3" in words(page, f"#{name}-text")
    page = opened_at(f"{cite_path(ArticlePage.objects.get())}?paragraph=%22%3E")
    assert "#" not in words(page, "#address-text")


def test_a_sample_is_cited_as_a_page_of_the_archive() -> None:
    page = opened_at(cite_path(make_article(is_sample=True, print_page="17")))
    assert "not a newspaper report" in words(page, ".notice")
    assert words(page, "#apa-text").startswith(f"{ENGLISH_HEADLINE}. (n.d.). Archive. Retrieved")


@pytest.mark.parametrize(
    ("form", "mime_type", "extension", "beginning"),
    [
        ("bibtex", "application/x-bibtex", "bib", "@article{"),
        ("ris", "application/x-research-info-systems", "ris", "TY  - NEWS"),
        ("csl-json", "application/vnd.citationstyles.csl+json", "json", "["),
    ],
)
def test_reference_managers_get_files(
    form: str, mime_type: str, extension: str, beginning: str
) -> None:
    article = make_article(slug="harbour-notes")
    response = Client().get(cite_path(article), {"format": form})
    assert response["Content-Type"] == f"{mime_type}; charset=utf-8"
    name = f"harbour-notes-{short_id(article.pk)}-en.{extension}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.content.decode().startswith(beginning)


def test_a_chinese_slug_names_neither_files_nor_entries() -> None:
    article = make_article(slug="港口-启用")
    response = Client().get(cite_path(article), {"format": "bibtex"})
    key = f"{short_id(article.pk)}-en"
    assert response["Content-Disposition"] == f'attachment; filename="{key}.bib"'
    assert response.content.decode().startswith(f"@article{{{key},")


def test_a_files_story_is_the_one_of_the_pages_language() -> None:
    article = make_translated(section=make_section(), print_page="B8")
    response = Client().get(cite_path(article, "zh-hans"), {"format": "ris"})
    (entry,) = rispy.loads(response.content.decode())
    assert (entry["title"], entry["secondary_title"]) == (CHINESE_HEADLINE, "资料库")
    assert not {"section", "start_page"} & set(entry)


def test_an_unknown_format_is_answered_with_those_that_there_are() -> None:
    response = Client().get(cite_path(make_article()), {"format": "marc<"})
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/plain")
    assert "bibtex, ris, csl-json" in response.content.decode()


def test_what_readers_cant_read_has_no_citation() -> None:
    draft, hidden = make_article(live=False), make_article("Hidden", slug="hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    paths = [cite_path(draft), cite_path(hidden), "/en/cite/zzz/"]
    assert [Client().get(path).status_code for path in paths] == [404, 404, 404]


def test_citations_cost_few_queries(django_assert_max_num_queries: Any) -> None:
    article = signed(make_translated(), reporter="Li Na", translator="Wang Fang")
    path = cite_path(article, "zh-hans")
    Client().get(path)
    cache.clear()
    Site.get_site_root_paths()
    with django_assert_max_num_queries(8):
        Client().get(path)
    with django_assert_max_num_queries(5):
        Client().get(path, {"format": "bibtex"})


@pytest.mark.parametrize("query", ["", "?format=ris"])
def test_a_browser_asks_again_and_has_the_name_of_today(client: Client, query: str) -> None:
    path = cite_path(signed(make_article(), reporter="Li Na")) + query
    first = client.get(path)
    assert "max-age=0" in first["Cache-Control"]
    again = {"If-None-Match": first["ETag"]}
    assert client.get(path, headers=again).status_code == 304
    Author.objects.update(name_en="Li Naomi")
    assert "Naomi" in client.get(path, headers=again).content.decode()
