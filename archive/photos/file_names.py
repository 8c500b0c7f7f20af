"""The names under which pictures' files are kept: readable, and not to be guessed.

Files of drafts and of restricted stories lie in the same folder as the public ones, and a web
server hands out any of them to whoever knows its name. What a picture is, its first bytes tell:
names from elsewhere may say anything.
"""

import re
from pathlib import PurePath

from django.utils.crypto import get_random_string, salted_hmac

# Of 36 characters, so 82 bits.
_RANDOM = 16
_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_RANDOM_PART = re.compile(rf"\.[{_CHARACTERS}]{{{_RANDOM}}}$")
# With the folder and the random part well below the 100 characters of the column.
_LONGEST_STEM = 40


def readable_stem(name: str) -> str:
    """A file's name as it was uploaded, without folder and ending."""
    return _RANDOM_PART.sub("", PurePath(name).stem)


def has_random_part(name: str) -> bool:
    return bool(_RANDOM_PART.search(PurePath(name).stem))


def with_random_part(name: str) -> str:
    """ "original_images/port.jpg" -> "original_images/port.k3v9….jpg", another one each time."""
    path = PurePath(name)
    random_part = get_random_string(_RANDOM, _CHARACTERS)
    return str(path.with_name(f"{readable_stem(name)[:_LONGEST_STEM]}.{random_part}{path.suffix}"))


def derived_name(original: str, made: str, *facts: str) -> str:
    """The name of a file that is made from an original: the same each time from the same facts.

    Worked out with the site's secret: it tells nothing of the original's name but the readable
    part. `made` is the name that Wagtail gives it.
    """
    text = "\0".join((original, made, *facts))
    mark = salted_hmac("archive.photos", text, algorithm="sha256").hexdigest()[:20]
    return f"{readable_stem(original)[:_LONGEST_STEM]}.{mark}{PurePath(made).suffix}"


_SIGNATURES = (
    *(b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM"),
    b"\x00\x00\x00\x0cjP  ",
)
_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"mif1")


def is_picture(head: bytes) -> bool:
    """Whether bytes begin a picture, by its signature."""
    if head.startswith(_SIGNATURES):
        return True
    is_webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    return is_webp or (head[4:8] == b"ftyp" and head[8:12] in _BRANDS)
