"""A story's pictures as metadata tells of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from archive.pages.figures import caption_of
from archive.photos.markup import markup

# More than these weigh, and nobody shows them.
MOST = 6
_CREATIVE_COMMONS = re.compile(r"(?i)\bCC[ -](BY(?:-(?:NC|SA|ND))*)[ -](\d\.\d)\b")


@dataclass(frozen=True)
class PictureFacts:
    """A picture at the largest size that the page shows it in, with this story's words."""

    url: str
    width: int
    height: int
    caption: str
    alt_text: str
    credit: str
    rights: str
    creator: str


def picture_facts(blocks: Iterable[Any], language: str, root: str) -> list[PictureFacts]:
    """The first pictures of a body; no query if its images and renditions are loaded."""
    found: list[PictureFacts] = []
    for struct in _structs(blocks):
        if len(found) == MOST:
            break
        image = struct["image"]
        shown = markup(image, "figure") if image else None
        if shown is None:
            continue
        words = caption_of(struct, language)
        found.append(
            PictureFacts(
                url=urljoin(root, shown.src),
                width=shown.width,
                height=shown.height,
                caption=words.caption.text,
                alt_text=words.alt_text.text or words.caption.text,
                credit=words.credit.text,
                rights=image.rights,
                creator=image.creator,
            )
        )
    return found


def licence_url(rights: str) -> str:
    """Where a Creative Commons licence that a notice of rights names is written; else ""."""
    named = _CREATIVE_COMMONS.search(rights)
    if not named:
        return ""
    return f"https://creativecommons.org/licenses/{named[1].lower()}/{named[2]}/"


def _structs(blocks: Iterable[Any]) -> Iterator[Any]:
    for block in blocks:
        if block.block_type == "image":
            yield block.value
        elif block.block_type == "gallery":
            yield from block.value["pictures"]
