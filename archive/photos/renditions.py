"""The files in which a picture is served: sizes, formats, their credit, and making them ahead."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from os.path import splitext
from typing import Any

from django.db.models import Prefetch
from PIL import Image, features
from wagtail.images import get_image_model
from wagtail.images.models import Filter, SourceImageIOError
from willow.plugins.pillow import PillowImage

from archive.conf import settings
from archive.photos.embedded import save_options
from archive.photos.metadata import CreditLine

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
    "figure": Shape(("width-480", "width-800", "width-1376"), "(min-width: 46rem) 43rem, 94vw"),
    "gallery": Shape(("width-360", "width-688"), "(min-width: 46rem) 21rem, 94vw"),
    "lead": Shape(
        ("fill-480x320", "fill-800x533", "fill-1320x880"), "(min-width: 60rem) 41rem, 94vw"
    ),
    "card": Shape(("fill-240x160", "fill-480x320"), "(min-width: 40rem) 15rem, 30vw"),
}
# What a `<source>` may say, best first; browsers take the first that they know.
MIME_TYPES = {"avif": "image/avif", "webp": "image/webp"}


def small_formats() -> list[str]:
    """The formats that are offered beside JPEG and PNG: chosen by the site, known to Pillow."""
    chosen = settings.PICTURE_FORMATS
    return [name for name in MIME_TYPES if name in chosen and _is_known(name)]


@cache
def _is_known(name: str) -> bool:
    return bool(features.check(name))


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


class _WriteCredit:
    """The last operation of a `CreditedFilter`."""

    def __init__(self, credit: CreditLine) -> None:
        self.credit = credit

    def run(self, willow: Any, image: Any, env: dict[str, Any]) -> CreditedImage | None:
        # SVG has no pixels, and Wand may do the animated GIFs: neither carries a credit.
        if not isinstance(willow, PillowImage):
            return None
        return CreditedImage(
            willow.image, save_options(self.credit, willow.image.info.get("exif", b""))
        )


class CreditedFilter(Filter):
    """A filter whose file carries the credit line, written in the same encoding."""

    def __init__(self, spec: str, credit: CreditLine) -> None:
        super().__init__(spec)
        self.credit = credit

    @property
    def filter_operations(self) -> list[Any]:
        return [*super().filter_operations, _WriteCredit(self.credit)]


def fallback_filters(image: Any, shape: Shape) -> list[Filter]:
    """The sizes that any browser can show, in the picture's own format if that is one of those."""
    suffix = _suffix(image)
    own = suffix in _OWN_FALLBACK or suffix in _ONLY_FALLBACK
    return [_filter(spec, "" if own else "jpeg") for spec in _useful(image, shape)]


def small_filters(image: Any, shape: Shape) -> dict[str, list[Filter]]:
    """By format, the same sizes in less bytes."""
    if _suffix(image) in _ONLY_FALLBACK:
        return {}
    useful = _useful(image, shape)
    return {name: [_filter(spec, name) for spec in useful] for name in small_formats()}


def _suffix(image: Any) -> str:
    return splitext(image.file.name)[1].lower()


def _useful(image: Any, shape: Shape) -> list[str]:
    """The filters up to the first that the original can't fill: larger ones would look the same."""
    useful = []
    for spec in shape.filters:
        useful.append(spec)
        if _width(spec) >= _largest(image, spec):
            break
    return useful


def _width(spec: str) -> int:
    return int(spec.partition("-")[2].partition("x")[0])


def _largest(image: Any, spec: str) -> float:
    """How wide the picture can be in the filter's proportions, without being blown up."""
    _operation, _, size = spec.partition("-")
    width, _, height = size.partition("x")
    return min(image.width, image.height * int(width) / int(height)) if height else image.width


def make_renditions(image: Any, shape_names: Iterable[str]) -> int:
    """Make what the picture lacks in these shapes, in all formats; how many files that were.

    Nothing is made of a picture whose file is lost.
    """
    shapes = [SHAPES[name] for name in shape_names]
    wanted = {one for shape in shapes for one in fallback_filters(image, shape)}
    for shape in shapes:
        wanted.update(*small_filters(image, shape).values())
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
