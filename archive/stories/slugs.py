"""One Latin slug for both languages' addresses."""

import re
from typing import Any

from anyascii import anyascii
from django.utils.text import slugify
from wagtail.models import Page

# anyascii writes a syllable a Han character, each with a capital: ZhanJiang.
_SYLLABLE = re.compile(r"(?<=[a-z])(?=[A-Z])")
MAX_LENGTH = 80
# For a headline without a letter.
FALLBACK = "story"


def latin_slug(text: str) -> str:
    """ "City builds on…" -> "city-builds-on", "湛江" -> "zhan-jiang"; at most 80 characters."""
    words = slugify(_SYLLABLE.sub("-", anyascii(text)))
    if len(words) <= MAX_LENGTH:
        return words
    return words[:MAX_LENGTH].rsplit("-", 1)[0]


def free_slug(base: str, parent: Page | None, page: Any) -> str:
    """The slug, or with a number one that no other child of the parent has: "zhan-jiang-2"."""
    slug, number = base, 1
    while not Page._slug_is_available(slug, parent, page):
        number += 1
        slug = f"{base}-{number}"
    return slug
