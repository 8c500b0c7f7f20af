"""A picture in a story: its files, and what is printed with it."""

from dataclasses import dataclass
from typing import Any

from archive.entities.fields import Text, text_in
from archive.photos.notes import Note
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

    `twin` is what the other text says below it, where that is shown too and says more. `notes` are
    what readers are told of how the picture was made, in their language.
    """

    img: Markup | None
    words: Caption
    language: str
    twin: Caption | None = None
    twin_language: str = ""
    is_eager: bool = False
    notes: tuple[Note, ...] = ()

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
    other = None
    if twin:
        # What the other text says below the same picture, where that is something more.
        said, nothing = caption_of(twin, twin_language), Text("", twin_language)
        caption = said.caption if said.caption.language == twin_language else nothing
        credit = nothing if said.credit == words.credit else said.credit
        other = Caption(caption, nothing, credit) if caption or credit else None
    notes = _notes_on(struct["image"]) if struct["image"] else ()
    return Figure(img, words, language, other, twin_language, is_eager, notes)


def _notes_on(image: Any) -> tuple[Note, ...]:
    """That generative AI made it, and what apps know of it, where the page has asked them."""
    own = (image.origin_note,) if image.origin_note else ()
    return (*own, *getattr(image, "shown_notes", ()))


def caption_of(struct: Any, language: str) -> Caption:
    """The story's own words in a text of `language`, or else the picture's."""
    image = struct["image"]
    credit = struct["credit"] or (image.credit if image else "")
    # Without an alternative text, the caption beside the picture says what it shows: not twice.
    caption, alt_text = (
        text_in(image, name, language)
        if image and not struct[name]
        else Text(struct[name] or "", language)
        for name in ("caption", "alt_text")
    )
    return Caption(caption, alt_text, Text(credit, detect(credit) if credit else language))
