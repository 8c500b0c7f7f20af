"""What the masthead and footer of every page lead to."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from wagtail.models import Page

from archive.pages.caching.furniture import find_site, furniture


@dataclass(frozen=True)
class Navigation:
    """`home` is None on a site whose root isn't an archive."""

    home: Any
    sections: list[Any]


def front_page(request: HttpRequest) -> Any:
    """The site's front page; None where its root isn't an archive."""
    site = find_site(request)
    home = site.root_page.specific if site else None
    return home if isinstance(home, apps.get_model("archive", "HomePage")) else None


def site_navigation(request: HttpRequest, publication: Page | None = None) -> Navigation:
    """The front page, and the sections of the publication that is being read, or of all.

    None of it is asked for again before it is changed.
    """
    home = front_page(request)
    if home is None:
        return Navigation(None, [])
    return Navigation(home, furniture(request).menu(home, publication))
