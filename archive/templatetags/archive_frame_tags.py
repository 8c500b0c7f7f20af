"""Parts of the page's frame that are the same for everybody: made once a process and language."""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings as django_settings
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from archive.site.caching.site_chrome import find_site, site_chrome
from archive.text.cached import surroundings

register = template.Library()

# Of a few parts, in two languages, for every section of every paper.
MOST_KEPT = 500


@register.simple_tag(takes_context=True)
def frame_part(context: template.Context, name: str, *args: Any, **values: Any) -> SafeString:
    """Includes a template that depends on the language, the site and its frame alone.

    What else tells one of its forms from another stands in `args`, or is text among `values`.
    """
    request = context.get("request")
    given = {**values, "request": request}
    if request is None or django_settings.DEBUG:
        return _made(name, given)
    told = tuple((one, value) for one, value in values.items() if isinstance(value, str))
    key = (name, surroundings(), _frame(request), args, told)
    # Another thread may empty it at any moment.
    part = _kept().get(key)
    if part is None:
        if len(_kept()) >= MOST_KEPT:
            _kept().clear()
        part = _kept()[key] = _made(name, given)
    return part


def _frame(request: Any) -> tuple[str, Any]:
    """What of the site the parts depend on."""
    return site_chrome(request).version.value, getattr(find_site(request), "pk", None)


def _made(name: str, values: dict[str, Any]) -> SafeString:
    return render_to_string(name, values)


@lru_cache(maxsize=1)
def _kept() -> dict[Any, SafeString]:
    return {}


@receiver(setting_changed)
def _forget(**_kwargs: Any) -> None:
    """Settings change in tests alone."""
    _kept().clear()
