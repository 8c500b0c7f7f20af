"""The translator's form: source beside target, one row a segment."""

from typing import Any

from wagtail.admin.panels import Panel

from archive.text.language import LABELS


class SegmentsPanel(Panel):
    """Renders the form's segment fields, which the form makes from the story's text."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive/admin/segments_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            translation = self.instance
            return {
                **context,
                "rows": self.form.segment_rows(),
                "set_aside": self.form.set_aside,
                "article": translation.article,
                "target_language": translation.language,
                "source_label": LABELS[translation.article.source_language],
                "target_label": LABELS[translation.language],
            }
