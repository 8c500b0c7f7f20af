"""The guides' pages in the admin."""

from typing import Any

from django.http import Http404
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from archive.guide.pages import NAMES, guide_page
from archive.guide.screens import DEFAULT
from archive.text.language import supported

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
