"""Files as people have them, made for a test."""

import io
import zipfile

from tests.photos.files import iim, jpeg

JPEG = jpeg()


def captioned(caption: str, credit: str = "") -> bytes:
    """A photograph with these words in its data."""
    return jpeg(iim({120: caption, 110: credit}, "utf-8", b"\x1b%G"))


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, data in members.items():
            packed.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
