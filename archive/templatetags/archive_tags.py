"""What the readers' templates need: bodies, pictures, dates, bylines, and the other language."""

import calendar
from datetime import date, timedelta
from typing import Any

from django import template
from django.template.defaultfilters import date as format_date
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from archive.base_page import Page
from archive.conf import settings
from archive.entities.romanisation import readings
from archive.photos.renditions import Markup, markup
from archive.site import addresses, modes, not_found, story_foot
from archive.site.caching import site_chrome
from archive.site.listed_pages import matching
from archive.site.permalinks import short_id
from archive.site.rendering import render_body
from archive.stories import bylines
from archive.stories.blocks import figure_in, story_text
from archive.stories.body import Correction, correction_links
from archive.stories.rights import statement_of
from archive.text import dates
from archive.text.chinese import phrases
from archive.text.language import (
    CHINESE,
    ENGLISH,
    HAS_CHINESE,
    HTML_CODES,
    LABELS,
    LANGUAGES,
    detect,
    known,
    language_name,
    supported,
)
from archive.text.typography import typographic_page

register = template.Library()


# Languages


@register.filter
def html_lang(language: str) -> str:
    """A language as the `lang` attribute wants it: "zh-hans" -> "zh-Hans"."""
    return HTML_CODES.get(known(language or ""), language)


@register.filter
def native_name(language: str) -> str:
    """The language's name in itself: 中文."""
    return LABELS[language]


register.filter(language_name)


class TypographicNode(template.Node):
    """A page's texts with the quotation marks of English print."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        html = self.nodelist.render(context)
        # Other languages have other marks.
        return SafeString(typographic_page(html)) if {*LANGUAGES} <= {ENGLISH, CHINESE} else html


@register.tag
def typographic(parser: Any, _token: Any) -> TypographicNode:
    """{% typographic %} … {% endtypographic %} around a whole page."""
    nodelist = parser.parse(("endtypographic",))
    parser.delete_first_token()
    return TypographicNode(nodelist)


@register.simple_tag
def has_chinese() -> bool:
    """Whether one of the archive's languages is Chinese."""
    return HAS_CHINESE


@register.filter
def names(entity: Any) -> list[tuple[str, str]]:
    """A name's text in each language of the archive; "" where it has none."""
    return [(language, entity.name_in(language)) for language in LANGUAGES]


@register.simple_tag
def reader_language() -> str:
    """The archive language that this page is in: "en" or "zh-hans"."""
    return supported(get_language())


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[addresses.LanguageLink]:
    """This page in each language; [] where there is no request (a mail, a test)."""
    request = context.get("request")
    return addresses.language_links(request, is_story="story_view" in context) if request else []


@register.simple_tag(takes_context=True)
def story_in(context: template.Context, article: Page, language: str) -> str:
    """The story's address in one of its languages."""
    return translate_url(article.get_url(context.get("request")) or "", language)


@register.simple_tag
def story_feet() -> list[str]:
    """The templates that apps around the archive show below a story."""
    return story_foot.story_feet()


@register.simple_tag(takes_context=True)
def page_addresses(context: template.Context) -> addresses.PageAddresses | None:
    """The page's canonical address and its alternates; None for a page that isn't public."""
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False):
        return None
    article, text = context.get("article"), context.get("text")
    return addresses.page_addresses(request, article, text.language if article and text else "")


register.filter("reads", bylines.name_of)
register.filter("short_id", short_id)


@register.filter
def marked(text: str) -> SafeString:
    """Text of unknown language, marked where its script isn't the one of this page."""
    language = detect(text)
    if not any(map(str.isalpha, text)) or language == supported(get_language()):
        return conditional_escape(text)
    return format_html('<span lang="{}">{}</span>', html_lang(language), text)


# The frame


@register.filter
def is_within(page: Page, ancestor: Page) -> bool:
    """Whether the page lies below the other in the tree: told by their paths, without a query."""
    return page.is_descendant_of(ancestor)


