"""The translator's form: source beside target, one row a segment."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import Media
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.compare import diff_text
from wagtail.admin.panels import Panel, TabbedInterface

from archive.desk.comments import keys_of, standing_of_comments
from archive.desk.editor.autosave import version_of_draft
from archive.desk.editor.forms import DRAFTS_KNOWN, SEGMENT_FIELDS, SOURCE_KNOWN
from archive.desk.editor.rows import shown_aside, shown_rows
from archive.desk.editor.shortcuts import listed, shortcuts_of
from archive.desk.editor.tools import DeskTool
from archive.desk.editor.views import MAY_ADD
from archive.desk.editor.widgets import editor_options
from archive.desk.models.segment import kind_label
from archive.desk.pairs.actions import print_to_come
from archive.desk.reviews import Review, review_of
from archive.desk.segments import counts_of, version_of_source
from archive.desk.segments import rows as rows_of
from archive.entities.rich_text import ADD_URL_NAME, LINK_TYPE, resolved_mentions
from archive.entities.terms.models import GlossaryTerm
from archive.registry import registered
from archive.stories.bylines import byline_in_print, citation_in_print
from archive.stories.marks import TranslationState
from archive.text.language import column, other
from archive.text.richtext import linked_ids
from archive.text.segmentation import plain_text
from archive.wagtail_admin import shown_version

SCRIPTS = (
    *("undo", "text", "tags", "rows", "outbox", "save", "unsent", "sidebar", "view", "findings"),
    *("drafts", "keys", "page", "concordance", "glossary", "terms"),
    *("options", "suggest", "people", "repetitions", "source", "unused", "reading", "together"),
)


class SegmentComparison:
    """One segment in two versions, for Wagtail's comparison page; a version may lack it.

    `number` is its row's at the desk; 0 for one that has none.
    """

    is_field = True
    is_child_relation = False

    def __init__(self, key: str, number: int, version_a: Any, version_b: Any) -> None:
        self.number = number
        every = [version.segments.all() for version in (version_a, version_b)]
        self.segments = [next((one for one in each if one.key == key), None) for each in every]
        self.texts = [_reads(segment) for segment in self.segments]

    def field_label(self) -> str:
        kind = kind_label(next((segment.kind for segment in self.segments if segment), ""))
        return f"{self.number} {kind}" if self.number else kind

    def htmldiff(self) -> str:
        return str(diff_text(*self.texts).to_html())

    def has_changed(self) -> bool:
        return self.texts[0] != self.texts[1]


def _reads(segment: Any | None) -> str:
    if segment is None:
        return ""
    text = plain_text(segment.target, segment.markup)
    marks = [_("[left out]")] if segment.left_out else []
    notes = [_("[note: %(note)s]") % {"note": segment.note}] if segment.note else []
    return " ".join(part for part in [text, *marks, *notes] if part)


def _term_columns(language: str) -> dict[str, str]:
    """The glossary's columns that a new term of this target language fills."""
    return {
        "source": column("term", other(language)),
        "target": column("term", language),
        "definition": column("definition", language),
        "forbidden": column("forbidden", language),
    }


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
            scripts = [f"archive/js/desk-{name}.js" for name in SCRIPTS]
            sheets = ["archive/css/desk.css"]
            for tool in registered("desk_tool", DeskTool):
                scripts += tool.scripts
                sheets += tool.styles
            return Media(css={"all": sheets}, js=[*scripts, "archive/js/desk.js"])

        def render_html(self, parent_context: Any = None) -> SafeString:
            # They show what each mention is called: all of them in one query.
            targets = (row.target for row in self.form.rows)
            ids = {pk for target in targets for pk in linked_ids(target, LINK_TYPE)}
            with resolved_mentions(ids):
                html: SafeString = super().render_html(parent_context)
            return html

        def get_comparison(self) -> list[Callable[[Any, Any], SegmentComparison]]:
            """A comparison for each segment of the newest version, in reading order."""
            newest = self.instance.get_latest_revision_as_object()
            segments = sorted(newest.segments.all(), key=lambda segment: segment.sort_order)
            numbers = {key: n for n, row in enumerate(rows_of(newest), 1) for key in keys_of(row)}
            return [
                partial(SegmentComparison, one.key, numbers.get(one.key, 0)) for one in segments
            ]

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            translation = self.instance
            review = review_of(translation)
            user = self.request.user if self.request else None
            tools = registered("desk_tool", DeskTool) if user else []
            parts = [tool.parts_for(user, translation, review) for tool in tools]
            marks = [mark for one in parts for mark in one.marks]
            said = standing_of_comments(translation)
            comments = said.open
            rows = list(shown_rows(self.form, comments, review, marks))
            changed = [row for row in rows if "reviewed" in row]
            counts = counts_of(self.form.draft.rows if self.form.is_bound else self.form.rows)
            is_aligned = any(
                row.segment and row.segment.origin == "aligned" for row in self.form.rows
            )
            has_print = translation.printed or is_aligned
            printed = print_to_come(translation) if has_print else {}
            is_behind = translation.article.translation_state == TranslationState.SOURCE_CHANGED
            return {
                **super().get_context_data(parent_context),
                "rows": rows,
                "counts": counts,
                "drafts_known": DRAFTS_KNOWN,
                "source_known": SOURCE_KNOWN,
                "drafts_in_question": self.form.drafts_in_question,
                "printed": citation_in_print(printed, translation.language),
                "signed": byline_in_print(printed),
                "is_aligned": any(row.state in ("aligned", "check") for row in self.form.rows),
                "conflicts": [row for row in rows if row["state"] == "conflict"],
                "are_own": all(one.is_own for one in self.form.conflicts.values()),
                "only_publish": is_behind and not counts["stale"],
                "set_aside": shown_aside(self.form, comments),
                "article": translation.article,
                "review": review,
                "parts": parts,
                "marks": marks,
                "changed_rows": [row for row in changed if not row["reviewed"]["change"].is_rework],
                "reworked_rows": [row for row in changed if row["reviewed"]["change"].is_rework],
                "commented_rows": [row for row in rows if row["comments"]],
                "target_language": translation.language,
                "editor_options": editor_options(),
                "parts_of_speech": GlossaryTerm.PartOfSpeech.choices,
                "term_columns": _term_columns(translation.language),
                **listed(shortcuts_of(user)),
                "wiring": {
                    **self._wiring(review),
                    "comments": said.version,
                    **{name: value for one in parts for name, value in one.data.items()},
                },
            }

        def _wiring(self, review: Review | None) -> dict[str, str]:
            """What the scripts must know: `data-…` of the desk."""
            pk = self.instance.pk

            def address(name: str) -> str:
                return reverse(f"archive_translation:{name}", args=[pk])

            # An old version is brought back as a whole, by the form's own button.
            is_old = hasattr(self.instance, "newest")
            user = self.request.user if self.request else None
            version = shown_version(self.request)
            may_add = user and user.has_perm("archive.add_entity")
            may_add_terms = user and user.has_perm(MAY_ADD)
            language = self.instance.language
            return {
                "save-url": "" if is_old else address("save_segment"),
                "sidebar-url": address("sidebar") + version,
                "rows-url": address("rows"),
                "source": version_of_source(row.source for row in self.form.rows),
                "draft": version_of_draft(self.instance),
                "findings-url": address("findings") + version,
                "people-url": address("people"),
                "repetitions-url": "" if is_old else address("repetitions"),
                "exact-url": "" if is_old else address("exact_matches"),
                "undo-url": reverse("archive_translation:undo", args=[pk, 0]),
                "page-url": address("page") + version,
                "concordance-url": address("concordance"),
                "shortcuts-url": reverse("archive_translation:shortcuts"),
                "page-style": static("archive/css/desk-page.css"),
                "add-name-url": reverse(ADD_URL_NAME) if may_add else "",
                "add-term-url": address("add_term") if may_add_terms else "",
                "source-name": column("name", other(language)),
                "target-name": column("name", language),
                # When it came back from its review.
                "returned": str(review.step.finished_at) if review and review.is_returned else "",
                "translation": str(pk),
                "user": str(user.pk) if user else "",
            }
