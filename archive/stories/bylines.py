"""Bylines and print citations as a newspaper words them in each language."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from archive.entities.fields import text_in
from archive.text.cached import gettext, pgettext
from archive.text.dates import display_date
from archive.text.language import HTML_CODES, columns, supported
from archive.text.richtext import escaped


def each_once(bylines: Iterable[Any]) -> list[Any]:
    """Without those of an author who signs in the same role before, as two that were merged do."""
    found: dict[tuple[Any, str], Any] = {}
    for byline in bylines:
        found.setdefault((byline.author.pk, byline.role), byline)
    return list(found.values())


def name_of(instance: Any, field: str = "name", language: str = "") -> SafeString:
    """The field for readers of `language`, or else of the active one; marked where only the
    other language has it."""
    language = language or supported(get_language())
    text = text_in(instance, field, language)
    html = escaped(text.text)
    if text and text.language != language:
        html = f'<span lang="{HTML_CODES[text.language]}">{html}</span>'
    return SafeString(html)


def byline_parts(bylines: Iterable[Any], text: Any = None) -> list[SafeString]:
    """["By Li Na and Tom Reed in Zhanjiang", "Photographs by Chen Wei"]; neighbours share one.

    What `text`, a story's in the reader's language, has as printed stands word for word.
    """
    printed = text.printed_byline if text else ""
    named = [(one, _name_in(printed, one.author)) for one in bylines]
    signed = [(one.author, name) for one, name in named if name]
    parts = [_as_printed(line, text, signed) for line in printed.splitlines() if signed]
    bylines = [one for one, name in named if not name]
    for (role, place), group in groupby(bylines, key=lambda byline: (byline.role, byline.place)):
        names = joined_names([_signed(byline.author) for byline in group])
        form = (_FROM_A_PLACE if place else _FORMS)[role]()
        parts.append(format_html(form, names=names, place=name_of(place) if place else ""))
    return parts


def _name_in(printed: str, author: Any) -> str:
    """The author's name as a printed byline has it; "" if it doesn't name them."""
    names = (getattr(author, one, "") or "" for one in columns("name"))
    at = ((printed.casefold().find(name.casefold()), len(name)) for name in names if name)
    return next((printed[start : start + size] for start, size in at if start >= 0), "")


def _as_printed(line: str, text: Any, signed: Iterable[tuple[Any, str]]) -> SafeString:
    """A line of a printed byline; the names of people who have a page lead there."""
    html = escaped(line)
    for author, name in signed:
        if person := getattr(author, "person", None):
            link = format_html('<a href="{}">{}</a>', person.get_absolute_url(), name)
            html = SafeString(html.replace(escaped(name), link, 1))
    if text.language != supported(get_language()):
        return format_html('<span lang="{}">{}</span>', text.html_language, html)
    return SafeString(html)


def _signed(author: Any) -> SafeString:
    """The author's name; a link where the person is among the names."""
    name = name_of(author)
    person = getattr(author, "person", None)
    if person is None:
        return name
    return format_html('<a href="{}">{}</a>', person.get_absolute_url(), name)


def print_citation(article: Any, language: str = "") -> str:
    """China Daily (USA), 22 September 2015, page 17; 《中国日报》（USA）2015年9月22日第17版.

    In `language`, or else in the active one.
    """
    if not article.publication or not article.print_date:
        return ""
    language = language or supported(get_language())
    paper = text_in(article.publication, "name", language).text or str(article.publication)
    place = article.print_edition, article.print_page
    return _print_citation(paper, *place, article.print_date, language)


def other_print_citation(article: Any) -> str:
    """Where the text that is the translation here was printed by itself, in its own language; ""
    for a translation that was made for this archive."""
    return citation_in_print(article.translation_print, article.target_language)


def citation_in_print(printed: Mapping[str, Any], language: str) -> str:
    """Of a text in that language that was `printed` by itself, as of `Marks`; "" for {}."""
    if not printed:
        return ""
    place = printed["publication"], printed["edition"], printed["page"]
    return _print_citation(*place, date.fromisoformat(printed["date"]), language)


