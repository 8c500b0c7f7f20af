"""What the page "not found" can offer: the nearest page above, the same words as a search."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _in

from archive.addresses import address
from archive.site.addresses import by_language
from archive.site.caching.site_chrome import front_page
from archive.site.lists import filled_issues, readable_pages
from archive.site.page_views import read_day
from archive.stories.bylines import name_of
from archive.stories.models import ArticlePage, PublicationPage, YearPage
from archive.text.language import HAS_CHINESE, LANGUAGES

# "zh", "zh-CN", "en-us": what people take for the name of a language in an address.
_NAMES = "|".join(code.partition("-")[0] for code in (*LANGUAGES, *(["cn"] * HAS_CHINESE)))
_LANGUAGE = re.compile(rf"(?:{_NAMES})(?:[-_][a-z]{{2,4}})?", re.I)
# The first parts of addresses outside the tree of pages, and the views that they begin with.
PARTS = {
    "browse": "browse",
    "cities": "tie_index",
    "entities": "entity_index",
    "search": "search",
    "ties": "tie_index",
}
_LONGEST_QUERY = 100
_MOST_COMPONENTS = 12


@dataclass(frozen=True)
class Missing:
    """`above` are links (label, address), the nearest first; `namesakes` stories of that name.

    `elsewhere` is the same page with its language's right name, by language. Where the address is
    that of a day without stories: `day`, and the paper's issues `before` and `after` it.
    """

    words: str = ""
    above: list[tuple[str, str]] = field(default_factory=list)
    namesakes: list[Any] = field(default_factory=list)
    elsewhere: dict[str, str] = field(default_factory=dict)
    day: date | None = None
    before: Any = None
    after: Any = None


def missing_page(request: HttpRequest) -> Missing:
    """What may have been meant by an address that leads nowhere; up to six small queries."""
    named, components = _components(request.path_info)
    home = front_page(request)
    if home is None:
        return Missing(_words(components))
    front = [part for part in address("archive:page", "").split("/")[2:] if part]
    if components[: len(front)] == front:
        components = components[len(front) :]
    words = _words(components)
    above = _above(request, home, components) if components else []
    day, before, after = _day(request, home, components)
    if day:
        return Missing(above=above, day=day, before=before, after=after)
    is_misnamed = bool(named and components) and named not in LANGUAGES
    elsewhere = _elsewhere(request, home, components) if is_misnamed else {}
    namesakes: list[Any] = []
    if components:
        stories = readable_pages(ArticlePage, request).descendant_of(home)
        found = stories.filter(slug=components[-1]).select_related("publication", "section")
        namesakes = list(found.order_by("-print_date")[:3])
    return Missing(words, above, namesakes, elsewhere)


def _components(path: str) -> tuple[str, list[str]]:
    """What stands for the language, and the parts below it."""
    # PostgreSQL refuses to be asked for a NUL.
    parts = [unquote(part).replace("\0", "") for part in path.split("/") if part]
    named, *below = parts[:_MOST_COMPONENTS] or [""]
    return (named, below) if _LANGUAGE.fullmatch(named) else ("", parts[:_MOST_COMPONENTS])


def _words(components: list[str]) -> str:
    """The last part that has words: "city-builds-2.html" -> "city builds"."""
    named = components[1:] if components and components[0] in PARTS else components
    for part in reversed(named):
        found = re.findall(r"[^\W\d_]+", PurePosixPath(part).stem)
        if words := " ".join(word for word in found if len(word) > 1 or ord(word) > 127):
            return words[:_LONGEST_QUERY]
    return ""


def _above(request: HttpRequest, home: Any, components: list[str]) -> list[tuple[str, str]]:
    """What has something to read in the tree of pages, or the beginning of a part without pages."""
    found: list[tuple[str, str]] = []
    if name := PARTS.get(components[0]):
        label = {
            "browse": _("Browse the archive"),
            "entity_index": _("People and places"),
            "tie_index": _("City ties"),
            "search": _in("heading", "Search"),
        }
        found.append((label[name], reverse(f"archive:{name}")))
    readable = readable_pages(ArticlePage, request)
    has_stories = Exists(readable.filter(path__startswith=OuterRef("path")))
    publications = readable_pages(PublicationPage, request).child_of(home).filter(has_stories)
    publication = publications.filter(slug=components[0]).first()
    if publication is None:
        return found
    found.insert(0, (name_of(publication, "name"), publication.get_url()))
    if components[1:] and re.fullmatch(r"\d{4}", components[1]):
        years = readable_pages(YearPage, request).child_of(publication).filter(has_stories)
        if year := years.filter(slug=components[1]).first():
            found.insert(0, (year.title, year.get_url()))
    if day := read_day(components[1:4]):
        issues = filled_issues(publication, request)
        if issue := issues.filter(print_date=day).first():
            found.insert(0, (issue.display_date(), issue.get_url()))
    return found


def _day(request: HttpRequest, home: Any, components: list[str]) -> tuple[date | None, Any, Any]:
    """The day that a paper's address names, and the issues around it."""
    day = read_day(components[1:])
    papers = readable_pages(PublicationPage, request).child_of(home)
    if not day or not (paper := papers.filter(slug=components[0]).first()):
        return None, None, None
    issues = filled_issues(paper, request)
    before = issues.filter(print_date__lt=day).first()
    return day, before, issues.filter(print_date__gt=day).order_by("print_date").first()


def _elsewhere(request: HttpRequest, home: Any, components: list[str]) -> dict[str, str]:
    """A page's addresses, where only the language in the one that was asked for is wrong."""
    try:
        home.route(request, components)
    except Http404:
        return {}
    below = "".join(f"{part}/" for part in components)
    return {code: f"{front}{below}" for code, front in by_language("archive:page", "").items()}
