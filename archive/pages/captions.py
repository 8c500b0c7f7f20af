"""What is printed with a picture: the story's own words, or else the picture's."""

from dataclasses import dataclass
from typing import Any

from archive.entities.bilingual import Text, text_in
from archive.text.language import detect


@dataclass(frozen=True)
class Caption:
    """Each with the language it is in; empty where nothing is known."""

    caption: Text
    alt_text: Text
    credit: Text


def caption_of(struct: Any, language: str) -> Caption:
    """For a picture block's value ({image, caption, alt_text, credit}) in a text of `language`."""
    image = struct["image"]
    caption = _own_or(struct["caption"], image, "caption", language)
    credit = struct["credit"] or (image.credit if image else "")
    return Caption(
        caption=caption,
        # Without one, the caption beside the picture says what it shows: not twice.
        alt_text=_own_or(struct["alt_text"], image, "alt_text", language),
        credit=Text(credit, detect(credit) if credit else language),
    )


def _own_or(own: str, image: Any, field: str, language: str) -> Text:
    if own or not image:
        return Text(own or "", language)
    return text_in(image, field, language)


def other_caption(struct: Any, language: str, beside: Caption) -> Caption | None:
    """What the other text says below the same picture; None where that is nothing more."""
    words = caption_of(struct, language)
    nothing = Text("", language)
    caption = words.caption if words.caption.language == language else nothing
    credit = nothing if words.credit == beside.credit else words.credit
    return Caption(caption, nothing, credit) if caption or credit else None
