"""A story that was printed in traditional characters: simplified for readers, printed by a link."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive.models import ArticlePage, EntityName
from archive.site.permalinks import short_id
from archive.text.language import CHINESE, ENGLISH
from tests.contrib.intake.importing import import_text, latest, the_story
from tests.factories import block, make_article, make_entity, make_home, translate
from tests.site.machines import html_of, node, tags
from tests.site.reading import address, language_of, one, opened, opened_at, words

pytestmark = pytest.mark.django_db

HEADLINE, CONVERTED = "港務局與車隊簽訂協議", "港务局与车队签订协议"
PRINTED, SIMPLE = "貨車經過碼頭，來往頻繁。", "货车经过码头，来往频繁。"
IMPORTED = f"""{HEADLINE}

中国日报 2015年9月22日 第17版

{PRINTED}港務局說，協議為期三年，雙方將於下月開始執行。

車隊負責人說，這條路線連接鐵路與港口。
"""


def make_traditional(**fields: Any) -> ArticlePage:
    body = [block("paragraph", f"<p><b>貨車</b>{PRINTED[2:]}</p>")]
    values = {"slug": "a-story", "body": body, "script": "hant", **fields}
    return make_article(HEADLINE, language=CHINESE, **values)


def test_another_way_to_read_keeps_the_characters_of_the_print() -> None:
    story = make_traditional()
    translate(story)
    soup = printed_form(opened(story, CHINESE))
    (both,) = [link for link in soup.select(".modes a") if "/both/" in link["href"]]
    assert "script=printed" in Client().get(both["href"]).url
    assert HEADLINE in words(opened_at(Client().get(both["href"]).url), "h1")


def texts(soup: BeautifulSoup) -> tuple[str, str]:
    return words(soup, "h1"), words(soup, ".story-body p")


def printed_form(soup: BeautifulSoup) -> BeautifulSoup:
    return opened_at(str(one(soup, ".notice-script a")["href"]))


def test_what_is_imported_in_traditional_characters_is_kept_and_read_in_simplified_ones(
    tmp_path: Path,
) -> None:
    make_home()
    import_text(tmp_path, IMPORTED)
    draft = latest(the_story())
    assert (draft.script, draft.source("headline")) == ("hant", HEADLINE)
    draft.save_revision().publish()
    soup = opened(the_story(), CHINESE)
    assert words(soup, "h1") == CONVERTED
    assert SIMPLE in words(soup, ".story-body")
    assert the_story().source("headline") == HEADLINE


@pytest.mark.parametrize("interface", [ENGLISH, CHINESE])
def test_the_printed_form_is_a_link_away_and_so_is_the_way_back(interface: str) -> None:
    first = opened(make_traditional(), interface)
    printed = printed_form(first)
    again = printed_form(printed)
    assert texts(first) == texts(again) == (CONVERTED, SIMPLE)
    assert texts(printed) == (HEADLINE, PRINTED)
    shown = [language_of(one(soup, ".story-body p")) for soup in (first, printed, again)]
    assert shown == ["zh-Hans", "zh-Hant", "zh-Hans"]
    addresses = {one(soup, "link[rel=canonical]")["href"] for soup in (first, printed)}
    assert len(addresses) == 1


def test_readers_are_told_which_form_they_have() -> None:
    soup = opened(make_traditional(), ENGLISH)
    assert "Converted from traditional characters." in words(soup, ".notice-script")
    assert "as printed" in words(printed_form(soup), ".notice-script")


def test_only_a_story_in_traditional_characters_is_converted() -> None:
    soup = opened(make_traditional(script=""), CHINESE, "?script=printed")
    assert texts(soup) == (HEADLINE, PRINTED)
    assert not soup.select(".notice-script")


def test_beside_its_translation_it_can_be_read_as_printed() -> None:
    story = make_traditional()
    translate(story, headline="A deal", **{story.source("body")[0].id: "<p>Lorries pass.</p>"})
    soup = opened(story, ENGLISH, "?view=both")
    assert words(soup, ".story-body .side-other p") == SIMPLE
    printed = printed_form(soup)
    assert words(printed, ".story-body .side-other p") == PRINTED
    assert language_of(one(printed, ".story-body .side-other p")) == "zh-Hant"
    assert not opened(story, ENGLISH).select(".notice-script")


def test_names_are_as_the_archive_has_them() -> None:
    county = make_entity("qian", "Qian County", "乾县", kind="place")
    person = make_entity("kennedy", "John F. Kennedy", "肯尼迪", kind="person")
    EntityName.objects.create(entity=person, text="甘迺迪", language=CHINESE, kind="traditional")
    body = f'<p>甘迺迪與乾隆到過<a linktype="entity" id="{county.pk}">乾縣</a>。</p>'
    story = make_traditional(body=[block("paragraph", body)])
    soup = opened(story, CHINESE)
    assert words(soup, ".story-body p") == "肯尼迪与乾隆到过乾县。"
    assert words(soup, ".story-body p a") == "乾县"


def test_a_name_that_changes_changes_the_page() -> None:
    story = make_traditional(body=[block("paragraph", "<p>甘迺迪來過。</p>")])
    assert words(opened(story, CHINESE), ".story-body p") == "甘迺迪来过。"
    person = make_entity("kennedy", "John F. Kennedy", "肯尼迪", kind="person")
    EntityName.objects.create(entity=person, text="甘迺迪", language=CHINESE, kind="traditional")
    assert words(opened(story, CHINESE), ".story-body p") == "肯尼迪来过。"


@pytest.mark.parametrize("typed", ["車隊簽訂", "车队签订", "貨車經過", "货车经过"])
def test_a_search_in_either_characters_finds_it(typed: str) -> None:
    make_traditional()
    path = f"/zh-hans/search/?q={typed}"
    soup = opened_at(path)
    assert words(soup, ".card .headline") == CONVERTED
    assert SIMPLE in words(soup, ".card .passage")
    found = Client().get(f"{path}&format=json").json()["results"]
    assert [one["headline"] for one in found] == [CONVERTED]


@pytest.mark.parametrize("path", ["/zh-hans/feed/", "/zh-hans/", "/sitemap-news.xml"])
def test_lists_feeds_and_sitemaps_give_it_in_simplified_characters(path: str) -> None:
    make_traditional(day=timezone.localdate())
    content = Client().get(path).content.decode().replace("<wbr>", "")
    assert CONVERTED in content
    assert HEADLINE not in content


def test_a_page_s_metadata_name_the_characters_that_it_is_in() -> None:
    story = make_traditional()
    page = html_of(address(story, CHINESE))
    printed = html_of(f"{address(story, CHINESE)}?script=printed")
    assert [node(one, "NewsArticle")["inLanguage"] for one in (page, printed)] == [
        "zh-Hans",
        "zh-Hant",
    ]


def test_it_is_cited_and_harvested_as_printed() -> None:
    story = make_traditional()
    for form, headline in (("", CONVERTED), ("?script=printed", HEADLINE)):
        metas = tags(html_of(f"{address(story, CHINESE)}{form}"))
        assert metas["citation_title"] == metas["DC.title"] == [HEADLINE]
        assert metas["citation_language"] == metas["DC.language"] == ["zh-Hant"]
        assert metas["og:title"] == [headline]
    cite = f"/zh-hans/cite/{short_id(story.pk)}/?format=csl-json"
    item = Client().get(cite).json()[0]
    assert (item["title"], item["language"]) == (HEADLINE, "zh-Hant")
    record = "/oai/?verb=ListRecords&metadataPrefix=oai_dc"
    harvested = Client().get(record).content.decode()
    assert f'<dc:title xml:lang="zh-Hant">{HEADLINE}</dc:title>' in harvested


def test_names_are_asked_for_once_a_page_and_only_where_something_is_converted() -> None:
    stories = [make_traditional(slug=f"story-{number}", script="") for number in range(3)]
    Client().get("/zh-hans/")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get("/zh-hans/").status_code == 200
        return len(queries)

    before = count()
    ArticlePage.objects.filter(pk__in=[one.pk for one in stories]).update(script="hant")
    cache.clear()
    count()
    assert count() <= before + 1
