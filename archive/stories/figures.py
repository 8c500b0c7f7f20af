"""A picture in a story: its files, and what is printed with it."""

from dataclasses import dataclass
from typing import Any

from archive.entities.fields import Text, text_in
from archive.photos.renditions import Markup, markup
from archive.text.language import detect


@dataclass(frozen=True)
class Caption:
    """What is printed with a picture, each with the language it is in; empty where unknown."""

    caption: Text
    alt_text: Text
    credit: Text


@dataclass(frozen=True)
class Figure:
    """A picture in a text of `language`; `img` is None where its file or the picture is lost.

    `twin` is what the other text says below it, where that is shown too and says more.
    """

    img: Markup | None
    words: Caption
    language: str
    twin: Caption | None = None
    twin_language: str = ""
    is_eager: bool = False

    @property
    def alt_language(self) -> str:
        """The alternative text's language; "" where it is the text's."""
        alt = self.words.alt_text
        return alt.language if alt and alt.language != self.language else ""


def figure_of(
    struct: Any,
    language: str,
    shape: str = "figure",
    *,
    twin: Any = None,
    twin_language: str = "",
    is_eager: bool = False,
) -> Figure | None:
    """For a picture block's value ({image, caption, alt_text, credit}); `twin` is the same
    block's value in the other text. None where there is neither a picture nor words."""
    words = caption_of(struct, language)
    img = markup(struct["image"], shape) if struct["image"] else None
    if not img and not words.caption and not words.credit:
        return None
    other = _other_caption(twin, twin_language, words) if twin else None
    return Figure(img, words, language, other, twin_language, is_eager)


def caption_of(struct: Any, language: str) -> Caption:
    """The story's own words in a text of `language`, or else the picture's."""
    image = struct["image"]
    credit = struct["credit"] or (image.credit if image else "")
    return Caption(
        caption=_own_or(struct["caption"], image, "caption", language),
        # Without one, the caption beside the picture says what it shows: not twice.
        alt_text=_own_or(struct["alt_text"], image, "alt_text", language),
        credit=Text(credit, detect(credit) if credit else language),
    )


def _own_or(own: str, image: Any, field: str, language: str) -> Text:
    if own or not image:
        return Text(own or "", language)
    return text_in(image, field, language)


def _other_caption(struct: Any, language: str, beside: Caption) -> Caption | None:
    """What the other text says below the same picture; None where that is nothing more."""
    words = caption_of(struct, language)
    nothing = Text("", language)
    caption = words.caption if words.caption.language == language else nothing
    credit = nothing if words.credit == beside.credit else words.credit
    return Caption(caption, nothing, credit) if caption or credit else None
