"""What the pages of names and ties need: decades, and data for machines."""

from django import template
from django.utils.translation import get_language

from archive.site.browse.calendar import decade_name as name_of_decade
from archive.site.metadata.tags import json_ld
from archive.text.language import supported

register = template.Library()

register.filter("linked_data", json_ld)


@register.filter
def decade_name(first_year: int) -> str:
    """1980 -> 1980s; 20世纪80年代; 2000 -> 2000s; 21世纪头十年."""
    return name_of_decade(first_year, supported(get_language()))
