"""Which part of which guide belongs to a screen of the admin, and the guides' own screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from archive.guide.pages import NAMES, guide_page
from archive.registry import registered
from archive.text.language import supported

# By the beginning of the view's name: the guide's page and its heading. The first one counts.
SCREENS: Sequence[tuple[str, str]] = (
    ("wagtailadmin_home", "editor#your-day"),
    ("stories:choose_parent", "editor#a-new-story"),
    ("archive_saved_views:", "editor#the-list-of-stories"),
    ("stories:", "editor#the-list-of-stories"),
    ("archive_translation:changes", "editor#the-other-language"),
    ("archive_translation:", "translator"),
    ("wagtailsnippets_archive_translation:", "translator"),
    ("archive_memory:", "translator"),
    ("archive_pairs:", "import"),
    ("wagtailsnippets_archive_glossaryterm:", "translator"),
    ("wagtailsnippets_archive_", "editor#names"),
    ("archive_merging:", "editor#names"),
    ("wagtailimages:", "editor#pictures"),
    ("wagtailadmin_pages:workflow", "reviewer#deciding"),
    ("wagtailadmin_reports:workflow", "reviewer#what-waits-for-you"),
    ("wagtailadmin_pages:add", "editor#a-new-story"),
    ("wagtailadmin_pages:edit", "editor#a-new-story"),
    ("archive_unfiled:", "editor#publishing"),
)
DEFAULT = "editor"


@dataclass(frozen=True)
class GuideScreen:
    """A screen of an app: how its views' names begin, and the guide's page with a heading."""

    views: str
    part: str


def screens() -> list[tuple[str, str]]:
    """With those of apps around the archive."""
    added = [(one.views, one.part) for one in registered("guide_screen", GuideScreen)]
    return [*added, *SCREENS]


def guide_of(view_name: str) -> str:
    """ "editor#pictures" for the screen of that view."""
    return next((part for begin, part in screens() if view_name.startswith(begin)), DEFAULT)


ADDRESS = "archive_guide"


def guide_address(part: str = DEFAULT) -> str:
    """ "editor#pictures" -> "/admin/guide/editor/#pictures"."""
    name, sign, heading = part.partition("#")
    return f"{reverse(ADDRESS, args=[name])}{sign}{heading}"


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "archive/admin/guide/page.html"
    header_icon = "help"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if kwargs["name"] not in NAMES:
            raise Http404
        language = supported(get_language())
        shown = guide_page(kwargs["name"], language)
        self.page_title = shown.title
        pages = [guide_page(name, language) for name in NAMES]
        # The archive's own text, and its parser lets no HTML through.
        html = mark_safe(shown.html)  # noqa: S308
        return {**super().get_context_data(**kwargs), "shown": shown, "html": html, "pages": pages}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        own = {"url": "", "label": self.page_title}
        return [*self.breadcrumbs_items, {"url": guide_address(), "label": _("Guide")}, own]


guide_urls = [path("guide/<slug:name>/", GuideView.as_view(), name=ADDRESS)]
