"""The blocks of a story's body; `TRANSLATABLE` in `body` lists what of them is language."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import expand_db_html

from archive.stories.body import link_targets
from archive.stories.figures import Figure, figure_of
from archive.stories.unfinished import is_blank_text, table_error, unfinished
from archive.text.language import supported
from archive.text.richtext import without_block_keys

TEXT_FEATURES = ["bold", "italic", "link", "entity"]
_FIRST_PARAGRAPH = re.compile(r"<p\b[^>]*>")
# What Wagtail's rewriter may still have to do: embeds, and links to anything but names.
_REWRITTEN = re.compile(r"<embed |<a (?!class=\"entity\" )")


def story_text(value: Any, dateline: str = "") -> SafeString:
    """A rich text block's value as HTML, with the dateline run into its first paragraph."""
    # Wagtail's rich text can't be imported before the models are there.
    from archive.entities.rich_text import with_links

    html = with_links(without_block_keys(value.source))
    if _REWRITTEN.search(html):
        html = expand_db_html(html)
    if dateline:
        run_in = format_html('<span class="dateline">{}</span> ', dateline)
        html, is_in = _FIRST_PARAGRAPH.subn(lambda opening: opening[0] + run_in, html, count=1)
        html = html if is_in else run_in + html
    return mark_safe(html)  # noqa: S308 - an editor's rich text, through Wagtail's rewriter


class ParagraphBlock(blocks.RichTextBlock):
    """One paragraph of running text; inline mentions of entities are links by id."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"features": TEXT_FEATURES, **options})

    def render_basic(self, value: Any, context: dict[str, Any] | None = None) -> SafeString:
        return story_text(value, (context or {}).get("dateline", ""))

    def get_form_state(self, value: Any) -> str:
        # Wagtail indents it by four: with hundreds of paragraphs, most of the form's HTML.
        state = super().get_form_state(value)
        return json.dumps(json.loads(state), ensure_ascii=False, separators=(",", ":"))

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")


class PullQuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("Quote"))
    attribution = blocks.CharBlock(label=_("Attribution"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Pull quote")
        template = "archive/blocks/pull_quote.html"


class TextListBlock(blocks.StructBlock):
    ordered = blocks.BooleanBlock(label=_("Numbered"), required=False)
    items = blocks.ListBlock(
        blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Item")), label=_("Items")
    )

    class Meta:
        icon = "list-ul"
        label = _("List")
        template = "archive/blocks/list.html"


# The images of the body that is being read, by primary key, while they are known.
_known_images: ContextVar[dict[int, Any] | None] = ContextVar("known_images", default=None)


@contextmanager
def known_images(images: dict[int, Any]) -> Iterator[None]:
    """Within it, the pictures of a body come from `images` and cost no query."""
    token = _known_images.set(images)
    try:
        yield
    finally:
        _known_images.reset(token)


class StoryImageBlock(ImageChooserBlock):
    """Wagtail's chooser, which asks the database once for each kind of block with pictures."""

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        known = _known_images.get()
        if known is None:
            return list(super().bulk_to_python(values))
        return [known.get(value) if value else None for value in values]

    def deconstruct(self) -> tuple[str, Any, Any]:
        # The same column as Wagtail's: no migration needs to know of this class.
        _path, args, kwargs = super().deconstruct()
        return "wagtail.images.blocks.ImageChooserBlock", args, kwargs


class PictureBlock(blocks.StructBlock):
    """A picture with the caption that this story gave it.

    The picture may be missing: back files often keep a caption whose photo is lost.
    """

    image = StoryImageBlock(label=_("Picture"), required=False)
    caption = blocks.TextBlock(label=_("Caption"), required=False)
    alt_text = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        help_text=_("What the picture shows, for readers who can't see it."),
    )
    credit = blocks.CharBlock(
        label=_("Credit"),
        required=False,
        help_text=_("As printed with this story; left empty, the picture's own credit is used."),
    )

    class Meta:
        icon = "image"
        label = _("Picture with caption")
        template = "archive/blocks/picture.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "figure": figure_in(context, value, twin=context.get("twin"))}


def figure_in(
    context: Any, value: Any, shape: str = "figure", *, twin: Any = None
) -> Figure | None:
    """A picture in the text that a template's context is about."""
    other, key = context.get("other_text"), context.get("block_id")
    return figure_of(
        value,
        context.get("body_language") or supported(get_language()),
        shape,
        twin=twin or None,
        twin_language=other.language if other else "",
        is_eager=bool(key) and key == context.get("first_picture"),
    )


class GalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    pictures = blocks.ListBlock(PictureBlock(), label=_("Pictures"))

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "archive/blocks/gallery.html"


class CaptionedEmbedBlock(blocks.StructBlock):
    url = EmbedBlock(label=_("Address"), help_text=_("A video or post on another site."))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "media"
        label = _("Embed")
        template = "archive/blocks/embed.html"


class FactBoxBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.RichTextBlock(features=[*TEXT_FEATURES, "ul", "ol"], label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Fact box")
        template = "archive/blocks/fact_box.html"


class CorrectionBlock(blocks.StructBlock):
    # First, as a date's field takes no focus where its block is put in.
    text = blocks.RichTextBlock(
        features=TEXT_FEATURES, label=_("What was wrong, and what is right")
    )
    # The paper's own note may be printed without a day.
    date = blocks.DateBlock(label=_("Date of the correction"), required=False)
    words = blocks.CharBlock(
        label=_("Words of the corrected paragraph"),
        required=False,
        default="",
        max_length=200,
        help_text=_("The current text: readers get a link from the paragraph to this note."),
    )

    class Meta:
        icon = "warning"
        label = _("Correction note")
        template = "archive/blocks/correction.html"


class StoryTableBlock(TableBlock):
    def get_table_options(self, table_options: Any = None) -> dict[str, Any]:
        # The grid's menu is there in one language alone; it complains of any other.
        return {**super().get_table_options(table_options), "language": "en-US"}

    def to_python(self, value: Any) -> Any:
        # Wagtail takes tables for which nobody has chosen yet to have no headers.
        return (
            value if value and value.get("table_header_choice") == "" else super().to_python(value)
        )

    def clean(self, value: Any) -> Any:
        if not self.is_deferred_validation and (error := table_error(value)):
            raise error
        return super().clean(value)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "archive/blocks/table.html"


class BodyBlock(blocks.StreamBlock):
    """A story's body, top to bottom."""

    paragraph = ParagraphBlock()
    subhead = blocks.CharBlock(
        icon="title", label=_("Subhead"), template="archive/blocks/subhead.html"
    )
    pull_quote = PullQuoteBlock()
    list = TextListBlock()
    image = PictureBlock()
    gallery = GalleryBlock()
    embed = CaptionedEmbedBlock()
    fact_box = FactBoxBlock()
    table = StoryTableBlock()
    correction = CorrectionBlock()

    def get_form_state(self, value: Any) -> Any:
        # Wagtail's rich text can't be imported before the models are there.
        from archive.entities.rich_text import LINK_TYPE, resolved_mentions

        # Each mention shows what it is called: all of them in one query.
        with resolved_mentions(link_targets([value]).get(LINK_TYPE, ())):
            return super().get_form_state(value)

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> blocks.StreamValue:
        """The posted blocks without the paragraphs and subheads in which nothing is written."""
        value = super().value_from_datadict(data, files, prefix)
        written = [
            (child.block_type, child.value, child.id) for child in value if not is_blank_text(child)
        ]
        return blocks.StreamValue(self, written)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        # A draft may be unfinished.
        if not self.is_deferred_validation and (errors := unfinished(cleaned)):
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned
