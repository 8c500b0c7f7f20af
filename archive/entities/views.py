"""A glossary in and out of the admin: CSV taken in with a report, TBX to download."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from archive.entities.csv_export import FORMATS
from archive.entities.forms import GlossaryForm
from archive.entities.glossary_csv import COLUMNS, parse_glossary
from archive.entities.glossary_import import GlossaryReport, import_glossary
from archive.entities.models import Entity
from archive.entities.tbx import Edition, write_tbx
from archive.entities.termbase import TBX_TITLE, concepts

LIST = "wagtailsnippets_archive_entity:list"
MAY_READ = [f"archive.{verb}_entity" for verb in ("view", "add", "change", "delete")]
MAY_IMPORT = ["archive.add_entity", "archive.change_entity"]


def export_tbx(request: HttpRequest) -> HttpResponse:
    """All names as a TBX file; `?edition=2008` for older tools."""
    if not any(request.user.has_perm(permission) for permission in MAY_READ):
        raise PermissionDenied
    out = io.StringIO()
    edition: Edition = "2008" if request.GET.get("edition") == "2008" else "2019"
    write_tbx(out, concepts(), title=TBX_TITLE, edition=edition)
    return HttpResponse(
        out.getvalue(),
        content_type="application/x-tbx+xml; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="names.tbx"'},
    )


class UploadView(WagtailAdminTemplateMixin, FormView):
    """A form that takes a file of names; `columns` are what its page says of the file."""

    header_icon = "upload"
    columns: Iterable[str] = ()
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perms(MAY_IMPORT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(LIST), "label": _("Names")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(columns=self.columns, **kwargs)


class ImportGlossaryView(UploadView):
    """Takes a file in, or only checks it, and shows line by line what became of it."""

    form_class = GlossaryForm
    template_name = "archive/admin/import_glossary.html"
    page_title = _("Import a glossary")
    columns = COLUMNS

    def form_valid(self, form: GlossaryForm) -> HttpResponse:
        name = form.cleaned_data["file"].name
        parsed = parse_glossary(form.text, name)
        report: GlossaryReport = import_glossary(parsed.rows, dry_run=form.cleaned_data["dry_run"])
        report.errors = sorted([*parsed.errors, *report.errors], key=lambda error: error.line)
        context = self.get_context_data(form=form, report=report, file=name)
        return self.render_to_response(context)


def export_table(request: HttpRequest) -> HttpResponse:
    """All names for OpenRefine or QuickStatements: `?format=openrefine`."""
    if not any(request.user.has_perm(permission) for permission in MAY_READ):
        raise PermissionDenied
    name = request.GET.get("format", "openrefine")
    if name not in ("openrefine", "quickstatements"):
        raise Http404
    out = io.StringIO()
    FORMATS[name](out, Entity.objects.order_by("key").prefetch_related("names").iterator(1000))
    return HttpResponse(
        out.getvalue(),
        content_type="text/tab-separated-values; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="names-{name}.tsv"'},
    )
