"""Opens the readers' pages as a browser would, and looks at them."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.utils import translation

from archive.models import ArticlePage
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import block, make_article, translate

HTML_CODES = {ENGLISH: "en", CHINESE: "zh-Hans"}
ENGLISH_HEADLINE = "City builds on long history with US"
CHINESE_HEADLINE = "湛江续写百年对美交往新篇"


def address(page: Any, language: str) -> str:
    with translation.override(language):
        return str(page.get_url())


def opened(page: Any, language: str, query: str = "") -> BeautifulSoup:
    """The page as readers of the language get it."""
    return opened_at(address(page, language) + query)


def opened_at(path: str, status: int = 200) -> BeautifulSoup:
    response = Client().get(path)
    assert response.status_code == status
    return BeautifulSoup(response.content.decode(), "html.parser")


def one(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    """The element that the selector finds; fails when there is none, or several."""
    found = soup.select(selector)
    assert len(found) == 1, f"{len(found)} × {selector}"
    return found[0]


def words(soup: BeautifulSoup | Tag, selector: str) -> str:
    """The text of that one element, its white space folded."""
    return " ".join(one(soup, selector).get_text().split())


def language_of(element: Tag) -> str:
    """The language that a browser takes an element's text to be in."""
    for candidate in (element, *element.parents):
        if candidate.get("lang"):
            return str(candidate["lang"])
    return ""


def make_translated(**fields: Any) -> ArticlePage:
    article = make_article(ENGLISH_HEADLINE, **fields)
    translate(article, headline=CHINESE_HEADLINE)
    return ArticlePage.objects.get(pk=article.pk)


def make_in(language: str, **fields: Any) -> ArticlePage:
    """An untranslated story of two paragraphs, written in the language."""
    headline = ENGLISH_HEADLINE if language == ENGLISH else CHINESE_HEADLINE
    text = "The first words." if language == ENGLISH else "正文第一段。"
    fields.setdefault("body", [block("paragraph", f"<p>{text}</p>")])
    fields.setdefault("slug", "a-story")
    standfirst = {
        column("standfirst", language): "One line." if language == ENGLISH else "一行导语"
    }
    return make_article(headline, language=language, **{**standfirst, **fields})


def picture(image: Any = None, **values: str) -> dict[str, Any]:
    empty = {"caption": "", "alt_text": "", "credit": ""}
    return {"image": image.pk if image else None, **empty, **values}
