"""What readers get of a story that has become the translation of another one."""

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.test import Client

from archive.journal.undo import undo
from archive.models import ArticleByline, ArticlePage, Author, StoryPair, Translation
from archive.site.permalinks import permanent_path, short_id
from tests.desk.pairs.test_joining import confirmed, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost(client: Client, django_capture_on_commit_callbacks: object) -> ArticlePage:
    """The page of a pair whose translation is published."""
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        pair, translation = confirmed()
        assert client.get(pair.lost.get_url(), follow=True).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        publish(translation)
    return ArticlePage.objects.get(pk=pair.two_id)


def test_its_addresses_lead_to_the_kept_story(client: Client, lost: ArticlePage) -> None:
    kept = StoryPair.objects.get().kept
    assert kept
    for address in (lost.get_url(), permanent_path(lost)):
        answer = client.get(address, follow=True, headers={"accept-language": "zh-hans"})
        assert answer.status_code == 200
        assert answer.request["PATH_INFO"].endswith(f"/{kept.slug}/")


def test_the_issue_of_a_joined_story_leads_to_the_kept_one(
    client: Client, lost: ArticlePage, django_capture_on_commit_callbacks: Any
) -> None:
    kept = StoryPair.objects.get().kept
    assert kept
    address = lost.get_parent().get_url()
    page = BeautifulSoup(client.get(address).content.decode(), "html.parser")
    assert [card.get_text() for card in page.select(".story-list h3")] == ["New terminal"]
    assert "is one story with that of another paper or day" in page.text
    with django_capture_on_commit_callbacks(execute=True):
        kept.unpublish()
    page = BeautifulSoup(client.get(address).content.decode(), "html.parser")
    assert not page.select(".story-list")
    assert "No story can be read here at present." in page.text


def test_each_text_is_cited_by_the_paper_that_printed_it(client: Client, lost: ArticlePage) -> None:
    kept = StoryPair.objects.get().kept
    assert kept
    ArticlePage.objects.filter(pk=kept.pk).update(print_page="A1")
    cited = {
        language: client.get(f"/{language}/cite/{short_id(kept.pk)}/?format=csl-json").json()[0]
        for language in ("en", "zh-hans")
    }
    assert [one["type"] for one in cited.values()] == ["article-newspaper"] * 2
    printed = cited["zh-hans"]
    assert printed["container-title"] == lost.publication.name_zh_hans
    assert printed["issued"]["date-parts"] == [[2015, 9, 23]]
    assert printed.get("page", "") == lost.print_page
    assert not {"translator", "note", "original-title"} & printed.keys()
    assert cited["en"]["issued"]["date-parts"] == [[2015, 9, 22]]
    said = client.get(f"/zh-hans/cite/{short_id(kept.pk)}/").content.decode()
    assert "译自" not in said
    assert "2015-09-23" in said


def test_above_and_below_each_text_stands_where_it_was_printed(
    client: Client, lost: ArticlePage
) -> None:
    kept = StoryPair.objects.get().kept
    assert kept
    author = Author.objects.create(name_zh_hans="陈晓红")
    ArticleByline.objects.create(page=lost, author=author, role="reporter")
    Translation.objects.get(article=kept).latest_revision.publish()
    address = kept.get_url().replace("/en/", "/zh-hans/", 1)
    days = {}
    for view in ("", "?view=both"):
        page = BeautifulSoup(client.get(address + view).content.decode(), "html.parser")
        head = page.select_one(".story-line").text  # type: ignore[union-attr]
        assert ("陈晓红" in head, "9月23日" in head, "9月22日" in head) == (True, True, False)
        days[view] = re.findall(r"9月\d+日", str(page.select(".citation cite")))
    assert days == {"": ["9月23日"], "?view=both": ["9月23日", "9月22日"]}


def test_machines_and_readers_are_told_of_no_translation(client: Client, lost: ArticlePage) -> None:
    kept = StoryPair.objects.get().kept
    assert kept
    for language, day in (("en", "2015-09-22"), ("zh-hans", "2015-09-23")):
        address = kept.get_url().replace("/en/", f"/{language}/", 1)
        page = client.get(address).content.decode()
        story = story_in(page)
        assert story["datePublished"] == day
        assert story["isPartOf"]["@type"] == "PublicationIssue"
        assert not {"workTranslation", "translationOfWork", "translator"} & story.keys()
        assert "DCTERMS.isVersionOf" not in page
        assert "Translated from English" not in page
        assert "本文译自" not in page
    assert "2015年9月23日" in page


def test_each_text_leads_to_its_own_publishers_page(client: Client, lost: ArticlePage) -> None:
    kept = StoryPair.objects.get().kept
    assert kept
    at = {"en": "https://paper.example/kept", "zh-hans": "https://paper.example/lost"}
    ArticlePage.objects.filter(pk=kept.pk).update(source_url=at["en"])
    ArticlePage.objects.filter(pk=lost.pk).update(source_url=at["zh-hans"])
    Translation.objects.get(article=kept).latest_revision.publish()
    for language, url in at.items():
        page = client.get(kept.get_url().replace("/en/", f"/{language}/", 1)).content.decode()
        link = BeautifulSoup(page, "html.parser").select_one(".story-foot .source a")
        assert link
        assert link["href"] == story_in(page)["sameAs"] == url


