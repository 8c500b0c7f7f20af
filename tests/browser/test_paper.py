"""Stories on paper: A4 and Letter, both languages, whatever the reader has set for the screen."""

import io
import unicodedata

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from archive.models import ArticlePage
from archive.text.language import CHINESE, ENGLISH
from tests.browser.test_reader import CHINESE_TEXT, ENGLISH_TEXT, opened
from tests.factories import block, make_article, make_image, translate
from tests.photos import files
from tests.site.reading import picture

# Points, as the paper's standards have them.
PAPER = {"A4": (595, 842), "Letter": (612, 792)}
# Also below the Chinese translation: what was printed is cited in its own language.
CITED = "China Daily, 22 September 2015, page 17"
HEADLINES = {ENGLISH: "City builds on long history", CHINESE: "湛江续写百年对美交往新篇"}


@pytest.fixture
def story() -> ArticlePage:
    """Two pages of text and a wide picture with its caption."""
    image = make_image(
        files.jpeg(image=files.picture(size=(900, 500))), credit="Li Ming", rights="© China Daily"
    )
    words = [block("paragraph", f"<p>{ENGLISH_TEXT}</p>") for _ in range(8)]
    body = [*words, block("image", picture(image, caption="The port at dawn"))]
    article = make_article(HEADLINES[ENGLISH], body=body, print_page="17")
    texts = {one["id"]: f"<p>{CHINESE_TEXT}</p>" for one in words}
    translate(article, headline=HEADLINES[CHINESE], **texts)
    return ArticlePage.objects.get(pk=article.pk)


def printed(page: Page, paper: str) -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(format=paper, prefer_css_page_size=False)))


def text_of(pdf: PdfReader) -> str:
    """The words without white space; ligatures and radicals as the letters they stand for."""
    text = "".join(sheet.extract_text() for sheet in pdf.pages)
    return squeezed(text)


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize(
    ("language", "paper"),
    [pytest.param(ENGLISH, "Letter", marks=pytest.mark.exhaustive), (CHINESE, "A4")],
)
def test_a_story_prints_with_its_citation_and_address(
    story: ArticlePage, page: Page, language: str, paper: str
) -> None:
    opened(page, story, language)
    pdf, address = printed(page, paper), page.locator("link[rel=canonical]").get_attribute("href")
    text = text_of(pdf)
    assert 2 <= len(pdf.pages) <= 4
    assert [float(side) for side in pdf.pages[0].mediabox[2:]] == pytest.approx(PAPER[paper], abs=1)
    for wanted in (HEADLINES[language], CITED, address, "Li Ming"):
        assert squeezed(str(wanted)) in text
    for unwanted in ("检索", "Search", "Reading settings", "阅读设置", "Related stories"):
        assert squeezed(unwanted) not in text


def test_side_by_side_prints_in_two_columns(story: ArticlePage, page: Page) -> None:
    page.goto(f"{opened(page, story, CHINESE).url}?view=both")
    text = text_of(printed(page, "A4"))
    for wanted in (*HEADLINES.values(), CITED, ENGLISH_TEXT[:40], CHINESE_TEXT[:8]):
        assert squeezed(wanted) in text
    page.set_viewport_size({"width": 640, "height": 900})
    page.emulate_media(media="print")
    left, right = (page.locator(".story-body .side").nth(n).bounding_box() for n in range(2))
    assert left["x"] + left["width"] < right["x"]
    assert left["y"] == right["y"]
    expect(page.get_by_role("navigation")).to_have_count(0)


@pytest.mark.exhaustive
def test_paper_is_white_whatever_the_screens_theme(story: ArticlePage, page: Page) -> None:
    opened(page, story, ENGLISH)
    page.evaluate("""localStorage.setItem('archive-reader', '{"theme":"dark","text":"largest"}')""")
    page.reload()
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        """() => ['backgroundColor', 'color', 'fontSize']
            .map(name => getComputedStyle(document.documentElement)[name])"""
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)", "13.3333px"]
    links = page.locator("main a").evaluate_all(
        "all => all.map(a => getComputedStyle(a).textDecorationLine)"
    )
    assert set(links) == {"none"}


def test_a_figure_stays_in_one_piece(story: ArticlePage, page: Page) -> None:
    opened(page, story, ENGLISH)
    pdf = printed(page, "A4")
    with_caption = [n for n, sheet in enumerate(pdf.pages) if "dawn" in sheet.extract_text()]
    with_picture = [n for n, sheet in enumerate(pdf.pages) if sheet.images]
    assert with_caption == with_picture != []
