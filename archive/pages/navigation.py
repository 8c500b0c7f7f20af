"""What the masthead and footer of every page lead to."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from wagtail.models import Page, Site


@dataclass(frozen=True)
class Navigation:
    """`home` is None on a site whose root isn't an archive."""

    home: Any
    sections: list[Any]


def front_page(request: HttpRequest) -> Any:
    """The site's front page; None where its root isn't an archive. One query or two."""
    site = Site.find_for_request(request)
    home = site.root_page.specific if site else None
    return home if isinstance(home, apps.get_model("archive", "HomePage")) else None


def site_navigation(request: HttpRequest, publication: Page | None = None) -> Navigation:
    """The front page, and the sections of the publication that is being read, or of all.

    One query on a page of the archive, three elsewhere.
    """
    home = front_page(request)
    if home is None:
        return Navigation(None, [])
    sections = apps.get_model("archive", "SectionPage").objects.live()
    every = list(sections.filter(path__startswith=home.path).order_by("path"))
    own = [one for one in every if publication and one.path.startswith(publication.path)]
    return Navigation(home, own or _without_doubles(every))


def _without_doubles(sections: list[Any]) -> list[Any]:
    """Two publications may each have a section named World: the first stands for both."""
    return list({str(section): section for section in reversed(sections)}.values())[::-1]
