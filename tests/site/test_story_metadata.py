"""What a story page says of itself to machines."""

import json
from datetime import date
from typing import Any

import extruct
import pytest
from django.test import Client
from django.utils import timezone

from archive.models import ArticlePage
from archive.site.permalinks import short_id
from archive.text.language import CHINESE, ENGLISH
from tests.factories import (
    block,
    make_article,
    make_entity,
    make_image,
    make_section,
    tag,
    translate,
)
from tests.site.machines import graph, html_of, kinds, linked_data, node, parses_strictly, tags
from tests.site.reading import (
    CHINESE_HEADLINE,
    ENGLISH_HEADLINE,
    address,
    make_in,
    make_translated,
    picture,
)
from tests.site.test_citation_pages import signed

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

in_each_language = pytest.mark.parametrize("language", [ENGLISH, CHINESE])


def make_full_story() -> ArticlePage:
    """With all that metadata can tell of."""
    image = make_image(credit="Li Ming / China Daily", rights="CC BY-SA 4.0", creator="Li Ming")
    body = [
        block("paragraph", "<p>Ships came to the port.</p>"),
        block("image", picture(image, caption="The port at dawn", alt_text="Cranes")),
        block("correction", {"date": "2015-09-25", "text": "<p>It is 114 countries.</p>"}, "note"),
    ]
    article = make_article(
        ENGLISH_HEADLINE,
        body=body,
        section=make_section(),
        print_page="17",
        print_edition="USA",
        dateline_en="ZHANJIANG",
        rights="© China Daily",
        source_url="https://paper.example/17",
    )
    place = make_entity(wikidata_id="Q59144", geonames_id=1784990)
    tag(article, place)
    tag(article, make_entity("liu", "Liu Xiaohua", "刘小华", kind="person"), "mentioned")
    signed(article, reporter="Li Na", translator="Wang Fang")
    translate(article, headline=CHINESE_HEADLINE)
    return ArticlePage.objects.get(pk=article.pk)


def story(article: ArticlePage, language: str) -> dict[str, Any]:
    return node(html_of(address(article, language)), "NewsArticle")


@in_each_language
def test_every_term_is_one_of_schema_org(language: str) -> None:
    html = html_of(address(make_full_story(), language))
    found = kinds(graph(html))
    assert {"NewsArticle", "City", "ImageObject", "CorrectionComment", "Newspaper"} <= found
    assert parses_strictly(html)


@pytest.mark.parametrize(
    ("source", "address_of_it"),
    [
        ("trainedAlgorithmicMedia", "https://schema.org/TrainedAlgorithmicMediaDigitalSource"),
        ("screenCapture", "http://cv.iptc.org/newscodes/digitalsourcetype/screenCapture"),
    ],
)
def test_a_picture_says_how_it_was_made(source: str, address_of_it: str) -> None:
    rights = {"credit": "Li Ming", "rights": "© China Daily", "alt_text_en": "Cranes"}
    image = make_image(**rights, digital_source_type=source)
    article = make_article(body=[block("image", picture(image, caption="The port"))])
    html = html_of(address(article, ENGLISH))
    assert story(article, ENGLISH)["image"][0]["digitalSourceType"] == address_of_it
    assert "ImageObject" in kinds(graph(html))


def make_drafted_by_machine() -> ArticlePage:
    """Of which a machine has drafted the headline and the first paragraph."""
    article = make_article(ENGLISH_HEADLINE)
    translation = translate(article, publish=False, headline=CHINESE_HEADLINE)
    first = article.source("body")[0].id
    translation = translation.get_latest_revision_as_object()
    for segment in translation.segments.all():
        if segment.key in ("headline", first):
            segment.origin = "machine"
    translation.save_revision().publish()
    return ArticlePage.objects.get(pk=article.pk)


