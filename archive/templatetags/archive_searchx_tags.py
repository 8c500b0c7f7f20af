"""What the search's templates need beside the readers' own."""

from django import template
from django.utils.http import urlencode

register = template.Library()


@register.simple_tag
def query_of(text: str) -> str:
    """A query string that searches for the text: q=%E6%B9%9B%E6%B1%9F."""
    return urlencode({"q": text})
