"""What of a body's blocks has to be filled in before readers are shown them."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.rich_text import RichText

from archive.stories.body import block_with
from archive.text.richtext import plain_text
from archive.text.stored_messages import message as _


def is_blank(value: Any) -> bool:
    """Whether nothing is written there; rich text has an empty paragraph all the same."""
    text = plain_text(value.source) if isinstance(value, RichText) else value
    return text is None or (isinstance(text, str) and not text.strip())


def is_blank_text(child: Any) -> bool:
    """Whether a block of running text has none, as a template leaves it."""
    return child.block_type in ("paragraph", "subhead") and is_blank(child.value)


def unfinished(body: Any) -> dict[int, ValidationError]:
    """What the blocks lack, by their numbers and each at its place. It costs no query.

    Blocks' own `clean` would look up each picture and ask other sites for what is embedded.
    """
    errors = {
        number: error
        for number, child in enumerate(body)
        if not is_blank_text(child)
        and (error := _error_in(child.block, child.value, child.block.label))
    }
    worded = {
        number: words
        for number, child in enumerate(body)
        if child.block_type == "correction" and (words := child.value.get("words"))
    }
    blocks_ = body.stream_block.get_prep_value(body) if worded else []
    for number, words in worded.items():
        if number not in errors and not block_with(words, blocks_):
            wrong = ValidationError(_("No paragraph of this story has these words."))
            errors[number] = blocks.StructBlockValidationError({"words": wrong})
    return errors


def table_error(value: Any) -> ValidationError | None:
    if not value or value.get("table_header_choice"):
        return None
    return ValidationError(_("Choose which cells of the table are its headers."))


def picture_error(block: Any, value: Any) -> dict[str, ValidationError]:
    """A picture may be lost and its caption or credit kept; without all three, readers see
    nothing of it."""
    is_picture = {"image", "caption"} <= block.child_blocks.keys()
    if not is_picture or value.get("image"):
        return {}
    if value.get("credit") or not is_blank(value.get("caption")):
        return {}
    told = _(
        "The block “%(block)s” has neither a picture nor a caption: choose a picture, or delete "
        "the block."
    )
    return {"image": ValidationError(told % {"block": block.label})}


def _error_in(block: Any, value: Any, named: Any) -> ValidationError | None:
    if isinstance(block, blocks.StructBlock):
        parts = ((name, child, value.get(name)) for name, child in block.child_blocks.items())
        errors = {name: e for name, child, part in parts if (e := _error_in(child, part, named))}
        errors |= picture_error(block, value)
        return blocks.StructBlockValidationError(errors) if errors else None
    if isinstance(block, blocks.ListBlock):
        items = enumerate(value or [])
        listed = {n: e for n, item in items if (e := _error_in(block.child_block, item, named))}
        return blocks.ListBlockValidationError(block_errors=listed) if listed else None
    if isinstance(block, TableBlock):
        return table_error(value)
    if not (isinstance(block, blocks.FieldBlock) and block.required and is_blank(value)):
        return None
    told = _("The block “%(block)s” has nothing in “%(field)s”: fill it in, or delete it.")
    return ValidationError(told % {"block": named, "field": block.label})
