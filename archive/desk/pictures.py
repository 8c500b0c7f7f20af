"""The pictures that captions and alternative texts of a story speak of, small."""

from collections.abc import Iterator
from typing import Any

from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

from archive.pages.body import raw

SIZE = "max-320x240"
# Kinds of segments that say what a picture shows.
SPEAKING = ("caption", "alt_text")


def pictures_beside(article: Any, keys: list[str]) -> dict[str, Any]:
    """A small rendition for each of these segments' keys that is a picture's; two queries.

    A picture that has never been shown in this size costs a few more, once. Lost files are left
    out.
    """
    by_place = dict(_places(raw(article.source("body"))))
    wanted = {key: by_place[place] for key in keys if (place := key.rpartition("/")[0]) in by_place}
    images = get_image_model().objects.filter(pk__in=set(wanted.values()))
    found = {image.pk: image for image in images.prefetch_renditions(SIZE)} if wanted else {}
    small = {pk: _rendition(image) for pk, image in found.items()}
    return {key: small[pk] for key, pk in wanted.items() if small.get(pk)}


def _places(blocks: list[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    for block in blocks:
        if block["type"] == "image" and block["value"].get("image"):
            yield block["id"], block["value"]["image"]
        if block["type"] == "gallery":
            for item in block["value"].get("pictures") or []:
                if item["value"].get("image"):
                    yield f"{block['id']}/pictures/{item['id']}", item["value"]["image"]


def _rendition(image: Any) -> Any | None:
    try:
        return image.get_rendition(SIZE)
    except SourceImageIOError:
        return None
