"""What readers of a story get: the right language, said honestly, and all that was printed."""

from datetime import date

import pytest

from archive.models import ArticleByline, ArticlePage, Author, RelatedArticle, Translation
from archive.text.language import CHINESE, ENGLISH, column, other
from tests.factories import block, make_article, make_entity, make_image, make_section, tag, translate
from tests.pages.reading import (
    CHINESE_HEADLINE,
    ENGLISH_HEADLINE,
    HTML_CODES,
    address,
    language_of,
    make_in,
    make_translated,
    one,
    opened,
    picture,
    words,
)

pytestmark = pytest.mark.django_db

in_each_language = pytest.mark.parametrize("language", [ENGLISH, CHINESE])


# Languages


@in_each_language
def test_a_story_is_read_in_the_readers_language(language: str) -> None:
    page = opened(make_translated(), language)
    assert one(page, "html")["lang"] == HTML_CODES[language]
    assert words(page, "h1") == {ENGLISH: ENGLISH_HEADLINE, CHINESE: CHINESE_HEADLINE}[language]
    assert language_of(one(page, "h1")) == HTML_CODES[language]


@in_each_language
def test_an_untranslated_story_is_shown_as_what_it_is(language: str) -> None:
    source = other(language)
    page = opened(make_in(source), language)
    assert one(page, "html")["lang"] == HTML_CODES[language]
    for selector in ("h1", ".story-head .standfirst", ".story-body"):
        assert one(page, selector)["lang"] == HTML_CODES[source]


@pytest.mark.parametrize(
    ("language", "notice"),
    [
        (
            ENGLISH,
            "This story hasn't been translated into English. You are reading the Chinese original.",
        ),
        (CHINESE, "本文暂无中文译文，以下为英文原文。"),
    ],
)
def test_a_missing_translation_is_announced_in_the_readers_language(
    language: str, notice: str
) -> None:
    page = opened(make_in(other(language)), language)
    assert words(page, ".notice") == notice
    assert language_of(one(page, ".notice")) == HTML_CODES[language]


@pytest.mark.parametrize(
    ("source", "notice"),
    [
        (ENGLISH, "本文译自英文。 阅读原文"),
        (CHINESE, "Translated from Chinese. Read the original"),
    ],
)
def test_a_translation_leads_to_its_original(source: str, notice: str) -> None:
    article = make_in(source)
    translate(article, headline="Translated 译")
    page = opened(article, other(source))
    assert words(page, ".notice") == notice
    assert one(page, ".notice a")["href"] == address(article, source)


@in_each_language
def test_an_original_without_further_ado_has_no_notice(language: str) -> None:
    assert not opened(make_in(language), language).select(".notice")


def test_a_changed_source_is_announced_on_the_translation_only() -> None:
    article = make_translated()
    article.body_en = article._meta.get_field(column("body", ENGLISH)).to_python(
        [{**raw, "value": "<p>Corrected.</p>"} for raw in article.body_en.raw_data]
    )
    article.save_revision().publish()
    assert "原文在翻译之后有改动" in words(opened(article, CHINESE), ".notice")
    assert not opened(article, ENGLISH).select(".notice")


def test_an_abridged_translation_is_announced() -> None:
    article = make_article(ENGLISH_HEADLINE)
    left_out = {article.body_en[1].id: ""}
    translate(article, headline=CHINESE_HEADLINE, **left_out)
    page = opened(article, CHINESE)
    assert "译文有删节" in words(page, ".notice")


@pytest.mark.parametrize(
    ("language", "mark"), [(ENGLISH, "Sample text written for"), (CHINESE, "并非新闻报道")]
)
def test_sample_text_is_marked_as_such(language: str, mark: str) -> None:
    assert mark in words(opened(make_in(language, is_sample=True), language), ".notice-sample")


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_an_unpublished_translation_reaches_no_reader(language: str) -> None:
    article = make_article(ENGLISH_HEADLINE)
    translate(article, headline=CHINESE_HEADLINE, publish=False)
    page = opened(article, language)
    assert CHINESE_HEADLINE not in page.get_text()
    assert "译文" not in page.select_one(".story-body").get_text()
    assert words(page, "h1") == ENGLISH_HEADLINE


def test_a_withdrawn_translation_reaches_no_reader() -> None:
    article = make_translated()
    Translation.objects.get(article=article).unpublish()
    page = opened(article, CHINESE)
    assert words(page, "h1") == ENGLISH_HEADLINE
    assert one(page, "h1")["lang"] == "en"


@in_each_language
def test_the_language_switch_leads_to_the_same_story(language: str) -> None:
    article = make_translated()
    page = opened(article, language, "?from=list&q=%E6%B8%AF")
    link = one(page, f'.languages a[lang="{HTML_CODES[other(language)]}"]')
    assert link["href"] == address(article, other(language)) + "?from=list&q=%E6%B8%AF"
    assert link["hreflang"] == HTML_CODES[other(language)]
    assert link.get_text() == {ENGLISH: "中文", CHINESE: "English"}[language]


