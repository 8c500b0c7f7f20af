"""What the browsing pages, and those of names and ties, need in their templates."""

from datetime import date
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from archive.base_page import Page
from archive.site.addresses import PageAddresses, alternates, page_addresses
from archive.site.browse.calendar import decade_name as name_of_decade
from archive.site.browse.calendar import decade_of as decade_of_year
from archive.site.metadata.tags import json_ld
from archive.text.language import LANGUAGES, supported

register = template.Library()

register.filter("linked_data", json_ld)


@register.simple_tag(takes_context=True)
def browse_addresses(context: template.Context, canonical: Page | str | None) -> PageAddresses:
    """This page's addresses, or those of the page in the tree that shows the same."""
    request: HttpRequest = context["request"]
    if not isinstance(canonical, Page):
        return page_addresses(request)
    here: Any = canonical.get_full_url(request)
    by_language = {code: translate_url(here, code) for code in LANGUAGES}
    return PageAddresses(by_language[supported(get_language())], alternates(by_language))


@register.filter
def decade_number(day: date) -> int:
    return decade_of_year(day.year)


@register.filter
def decade_of(day: date) -> str:
    """1980s; 20世纪80年代."""
    return decade_name(decade_of_year(day.year))


@register.filter
def decade_name(first_year: int) -> str:
    """1980 -> 1980s; 20世纪80年代; 2000 -> 2000s; 21世纪头十年."""
    return name_of_decade(first_year, supported(get_language()))
