"""Bylines and print citations as a newspaper words them in each language."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from archive.entities.bilingual import text_in
from archive.pages.addresses import HTML_CODES
from archive.text.dates import display_date
from archive.text.escaping import escaped
from archive.text.language import supported
from archive.text.words import gettext, pgettext


def name_of(instance: Any, field: str = "name") -> SafeString:
    """The field for the active language's readers; marked where only the other one has it."""
    language = supported(get_language())
    text = text_in(instance, field, language)
    html = escaped(text.text)
    if text and text.language != language:
        html = f'<span lang="{HTML_CODES[text.language]}">{html}</span>'
    return mark_safe(html)  # noqa: S308 - escaped


def byline_parts(bylines: Iterable[Any]) -> list[SafeString]:
    """["By Li Na and Tom Reed in Zhanjiang", "Photographs by Chen Wei"]; neighbours share one."""
    groups = groupby(bylines, key=lambda byline: (byline.role, byline.place))
    return [
        _worded(role, joined_names([name_of(byline.author) for byline in group]), place)
        for (role, place), group in groups
    ]


def print_citation(article: Any) -> str:
    """China Daily (USA), 22 September 2015, page 17; 《中国日报》（USA）2015年9月22日第17版."""
    if not article.publication or not article.print_date:
        return ""
    parts = {
        "publication": str(article.publication),
        "edition": article.print_edition,
        "date": display_date(article.print_date, supported(get_language())),
        "page": article.print_page,
    }
    return _pattern(bool(parts["edition"]), bool(parts["page"])) % parts


def _pattern(has_edition: bool, has_page: bool) -> str:
    if has_edition and has_page:
        return gettext("%(publication)s (%(edition)s), %(date)s, page %(page)s")
    if has_edition:
        return gettext("%(publication)s (%(edition)s), %(date)s")
    if has_page:
        return gettext("%(publication)s, %(date)s, page %(page)s")
    return gettext("%(publication)s, %(date)s")


def joined_names(names: list[SafeString]) -> SafeString:
    """A, B and C; in Chinese A、B、C."""
    between, before_last = pgettext("between names", ", "), pgettext("between names", " and ")
    *most, last = names
    listed = before_last.join([between.join(most), last] if most else [last])
    return mark_safe(listed)  # noqa: S308 - each name is escaped


def _worded(role: str, names: SafeString, place: Any) -> SafeString:
    if place:
        return format_html(_FROM_A_PLACE[role](), names=names, place=name_of(place))
    return format_html(_FORMS[role](), names=names)


_FORMS = {
    "reporter": lambda: gettext("By {names}"),
    "photographer": lambda: gettext("Photographs by {names}"),
    "editor": lambda: gettext("Edited by {names}"),
    "translator": lambda: gettext("Translated by {names}"),
    "agency": lambda: pgettext("byline of an agency", "{names}"),
}
_FROM_A_PLACE = {
    "reporter": lambda: gettext("By {names} in {place}"),
    "photographer": lambda: gettext("Photographs by {names} in {place}"),
    "editor": lambda: gettext("Edited by {names} in {place}"),
    "translator": lambda: gettext("Translated by {names} in {place}"),
    "agency": lambda: gettext("{names} in {place}"),
}
