"""What frames every page: sites, papers, sections. Kept by each process until one is changed.

What is kept is shared by all requests: read it, and leave it as it is.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site

from archive.base_page import Page
from archive.site.caching import versions
from archive.site.caching.versions import SITE, STORIES, RowCache, Version
from archive.site.listed_pages import listed_pages
from archive.site.players import Player
from archive.text.language import columns
from archive.visibility import RestrictedPlaces, shown_to_public


@dataclass(frozen=True)
class PageList:
    """Pages of an app, and the template that lists them."""

    template: str
    pages: list[Any]


@dataclass(frozen=True)
class SiteChrome:
    """Papers and sections in the tree's order, also those that readers don't see."""

    version: Version
    sites: list[Any]
    homes: list[Any]
    publications: dict[int, Any]
    sections: dict[int, Any]
    # Those that every reader may see, without their texts.
    information: list[Any]
    lists: list[PageList]
    # What is kept from some readers.
    restricted: RestrictedPlaces
    # Embeds by address: they are part of the frame's version.
    embeds: dict[str, Player] = field(default_factory=dict)

    def site_for(self, host: str, port: str) -> Any:
        """As Wagtail chooses: the host's only site, or that of its port, or the default one."""
        of_host = [one for one in self.sites if one.hostname == host]
        exact = [one for one in of_host if str(one.port) == port]
        default = [one for one in self.sites if one.is_default_site]
        chosen = of_host if len(of_host) == 1 else exact or default
        return chosen[0] if chosen else None

    def home_of(self, site: Any) -> Any:
        """The archive's front page, at or below the site's root; None on another site."""
        root = site.root_page.path if site else None
        return next((one for one in self.homes if root and one.path.startswith(root)), None)

    def publication_at(self, home: Any, slug: str) -> Any:
        """The live paper of that slug below the front page, or None; maybe a restricted one."""
        papers = (one for one in self.publications.values() if one.live and one.slug == slug)
        return next((one for one in papers if one.is_child_of(home)), None)

    def file(self, *stories: Any) -> None:
        """Give stories their paper and section without asking for them."""
        for story in stories:
            if paper := self.publications.get(story.publication_id):
                story.publication = paper
            if section := self.sections.get(story.section_id):
                story.section = section

    def papers(self) -> list[Any]:
        """Those that every reader may see."""
        return self._public(self.publications)

    def open_sections(self) -> list[Any]:
        return self._public(self.sections)

    def _public(self, pages: dict[int, Any]) -> list[Any]:
        live = [one for one in pages.values() if one.live]
        return [one for one in live if not self.restricted.hold(one)]

    def menu(self, home: Any, publication: Any = None) -> dict[str, list[Any]]:
        """The sections of the paper that is being read, or of all, by name: two papers may each
        have a section named World. Only those that every reader may see."""
        every = [one for one in self._public(self.sections) if one.path.startswith(home.path)]
        own = [one for one in every if publication and one.path.startswith(publication.path)]
        named: dict[str, list[Any]] = {}
        for section in own or every:
            named.setdefault(str(section), []).append(section)
        return named


_cached: SiteChrome | None = None


def site_chrome(request: HttpRequest | None = None) -> SiteChrome:
    """One query that asks whether it is still right, or none if the request has asked already."""
    global _cached
    version = versions.of_request(request)[SITE]
    # Another thread may put one of another version there meanwhile.
    found = _cached
    if found is None or found.version != version:
        if found:
            # Wagtail keeps each site's address for an hour, and another process has told only its
            # own cache of a new one.
            Site.clear_site_root_paths_cache()
        found = _cached = _load(version)
    return found


def find_site(request: HttpRequest) -> Any:
    """Wagtail's `Site.find_for_request`, which finds it at the request from now on."""
    if not hasattr(request, "_wagtail_site"):
        host = split_domain_port(request._get_raw_host())[0]  # type: ignore[attr-defined]
        request._wagtail_site = site_chrome(request).site_for(host, request.get_port())  # type: ignore[attr-defined]
    return request._wagtail_site  # type: ignore[attr-defined]


def _load(version: Version) -> SiteChrome:
    sites, restricted = list(Site.objects.select_related("root_page")), RestrictedPlaces.load()
    return SiteChrome(
        version=version,
        sites=sites,
        homes=list(_by_id("HomePage").values()),
        publications=_by_id("PublicationPage"),
        sections=_by_id("SectionPage"),
        information=_public(
            apps.get_model("archive", "InformationPage"), restricted, "body", *columns("body")
        ),
        lists=[
            PageList(one.template, _public(one.model, restricted, *one.unread))
            for one in listed_pages()
        ],
        restricted=restricted,
    )


def _by_id(model: str) -> dict[int, Any]:
    return {one.pk: one for one in apps.get_model("archive", model).objects.order_by("path")}


def _public(model: Any, restricted: RestrictedPlaces, *unread: str) -> list[Any]:
    pages = shown_to_public(model.objects.all(), restricted)
    return list(pages.defer(*unread).order_by("path"))


def _with_stories(request: HttpRequest, ids: Collection[int]) -> dict[int, Any]:
    articles, sections = (apps.get_model("archive", one) for one in ("ArticlePage", "SectionPage"))
    stories = shown_to_public(articles.objects.order_by(), site_chrome(request).restricted)
    stories = stories.filter(section=OuterRef("pk"))
    found = sections.objects.filter(Exists(stories), pk__in=ids).values_list("pk", flat=True)
    return {pk: pk for pk in found}


_filled = RowCache(_with_stories, SITE, STORIES)


@dataclass(frozen=True)
class Navigation:
    """`home` is None on a site without an archive."""

    home: Any
    sections: list[Any]
    information: list[Any]
    lists: list[PageList]


def front_page(request: HttpRequest) -> Any:
    """The archive's front page on this site; None where there is none. No query of its own."""
    return site_chrome(request).home_of(find_site(request))


def site_navigation(request: HttpRequest, publication: Page | None = None) -> Navigation:
    """The front page, and the sections of the publication that is read, or of all: no query, or
    one where papers have sections of one name."""
    home = front_page(request)
    named = site_chrome(request).menu(home, publication) if home else {}
    doubled = [one.pk for same in named.values() if len(same) > 1 for one in same]
    filled = _filled.get(request, doubled) if doubled else {}
    # One that has stories stands for those of its name.
    sections = [next((one for one in same if one.pk in filled), same[0]) for same in named.values()]
    chrome = site_chrome(request)
    lists = [PageList(one.template, _below(home, one.pages)) for one in chrome.lists]
    return Navigation(home, sections, _below(home, chrome.information), lists)


def _below(home: Any, pages: list[Any]) -> list[Any]:
    return [one for one in pages if home and one.is_child_of(home)]
