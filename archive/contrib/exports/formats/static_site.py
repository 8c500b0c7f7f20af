"""A site of files: the stories as readers have them, in both languages and side by side.

It needs no server: it opens from a folder, a memory stick or a telephone. The pages are the
archive's own, by its templates and styles; around them is a frame of their own, since nothing of
it can be searched or asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.contrib.exports.formats.base import ExportFolder, ExportFormat, said_in, stem_of
from archive.contrib.exports.loading import LoadedStory
from archive.contrib.exports.site_links import OWN, SiteLinks
from archive.site.addresses import page_urls, request_of_default_site, site_root
from archive.site.caching.site_chrome import site_chrome
from archive.site.modes import ModeChoice, View
from archive.site.related import public_cards
from archive.site.story_page import story_context
from archive.text.language import BOTH, LABELS, LANGUAGES

# Of more stories, each year has a list of its own.
MOST_LISTED = 200


@dataclass
class _Listed:
    """What lists need of the stories: their keys in their order, and those of each year."""

    keys: list[int] = field(default_factory=list)
    years: dict[int | None, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, story: LoadedStory) -> None:
        day = story.record.print_date
        self.keys.append(story.page.pk)
        self.years[date.fromisoformat(day).year if day else None].append(story.page.pk)

    @property
    def is_parted(self) -> bool:
        return len(self.keys) > MOST_LISTED

    def lists(self) -> Iterator[tuple[str, list[int]]]:
        """By the names of their files."""
        if self.is_parted:
            for year, keys in self.years.items():
                yield _year_file(year), keys
        else:
            yield "index.html", self.keys


def _year_file(year: int | None) -> str:
    return f"{year or 'undated'}.html"


class SiteExport(ExportFormat):
    id = "site"
    name = _("Site of files")
    description = _("Pages that open without a server, in both languages and side by side.")
    suffix = ".html"
    # It is for readers.
    has_drafts = False

    def write(self, stories: Iterable[LoadedStory], out: ExportFolder) -> None:
        request = _new_request("/")
        site = _Site(out, site_root(request))
        links = SiteLinks(out, site.root)
        listed = _Listed()
        names: list[str] = []

        def keep(pages: Iterable[tuple[str, str]]) -> None:
            for name, html in pages:
                out.write(name, html)
                names.append(name)

        for story in stories:
            with out.story(story):
                stem = stem_of(story.record)
                for language in LANGUAGES:
                    address = page_urls(request, language)(story.page)
                    links.pages[address] = _name(stem, language)
                keep(site.story_pages(story, stem))
                listed.add(story)
        keep(site.lists(listed))
        # A page may link to any later one.
        for name in names:
            html = (out.path / name).read_text("utf-8")
            out.write(name, links.in_file(html, name))


def _new_request(path: str) -> HttpRequest:
    """As of a preview: the frame, the addresses and the statistics of a served page are not for
    files."""
    request: Any = request_of_default_site()
    request.path = request.path_info = path
    request.user = AnonymousUser()
    request.is_preview = True
    return request  # type: ignore[no-any-return]


def _name(stem: str, language: str, mode: str = "") -> str:
    return f"{language}/{stem}.{BOTH}.html" if mode == BOTH else f"{language}/{stem}.html"


@dataclass(frozen=True)
class _Site:
    """The pages of the site, by the names of their files; `root` is the archive's address."""

    out: ExportFolder
    root: str

    def story_pages(self, story: LoadedStory, stem: str) -> Iterator[tuple[str, str]]:
        has_both = len(story.record.texts) > 1
        for language in LANGUAGES:
            for mode in (language, BOTH) if has_both else (language,):
                with translation.override(language):
                    links = list(_modes(stem, language, mode)) if has_both else []
                    html = self._story(story, language, mode, stem, links)
                yield _name(stem, language, mode), html

    def _story(
        self, story: LoadedStory, language: str, mode: str, stem: str, links: list[ModeChoice]
    ) -> str:
        page, urls = story.page, story.record.urls
        request = _new_request(f"/{language}/")
        context = {
            **story_context(page, request, language, View(mode, language)),
            **self._frame(language, {code: _name(stem, code, mode) for code in LANGUAGES}),
            "page": page,
            "self": page,
            "mode_links": links,
            "permanent": urls.get(language) or said_in(urls, language),
        }
        return render_to_string("archive_exports/story.html", context, request)

    def _frame(self, language: str, files: dict[str, str]) -> dict[str, Any]:
        """What stands around each page; `files` are the same page's by language."""
        return {
            "site_title": said_in(self.out.titles, language),
            "site_start": f"{OWN}{language}/index.html",
            "site_address": f"{self.root}/{language}/",
            "exported_on": timezone.localdate(),
            "language_files": [
                {
                    "language": code,
                    "label": LABELS[code],
                    "title": said_in(self.out.titles, code),
                    "url": f"{OWN}{file}",
                    "is_current": code == language,
                }
                for code, file in files.items()
            ],
        }

    def lists(self, listed: _Listed) -> Iterator[tuple[str, str]]:
        for language in LANGUAGES:
            for name, keys in listed.lists():
                yield f"{language}/{name}", self._list(language, name, keys=keys)
            if listed.is_parted:
                years = [
                    (year, f"{OWN}{language}/{_year_file(year)}", len(keys))
                    for year, keys in listed.years.items()
                ]
                yield f"{language}/index.html", self._list(language, "index.html", years=years)
        yield "index.html", self._list(LANGUAGES[0], "index.html", is_start=True)

    def _list(self, language: str, name: str, keys: Iterable[int] = (), **shown: Any) -> str:
        request = _new_request(f"/{language}/")
        with translation.override(language):
            context = {
                **self._frame(language, {code: f"{code}/{name}" for code in LANGUAGES}),
                "intro": said_in(self.out.intros, language),
                "count": self.out.written,
                "stories": _cards(keys, request),
                **shown,
            }
            return render_to_string("archive_exports/list.html", context, request)


def _modes(stem: str, language: str, current: str) -> Iterator[ModeChoice]:
    """Each text by itself, in a page of its language, and both beside each other."""
    labels = {**LABELS, BOTH: gettext("Side by side")}
    for mode in (*LANGUAGES, BOTH):
        at = _name(stem, language if mode == BOTH else mode, mode)
        yield ModeChoice(mode, labels[mode], f"{OWN}{at}", mode == current)


def _cards(keys: Iterable[int], request: HttpRequest) -> list[Any]:
    """As lists of readers have them, in the given order."""
    chrome = site_chrome(request)
    found = public_cards(list(keys), chrome.restricted)
    chrome.file(*found.values())
    return [found[key] for key in keys if key in found]