register.filter("with_words", matching)


@register.simple_tag(takes_context=True)
def site_navigation(context: template.Context) -> site_chrome.Navigation:
    request = context.get("request")
    if request is None:
        return site_chrome.Navigation(None, [], [], [])
    article = context.get("article")
    publication = article.publication if article else context.get("publication")
    return site_chrome.site_navigation(
        request, publication if isinstance(publication, Page) else None
    )


@register.simple_tag(takes_context=True)
def missing_page(context: template.Context) -> not_found.Missing:
    """What the page "not found" can offer instead."""
    request = context.get("request")
    return not_found.missing_page(request) if request else not_found.Missing()


@register.simple_tag
def offline_mode() -> dict[str, str]:
    """The addresses of the manifest and the worker; {} where pages aren't kept."""
    if not settings.OFFLINE:
        return {}
    try:
        return {
            "manifest": reverse("archive:manifest"),
            "worker": reverse("archive_service_worker"),
        }
    except NoReverseMatch:
        return {}


# The story


@register.filter
def clauses(headline: str) -> list[str]:
    """The clauses of a Chinese headline, which an em space parts; others are one."""
    return headline.split("\u3000")


@register.filter
def breaking(headline: str) -> SafeString:
    """The headline, with the places where a Chinese one may break (css: `:has(wbr)`)."""
    return format_html_join(SafeString("<wbr>"), "{}", ((one,) for one in phrases(headline)))


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, page: Any) -> str:
    """Like {% pageurl %}, and sooner where a list has many."""
    return addresses.page_url(page, context.get("request"))


@register.filter
def reading(entity: Any) -> str:
    """What lets a reader have Pinyin over a name that is shown in Chinese; "" elsewhere."""
    is_chinese = supported(get_language()) == CHINESE
    return readings(entity.name_in(CHINESE), entity.pinyin) if is_chinese else ""


@register.simple_tag(takes_context=True)
def article_body(context: template.Context) -> SafeString:
    """The body's rows; entities that the page has loaded as tags aren't loaded again."""
    values = flat(context)
    texts = [text for text in (values["text"], values["other_text"]) if text]
    values |= correction_links(values["corrections"])
    bodies = [text.body for text in texts]
    return render_body(values["rows"], bodies, values, values["gathered"])


@register.simple_tag(takes_context=True)
def story_block(context: template.Context, block: Any) -> SafeString:
    """A block of one side of a body's row, with the dateline where it opens the text."""
    side = context["side"]
    text = context["text" if side.is_main else "other_text"]
    dateline = text.dateline if side.opening == str(block.id) else ""
    values = {
        **(context.get("block_context") or flat(context)),
        "dateline": dateline,
        "block_id": block.id if side.is_main else "",
        "body_language": side.language,
        "twin": side.twin,
    }
    html = SafeString(block.render_as_block(values))
    if dateline and block.block_type != "paragraph":
        return format_html('<p><span class="dateline">{}</span></p>{}', dateline, html)
    return html


@register.simple_tag(takes_context=True)
def check_marks(context: template.Context, language: str, place: str) -> SafeString:
    """What the content checks find there, as an attribute; "" where they find nothing."""
    found = context["content_checks"].get(language, {}).get(str(place), "")
    return format_html(' data-archive-checks="{}"', found) if found else SafeString("")


@register.simple_tag(takes_context=True)
def original_address(context: template.Context) -> str:
    """Where the original of the translation that is shown reads alone; "" outside a request."""
    request = context.get("request")
    return addresses.original_address(request, context["article"]) if request else ""


@register.simple_tag(takes_context=True)
def script_address(context: template.Context) -> str:
    """This page with a text in traditional characters as printed, or converted where it is as
    printed; "" in a preview, which has one address only."""
    request, view = context.get("request"), context["story_view"]
    if request is None or getattr(request, "is_preview", False):
        return ""
    return f"{request.path}{modes.script_query(request, as_printed=not view.as_printed)}"


