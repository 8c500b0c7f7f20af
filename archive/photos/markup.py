"""Photographs as HTML: the attributes of <picture>, its sources, and its <img>."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.images.models import SourceImageIOError

from archive.photos.renditions import MIME_TYPES, SHAPES, fallback_filters, small_filters


@dataclass(frozen=True)
class Source:
    """A <source>: the picture's sizes in a format that some browsers lack."""

    type: str
    srcset: str


@dataclass(frozen=True)
class Markup:
    """The attributes of an <img>, whose files any browser shows, and the sources before it.

    The largest rendition is the one for browsers that don't choose.
    """

    src: str
    srcset: str
    sizes: str
    width: int
    height: int
    sources: tuple[Source, ...] = ()


def markup(image: Any, shape_name: str) -> Markup | None:
    """The picture in a shape; None when its file is lost.

    JPEG and PNG are made here if they must be. A format that takes long to make is offered once
    all its sizes are there: see `renditions.make_renditions`.
    """
    shape = SHAPES[shape_name]
    fallback, small = fallback_filters(image, shape), small_filters(image, shape)
    everything = [*fallback, *(one for filters in small.values() for one in filters)]
    there = image.find_existing_renditions(*everything)
    if not all(one in there for one in fallback):
        try:
            made = image.get_renditions(*fallback)
        except SourceImageIOError:
            return None
        there.update({one: made[one.spec] for one in fallback})
    by_width = {there[one].width: there[one] for one in fallback}
    largest = by_width[max(by_width)]
    has_choice = len(by_width) > 1
    urls = {width: by_width[width].url for width in sorted(by_width)}
    return Markup(
        src=urls[largest.width],
        srcset=_srcset(urls) if has_choice else "",
        sizes=shape.sizes if has_choice else "",
        width=largest.width,
        height=largest.height,
        sources=tuple(
            Source(MIME_TYPES[name], _srcset({there[one].width: there[one].url for one in filters}))
            for name, filters in small.items()
            if all(one in there for one in filters)
        ),
    )


def _srcset(urls: Mapping[int, str]) -> str:
    return ", ".join(f"{urls[width]} {width}w" for width in sorted(urls))