def test_a_translation_says_what_a_machine_has_drafted_where_the_site_wants_it(
    settings: Any,
) -> None:
    article = make_drafted_by_machine()
    assert "hasPart" not in story(article, CHINESE)
    settings.ARCHIVE_MACHINE_DRAFTS_TOLD = True
    news, page = story(article, CHINESE), html_of(address(article, CHINESE))
    first = article.source("body")[0].id
    assert news["hasPart"]["url"] == [news["url"], f"{news['url']}#{first}"]
    assert f'id="{first}"' in page
    assert news["hasPart"]["description"] == "机器翻译初稿，经译者确认"
    part, whole = news["hasPart"]["digitalSourceType"], news["digitalSourceType"]
    assert part.endswith("/TrainedAlgorithmicMediaDigitalSource")
    assert whole.endswith("/CompositeWithTrainedAlgorithmicMediaDigitalSource")
    assert "WebPageElement" in kinds(graph(page))
    assert "hasPart" not in story(article, ENGLISH)


def test_files_of_a_search_say_what_a_machine_has_drafted(settings: Any) -> None:
    article = make_drafted_by_machine()
    path = "/zh-hans/search/?q=湛江&format=jsonl"
    assert "machine_drafted" not in json.loads(Client().get(path).text)
    settings.ARCHIVE_MACHINE_DRAFTS_TOLD = True
    found = json.loads(Client().get(path).text)
    assert found["machine_drafted"] == sorted(["headline", article.source("body")[0].id])


def test_a_story_says_where_it_was_printed() -> None:
    news = story(make_full_story(), ENGLISH)
    assert news["headline"] == ENGLISH_HEADLINE
    assert news["datePublished"] == "2015-09-22"
    assert (news["printPage"], news["printEdition"], news["printSection"]) == ("17", "USA", "World")
    assert (news["dateline"], news["inLanguage"]) == ("ZHANJIANG", "en")
    issue = news["isPartOf"]
    assert (issue["@type"], issue["datePublished"]) == ("PublicationIssue", "2015-09-22")
    assert issue["url"] == "http://localhost/en/china-daily/2015/09/22/"
    assert issue["isPartOf"]["@id"] == "http://localhost/en/china-daily/#it"
    assert news["copyrightNotice"] == "© China Daily"
    assert "license" not in news


def test_the_two_languages_point_at_each_other() -> None:
    article = make_full_story()
    english, chinese = story(article, ENGLISH), story(article, CHINESE)
    assert english["workTranslation"]["@id"] == chinese["@id"]
    assert chinese["translationOfWork"]["@id"] == english["@id"]
    assert english["workTranslation"]["translator"] == [{"@type": "Person", "name": "Wang Fang"}]
    assert chinese["translator"] == [{"@type": "Person", "name": "王芳"}]
    assert "translator" not in english
    assert (chinese["inLanguage"], chinese["headline"]) == ("zh-Hans", CHINESE_HEADLINE)
    assert english["sameAs"] == "https://paper.example/17"
    assert "sameAs" not in chinese


def test_a_translation_is_the_archives_own_work() -> None:
    article = make_full_story()
    chinese = story(article, CHINESE)
    day = timezone.localdate(article.translated_at).isoformat()
    assert (chinese["datePublished"], chinese["publisher"]["name"]) == (day, "资料库")
    assert not {"printPage", "printEdition", "printSection", "isPartOf"} & set(chinese)
    printed = chinese["translationOfWork"]
    assert (printed["headline"], printed["inLanguage"]) == (ENGLISH_HEADLINE, "en")
    assert (printed["datePublished"], printed["printPage"]) == ("2015-09-22", "17")
    assert printed["publisher"] == {"@type": "NewsMediaOrganization", "name": "China Daily"}
    assert printed["isPartOf"]["isPartOf"]["name"] == "China Daily"
    assert story(article, ENGLISH)["workTranslation"]["datePublished"] == day


def test_a_translation_that_nobody_signs_is_made_by_the_archive() -> None:
    article = make_translated()
    archive = [{"@type": "Organization", "name": "资料库"}]
    assert story(article, CHINESE)["translator"] == archive


def test_meta_tags_of_a_translation_claim_no_page_in_print() -> None:
    article = make_full_story()
    metas, day = tags(html_of(address(article, CHINESE))), timezone.localdate(article.translated_at)
    assert metas["DC.type"] == ["webpage"]
    assert (metas["DC.source"], metas["DC.publisher"]) == (["资料库"], ["资料库"])
    assert metas["DC.date"] == metas["article:published_time"] == [day.isoformat()]
    assert metas["DCTERMS.isVersionOf"][0].endswith("/en/")
    assert metas["DC.relation"] == [f"{ENGLISH_HEADLINE}. China Daily (USA), 2015-09-22, 17"]
    assert not {"citation_firstpage", "prism.edition", "DCTERMS.isPartOf"} & set(metas)


