"""What the translators' list needs in its templates."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.dateformat import format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from archive.desk.corrections.views import BULK_ACTIONS as REPORT_ACTIONS
from archive.desk.queue.bulk_actions import queue_actions
from archive.text.dates import display_date
from archive.text.language import ENGLISH, supported

register = template.Library()


@register.simple_tag
def queue_bulk_actions() -> SafeString:
    """The desk's bulk actions, and not Wagtail's Delete: translations go with their stories."""
    return _buttons("translation", queue_actions())


@register.simple_tag
def report_bulk_actions() -> SafeString:
    """Of readers' reports; nobody deletes them either."""
    return _buttons("readerreport", REPORT_ACTIONS)


def _buttons(model: str, actions: Iterable[Any]) -> SafeString:
    return format_html_join(
        "",
        '<li><a href="{}" class="button button-small button-secondary bulk-action-btn" '
        'aria-label="{}" data-bulk-action-button>'
        "{}</a></li>",
        (
            (
                reverse("wagtail_bulk_action", args=["archive", model, one.action_type]),
                one.aria_label,
                one.display_name,
            )
            for one in actions
        ),
    )


@register.filter
def short_day(day: date) -> str:
    """A date for a narrow column: 27 Nov 2026, 2026年11月27日."""
    language = supported(get_language())
    return format(day, "j M Y") if language == ENGLISH else display_date(day, language)
