"""The memory, the names and the terms as files for translation tools: screens of the admin."""

import io
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from archive.contrib.exchange.concepts import NAMES_TITLE, TERMS_TITLE, concepts, term_concepts
from archive.contrib.exchange.conf import settings
from archive.contrib.exchange.tbx import Concept, Edition, write_tbx
from archive.contrib.exchange.tmx import write_tmx
from archive.contrib.exchange.tmx_import import TmxReport, import_tmx, read_upload
from archive.desk.memory.views import may_search
from archive.desk.models import MemoryUnit
from archive.entities.views import check_may_read
from archive.wagtail_admin import ScreenMixin


def export_names(request: HttpRequest) -> HttpResponse:
    """All names as a TBX file; `?edition=2008` for older tools."""
    check_may_read(request)
    return _as_tbx(request, concepts(), NAMES_TITLE, "names.tbx")


def export_terms(request: HttpRequest) -> HttpResponse:
    """All terms as a TBX file; `?edition=2008` for older tools."""
    check_may_read(request, "glossaryterm")
    return _as_tbx(request, term_concepts(), TERMS_TITLE, "terms.tbx")


def _as_tbx(
    request: HttpRequest, found: Iterable[Concept], title: str, file_name: str
) -> HttpResponse:
    out = io.StringIO()
    edition: Edition = "2008" if request.GET.get("edition") == "2008" else "2019"
    write_tbx(out, found, title=title, edition=edition)
    response = HttpResponse(out.getvalue(), content_type="application/x-tbx+xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


class TmxForm(forms.Form):
    """A TMX file from a browser."""

    file = forms.FileField(
        label=gettext_lazy("TMX file"),
        widget=forms.FileInput(attrs={"accept": ".tmx,.xml"}),
        error_messages={"required": gettext_lazy("Choose a TMX file first.")},
    )

    def clean_file(self) -> Any:
        file, most = self.cleaned_data["file"], settings.MEMORY_UPLOAD_MAX_BYTES
        if file.size > most:
            message = _(
                "%(file)s has more than %(size)d MB. Ask an administrator to import it with "
                "manage.py import_tmx, which has no limit."
            )
            values = {"file": file.name, "size": most // 1024**2}
            raise forms.ValidationError(message, code="too_large", params=values)
        return file


def may_import(user: Any) -> bool:
    return may_search(user) and bool(user.has_perm("archive.add_memoryunit"))


class MemoryFilesView(ScreenMixin, TemplateView):
    """The memory as a file, and for whoever may add to it, another tool's."""

    template_name = "archive_exchange/admin/memory.html"
    page_title = gettext_lazy("Files for translation tools")
    header_icon = "history"

    def may_see(self) -> bool:
        return may_search(self.request.user)

    def get_way(self) -> list[dict[str, Any]]:
        return [{"url": reverse("archive_memory:search"), "label": _("Translation memory")}]

    def post(self, request: HttpRequest) -> HttpResponse:
        if not may_import(request.user):
            raise PermissionDenied
        form, report = TmxForm(request.POST, request.FILES), None
        if form.is_valid():
            file = form.cleaned_data["file"]
            report = import_tmx(file, file.name, read_upload)
            form = TmxForm()
        return self.render_to_response(self.get_context_data(form=form, report=report))

    def get_context_data(
        self, form: TmxForm | None = None, report: TmxReport | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        shown = (form or TmxForm()) if may_import(self.request.user) else None
        return {**super().get_context_data(**kwargs), "form": shown, "report": report}


def export_memory(request: HttpRequest) -> StreamingHttpResponse:
    """The whole memory as a TMX file, without what isn't published yet, sent while it is read."""
    if not may_search(request.user):
        raise PermissionDenied
    units = MemoryUnit.objects.lasting().paragraphs().order_by("pk").iterator(1000)
    response = StreamingHttpResponse(write_tmx(units), content_type="application/x-tmx+xml")
    response["Content-Disposition"] = 'attachment; filename="translation-memory.tmx"'
    return response