def other_print(article: Any) -> dict[str, Any]:
    """What stands above the text that is the translation here, where it was printed by itself:
    `publication`, `parts` of its byline, `date` as printed in words, `day`, `page`; {} for others.
    """
    if not (printed := article.translation_print):
        return {}
    day = date.fromisoformat(printed["date"])
    said = {name: printed[name] for name in ("publication", "page")}
    dates = {"day": day, "date": display_date(day, article.target_language)}
    return {**said, **dates, "parts": byline_in_print(printed)}


def byline_in_print(printed: Mapping[str, Any]) -> list[SafeString]:
    """The parts of the byline of a text that was `printed` by itself, a part a role."""
    by_role = groupby(printed.get("authors", ()), key=lambda author: author["role"])
    return [
        format_html(
            _FORMS[role](),
            names=joined_names([SafeString(escaped(one["name"])) for one in group]),
        )
        for role, group in by_role
    ]


def _print_citation(publication: str, edition: str, page: str, day: date, language: str) -> str:
    if edition and page:
        pattern = gettext("%(publication)s (%(edition)s), %(date)s, page %(page)s", language)
    elif edition:
        pattern = gettext("%(publication)s (%(edition)s), %(date)s", language)
    elif page:
        pattern = gettext("%(publication)s, %(date)s, page %(page)s", language)
    else:
        pattern = gettext("%(publication)s, %(date)s", language)
    return pattern % {
        "publication": publication,
        "edition": edition,
        "date": display_date(day, language),
        "page": page,
    }


def original_citation(article: Any) -> str:
    """Headline and place of a story as printed, in its own language; "" for what wasn't printed."""
    if article.is_sample:
        return ""
    headline, printed = article.source("headline"), print_citation(article, article.source_language)
    return ". ".join(filter(None, (headline, printed)))


def translation_credit(article: Any, bylines: Iterable[Any], language: str = "") -> str:
    """Translated by Wang Fang, 8 October 2026; "" for a story that isn't translated, or whose two
    texts were printed apart.

    A translation that nobody signs is the archive's. In `language`, or else in the active one.
    """
    if not article.translated_on or article.translation_print:
        return ""
    language = language or supported(get_language())
    signed = [name_of(one.author, language=language) for one in bylines if one.role == "translator"]
    by = joined_names(signed, language) if signed else gettext("the archive", language)
    day = display_date(article.translated_on, language)
    return format_html(gettext("Translated by {names}, {day}", language), names=by, day=day)


def joined_names(names: list[SafeString], language: str = "") -> SafeString:
    """A, B and C; in Chinese A、B、C. In `language`, or else in the active one."""
    *most, last = names
    if not most:
        return last
    between = pgettext("between names", ", ", language)
    before_last = pgettext("between names", " and ", language)
    return SafeString(before_last.join([between.join(most), last]))


_FORMS = {
    "reporter": lambda: gettext("By {names}"),
    "contributor": lambda: pgettext("byline of a contributor", "By {names}"),
    "additional": lambda: gettext("Additional reporting by {names}"),
    "photographer": lambda: gettext("Photographs by {names}"),
    "editor": lambda: gettext("Edited by {names}"),
    "translator": lambda: gettext("Translated by {names}"),
    "agency": lambda: pgettext("byline of an agency", "{names}"),
}
_FROM_A_PLACE = {
    "reporter": lambda: gettext("By {names} in {place}"),
    "contributor": lambda: pgettext("byline of a contributor", "By {names} in {place}"),
    "additional": lambda: gettext("Additional reporting by {names} in {place}"),
    "photographer": lambda: gettext("Photographs by {names} in {place}"),
    "editor": lambda: gettext("Edited by {names} in {place}"),
    "translator": lambda: gettext("Translated by {names} in {place}"),
    "agency": lambda: gettext("{names} in {place}"),
}
