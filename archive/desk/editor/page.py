"""The translation as readers will see it, beside the desk and in a window of its own.

The page is the draft as it is stored; what is typed and not saved yet, the desk's script puts into
it (`archive/static/archive/js/desk-page.js`).
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from wagtail.admin.ui.side_panels import PreviewSidePanel
from wagtail.utils.decorators import xframe_options_sameorigin_override

from archive.desk.models import Translation
from archive.desk.policies import refuse_work_on
from archive.wagtail_admin import version_asked_for


class PagePanel(PreviewSidePanel):
    """Wagtail's preview beside the form; its link opens the window that follows the desk."""

    template_name = "archive/admin/page_panel.html"


@require_GET
@xframe_options_sameorigin_override
def translated_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A version in the readers' templates, the newest draft by default."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    draft = version_asked_for(request, translation)
    # The same for all of Wagtail's previews: links open elsewhere, nothing is counted or cached.
    shown: HttpResponse = draft.make_preview_request(
        request, draft.default_preview_mode, {"in_preview_panel": True, "is_editing": True}
    )
    return shown


@require_GET
def page_window(request: HttpRequest, pk: int) -> HttpResponse:
    """A window for a second screen, with the page in it."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    return render(request, "archive/admin/page_window.html", {"translation": translation})
