"""A story in a list, as HTML: put together here, since a page may show dozens."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from archive.entities.romanising import readings
from archive.pages.addresses import HTML_CODES
from archive.pages.bylines import name_of
from archive.pages.page_urls import page_urls
from archive.text.dates import display_date
from archive.text.escaping import escaped
from archive.text.language import CHINESE, ENGLISH, supported
from archive.text.reversing import pattern
from archive.text.words import gettext


@dataclass(frozen=True)
class CardOptions:
    """`shape` shows the picture ("lead", "card"); `level` is the heading's, 2 to 4.

    Hidden is what the page itself says: which section, which paper and day, which page of it.
    """

    shape: str = ""
    level: int = 3
    eager: bool = False
    hide_section: bool = False
    hide_filing: bool = False
    hide_page: bool = False


def clauses(headline: str) -> SafeString:
    """A Chinese headline of several clauses breaks between them, where an em space parts them."""
    parts = headline.split("\u3000")
    if len(parts) == 1:
        return SafeString(escaped(headline))
    return format_html_join("\u3000", '<span class="clause">{}</span>', ((part,) for part in parts))


def card_text(article: Any, request: HttpRequest | None, options: CardOptions) -> SafeString:
    """The card's words: section, headline, standfirst, filing."""
    language = supported(get_language())
    return SafeString(_text(article, language, page_urls(request), options))


def related_list(cards: Iterable[Any], request: HttpRequest | None) -> SafeString:
    """`RelatedCard`s as items of a list: each story and why it is there.

    As includes/story_card.html writes them, which would take twice as long as all it shows.
    """
    language = supported(get_language())
    urls, options = page_urls(request), CardOptions()
    items = []
    for card in cards:
        text = _text(card.article, language, urls, options)
        html = f'<article class="card">\n  \n  <div class="card-text">\n    {text}\n  </div>\n'
        items.append(related_item(f"{html}</article>\n", card))
    return SafeString("".join(items))


def related_item(html: str, card: Any) -> str:
    """A `RelatedCard` as an item of a list; `html` is the story's own card."""
    chosen = ""
    if card.is_chosen:
        chosen = f'<b class="only">{escaped(gettext("Picked by the editors"))}</b> '
    why = f'<p class="why">{chosen}{card.why}</p>' if chosen or card.why else ""
    return f"<li>{html}{why}</li>"


def _text(article: Any, language: str, urls: Callable[[Any], str], options: CardOptions) -> str:
    text = article.in_language(language)
    code = HTML_CODES[text.language]
    lang, hreflang = (
        (f' lang="{code}"', f' lang="{code}" hreflang="{code}"') if text.is_missing else ("", "")
    )
    level = int(options.level)
    parts = []
    if article.section and not options.hide_section:
        link, name = escaped(urls(article.section)), name_of(article.section, "name", language)
        parts.append(f'<p class="kicker"><a href="{link}">{name}</a></p>')
    parts.append(
        f'<h{level} class="headline"><a href="{escaped(urls(article))}"{hreflang}>'
        f"{clauses(text.headline)}</a></h{level}>"
    )
    if text.standfirst:
        parts.append(f'<p class="standfirst"{lang}>{escaped(text.standfirst)}</p>')
    parts.append(f'<p class="filing">{_filing(article, text, language, options)}</p>')
    return "\n    ".join(parts)


def _filing(article: Any, text: Any, language: str, options: CardOptions) -> str:
    marks = []
    if text.is_missing and text.language == ENGLISH:
        marks.append(gettext("English only", language))
    elif text.is_missing:
        marks.append(gettext("Chinese only", language))
    if article.is_sample:
        marks.append(gettext("Sample text", language))
    parts = [f'<span><b class="only">{escaped(mark)}</b></span>' for mark in marks]
    if article.print_date and not options.hide_filing:
        if article.publication:
            paper = name_of(article.publication, "name", language)
            parts.append(f'<span class="paper">{paper}</span>')
        day = escaped(display_date(article.print_date, language))
        parts.append(f'<time datetime="{article.print_date.isoformat()}">{day}</time>')
    if article.print_page and not options.hide_page:
        page = gettext("page %(page)s", language) % {"page": article.print_page}
        parts.append(f"<span>{escaped(page)}</span>")
    return "\n      ".join(parts)


def links(entities: list[Any]) -> SafeString:
    """Names as items of a list, each a link to its own page."""
    address, language = pattern("archive:entity"), supported(get_language())
    items = []
    for entity in entities:
        url, key = escaped(address % entity.key), escaped(entity.key)
        reading = reading_attribute(entity, language)
        name = name_of(entity, "name", language)
        items.append(f'<li><a href="{url}" data-entity="{key}"{reading}>{name}</a></li>')
    return SafeString("".join(items))


def reading_attribute(entity: Any, language: str) -> SafeString:
    """The attribute that lets a reader have Pinyin over a name that is shown in Chinese."""
    pinyin = readings(entity.name_in(CHINESE), entity.pinyin) if language == CHINESE else ""
    return SafeString(f' data-reading="{escaped(pinyin)}"' if pinyin else "")


def section_links(
    sections: list[Any], request: HttpRequest, page: Any, section_id: Any
) -> SafeString:
    """The sections in the masthead; `section_id` is the one of the story that is being read."""
    items, urls = [], page_urls(request)
    for section in sections:
        current = ""
        if page is not None and getattr(page, "pk", None) == section.pk:
            current = "page"
        elif section_id == section.pk:
            current = "true"
        mark = SafeString(f' aria-current="{current}"' if current else "")
        items.append((urls(section), mark, name_of(section)))
    return format_html_join("\n        ", '<li><a href="{}"{}>{}</a></li>', items)
