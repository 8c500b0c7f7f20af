"""Which language readers of a story get, and what they are told of it."""

import pytest
from bs4 import BeautifulSoup

from archive.models import ArticlePage, Translation
from archive.text.language import CHINESE, ENGLISH, column, other
from tests.factories import make_article, make_entity, tag, translate
from tests.site.reading import (
    CHINESE_HEADLINE,
    ENGLISH_HEADLINE,
    HTML_CODES,
    address,
    language_of,
    make_in,
    make_translated,
    one,
    opened,
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
            "This story hasn’t been translated into English. You are reading the Chinese original.",
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
    links = page.select('link[rel="alternate"][hreflang]')
    alternates = {link["hreflang"]: link["href"] for link in links}
    assert alternates == {
        "en": root + address(article, ENGLISH),
        "zh-Hans": root + address(article, CHINESE),
        # As it was written.
        "x-default": root + address(article, ENGLISH),
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


def test_each_line_of_a_standfirst_is_one_for_readers() -> None:
    lines = {column("standfirst", ENGLISH): "Half an hour\nEighteen yuan"}
    found = one(opened(make_in(ENGLISH, **lines), ENGLISH), ".story-head .standfirst")
    assert found.decode_contents() == "Half an hour<br/>Eighteen yuan"


def test_an_unpublished_story_is_not_found(client) -> None:
    article = make_in(ENGLISH, live=False)
    assert client.get(address(article, ENGLISH)).status_code == 404
    assert not ArticlePage.objects.live().exists()


def test_what_stands_beside_a_text_is_a_named_landmark() -> None:
    story = make_translated()
    tag(story, make_entity())
    for page in (story, story.publication):
        for language in (ENGLISH, CHINESE):
            asides = opened(page, language).select("aside")
            assert asides
            assert all(one["aria-label"] for one in asides)


def test_the_foot_of_a_page_has_its_links_in_one_row() -> None:
    page = opened(make_article("Port opens"), ENGLISH)
    links = [link.get_text() for link in page.select(".colophon .information a")]
    assert links[-2:] == ["Saved stories", "Back to top"]
    assert len(page.select(".colophon a")) == len(links) + 1


def test_a_story_says_at_its_beginning_whether_names_stand_beside_it(client):
    """Its text has its place before they come, so that nothing moves."""
    story = make_article("Alone")

    def is_alone() -> bool:
        page = BeautifulSoup(client.get(story.url).content, "html.parser")
        alone = "on-alone" in page.body["class"]
        assert alone == (not page.select(".story-aside"))
        return alone

    assert is_alone()
    tag(story, make_entity("zhanjiang", "Zhanjiang", "湛江"))
    assert not is_alone()
