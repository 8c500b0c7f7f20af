"""The files in which a picture is served (sizes, formats, credit), and its HTML attributes."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import chain
from os.path import splitext
from typing import Any

from django.core.files import File
from django.db import OperationalError
from django.db.models import Prefetch
from PIL import Image, features
from wagtail.images import get_image_model
from wagtail.images.models import Filter, SourceImageIOError
from willow.plugins.pillow import PillowImage

from archive.conf import settings
from archive.photos.embedded import save_options, without_metadata
from archive.photos.metadata import PublicMetadata
from archive.registry import registered

logger = logging.getLogger(__name__)

# Every browser shows these two; what else is uploaded has a JPEG for old browsers.
_OWN_FALLBACK = frozenset({".jpg", ".jpeg", ".png"})
# A GIF may move, which the other formats would take from it.
_ONLY_FALLBACK = frozenset({".gif", ".svg"})


@dataclass(frozen=True)
class Shape:
    """How a picture is shown: Wagtail's filters, smallest first, and CSS's `sizes`."""

    filters: tuple[str, ...]
    sizes: str


SHAPES = {
    "figure": Shape(
        ("width-480", "width-800", "width-1376"),
        "(min-width: 60rem) 54rem, (min-width: 46rem) 43rem, 94vw",
    ),
    "gallery": Shape(("width-360", "width-688"), "(min-width: 46rem) 21rem, 94vw"),
    "lead": Shape(
        ("fill-480x320", "fill-800x533", "fill-1320x880"), "(min-width: 60rem) 41rem, 94vw"
    ),
    "card": Shape(("fill-240x160", "fill-480x320"), "(min-width: 40rem) 15rem, 30vw"),
}


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


# What a `<source>` may say, best first; browsers take the first that they know.
MIME_TYPES = {"avif": "image/avif", "webp": "image/webp"}


def small_formats() -> list[str]:
    """The formats that are offered beside JPEG and PNG: chosen by the site, known to Pillow."""
    chosen = settings.PICTURE_FORMATS
    return [name for name in MIME_TYPES if name in chosen and _is_known(name)]


_is_known = cache(features.check)


@cache
def _filter(spec: str, format_name: str) -> Filter:
    """Kept, because reading its operations out of a spec is half of what a page's pictures cost."""
    return Filter(spec=f"{spec}|format-{format_name}" if format_name else spec)


class CreditedImage(PillowImage):
    """Willow's image by Pillow, with metadata that its saved files carry.

    Willow passes neither XMP nor a new EXIF block on; Pillow takes them from `encoderinfo`, which
    goes before the options of a save. No optimizer runs afterwards: they all drop metadata.
    """

    def __init__(self, image: Image.Image, metadata: dict[str, Any]) -> None:
        super().__init__(image)
        self.metadata = metadata
        image.encoderinfo = metadata

    def set_background_color_rgb(self, color: Any) -> "CreditedImage":
        return self._with(super().set_background_color_rgb(color).image)

    def transform_colorspace_to_srgb(self, rendering_intent: int = 0) -> "CreditedImage":
        return self._with(super().transform_colorspace_to_srgb(rendering_intent).image)

    def save_as_png(self, f: Any, **options: Any) -> Any:
        # Left to Willow, the conversion of these modes would lose the metadata.
        plain = {"CMYK": "RGB", "I": "I;16"}.get(self.image.mode)
        if plain and not (self.image.mode == "CMYK" and self.get_icc_profile()):
            return self._with(self.image.convert(plain)).save_as_png(f, **options)
        return super().save_as_png(f, **options)

    def optimize(self, image_file: Any, image_format: str) -> None:
        pass

    def _with(self, image: Image.Image) -> "CreditedImage":
        return CreditedImage(image, self.metadata)


@dataclass(frozen=True)
class _WriteMetadata:
    """The last operation of a `CreditedFilter`."""

    public: PublicMetadata

    def run(self, willow: Any, image: Any, env: dict[str, Any]) -> CreditedImage | None:
        # SVG has no pixels, and Wand may do the animated GIFs: neither carries a credit.
        if not isinstance(willow, PillowImage):
            return None
        options = save_options(
            self.public,
            willow.image.info.get("exif", b""),
            all_exif=settings.PICTURE_CAMERA_DATA,
        )
        return CreditedImage(without_metadata(willow.image), options)


class RenditionFinisher(ABC):
    """Has the last word on a file that readers are given, such as a signature.

    An app registers it by the hook `register_archive_rendition_finisher`.
    """

    @abstractmethod
    def finish(self, image: Any, data: bytes, name: str) -> bytes:
        """The file's bytes as they are to be; `name` is the file's."""


