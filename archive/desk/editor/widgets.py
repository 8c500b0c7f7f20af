"""The inputs of a target: Wagtail's rich text editor, started once a translator comes near it.

Wagtail's editors can't be loaded before all models are: models must not import this module.
"""

from functools import cache
from typing import Any

from django.forms import HiddenInput, Widget
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.widgets import AdminAutoHeightTextInput

from archive.stories.blocks import TEXT_FEATURES
from archive.text.segmentation import RICH, SourceSegment

PARAGRAPHS, LISTS = "paragraphs", "lists"
FEATURES = {PARAGRAPHS: TEXT_FEATURES, LISTS: [*TEXT_FEATURES, "ul", "ol"]}


class LazyDraftail(DraftailRichTextArea):
    """A hidden input with the text as Draftail keeps it.

    A hundred and fifty editors take a browser seconds to start. `desk-text.js` starts one when
    its row is near the screen; until then, and without scripts, the input posts what is stored.
    """

    def __init__(self, variant: str) -> None:
        super().__init__(features=FEATURES[variant])
        self.variant = variant
        self.attrs = {"data-draftail-input": True, "data-desk-editor": variant}

    def format_value(self, value: Any) -> str:
        # Wagtail's is indented, and writes a Chinese character in six letters.
        handler = self.converter.html_to_contentstate_handler
        handler.reset()
        handler.feed(value or "")
        handler.close()
        state: str = handler.contentstate.as_json(ensure_ascii=False, separators=(",", ":"))
        return state

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        # The options would be in the page once an editor: see `editor_options`.
        context: dict[str, Any] = HiddenInput.get_context(self, name, value, attrs)
        return context


@cache
def editor(kind: str) -> LazyDraftail:
    """The editor for a kind of segment. Fields copy it, and share its converter."""
    return LazyDraftail(LISTS if kind in ("text", "orphan") else PARAGRAPHS)


def editor_options() -> dict[str, Any]:
    """Draftail's options for each variant, once a page."""
    return {LISTS: editor("text").options, PARAGRAPHS: editor("paragraph").options}


def target_widget(source: SourceSegment, language: str) -> Widget:
    """The input for the translation of a segment into that language."""
    if source.markup == RICH:
        return editor(source.kind)
    return AdminAutoHeightTextInput(attrs={"lang": language, "rows": 1})


def input_value(target: str, source: SourceSegment) -> str:
    """A stored text as its input holds it: Draftail has JSON of its own."""
    return editor(source.kind).format_value(target) if source.markup == RICH else target


def stored_value(posted: str, source: SourceSegment) -> str:
    """What an input posted, as the database holds it: HTML of the features that are allowed."""
    if source.markup != RICH:
        return posted.replace("\r\n", "\n").strip()
    data = {"value": posted}
    return editor(source.kind).value_from_datadict(data, {}, "value") if posted else ""