def test_each_text_is_signed_by_who_signed_it_in_print(client: Client, lost: ArticlePage) -> None:
    kept = StoryPair.objects.get().kept
    assert kept
    for story, name in ((kept, "Tom Reed"), (lost, "陈晓红")):
        author = Author.objects.create(name_en=name, name_zh_hans=name)
        ArticleByline.objects.create(page=story, author=author)
    Translation.objects.get(article=kept).latest_revision.publish()
    signed = {}
    for language in ("en", "zh-hans"):
        items = client.get(f"/{language}/feed/?format=json").json()["items"]
        signed[language] = [[one["name"] for one in item["authors"]] for item in items]
    assert signed == {"en": [["Tom Reed"]], "zh-hans": [["陈晓红"]]}
    record = client.get("/oai/?verb=ListRecords&metadataPrefix=oai_dc").content.decode()
    assert [f"<dc:creator>{name}<" in record for name in ("Tom Reed", "陈晓红")] == [True, True]


def test_what_a_republication_writes_keeps_where_the_text_was_printed(lost: ArticlePage) -> None:
    translation = Translation.objects.get(article=StoryPair.objects.get().kept)
    translation.latest_revision.publish()
    assert ArticlePage.objects.get(pk=translation.article_id).translation_print["date"] == (
        "2015-09-23"
    )
    translation.refresh_from_db()
    translation.unpublish()
    assert not ArticlePage.objects.get(pk=translation.article_id).translation_print


@pytest.mark.parametrize("words", ["陈晓红", "Chen Xiaohong"])
def test_a_search_finds_and_names_a_joined_text_by_its_own_byline_and_paper(
    client: Client, lost: ArticlePage, words: str, django_capture_on_commit_callbacks: Any
) -> None:
    author = Author.objects.create(name_en="Chen Xiaohong", name_zh_hans="陈晓红")
    ArticleByline.objects.create(page=lost, author=author)
    lost.publication.name_zh_hans = "湛江晚报"
    lost.publication.save()
    with django_capture_on_commit_callbacks(execute=True):
        Translation.objects.get(article=StoryPair.objects.get().kept).latest_revision.publish()
    filed = {}
    for language in ("en", "zh-hans"):
        page = client.get(f"/{language}/search/", {"q": words}).content.decode()
        (line,) = BeautifulSoup(page, "html.parser").select(".card .filing")
        filed[language] = (line.select_one(".paper").text, line.time["datetime"])  # type: ignore[index,union-attr]
    assert filed == {"en": ("China Daily", "2015-09-22"), "zh-hans": ("湛江晚报", "2015-09-23")}
    (found,) = client.get("/zh-hans/search/", {"q": words, "format": "json"}).json()["results"]
    assert found["print_date"] == "2015-09-23"


def printed_in(kept: ArticlePage) -> dict[str, Any]:
    return ArticlePage.objects.get(pk=kept.pk).translation_print


def test_a_text_is_cited_by_what_is_true_now(client: Client, lost: ArticlePage) -> None:
    kept = StoryPair.objects.get().kept
    assert kept
    lost.publication.name_zh_hans = "湛江晚报"
    lost.publication.save_revision().publish()
    lost.print_page = "A7"
    lost.save()
    cited = client.get(f"/zh-hans/cite/{short_id(kept.pk)}/?format=csl-json").json()[0]
    assert (cited["container-title"], cited["page"]) == ("湛江晚报", "A7")
    author = Author.objects.create(name_en="Chen Ming", name_zh_hans="陈明")
    ArticleByline.objects.create(page=lost, author=author)
    author.save()
    assert [one["name"] for one in printed_in(kept)["authors"]] == ["陈明"]


def test_pairs_that_were_public_before_are_found_and_told_of(lost: ArticlePage) -> None:
    kept = StoryPair.objects.get().kept
    assert kept
    ArticlePage.objects.filter(pk=kept.pk).update(translation_marks={})
    with pytest.raises(CommandError, match="Disagreements"):
        call_command("check_archive", "counts", verbosity=0)
    call_command("check_archive", "counts", "--repair", verbosity=0)
    assert printed_in(kept)["date"] == "2015-09-23"


def story_in(page: str) -> dict[str, Any]:
    """What the page's JSON-LD says of its story."""
    found = BeautifulSoup(page, "html.parser").select("script[type='application/ld+json']")
    nodes = [one for script in found for one in json.loads(script.text).get("@graph", [])]
    return next(one for one in nodes if one["@id"].endswith("#story"))


def test_undoing_gives_readers_the_page_again(client: Client, lost: ArticlePage) -> None:
    undo(StoryPair.objects.get().entry, None)
    page = client.get(lost.get_url(), follow=True).content.decode()
    assert "硇洲的渔民" in page
