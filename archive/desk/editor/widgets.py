"""The inputs of a target: Wagtail's rich text editor, started once a translator comes near it.

Wagtail's editors can't be loaded before all models are: models must not import this module.
"""

import json
from functools import cache
from typing import Any
from unicodedata import east_asian_width

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

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        posted = data.get(name)
        return super().value_from_datadict({name: _without_blanks(posted)}, files, name)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        # The options would be in the page once an editor: see `editor_options`.
        context: dict[str, Any] = HiddenInput.get_context(self, name, value, attrs)
        return context


def _without_blanks(posted: str | None) -> str | None:
    """Draftail's JSON without the empty paragraphs that a paste from Word leaves."""
    if not posted:
        return posted
    # An empty editor posts null.
    raw = json.loads(posted) or {"blocks": []}
    filled = [block for block in raw["blocks"] if block["text"].strip()]
    if not filled or len(filled) == len(raw["blocks"]):
        return posted
    return json.dumps({**raw, "blocks": filled})


class OneLineInput(AdminAutoHeightTextInput):
    """A headline or a caption: it grows with its text, and has no line breaks."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        posted = super().value_from_datadict(data, files, name)
        return in_one_line(posted) if posted else posted


def in_one_line(text: str) -> str:
    """Lines as one; Chinese needs no space between them."""
    lines = [line.strip() for line in text.splitlines()]
    joined = ""
    for line in filter(None, lines):
        is_wide = any(east_asian_width(one) in "WF" for one in joined[-1:] + line[:1])
        joined += line if is_wide or not joined else f" {line}"
    return joined


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
    widget = AdminAutoHeightTextInput if "\n" in source.text else OneLineInput
    return widget(attrs={"lang": language, "rows": 1})


def input_value(target: str, source: SourceSegment) -> str:
    """A stored text as its input holds it: Draftail has JSON of its own."""
    return editor(source.kind).format_value(target) if source.markup == RICH else target


def stored_value(posted: str, source: SourceSegment) -> str:
    """What an input posted, as the database holds it: HTML of the features that are allowed."""
    if source.markup != RICH and "\n" not in source.text:
        return in_one_line(posted)
    if source.markup != RICH:
        return posted.replace("\r\n", "\n").strip()
    data = {"value": posted}
    return editor(source.kind).value_from_datadict(data, {}, "value") if posted else ""
