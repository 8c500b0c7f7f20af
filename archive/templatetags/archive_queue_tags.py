"""What the translators' list needs in its templates."""

from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.dateformat import format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction

from archive.text.dates import display_date
from archive.text.language import ENGLISH, supported

register = template.Library()


@register.simple_tag
def bulk_action_buttons(opts: Any) -> SafeString:
    """Of a list's model, by its `_meta`: all but Wagtail's Delete, which isn't for such rows."""
    known = bulk_action_registry.get_bulk_actions_for_model(opts.app_label, opts.model_name)
    actions = [one for one in known if not issubclass(one, DeleteBulkAction)]
    return format_html_join(
        "",
        '<li><a href="{}" class="button button-small button-secondary bulk-action-btn" '
        'aria-label="{}" data-bulk-action-button>'
        "{}</a></li>",
        (
            (
                reverse(
                    "wagtail_bulk_action", args=[opts.app_label, opts.model_name, one.action_type]
                ),
                one.aria_label,
                one.display_name,
            )
            for one in sorted(actions, key=lambda one: one.action_priority)
        ),
    )


@register.filter
def short_day(day: date) -> str:
    """A date for a narrow column: 27 Nov 2026, 2026年11月27日."""
    language = supported(get_language())
    return format(day, "j M Y") if language == ENGLISH else display_date(day, language)