def test_each_language_changes_on_its_own() -> None:
    article = make_full_story()
    english, chinese = story(article, ENGLISH), story(article, CHINESE)
    assert english["dateModified"] == article.last_published_at.isoformat(timespec="seconds")
    assert chinese["dateModified"] == article.translated_at.isoformat(timespec="seconds")
    assert "dateCreated" not in english
    assert chinese["dateCreated"][:10] >= date.today().isoformat()[:4]


def test_what_a_story_is_about_is_told_from_what_it_mentions() -> None:
    news = story(make_full_story(), CHINESE)
    (place,), (person,) = news["about"], news["mentions"]
    assert (place["@type"], place["name"]) == ("City", "湛江")
    assert place["sameAs"] == [
        "http://www.wikidata.org/entity/Q59144",
        "https://sws.geonames.org/1784990/",
    ]
    assert (person["@type"], person["name"]) == ("Person", "刘小华")
    assert person["@id"] == "http://localhost/zh-hans/entities/liu/#it"


def test_pictures_keep_their_credit() -> None:
    news = story(make_full_story(), ENGLISH)
    (image,) = news["image"]
    assert image["contentUrl"].startswith("http://localhost/media/")
    assert (image["caption"], image["creditText"]) == ("The port at dawn", "Li Ming / China Daily")
    assert image["copyrightNotice"] == "CC BY-SA 4.0"
    assert image["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert image["creator"] == {"@type": "Person", "name": "Li Ming"}
    assert (image["width"], image["height"]) == (64, 48)


def test_corrections_are_told() -> None:
    article = make_full_story()
    (note,) = story(article, ENGLISH)["correction"]
    assert (note["@type"], note["datePublished"]) == ("CorrectionComment", "2015-09-25")
    assert note["text"] == "It is 114 countries."
    assert note["url"] == f"http://localhost{address(article, ENGLISH)}#note"


@in_each_language
def test_what_isnt_translated_is_described_as_the_original(language: str) -> None:
    source = CHINESE if language == ENGLISH else ENGLISH
    article = make_in(source)
    html = html_of(address(article, language))
    news, metas = node(html, "NewsArticle"), tags(html)
    assert news["url"] == f"http://localhost{address(article, source)}"
    assert news["inLanguage"] == {ENGLISH: "en", CHINESE: "zh-Hans"}[source]
    assert metas["og:locale"] == [{ENGLISH: "en_US", CHINESE: "zh_CN"}[source]]
    assert metas["DC.language"] == [news["inLanguage"]]
    assert not {"og:locale:alternate"} & set(metas)
    assert not {"workTranslation", "translationOfWork"} & set(news)


def test_sample_text_claims_to_be_no_report() -> None:
    article = make_article(is_sample=True, print_page="17", rights="CC BY 4.0")
    html = html_of(address(article, ENGLISH))
    work, metas = node(html, "CreativeWork"), tags(html)
    assert work["genre"] == "Sample text"
    assert work["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert not {"datePublished", "printPage", "publisher", "isPartOf"} & set(work)
    assert metas["DC.type"] == ["webpage"]
    assert not {"citation_publication_date", "article:published_time", "DC.date"} & set(metas)
    assert graph(html)


def test_no_text_ends_the_script_it_stands_in() -> None:
    headline = "</script><script>alert(1)</script> & “co”"
    html = html_of(address(make_article(headline, slug="x"), ENGLISH))
    assert node(html, "NewsArticle")["headline"] == headline
    assert "<script>alert" not in html
    assert tags(html)["og:title"] == [headline]


def test_zotero_takes_a_story_for_a_newspapers() -> None:
    """As its translators RDF and Embedded Metadata read: see archive/site/metadata/tags.py."""
    metas = tags(html_of(address(make_full_story(), ENGLISH)))
    assert metas["DC.type"][0] == "newspaperArticle"
    # Each would make another kind of it.
    assert not {"citation_journal_title", "citation_conference_title", "z:itemType"} & set(metas)
    assert metas["citation_author"] == metas["DC.creator"] == ["Li, Na"]
    assert metas["DC.source"] == ["China Daily"]
    assert metas["prism.edition"] == ["USA"]
    assert (metas["article:section"], metas["citation_firstpage"]) == (["World"], ["17"])
    assert metas["article:published_time"] == metas["DC.date"] == ["2015-09-22"]
    assert metas["citation_publication_date"] == ["2015/09/22"]


def test_who_helped_to_report_is_no_author() -> None:
    article = make_article()
    signed(article, reporter="Li Na", additional="Wang Fang")
    html = html_of(address(article, ENGLISH))
    work, metas = node(html, "NewsArticle"), tags(html)
    assert [one["name"] for one in work["author"]] == ["Li Na"]
    assert [one["name"] for one in work["contributor"]] == ["Wang Fang"]
    assert metas["citation_author"] == metas["DC.creator"] == ["Li, Na"]
    assert metas["DC.contributor"] == ["Wang, Fang"]
    feed = Client().get("/en/feed/?format=json").json()
    assert feed["items"][0]["authors"] == [{"name": "Li Na"}]


def test_a_story_without_a_picture_is_shared_with_the_archives_sign() -> None:
    og = dict(
        extruct.extract(html_of(address(make_article(), ENGLISH)), syntaxes=["opengraph"])[
            "opengraph"
        ][0]["properties"]
    )
    assert og["og:image"].startswith("http://localhost/static/archive/icons/icon-512")
    assert og["og:image:width"] == "512"


def test_open_graph_and_dublin_core_are_read_by_others() -> None:
    article = make_full_story()
    html = html_of(address(article, CHINESE))
    found = extruct.extract(html, syntaxes=["opengraph", "dublincore"])
    og = dict(found["opengraph"][0]["properties"])
    assert (og["og:type"], og["og:title"]) == ("article", CHINESE_HEADLINE)
    assert (og["og:locale"], og["og:locale:alternate"]) == ("zh_CN", "en_US")
    assert og["og:image"].startswith("http://localhost/media/")
    assert (og["og:image:width"], og["og:image:height"]) == ("64", "48")
    core = {one["name"].lower(): one["content"] for one in found["dublincore"][0]["elements"]}
    assert (core["dc.title"], core["dc.language"]) == (CHINESE_HEADLINE, "zh-Hans")
    assert core["dc.identifier"] == f"http://localhost/s/{short_id(article.pk)}/zh/"


def test_signposts_lead_to_the_citation_and_its_files() -> None:
    article = make_translated()
    html = html_of(address(article, CHINESE))
    assert f'<link rel="cite-as" href="http://localhost/s/{short_id(article.pk)}/zh/">' in html
    path = f"/zh-hans/cite/{short_id(article.pk)}/?format=ris"
    kind = "application/x-research-info-systems"
    assert f'<link rel="describedby" href="{path}" type="{kind}">' in html


def test_the_way_to_a_story_is_told() -> None:
    article = make_translated()
    html = html_of(address(article, CHINESE))
    trail = node(html, "BreadcrumbList")["itemListElement"]
    assert [step["name"] for step in trail] == [
        "资料库",
        "中国日报",
        "2015年9月22日",
        CHINESE_HEADLINE,
    ]
    assert trail[2]["item"] == "http://localhost/zh-hans/china-daily/2015/09/22/"
    assert [step["position"] for step in trail] == [1, 2, 3, 4]


def test_metadata_stays_small() -> None:
    article = make_full_story()
    for number in range(12):
        tag(article, make_entity(f"place-{number}", f"Place {number}"), "mentioned")
    html = html_of(address(article, ENGLISH))
    size = len(json.dumps(linked_data(html), ensure_ascii=False).encode())
    assert size < 6_000


def test_an_editors_own_words_for_search_engines_are_the_pages_in_its_own_language() -> None:
    article = make_translated(seo_title="Port pact", search_description="How the pact began.")
    own, translated = (html_of(address(article, language)) for language in (ENGLISH, CHINESE))
    assert "<title>Port pact" in own
    assert tags(own)["og:description"] == ["How the pact began."]
    assert CHINESE_HEADLINE in translated
    assert "Port pact" not in translated
    assert "How the pact began." not in translated
