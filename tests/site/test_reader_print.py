"""What readers get of a story: all that was printed with it, and nothing that was not."""

import io

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from PIL import Image

from archive.models import ArticleByline, ArticleEntity, Author, RelatedArticle
from archive.text.language import CHINESE, ENGLISH, column, other
from tests.factories import (
    block,
    make_article,
    make_body,
    make_entity,
    make_image,
    tag,
)
from tests.site.reading import (
    HTML_CODES,
    language_of,
    make_in,
    make_translated,
    one,
    opened,
    picture,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

in_each_language = pytest.mark.parametrize("language", [ENGLISH, CHINESE])


def encoded(width: int, height: int, form: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(buffer, form)
    return buffer.getvalue()


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
    roles = ("reporter", "reporter", "photographer")
    article = make_in(language)
    ArticleByline.objects.bulk_create(
        ArticleByline(page=article, author=author, role=role, place=place, sort_order=order)
        for order, (author, role, place) in enumerate(
            zip(authors, roles, (zhanjiang, zhanjiang, None), strict=True)
        )
    )
    page = opened(article, language)
    assert [span.get_text() for span in page.select(".byline > span")] == byline
    stranger = one(page, ".byline [lang]")
    assert stranger["lang"] == HTML_CODES[other(language)]


@pytest.mark.parametrize(("language", "name"), [(ENGLISH, "Zhanjiang"), (CHINESE, "湛江")])
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


@in_each_language
def test_the_dateline_runs_into_the_first_paragraph_wherever_that_is_told(language: str) -> None:
    body = [block("subhead", "港口"), *make_body("First words.")]
    fields = {column("dateline", language): "ZHANJIANG", column("standfirst", language): ""}
    page = opened(make_in(language, body=body, **fields), language)
    assert words(page, ".story-body p") == "ZHANJIANG First words."
    described = one(page, "meta[name=description]")["content"]
    between = {ENGLISH: " — ", CHINESE: "\u3000"}[language]
    assert described == f"ZHANJIANG{between}First words."
    feed = Client().get(f"/{language}/feed/?format=json").json()
    assert feed["items"][0]["content_text"] == described


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


@pytest.mark.parametrize(("form", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_large_picture_comes_in_several_sizes_that_any_browser_shows(
    form: str, ending: str
) -> None:
    image = make_image(encoded(1600, 1000, form), f"port.{ending}", credit="x", rights="x")
    page = opened(make_in(ENGLISH, body=[block("image", picture(image))]), ENGLISH)
    img = one(page, ".story-body img")
    assert [part.split()[1] for part in img["srcset"].split(", ")] == ["480w", "800w", "1376w"]
    shown = ".png" if form == "PNG" else ".jpg"
    assert all(shown in part for part in (img["src"], *img["srcset"].split(", ")))
    assert (img["width"], img["height"]) == ("1376", "860")
    assert not page.select(".story-body source")


def test_pictures_below_the_first_are_loaded_when_needed() -> None:
    images = [make_image(name=f"{n}.jpg", credit="x", rights="x") for n in range(3)]
    gallery = [{"type": "item", "value": picture(one), "id": str(one.pk)} for one in images[1:]]
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
        (ENGLISH, "The picture for this caption is not in the archive."),
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


def test_of_a_lost_picture_without_a_caption_no_caption_is_told() -> None:
    lost = picture(credit="Provided to China Daily")
    page = opened(make_in(ENGLISH, body=[block("image", lost)]), ENGLISH)
    assert words(one(page, ".story-body figure"), ".lost-note") == (
        "The picture is not in the archive."
    )


def test_a_picture_whose_file_is_gone_counts_as_lost() -> None:
    image = make_image(credit="x", rights="x")
    article = make_in(ENGLISH, body=[block("image", picture(image, caption="The port"))])
    image.file.storage.delete(image.file.name)
    assert not opened(article, ENGLISH).select(".story-body img")


def test_a_correction_speaks_the_language_of_the_text() -> None:
    correction = {"date": "2015-09-23", "text": "<p>Seven lines, not eight.</p>"}
    body = [block("correction", correction)]
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
    first, second = (make_article(f"Story {n}", slug=f"s{n}") for n in (1, 2))
    article = make_in(ENGLISH)
    RelatedArticle.objects.create(page=article, related=second, sort_order=0)
    RelatedArticle.objects.create(page=article, related=first, sort_order=1)
    headlines = opened(article, ENGLISH).select(".related .headline")
    assert [headline.get_text(strip=True) for headline in headlines] == ["Story 2", "Story 1"]


@in_each_language
def test_a_preview_shows_what_is_not_saved_yet(language: str) -> None:
    article, zhanjiang = make_translated(contact="writer@example.org"), make_entity()
    article.entity_tags = [ArticleEntity(entity=zhanjiang, role="about")]
    article.related_links = [RelatedArticle(related=make_article("Beside it", slug="beside"))]
    response = article.make_preview_request(preview_mode=language)
    page = BeautifulSoup(response.content.decode(), "html.parser")
    assert one(page, "html")["lang"] == HTML_CODES[language]
    assert words(page, ".names-about") == {ENGLISH: "Zhanjiang", CHINESE: "湛江"}[language]
    assert words(page, ".related .headline") == "Beside it"
    assert "writer@example.org" not in page.get_text()


@pytest.mark.parametrize(
    ("language", "rights", "expected"),
    [
        (ENGLISH, "© 中国日报", "zh-Hans"),
        (CHINESE, "© China Daily", "en"),
        (CHINESE, "© 中国日报", "zh-Hans"),
        (ENGLISH, "© 2015", "en"),
    ],
)
def test_the_rights_line_says_which_language_it_is_in(
    language: str, rights: str, expected: str
) -> None:
    page = opened(make_in(language, rights=rights), language)
    line = one(page, ".rights").find(string=lambda text: rights in text)
    assert language_of(line.parent) == expected


@in_each_language
def test_a_paragraph_has_the_same_anchor_in_both_languages(language: str) -> None:
    article = make_translated()
    anchor = article.body_en[0].id
    assert one(opened(article, language), f'.story-body [id="{anchor}"]').get_text(strip=True)
