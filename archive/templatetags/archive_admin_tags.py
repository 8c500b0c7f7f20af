"""What the templates of the admin need: lists, the translators' desk, comparisons."""

from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.dateformat import format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction

from archive.desk.findings import story_findings as open_in_story
from archive.desk.lost_translations import deleted_with, left_by_readers
from archive.desk.models.segment import kind_label
from archive.journal.history import lines_of
from archive.journal.models import JournalEntry
from archive.publishing.due import is_due
from archive.stories.versions.views import paragraphs_of
from archive.text import richtext
from archive.text.dates import display_date
from archive.text.language import ENGLISH, supported

register = template.Library()
register.filter(kind_label)


@register.filter
def links_as_marks(markup: str) -> SafeString:
    """A rich text, as Wagtail's editor stored it, for reading beside a form: no link leads away."""
    return mark_safe(richtext.links_as_marks(markup))  # noqa: S308


@register.filter
def links_as_tags(markup: str) -> SafeString:
    """The same, numbered, with what a copy of each link needs: the desk's scripts read it."""
    return mark_safe(richtext.links_as_tags(markup))  # noqa: S308


@register.inclusion_tag("archive/admin/findings_panel.html")
def story_findings(translation: Any, draft: Any, laid_out: Any) -> dict[str, Any]:
    """What the checks found in the story whose rows are on the same page."""
    return open_in_story(translation, draft, laid_out)


@register.inclusion_tag("archive/admin/being_updated.html")
def being_updated(follower: str, story: int | None = None) -> dict[str, bool]:
    """While this follower has yet to run, for this story or for any; one query."""
    return {"is_due": is_due(follower, story)}


@register.simple_tag(takes_context=True)
def story_paragraphs(context: template.Context) -> dict[str, Any]:
    """See `paragraphs_of`; {} for anything but a story."""
    names = ("object", "view", "request", "revision_a", "revision_b")
    headings = ("revision_a_heading", "revision_b_heading")
    return paragraphs_of({name: context.get(name) for name in (*names, *headings)})


@register.inclusion_tag("archive/admin/journal/entries.html")
def journal_of(thing: Any, user: Any) -> dict[str, Any]:
    """What was done to the thing and can be undone: for a history that Wagtail makes."""
    return {"journal": lines_of(JournalEntry.objects.about(thing), user)}


@register.simple_tag
def translations_lost(action: str, pages: Any) -> SafeString:
    """A paragraph on the translations that leave readers ("unpublish") or are deleted with a page,
    or with those of a bulk action; one query."""
    chosen = [one["item"] for one in pages] if isinstance(pages, list) else [pages]
    told = deleted_with(chosen) if action == "delete" else left_by_readers(chosen)
    return format_html("<p><strong>{}</strong></p>", told) if told else SafeString("")


@register.filter
def of_key(values: dict[Any, Any], key: Any) -> Any:
    """The entry of a dictionary; "" without one."""
    return values.get(key, "")


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
