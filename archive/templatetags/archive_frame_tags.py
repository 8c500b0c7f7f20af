"""Parts of pages that are the same for everybody: made once a process and language."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django import template
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar

from archive.site.caching.site_chrome import find_site
from archive.site.caching.versions import NAMES, SITE, STORIES, is_kept, version_kept
from archive.site.content_checks import is_at_work

register = template.Library()

# About 2 kB each; then the process starts anew.
MOST_KEPT = 2000
_PARTS: dict[Any, SafeString] = {}


@register.simple_tag(takes_context=True)
def frame_part(context: template.Context, name: str, *args: Any, **values: Any) -> SafeString:
    """Includes a template that depends on the language, the site and its frame alone.

    What else tells one of its forms from another stands in `args`, or is text among `values`.
    """
    told = tuple((one, value) for one, value in values.items() if isinstance(value, str))
    return _part(context, name, (*args, *told), values, SITE)


@register.simple_tag(takes_context=True)
def story_card(context: template.Context, article: Any, **options: Any) -> SafeString:
    """A story in a list, by `archive/stories/card.html`; the options stand in that template."""
    key = (article.pk, *sorted(options.items()))
    values = {"article": article, **options}
    return _part(context, "archive/stories/card.html", key, values, SITE, STORIES)


@register.simple_tag
def common_paper(*lists: Iterable[Any]) -> Any:
    """Of stories, or of what has an `article`: one that speaks for all, where all are of one paper
    and either all or none are sample text; else None. A band then says it once. A translation that
    was printed by itself has a paper of its own."""
    stories = [getattr(one, "article", one) for one in chain(*lists)]
    told = {(story.publication, story.is_sample) for story in stories}
    is_apart = any(story.translation_print for story in stories)
    return stories[0] if len(told) == 1 and stories[0].publication and not is_apart else None


@register.simple_tag(takes_context=True)
def name_links(context: template.Context, entities: Iterable[Any]) -> SafeString:
    """Names in a list, each by `archive/entities/link.html`."""
    links = (
        _part(context, "archive/entities/link.html", one.pk, {"entity": one}, NAMES)
        for one in entities
    )
    return SafeString("".join(links))


@register.simple_tag(takes_context=True)
def user_bar(context: template.Context) -> str:
    """Wagtail's user bar, for people who work on the site."""
    return wagtailuserbar(context) if is_at_work(context.get("request")) else ""


def _part(
    context: template.Context, name: str, key: Any, values: dict[str, Any], *keys: str
) -> SafeString:
    """A template, rendered anew once one of these versions is another."""
    request: Any = context.get("request")
    if not is_kept(request):
        return render_to_string(name, {**values, "request": request})
    full_key = (name, key, get_language(), _version_of(request, keys), _place_of(request))
    # Another thread may empty it at any moment.
    part = _PARTS.get(full_key)
    if part is None:
        if len(_PARTS) >= MOST_KEPT:
            _PARTS.clear()
        part = _PARTS[full_key] = render_to_string(name, {**values, "request": request})
    return part


def _version_of(request: Any, keys: tuple[str, ...]) -> tuple[object, ...]:
    """`version_kept`, found once for each request."""
    known: dict[tuple[str, ...], tuple[object, ...]] = request.__dict__.setdefault(
        "archive_parts_of", {}
    )
    if keys not in known:
        known[keys] = version_kept(request, *keys)
    return known[keys]


def _place_of(request: Any) -> tuple[Any, ...]:
    """What addresses depend on beside the language: found once for each request."""
    if not hasattr(request, "archive_place"):
        site = getattr(find_site(request), "pk", None)
        request.archive_place = (site, get_urlconf(), get_script_prefix())
    place: tuple[Any, ...] = request.archive_place
    return place


@receiver(setting_changed)
def _forget(**_kwargs: Any) -> None:
    """Settings change in tests alone."""
    _PARTS.clear()
