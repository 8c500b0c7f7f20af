"""The translator's form: source beside target, one row a segment."""

from typing import Any

from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.panels import Panel, TabbedInterface

from archive.pages.states import TranslationState
from archive.text.language import LABELS

SEGMENT_FIELDS = "segment-"


class TranslationTabs(TabbedInterface):
    """The translator's form; its segment fields are drawn by `SegmentsPanel` alone.

    Wagtail draws each field that no panel names once more at the form's end. Browsers would post
    both, and the second, untouched one would win over what was typed.
    """

    class BoundPanel(TabbedInterface.BoundPanel):
        def render_missing_fields(self) -> SafeString:
            drawn = self.panel.get_form_options().get("fields", [])
            names = [
                name
                for name in self.form.fields
                if name not in drawn and not name.startswith(SEGMENT_FIELDS)
            ]
            return mark_safe("".join(str(self.form[name]) for name in names))  # noqa: S308


class SegmentsPanel(Panel):
    """Renders the form's segment fields, which the form makes from the story's text."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive/admin/segments_panel.html"

        def get_comparison(self) -> list[Any]:
            from archive.desk.comparing import segment_comparisons

            return segment_comparisons(self.instance)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            translation = self.instance
            rows = self.form.segment_rows()
            is_behind = translation.article.translation_state == TranslationState.SOURCE_CHANGED
            return {
                **context,
                "rows": rows,
                "only_publish": is_behind and not any(item.row.is_stale for item in rows),
                "set_aside": [one for one in self.form.set_aside if one.target],
                "article": translation.article,
                "target_language": translation.language,
                "source_label": LABELS[translation.article.source_language],
                "target_label": LABELS[translation.language],
            }