def finished(image: Any, file: File, name: str) -> File:
    """The rendition's file under its name, after all finishers."""
    file.seek(0)
    data = file.read()
    for one in registered("rendition_finisher", RenditionFinisher):
        data = one.finish(image, data, name)
    return File(BytesIO(data), name=name)


class CreditedFilter(Filter):
    """A filter whose file carries the picture's public metadata, written in the same encoding."""

    def __init__(self, spec: str, public: PublicMetadata) -> None:
        super().__init__(spec)
        self.public = public

    @property
    def filter_operations(self) -> list[Any]:
        return [*super().filter_operations, _WriteMetadata(self.public)]


def _filters(image: Any, shape: Shape) -> tuple[list[Filter], dict[str, list[Filter]]]:
    """The sizes that any browser can show, in the picture's own format if that is one of those;
    and by format, the same sizes in less bytes."""
    suffix = splitext(image.file.name)[1].lower()
    own = "" if suffix in _OWN_FALLBACK | _ONLY_FALLBACK else "jpeg"
    formats = [] if suffix in _ONLY_FALLBACK else small_formats()
    useful = _useful(image, shape)
    small = {name: [_filter(spec, name) for spec in useful] for name in formats}
    return [_filter(spec, own) for spec in useful], small


def _useful(image: Any, shape: Shape) -> list[str]:
    """The filters up to the first that the original can't fill: larger ones would look the same."""
    useful = []
    for spec in shape.filters:
        useful.append(spec)
        width, _, height = spec.partition("-")[2].partition("x")
        # How wide the picture can be in the filter's proportions, without being blown up.
        largest = image.height * int(width) / int(height) if height else image.width
        if int(width) >= min(image.width, largest):
            break
    return useful


def markup(image: Any, shape_name: str) -> Markup | None:
    """The picture in a shape; None when its file is lost, or none is there and none can be made.

    JPEG and PNG are made here if they must be. A format that takes long to make is offered once
    all its sizes are there: see `make_renditions`. An image with a dict `markups`, which several
    requests share, keeps there what was worked out.
    """
    known: dict[str, Markup] = getattr(image, "markups", {})
    found = known.get(shape_name) or _markup(image, SHAPES[shape_name])
    if found:
        # A lost file is looked for again.
        known[shape_name] = found
    return found


def _markup(image: Any, shape: Shape) -> Markup | None:
    fallback, small = _filters(image, shape)
    everything = [*fallback, *chain(*small.values())]
    there = image.find_existing_renditions(*everything)
    if not all(one in there for one in fallback):
        # Not by one that other threads have too: they would share the open file.
        own = type(image).objects.get(pk=image.pk) if hasattr(image, "markups") else image
        try:
            made = own.get_renditions(*fallback)
        except SourceImageIOError:
            return None
        except (OSError, OperationalError):
            # Nothing can be written: readers get the sizes that are there.
            logger.exception("No files can be made of picture %s.", image.pk)
            made = {}
        there.update({one: made[one.spec] for one in fallback if one.spec in made})
        fallback = [one for one in fallback if one in there]
        if not fallback:
            return None
    by_width = {there[one].width: there[one] for one in fallback}
    largest = by_width[max(by_width)]
    urls = {width: one.url for width, one in by_width.items()}
    has_choice = len(urls) > 1
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


def make_renditions(image: Any, shape_names: Iterable[str]) -> int:
    """Make what the picture lacks in these shapes, in all formats; how many files that were.

    Nothing is made of a picture whose file is lost.
    """
    wanted: set[Filter] = set()
    for name in shape_names:
        fallback, small = _filters(image, SHAPES[name])
        wanted.update(fallback, *small.values())
    missing = sorted(wanted - image.find_existing_renditions(*wanted).keys(), key=lambda f: f.spec)
    try:
        image.get_renditions(*missing)
    except SourceImageIOError:
        return 0
    return len(missing)


def prefetched(*shape_names: str) -> Prefetch:
    """For a list of images: the renditions of these shapes in one query, and no others."""
    specs = {spec for name in shape_names for spec in SHAPES[name].filters}
    formats = ("", "jpeg", *MIME_TYPES)
    model = get_image_model().get_rendition_model()
    wanted = [_filter(spec, one).spec for spec in sorted(specs) for one in formats]
    return Prefetch(
        "renditions", model.objects.filter(filter_spec__in=wanted), to_attr="prefetched_renditions"
    )
