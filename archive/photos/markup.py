"""Photographs as HTML: the sizes that a page offers, and the attributes of its <img>."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from wagtail.images.models import SourceImageIOError

# Wagtail would turn these into PNG, many times the size.
_KEPT_FORMATS = {".webp": "webp", ".avif": "avif"}


@dataclass(frozen=True)
class Shape:
    """How a picture is shown: Wagtail's filters, smallest first, and CSS's `sizes`."""

    filters: tuple[str, ...]
    sizes: str


SHAPES = {
    "figure": Shape(("width-480", "width-800", "width-1376"), "(min-width: 46rem) 43rem, 94vw"),
    "gallery": Shape(("width-360", "width-688"), "(min-width: 46rem) 21rem, 94vw"),
    "lead": Shape(
        ("fill-480x320", "fill-800x533", "fill-1320x880"), "(min-width: 60rem) 41rem, 94vw"
    ),
    "card": Shape(("fill-240x160", "fill-480x320"), "(min-width: 40rem) 15rem, 30vw"),
}


@dataclass(frozen=True)
class Markup:
    """The attributes of an <img>; the largest rendition is the one for old browsers."""

    src: str
    srcset: str
    sizes: str
    width: int
    height: int


def markup(image: Any, shape_name: str) -> Markup | None:
    """The picture in a shape; None when its file is lost."""
    shape = SHAPES[shape_name]
    kept = _KEPT_FORMATS.get(PurePath(image.file.name).suffix.lower())
    specs = [f"{spec}|format-{kept}" if kept else spec for spec in shape.filters]
    try:
        renditions = image.get_renditions(*specs)
    except SourceImageIOError:
        return None
    by_width = {one.width: one for one in renditions.values()}
    largest = by_width[max(by_width)]
    srcset = ", ".join(f"{by_width[width].url} {width}w" for width in sorted(by_width))
    return Markup(
        src=largest.url,
        srcset=srcset if len(by_width) > 1 else "",
        sizes=shape.sizes if len(by_width) > 1 else "",
        width=largest.width,
        height=largest.height,
    )
