"""The translator's form: source beside target, one row a segment."""

from typing import Any

from django.conf import settings
from django.forms import Media
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.panels import Panel, TabbedInterface

from archive.desk.editor.compare import segment_comparisons
from archive.desk.editor.forms import SEGMENT_FIELDS
from archive.desk.editor.rows import shown_rows
from archive.desk.editor.widgets import editor_options
from archive.entities.rich_text import LINK_TYPE, resolved_mentions
from archive.stories.marks import TranslationState
from archive.text.language import LABELS
from archive.text.richtext import linked_ids

SCRIPTS = ("text", "tags", "rows", "outbox", "save", "aids", "keys")


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
            return format_html_join("", "{}", ((self.form[name],) for name in names))


class SegmentsPanel(Panel):
    """Renders the form's segment fields, which the form makes from the story's text."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive/admin/segments_panel.html"

        @property
        def media(self) -> Media:
            return Media(
                css={"all": ["archive/css/desk.css"]},
                js=[*(f"archive/js/desk-{name}.js" for name in SCRIPTS), "archive/js/desk.js"],
            )

        def render_html(self, parent_context: Any = None) -> SafeString:
            # They show what each mention is called: all of them in one query.
            targets = (row.target for row in self.form.rows)
            ids = {pk for target in targets for pk in linked_ids(target, LINK_TYPE)}
            with resolved_mentions(ids):
                html: SafeString = super().render_html(parent_context)
            return html

        def get_comparison(self) -> list[Any]:
            return segment_comparisons(self.instance)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            translation = self.instance
            rows = list(shown_rows(self.form))
            stale = sum(row.is_stale for row in self.form.rows)
            is_behind = translation.article.translation_state == TranslationState.SOURCE_CHANGED
            return {
                **context,
                "rows": rows,
                "done": sum(row.is_done for row in self.form.rows),
                "clashes": [row for row in rows if row["state"] == "clash"],
                "only_publish": is_behind and not stale,
                "set_aside": [one for one in self.form.set_aside if one.target],
                "article": translation.article,
                "target_language": translation.language,
                "source_label": LABELS[translation.article.source_language],
                "target_label": LABELS[translation.language],
                "editor_options": editor_options(),
                "wiring": self._wiring(),
            }

        def _wiring(self) -> dict[str, str]:
            """What the scripts must know: `data-…` of the desk."""
            pk = self.instance.pk

            def address(name: str) -> str:
                return reverse(f"archive_translation:{name}", args=[pk])

            # An old version is brought back as a whole, by the form's own button.
            is_old = hasattr(self.instance, "newest")
            return {
                "save-url": "" if is_old else address("save_segment"),
                "aids-url": address("aids"),
                "comment-url": address("add_comment"),
                "translation": str(pk),
                "user": str(self.request.user.pk) if self.request else "",
                "csrf-cookie": settings.CSRF_COOKIE_NAME,
            }
