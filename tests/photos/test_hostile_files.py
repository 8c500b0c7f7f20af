"""Broken and hostile files: an upload takes them or says what is wrong, in bounded time."""

import random
import struct
import time
import tracemalloc
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images.forms import get_image_form

from archive.models import ArchiveImage
from archive.photos.embedded import read_metadata
from archive.photos.renditions import markup
from tests.factories import make_image
from tests.photos import files

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.sqlite,
    pytest.mark.filterwarnings("ignore:Invalid APNG"),
]

MEGABYTE = 1_000_000


def chunk(kind: bytes, data: bytes) -> bytes:
    """One of PNG's chunks, with its checksum right."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(kind: bytes, data: bytes) -> bytes:
    """A whole picture with this chunk after its header."""
    whole = files.png()
    return whole[:33] + chunk(kind, data) + whole[33:]


def png_of(width: int, height: int, depth: int = 8) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return files.png()[:8] + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def jpeg(*segments: bytes) -> bytes:
    whole = files.jpeg()
    return whole[:2] + b"".join(segments) + whole[2:]


BOMB = zlib.compress(b"<" * 20 * MEGABYTE, 9)
ENTITIES = b"".join(
    b'<!ENTITY e%d "%s">' % (i, b"&e%d;" % (i - 1) * 10 if i else b"ha" * 10) for i in range(9)
)
LAUGHS = b"<!DOCTYPE x [%s]><x>&e8;</x>" % ENTITIES

FILES = {
    "compressed text bomb": ("a.png", png(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + BOMB)),
    "comment bomb": ("a.png", png(b"zTXt", b"Comment\0\0" + BOMB)),
    "profile bomb": ("a.png", png(b"iCCP", b"x\0\0" + BOMB)),
    "text of no known compression": ("a.png", png(b"iTXt", b"XML:com.adobe.xmp\0\1\7\0\0junk")),
    "text without end": ("a.png", png(b"iTXt", b"X")),
    "short gamma": ("a.png", png(b"gAMA", b"")),
    "short transparency": ("a.png", png(b"tRNS", b"")),
    "short size": ("a.png", png(b"pHYs", b"a")),
    "no EXIF in EXIF": ("a.png", png(b"eXIf", b"junk")),
    "animation without frames": ("a.png", png(b"acTL", struct.pack(">II", 0, 0))),
    "chunk of 4 GB": ("a.png", files.png()[:33] + b"\xff\xff\xff\xffiTXt"),
    "wrong checksum": ("a.png", files.png()[:29] + b"\0\0\0\0" + files.png()[33:]),
    "no pixels": ("a.png", files.png()[:33] + chunk(b"IEND", b"")),
    "cut png": ("a.png", files.png()[:-60]),
    "no size": ("a.png", png_of(0, 0)),
    "huge size": ("a.png", png_of(60_000, 60_000)),
    "unknown depth": ("a.png", png_of(6, 6, depth=7)),
    "entities": ("a.png", files.png(xmp=LAUGHS)),
    "entities in jpeg": ("a.jpg", files.jpeg(xmp=LAUGHS)),
    "nested deeply": ("a.jpg", files.jpeg(xmp=b"<a>" * 9000 + b"</a>" * 6000)),
    "cut jpeg": ("a.jpg", files.jpeg()[:-100]),
    "short segment": ("a.jpg", jpeg(b"\xff\xe1\x00\x01")),
    "damaged photoshop block": (
        "a.jpg",
        jpeg(b"\xff\xed\x00\x20Photoshop 3.0\0" + b"8BIM\x04\x04\xff" + b"\xff" * 9),
    ),
    "damaged webp": ("a.webp", files.webp()[:12] + b"VP8X\xff\xff\xff\xff" + files.webp()[20:]),
    "cut webp": ("a.webp", files.webp()[:40]),
    "damaged avif": ("a.avif", files.avif()[:40] + b"\xff" * 60 + files.avif()[100:]),
    "cut gif": ("a.gif", files.gif()[:60]),
    "nothing": ("a.png", b""),
}


def uploaded(name: str, data: bytes) -> Any:
    form = get_image_form(ArchiveImage)
    posted = {"title": "port", "collection": 1}
    return form(posted, {"file": SimpleUploadedFile(name, data)})


def is_sound(name: str, data: bytes) -> bool:
    """Whether the upload is taken: then it can be shown, and otherwise the form says why not."""
    read_metadata(data)
    form = uploaded(name, data)
    if not form.is_valid():
        assert list(form.errors) == ["file"], form.errors
        return False
    assert form.save().get_rendition("max-165x165").width
    return True


@pytest.mark.parametrize(("name", "data"), FILES.values(), ids=FILES)
def test_a_broken_file_is_refused_or_can_be_shown(name: str, data: bytes) -> None:
    is_sound(name, data)


def test_damaged_metadata_keep_no_sound_picture_out() -> None:
    for case in ("entities", "entities in jpeg", "nested deeply", "text without end"):
        assert is_sound(*FILES[case]), case


@pytest.mark.parametrize("case", ["compressed text bomb", "cut png", "cut jpeg"])
def test_the_form_says_that_the_file_is_no_picture(editor, case: str) -> None:
    name, data = FILES[case]
    response = editor.post(
        reverse("wagtailimages:add"), {"title": "port", "file": SimpleUploadedFile(name, data)}
    )
    assert response.status_code == 200
    assert "Upload a valid image" in response.content.decode()
    assert not ArchiveImage.objects.exists()


def test_a_file_that_broke_later_fails_neither_the_list_nor_a_story(editor) -> None:
    image = make_image(files.jpeg(), "port.jpg")
    with image.file.storage.open(image.file.name, "wb") as file:
        file.write(FILES["cut jpeg"][1])
    assert editor.get(reverse("wagtailimages:index")).status_code == 200
    assert markup(ArchiveImage.objects.get(), "figure") is None


# Made when they are read: they are large.
LARGE: dict[str, Callable[[], bytes]] = {
    "xmp": lambda: png(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x>" + b"<a/>" * 2_000_000),
    "xmp below the limit": lambda: files.png(xmp=b"<x>" + b"<a/>" * 240_000 + b"</x>"),
    "iim": lambda: files.tiff(iim=b"\x1c\x01\x00\xff\xff" * 1_600_000),
    "iim below the limit": lambda: files.tiff(iim=b"\x1c\x01\x00\xff\xff" * 59_000),
    "captions": lambda: files.tiff(iim=files.dataset(2, 120, "湛江".encode("gb18030") * 5000) * 14),
}


@pytest.mark.parametrize("make", LARGE.values(), ids=LARGE)
def test_large_metadata_are_read_in_bounded_time(make: Callable[[], bytes]) -> None:
    data, start = make(), time.process_time()
    read_metadata(data)
    # Generous, for slow machines.
    assert time.process_time() - start < 3


def test_a_bomb_is_read_in_bounded_memory() -> None:
    tracemalloc.start()
    read_metadata(FILES["compressed text bomb"][1])
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20 * MEGABYTE


@pytest.mark.exhaustive
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("ending", ["png", "jpg", "webp", "avif", "gif"])
def test_no_change_of_any_bytes_gets_past_the_form(ending: str) -> None:
    exif = files.exif(Artist="Li Ming").tobytes()
    whole = {
        "png": files.png(xmp=files.xmp("<dc:creator>a</dc:creator>"), exif=exif),
        "jpg": files.jpeg(files.iim({120: "a"}, "utf-8"), xmp=files.xmp(), exif=exif),
        "webp": files.webp(xmp=files.xmp(), exif=exif),
        "avif": files.avif(xmp=files.xmp(), exif=exif),
        "gif": files.gif(),
    }[ending]
    chance = random.Random(ending)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 3, 20])):
            place = chance.randrange(min(len(data), chance.choice([60, 600, len(data)])))
            data[place] = chance.choice([0, 255, chance.randrange(256)])
        is_sound(f"a.{ending}", bytes(data))
