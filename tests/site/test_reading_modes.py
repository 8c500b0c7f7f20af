"""The four ways to read a story, as the page has them: languages, pairs, marks, addresses."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from archive.models import ArticlePage, Translation
from archive.site.modes import COOKIE
from archive.text.language import CHINESE, ENGLISH
from tests.factories import block, make_article, make_image, translate
from tests.site.reading import (
    CHINESE_HEADLINE,
    ENGLISH_HEADLINE,
    address,
    language_of,
    make_in,
    one,
    opened,
    picture,
    words,
)

pytestmark = pytest.mark.django_db

A, B, C = (f"00000000-0000-4000-8000-{number:012d}" for number in (801, 802, 803))


def make_story(**fields: Any) -> ArticlePage:
    body = [block("paragraph", f"<p>Paragraph {key[-3:]}.</p>", key) for key in (A, B, C)]
    article = make_article(ENGLISH_HEADLINE, **{"body": body, **fields})
    texts = {key: f"<p>段落{key[-3:]}。</p>" for key in (A, B, C)}
    translate(article, headline=CHINESE_HEADLINE, **texts)
    return ArticlePage.objects.get(pk=article.pk)


def decide(article: ArticlePage, key: str, **decision: Any) -> None:
    """Change what the translation says of one segment, and publish it."""
    translation = Translation.objects.get(article=article)
    draft = translation.get_latest_revision_as_object()
    segments = list(draft.segments.all())
    for segment in segments:
        if segment.key == key:
            for name, value in decision.items():
                setattr(segment, name, value)
    draft.segments = segments
    draft.save_revision().publish()


def pairs(soup: BeautifulSoup) -> list[str]:
    return [" ".join(pair.get_text(" ").split()) for pair in soup.select(".story-body .pair")]


@pytest.mark.parametrize(("interface", "other"), [(ENGLISH, CHINESE), (CHINESE, ENGLISH)])
def test_the_other_text_alone_is_the_page_in_that_language(interface: str, other: str) -> None:
    story = make_story()
    answer = Client().get(f"{address(story, interface)}?view={other}&from=feed")
    assert (answer.status_code, answer.url) == (302, f"{address(story, other)}?from=feed")


@pytest.mark.parametrize(("language", "code"), [(ENGLISH, "en"), (CHINESE, "zh-Hans")])
def test_a_page_is_in_one_language_and_what_is_not_says_so(language: str, code: str) -> None:
    story = make_story()
    for query in ("", f"?view={language}"):
        soup = opened(story, language, query)
        assert one(soup, "html")["lang"] == code
        texts = soup.select("h1, .story-body .block p, .filing, .modes [aria-current]")
        assert {language_of(text) for text in texts} == {code}
    reveal = opened(story, language, "?view=reveal")
    sides = reveal.select(".story-body .pair .side-other, .story-body .reveal .side")
    assert sides
    assert {language_of(side) for side in sides} == {"zh-Hans", "en"} - {code}


def test_the_bar_leads_to_the_story_in_the_other_language_and_forgets_both() -> None:
    client, story = Client(), make_story()
    client.cookies[COOKIE] = "both"
    soup = BeautifulSoup(client.get(address(story, ENGLISH)).content.decode(), "html.parser")
    (link,) = [one for one in soup.select(".modes a") if one.get_text() == "中文"]
    assert link.has_attr("data-keep-place")
    answer = client.get(link["href"])
    assert answer.url == address(story, CHINESE)
    assert not client.cookies[COOKIE].value
    assert 'class="pair' not in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("interface", "tags"),
    [(ENGLISH, ["Original", "Translation"]), (CHINESE, ["译文", "原文"])],
)
def test_each_of_two_texts_side_by_side_says_whether_it_is_the_original(
    interface: str, tags: list[str]
) -> None:
    soup = opened(make_story(), interface, "?view=both")
    assert [tag.get_text() for tag in soup.select(".pair-head .side > .side-tag")] == tags


@pytest.mark.parametrize("mode", ["both", "reveal"])
@pytest.mark.parametrize("interface", [ENGLISH, CHINESE])
def test_pairs_stand_in_the_order_in_which_they_are_read(interface: str, mode: str) -> None:
    soup = opened(make_story(), interface, f"?view={mode}")
    languages = ["en", "zh-Hans"] if interface == ENGLISH else ["zh-Hans", "en"]
    assert [language_of(p) for p in soup.select(".story-body .block p")] == languages * 3
    assert [pair["id"] for pair in soup.select(".story-body .block[id]")] == [A, B, C]
    assert language_of(one(soup, ".other-headline")) == languages[1]


@pytest.mark.parametrize(
    ("interface", "mode", "canonical"),
    [
        (ENGLISH, "both", ENGLISH),
        (CHINESE, "reveal", CHINESE),
    ],
)
def test_search_engines_find_the_plain_address_of_the_main_text(
    interface: str, mode: str, canonical: str
) -> None:
    story = make_story()
    soup = opened(story, interface, f"?view={mode}")
    assert one(soup, "link[rel=canonical]")["href"].endswith(address(story, canonical))


def test_the_mode_bar_names_the_modes_and_marks_the_one_in_use() -> None:
    soup = opened(make_story(), CHINESE, "?view=both")
    labels = [link.get_text() for link in soup.select(".modes a")]
    assert labels == ["English", "中文", "中英对照", "逐段显示"]
    assert [link.get_text() for link in soup.select(".modes [aria-current]")] == ["中英对照"]


def test_an_untranslated_story_offers_nothing_to_choose() -> None:
    soup = opened(make_in(ENGLISH), ENGLISH, "?view=both")
    assert not soup.select(".modes, .pair")


def test_a_reader_who_chose_gets_every_story_so_and_others_get_no_cookie() -> None:
    client, path = Client(), address(make_story(), ENGLISH)
    assert client.get(path).cookies == {}
    client.get(f"/view/both/?to={path}")
    assert 'class="pair' in client.get(path).content.decode()
    assert client.get(f"{path}?view=en").cookies == {}
    client.get(f"/view/en/?to={path}")
    assert COOKIE not in client.cookies or not client.cookies[COOKIE].value


@pytest.mark.parametrize("mode", ["both", "reveal"])
def test_joined_paragraphs_share_one_row_with_their_translation(mode: str) -> None:
    story = make_story()
    decide(story, B, joined=True, target="")
    rows = pairs(opened(story, ENGLISH, f"?view={mode}"))
    assert len(rows) == 2
    for text in ("Paragraph 801. Paragraph 802.", "段落801。", "joins these paragraphs"):
        assert text in rows[0]
    assert "段落803。" in rows[1]


@pytest.mark.parametrize(
    ("interface", "said"),
    [(ENGLISH, "Omitted from the translation."), (CHINESE, "译文略去此段。")],
)
@pytest.mark.parametrize("mode", ["both", "reveal"])
def test_what_is_left_out_says_so_in_the_readers_language(
    interface: str, said: str, mode: str
) -> None:
    story = make_story()
    decide(story, B, left_out=True, target="")
    soup = opened(story, interface, f"?view={mode}")
    mark = one(soup, ".mark-left-out")
    assert said in mark.get_text()
    assert language_of(mark) == {ENGLISH: "en", CHINESE: "zh-Hans"}[interface]


@pytest.mark.parametrize("view", ["both", "reveal", CHINESE])
def test_a_subhead_that_is_left_out_isnt_called_a_paragraph(view: str) -> None:
    body = [block("subhead", "Ships", A), block("paragraph", "<p>They came.</p>", B)]
    story = make_article(ENGLISH_HEADLINE, body=body)
    translate(story, **{"headline": CHINESE_HEADLINE, A: "船", B: "<p>来了。</p>"})
    decide(story, A, left_out=True, target="")
    soup = opened(story, CHINESE, "" if view == CHINESE else f"?view={view}")
    assert words(soup, ".mark-left-out").startswith("译文略去此小标题。")


def test_the_translation_alone_says_once_what_was_left_out_in_a_row_and_leads_there() -> None:
    story = make_story()
    decide(story, B, left_out=True, target="")
    decide(story, C, left_out=True, target="")
    soup = opened(story, CHINESE)
    assert words(soup, ".mark-left-out").startswith("译文略去2段。")
    assert one(soup, ".mark-left-out a")["href"] == f"{address(story, ENGLISH)}#{B}"
    assert {tag["id"] for tag in soup.select(".block-omitted, .anchor")} == {B, C}


def test_every_block_of_the_original_has_a_place_in_every_mode() -> None:
    story = make_story()
    decide(story, B, joined=True, target="")
    for interface in (ENGLISH, CHINESE):
        for mode in (interface, "both", "reveal"):
            soup = opened(story, interface, f"?view={mode}")
            assert all(len(soup.select(f"[id='{key}']")) == 1 for key in (A, B, C)), mode


def test_a_machines_words_are_marked_where_they_stand_and_in_the_notice() -> None:
    story = make_story()
    decide(story, B, origin="machine", state="confirmed")
    soup = opened(story, CHINESE)
    assert soup.find(id=B).select_one(".mark-machine")
    assert "机器" in words(soup, ".notice-translation")
    assert not opened(story, ENGLISH).select(".mark-machine, .notice-translation")


def test_a_changed_paragraph_is_marked_beside_its_old_translation() -> None:
    story = make_story()
    body = story.source("body")
    body[1] = ("paragraph", body[1].value.__class__("<p>Rewritten.</p>"), B)
    story.save_revision().publish()
    soup = opened(story, ENGLISH, "?view=both")
    mark = one(soup, ".mark-stale")
    assert mark.find_parent(class_="pair").find(id=B)


def test_a_picture_is_shown_once_with_both_captions() -> None:
    image = make_image(credit="Someone", rights="x")
    body = [block("image", picture(image, caption="The port."), A)]
    story = make_story(body=body)
    decide(story, f"{A}/caption", target="港口。")
    soup = opened(story, ENGLISH, "?view=both")
    assert len(soup.select(".story-body img")) == 1
    assert words(soup, "figcaption") == "The port. Someone 港口。"
    assert language_of(one(soup, "figcaption .twin")) == "zh-Hans"


def test_a_correction_and_its_paragraph_lead_to_each_other_in_both_texts() -> None:
    note = {"date": "2015-09-25", "text": "<p>It was 1872.</p>", "words": "Paragraph two"}
    body = [
        block("paragraph", "<p>Paragraph one.</p>", A),
        block("paragraph", "<p>Paragraph <b>two</b>.</p>", B),
        block("correction", note, C),
    ]
    story = make_story(body=body)
    for language in (ENGLISH, CHINESE):
        soup = opened(story, language)
        assert soup.find(id=B).select_one(".mark-corrected a")["href"] == f"#{C}"
        assert soup.find(id=C).select_one(".correction-of a")["href"] == f"#{B}"
        assert one(soup, ".notice-corrected a")["href"] == f"#{C}"


def test_the_switch_keeps_query_facets_and_page_of_a_list() -> None:
    client = Client()
    client.cookies[COOKIE] = "en"
    path = "/en/search/?q=port&year=2015&place=zhanjiang&p=2"
    soup = BeautifulSoup(client.get(path).content.decode(), "html.parser")
    link = one(soup, '.languages a[hreflang="zh-Hans"]')
    assert link["href"] == path.replace("/en/", "/zh-hans/")
