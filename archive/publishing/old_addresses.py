"""Redirects from the former addresses of pages that were renamed or moved, in both languages.

Wagtail leaves them in the language that is active; these receivers do so in the other one.
"""

from typing import Any

from django.apps import apps
from django.utils import translation
from wagtail import signals

from archive.base_page import Page
from archive.text.language import other, supported


def connect_redirects() -> None:
    """Nothing where the site has no redirects."""
    if apps.is_installed("wagtail.contrib.redirects"):
        signals.page_slug_changed.connect(on_slug_changed)
        signals.post_page_move.connect(on_page_moved)


def on_slug_changed(sender: type, instance: Page, instance_before: Page, **kwargs: Any) -> None:
    # In a site without the app, its models can't be imported.
    from wagtail.contrib.redirects.signal_handlers import autocreate_redirects_on_slug_change

    with translation.override(other(supported(translation.get_language()))):
        autocreate_redirects_on_slug_change(instance_before, instance)


def on_page_moved(
    sender: type, instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any
) -> None:
    # A story that nobody could read yet leaves no address; most are moved then, to their issue.
    if not instance.first_published_at:
        return
    # In a site without the app, its models can't be imported.
    from wagtail.contrib.redirects.signal_handlers import autocreate_redirects_on_page_move

    with translation.override(other(supported(translation.get_language()))):
        autocreate_redirects_on_page_move(instance, url_path_after, url_path_before)
