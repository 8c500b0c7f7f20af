"""What the translators' desk needs in its templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from archive.desk.findings import story_findings as open_in_story
from archive.desk.models.segment import kind_label
from archive.text import richtext

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