# For search engines


@in_each_language
def test_a_story_in_both_languages_names_both_addresses(language: str) -> None:
    article = make_translated()
    page = opened(article, language)
    root = "http://localhost"
    assert one(page, 'link[rel="canonical"]')["href"] == root + address(article, language)
    alternates = {link["hreflang"]: link["href"] for link in page.select('link[rel="alternate"]')}
    assert alternates == {
        "en": root + address(article, ENGLISH),
        "zh-Hans": root + address(article, CHINESE),
    }


@in_each_language
def test_an_untranslated_story_lives_at_its_source_address(language: str) -> None:
    article = make_in(CHINESE)
    page = opened(article, language)
    expected = "http://localhost" + address(article, CHINESE)
    assert one(page, 'link[rel="canonical"]')["href"] == expected
    assert not page.select('link[rel="alternate"][hreflang]')


@in_each_language
def test_search_engines_get_the_standfirst_as_description(language: str) -> None:
    page = opened(make_in(language), language)
    standfirst = {ENGLISH: "One line.", CHINESE: "一行导语"}[language]
    assert one(page, 'meta[name="description"]')["content"] == standfirst


# What was printed


@in_each_language
def test_the_writers_address_is_never_printed(language: str) -> None:
    article = make_translated(contact="writer@example.org")
    assert "writer@example.org" not in str(opened(article, language))


@pytest.mark.parametrize(
    ("language", "edition", "citation"),
    [
        (ENGLISH, "", "China Daily, 22 September 2015, page 17"),
        (CHINESE, "", "《中国日报》2015年9月22日第17版"),
        (ENGLISH, "USA", "China Daily (USA), 22 September 2015, page 17"),
        (CHINESE, "海外版", "《中国日报》（海外版）2015年9月22日第17版"),
    ],
)
def test_the_print_citation_is_worded_as_the_language_does(
    language: str, edition: str, citation: str
) -> None:
    article = make_in(language, print_page="17", print_edition=edition)
    assert words(opened(article, language), ".citation cite") == citation


@pytest.mark.parametrize(
    ("language", "byline"),
    [
        (ENGLISH, ["By Li Na and Tom Reed in Zhanjiang", "Photographs by 王华"]),
        (CHINESE, ["记者 李娜、Tom Reed 湛江报道", "摄影 王华"]),
    ],
)
def test_bylines_name_roles_and_places(language: str, byline: list[str]) -> None:
    zhanjiang = make_entity()
    authors = [
        Author.objects.create(**{column("name", ENGLISH): en, column("name", CHINESE): zh})
        for en, zh in (("Li Na", "李娜"), ("Tom Reed", ""), ("", "王华"))
    ]
    article = make_in(language)
    ArticleByline.objects.bulk_create(
        ArticleByline(page=article, author=author, role=role, place=place, sort_order=order)
        for order, (author, role, place) in enumerate(
            zip(authors, ("reporter", "reporter", "photographer"), (zhanjiang, zhanjiang, None))
        )
    )
    page = opened(article, language)
    assert [span.get_text() for span in page.select(".byline > span")] == byline
    stranger = one(page, ".byline [lang]")
    assert stranger["lang"] == HTML_CODES[other(language)]


@pytest.mark.parametrize(
    ("language", "name"), [(ENGLISH, "Zhanjiang"), (CHINESE, "湛江")]
)
def test_names_in_the_story_lead_to_their_pages(language: str, name: str) -> None:
    article, zhanjiang = make_translated(), make_entity()
    tag(article, zhanjiang)
    link = one(opened(article, language), ".names-about a")
    assert link.get_text() == name
    assert link["href"].endswith("/entities/zhanjiang/")


def test_names_in_a_foreign_text_lead_to_the_readers_own_pages() -> None:
    zhanjiang = make_entity()
    link = f'<a linktype="entity" id="{zhanjiang.pk}">Zhanjiang</a>'
    article = make_in(ENGLISH, body=[block("paragraph", f"<p>{link} grows.</p>")])
    assert one(opened(article, CHINESE), ".story-body a")["href"] == "/zh-hans/entities/zhanjiang/"


def test_the_dateline_runs_into_the_first_paragraph() -> None:
    article = make_in(ENGLISH, dateline_en="ZHANJIANG, Guangdong")
    page = opened(article, ENGLISH)
    assert words(page, ".story-body p").startswith("ZHANJIANG, Guangdong The first words.")