@register.simple_tag(takes_context=True)
def reading_modes(context: template.Context) -> list[modes.ModeChoice]:
    """The ways to read this story; [] where there is nothing to choose."""
    request = context.get("request")
    return modes.choices(request, context["article"], context["story_view"]) if request else []


@register.filter
def description(text: Any) -> str:
    """The story in a sentence or two."""
    return str(text.description)


register.filter(story_text)
register.simple_tag(bylines.byline_parts)
register.simple_tag(bylines.print_citation)
register.simple_tag(bylines.other_print_citation)
register.simple_tag(bylines.other_print)
register.simple_tag(bylines.original_citation)
register.simple_tag(bylines.translation_credit)
register.simple_tag(statement_of, name="rights_statement")


@register.filter
def entry(mapping: dict[str, Any], key: str) -> Any:
    """The mapping's value, or ""."""
    return mapping.get(key, "") if mapping else ""


@register.simple_tag
def newest_correction(notes: list[Correction]) -> Correction | None:
    """The last of the original's correction notes, which come in order."""
    return notes[-1] if notes else None


# Pictures


@register.simple_tag
def picture(image: Any, shape: str = "figure") -> Markup | None:
    """{% picture image "card" as img %}: attributes for an <img>; None when its file is lost."""
    return markup(image, shape) if image else None


@register.inclusion_tag("archive/blocks/picture.html", takes_context=True)
def gallery_figure(context: template.Context, struct: Any, twin: Any) -> dict[str, Any]:
    """A picture of a gallery; `twin` is the same one's value in the other text, or ""."""
    return {"figure": figure_in(context, struct, "gallery", twin=twin)}


@register.simple_tag
def item_of(items: Any, key: str) -> Any:
    """The value of a list block's item with this id, or ""."""
    return next((one.value for one in items.bound_blocks if one.id == key), "")


# Dates


@register.filter
def display_date(day: date | None, language: str = "") -> str:
    """22 September 2015; 2015年9月22日."""
    return dates.display_date(day, language or supported(get_language())) if day else ""


@register.filter
def display_day(day: date) -> str:
    """A day of any year: 22 September; 9月22日."""
    return dates.display_day(day, supported(get_language()))


@register.filter
def display_partial(text: str | int, language: str = "") -> str:
    """A date known to the year, month or day, or a year's number, as printed."""
    return dates.display_partial(str(text or ""), language or supported(get_language()))


@register.filter
def month_of(day: date) -> str:
    """September 2015; 2015年9月."""
    return dates.display_partial(f"{day:%Y-%m}", supported(get_language()))


@register.filter
def weekday(day: date) -> str:
    """Tuesday; 星期二."""
    return format_date(day, "l")


@register.simple_tag
def weekday_initials() -> list[tuple[str, str]]:
    """Monday to Sunday, short and in full: ("Mon", "Monday"); ("一", "星期一")."""
    monday = date(2024, 1, 1)
    days = [monday + timedelta(days=offset) for offset in range(7)]
    if supported(get_language()) == CHINESE:
        return [(format_date(day, "l")[-1], format_date(day, "l")) for day in days]
    return [(format_date(day, "D")[:2], format_date(day, "l")) for day in days]


@register.filter
def weeks(issues: list[Any], first_day: date) -> list[list[tuple[int, Any]]]:
    """A month's weeks, Monday first: (day of the month or 0, that day's issue or None)."""
    by_day = {issue.print_date.day: issue for issue in issues}
    month = calendar.Calendar().monthdayscalendar(first_day.year, first_day.month)
    return [[(day, by_day.get(day)) for day in week] for week in month]


@register.filter
def total_stories(issues: list[Any]) -> int:
    return sum(issue.story_count for issue in issues)


def flat(context: template.Context) -> dict[str, Any]:
    """All variables of a template, by name."""
    return {str(name): value for name, value in context.flatten().items()}
