"""A story in a list, as HTML: put together here, since a page may show dozens."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from archive.entities.romanising import readings
from archive.pages.addresses import HTML_CODES
from archive.pages.bylines import name_of
from archive.pages.page_urls import page_url
from archive.text.dates import display_date
from archive.text.escaping import escaped
from archive.text.language import CHINESE, ENGLISH, supported
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
        return mark_safe(escaped(headline))  # noqa: S308
    return format_html_join("\u3000", '<span class="clause">{}</span>', ((part,) for part in parts))


def card_text(article: Any, request: HttpRequest | None, options: CardOptions) -> SafeString:
    """The card's words: section, headline, standfirst, filing."""
    text = article.text
    code = HTML_CODES[text.language]
    lang, hreflang = (
        (f' lang="{code}"', f' lang="{code}" hreflang="{code}"') if text.is_missing else ("", "")
    )
    level = int(options.level)
    parts = []
    if article.section and not options.hide_section:
        link = escaped(page_url(article.section, request))
        parts.append(f'<p class="kicker"><a href="{link}">{name_of(article.section)}</a></p>')
    parts.append(
        f'<h{level} class="headline"><a href="{escaped(page_url(article, request))}"{hreflang}>'
        f"{clauses(text.headline)}</a></h{level}>"
    )
    if text.standfirst:
        parts.append(f'<p class="standfirst"{lang}>{escaped(text.standfirst)}</p>')
    parts.append(f'<p class="filing">{_filing(article, text, options)}</p>')
    return mark_safe("\n    ".join(parts))  # noqa: S308 - each part is escaped


def _filing(article: Any, text: Any, options: CardOptions) -> str:
    marks = []
    if text.is_missing:
        only = gettext("English only") if text.language == ENGLISH else gettext("Chinese only")
        marks.append(only)
    if article.is_sample:
        marks.append(gettext("Sample text"))
    parts = [f'<span><b class="only">{escaped(mark)}</b></span>' for mark in marks]
    if article.print_date and not options.hide_filing:
        if article.publication:
            parts.append(f'<span class="paper">{name_of(article.publication)}</span>')
        day = escaped(display_date(article.print_date, supported(get_language())))
        parts.append(f'<time datetime="{article.print_date:%Y-%m-%d}">{day}</time>')
    if article.print_page and not options.hide_page:
        page = gettext("page %(page)s") % {"page": article.print_page}
        parts.append(f"<span>{escaped(page)}</span>")
    return "\n      ".join(parts)


def links(entities: list[Any]) -> SafeString:
    """Names as items of a list, each a link to its own page."""
    return mark_safe(  # noqa: S308 - each part is escaped
        "".join(
            f'<li><a href="{escaped(entity.get_absolute_url())}"'
            f' data-entity="{escaped(entity.key)}"{reading_attribute(entity)}>'
            f"{name_of(entity)}</a></li>"
            for entity in entities
        )
    )


def reading_attribute(entity: Any) -> SafeString:
    """The attribute that lets a reader have Pinyin over a name that is shown in Chinese."""
    if supported(get_language()) != CHINESE:
        return SafeString("")
    pinyin = readings(entity.name_in(CHINESE), entity.pinyin)
    return mark_safe(f' data-reading="{escaped(pinyin)}"' if pinyin else "")  # noqa: S308


def section_links(
    sections: list[Any], request: HttpRequest, page: Any, section_id: Any
) -> SafeString:
    """The sections in the masthead; `section_id` is the one of the story that is being read."""
    items = []
    for section in sections:
        current = ""
        if page is not None and getattr(page, "pk", None) == section.pk:
            current = "page"
        elif section_id == section.pk:
            current = "true"
        mark = mark_safe(f' aria-current="{current}"') if current else ""  # noqa: S308 - ours
        items.append((page_url(section, request), mark, name_of(section)))
    return format_html_join("\n        ", '<li><a href="{}"{}>{}</a></li>', items)