@in_each_language
def test_a_picture_stands_in_a_figure_with_caption_and_credit(language: str) -> None:
    image = make_image(
        credit="Li Ming / China Daily",
        rights="© China Daily",
        **{column("alt_text", language): "cranes", column("caption", language): "The port"},
    )
    article = make_in(language, body=[block("image", picture(image))])
    figure = one(opened(article, language), ".story-body figure")
    img = one(figure, "img")
    assert (img["alt"], img["width"], img["height"]) == ("cranes", "64", "48")
    assert "loading" not in img.attrs
    assert words(figure, "figcaption") == "The port Li Ming / China Daily"


def test_pictures_below_the_first_are_loaded_when_needed() -> None:
    images = [make_image(name=f"{n}.jpg", credit="x", rights="x") for n in range(3)]
    gallery = [{"type": "item", "value": picture(image), "id": str(image.pk)} for image in images[1:]]
    body = [
        block("image", picture(images[0])),
        block("gallery", {"title": "A day", "pictures": gallery}),
    ]
    page = opened(make_in(ENGLISH, body=body), ENGLISH)
    loading = [img.get("loading") for img in page.select(".story-body img")]
    assert loading == [None, "lazy", "lazy"]
    assert all(img.find_parent("figure") for img in page.select("img"))


@pytest.mark.parametrize(
    ("language", "note"),
    [
        (ENGLISH, "The picture printed with this caption isn't in the archive."),
        (CHINESE, "当年随文刊登的图片未入库，仅存图片说明。"),
    ],
)
def test_a_lost_picture_keeps_its_caption(language: str, note: str) -> None:
    lost = picture(caption="Owning a deepwater port", credit="Provided to China Daily")
    page = opened(make_in(ENGLISH, body=[block("image", lost)]), language)
    figure = one(page, ".story-body figure")
    assert not figure.select("img")
    assert words(figure, "figcaption").startswith("Owning a deepwater port")
    assert words(figure, ".lost-note") == note
    assert one(figure, ".lost-note")["lang"] == HTML_CODES[language]


def test_a_picture_whose_file_is_gone_counts_as_lost() -> None:
    image = make_image(credit="x", rights="x")
    article = make_in(ENGLISH, body=[block("image", picture(image, caption="The port"))])
    image.file.storage.delete(image.file.name)
    assert not opened(article, ENGLISH).select(".story-body img")


def test_a_correction_speaks_the_language_of_the_text() -> None:
    correction = {"date": date(2015, 9, 23), "text": "<p>Seven lines, not eight.</p>"}
    body = [block("correction", {**correction, "date": "2015-09-23"})]
    page = opened(make_in(ENGLISH, body=body), CHINESE)
    assert words(page, ".correction-head") == "Correction 23 September 2015"


def test_an_embed_that_was_never_fetched_is_a_plain_link() -> None:
    url = "https://www.youtube.com/watch?v=abc"
    page = opened(make_in(ENGLISH, body=[block("embed", {"url": url, "caption": ""})]), ENGLISH)
    assert one(page, ".embed a")["href"] == url


@in_each_language
def test_every_kind_of_block_is_printed(language: str) -> None:
    items = [{"type": "item", "value": f"<p>item {n}</p>", "id": f"i{n}"} for n in range(2)]
    table = {"data": [["Route", "Lines"], ["Pacific", "7"]], "table_caption": "Routes"}
    body = [
        block("subhead", "a subhead"),
        block("pull_quote", {"quote": "a quote", "attribution": "a manager"}),
        block("list", {"ordered": True, "items": items}),
        block("table", {**table, "first_row_is_table_header": True, "table_header_choice": "row"}),
        block("fact_box", {"title": "a box", "text": "<p>a fact</p>"}),
    ]
    page = opened(make_in(ENGLISH, body=body), language)
    assert words(page, ".story-body h2:not(.fact-box h2)") == "a subhead"
    assert words(page, "blockquote") == "a quote"
    assert [li.get_text() for li in page.select(".story-body ol li")] == ["item 0", "item 1"]
    assert words(page, ".story-body caption") == "Routes"
    assert words(page, ".fact-box p") == "a fact"


def test_related_stories_stand_in_the_editors_order() -> None:
    section = make_section()
    first, second = (make_article(f"Story {n}", slug=f"s{n}", section=section) for n in (1, 2))
    article = make_in(ENGLISH)
    RelatedArticle.objects.create(page=article, related=second, sort_order=0)
    RelatedArticle.objects.create(page=article, related=first, sort_order=1)
    headlines = opened(article, ENGLISH).select(".related .headline")
    assert [headline.get_text(strip=True) for headline in headlines] == ["Story 2", "Story 1"]


def test_an_unpublished_story_is_not_found(client) -> None:
    article = make_in(ENGLISH, live=False)
    assert client.get(address(article, ENGLISH)).status_code == 404
    assert not ArticlePage.objects.live().exists()
