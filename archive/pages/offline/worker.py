"""The service worker: a plain script, with this site's addresses and words before it."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings as django_settings
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from archive.conf import settings
from archive.pages.addresses import HTML_CODES
from archive.text.language import LANGUAGES

SCRIPT = Path(__file__).parents[2] / "static" / "archive" / "js" / "service-worker.js"
# What the page of saved stories is made of.
PARTS = (
    "archive/css/archive.css",
    "archive/css/search.css",
    "archive/js/search-box.js",
    "archive/js/offline.js",
    "archive/icon.svg",
)
PRIVATE_VIEWS = ("wagtailadmin_home", "admin:index")


def worker_script() -> str:
    """The whole script; it differs from release to release, which is how browsers notice."""
    facts = worker_facts()
    facts["version"] = hashlib.sha256((repr(facts) + _source()).encode()).hexdigest()[:12]
    return f"const SITE = {json.dumps(facts, ensure_ascii=False)};\n{_source()}"


def worker_facts() -> dict[str, Any]:
    """What the script must know of this site; `isOn` false makes it clear up and go."""
    return {
        "isOn": settings.OFFLINE,
        "pages": settings.OFFLINE_PAGES,
        "pictures": settings.OFFLINE_PICTURES,
        "static": django_settings.STATIC_URL,
        "media": django_settings.MEDIA_URL,
        # Pages under the first are none of the worker's business; those of the second aren't kept.
        "private": [address for name in PRIVATE_VIEWS if (address := _address(name))],
        "unkept": [address for code in LANGUAGES if (address := _address("archive:search", code))],
        "parts": [static(part) for part in PARTS],
        "offline": {HTML_CODES[code]: _address("archive:offline", code) for code in LANGUAGES},
        "notice": {HTML_CODES[code]: _notice(code) for code in LANGUAGES},
    }


def _address(name: str, language: str = LANGUAGES[0]) -> str:
    """A view's address; "" on a site that hasn't mounted it."""
    with translation.override(language):
        try:
            return reverse(name)
        except NoReverseMatch:
            return ""


def _notice(language: str) -> dict[str, str]:
    with translation.override(language):
        # Translators: {date} is the day on which the page was saved; the script puts it in.
        copy = _("The site can't be reached. This is the copy saved on {date}.")
        return {"copy": copy, "list": _("All saved stories")}


@lru_cache(maxsize=1)
def _source() -> str:
    return SCRIPT.read_text(encoding="utf-8")
