"""Names from a CSV file: first what would change, then, once confirmed, the change itself."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from archive.entities.actions import load_entities
from archive.entities.csv_import import EXPORT_COLUMNS, parse_entities
from archive.entities.forms import ConfirmForm, NamesFileForm
from archive.entities.reports import LoadReport
from archive.entities.views import LIST, UploadView


class ImportNamesView(UploadView):
    """A file is only looked at; the report of that, sent back, is carried out."""

    form_class = NamesFileForm
    template_name = "archive/admin/import_names.html"
    page_title = gettext_lazy("Import names")
    columns = EXPORT_COLUMNS.values()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "seen" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose the file once more."))
            return redirect(request.path)
        return self._confirmed(**form.cleaned_data)

    def form_valid(self, form: NamesFileForm) -> HttpResponse:
        file = form.cleaned_data["file"].name
        return self._preview(form.text, file, form.cleaned_data["overwrite"])

    def _preview(self, text: str, file: str, overwrite: bool) -> HttpResponse:
        report = self._load(text, file, overwrite, dry_run=True)
        values = {"text": text, "file": file, "overwrite": overwrite, "seen": _digest(report)}
        return self.render_to_response(
            self.get_context_data(
                form=self.form_class(), report=report, file=file, confirm=ConfirmForm(values)
            )
        )

    def _confirmed(self, text: str, file: str, overwrite: bool, seen: str) -> HttpResponse:
        if seen != _digest(self._load(text, file, overwrite, dry_run=True)):
            messages.warning(
                self.request, _("The names were changed meanwhile: look at what would change now.")
            )
            return self._preview(text, file, overwrite)
        report = self._load(text, file, overwrite, dry_run=False)
        said = _("%(file)s: %(created)s new, %(updated)s updated, %(unchanged)s unchanged")
        messages.success(self.request, said % {"file": file, **vars(report)})
        if not report.errors:
            return redirect(LIST)
        return self.render_to_response(
            self.get_context_data(form=self.form_class(), report=report, file=file, done=True)
        )

    def _load(self, text: str, file: str, overwrite: bool, *, dry_run: bool) -> LoadReport:
        parsed = parse_entities(text, file)
        report = load_entities(
            parsed.rows, dry_run=dry_run, overwrite=overwrite, user=self.request.user
        )
        report.errors = sorted([*parsed.errors, *report.errors], key=lambda error: error.line)
        return report


def _digest(report: LoadReport) -> str:
    """Of what would change: the same as long as the same would."""
    changes = [astuple(change) for change in report.changes]
    return hashlib.sha256(json.dumps(changes).encode(errors="replace")).hexdigest()
