"""Names in and out of the admin as files, and forms of new entries that open filled in."""

import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from typing import Any

from django.apps import apps
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.snippets.views.snippets import CreateView

from archive.entities.actions import load_entities
from archive.entities.csv_files import EXPORT_COLUMNS, FORMATS, parse_entities, read_upload
from archive.entities.forms import ConfirmForm, NamesFileForm
from archive.entities.loads import LoadReport
from archive.entities.models import Entity
from archive.text.labels import row_key
from archive.text.language import columns
from archive.text.punctuation import joined
from archive.wagtail_admin import ScreenMixin

LIST = "wagtailsnippets_archive_entity:list"
MAY_IMPORT = ["archive.add_entity", "archive.change_entity"]


def check_may_read(request: HttpRequest, model: str = "entity") -> None:
    """PermissionDenied to who may do nothing with the model's rows."""
    verbs = ("view", "add", "change", "delete")
    if not any(request.user.has_perm(f"archive.{verb}_{model}") for verb in verbs):
        raise PermissionDenied


class UploadView(PermissionRequiredMixin, ScreenMixin, FormView):
    """A form that takes a file of names; `columns` are what its page says of the file."""

    permission_required: Sequence[str] = MAY_IMPORT
    header_icon = "upload"
    columns: Iterable[str] = ()
    # The list that it is a file of.
    list_name, list_label = LIST, _("Names")
    _show_breadcrumbs = True

    def get_way(self) -> list[dict[str, Any]]:
        return [{"url": reverse(self.list_name), "label": self.list_label}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(columns=joined(self.columns), **kwargs)


def export_table(request: HttpRequest) -> HttpResponse:
    """All names for OpenRefine or QuickStatements: `?format=openrefine`."""
    check_may_read(request)
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


class ImportNamesView(UploadView):
    """A file is only looked at; the report of that, sent back, is carried out."""

    form_class = NamesFileForm
    template_name = "archive/admin/import_names.html"
    page_title = _("Import names")
    columns = EXPORT_COLUMNS.values()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "seen" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose the file again."))
            return redirect(request.path)
        return self._confirmed(**form.cleaned_data)

    def form_valid(self, form: NamesFileForm) -> HttpResponse:
        cleaned = form.cleaned_data
        return self._preview(form.text, cleaned["file"].name, cleaned["overwrite"])

    def _preview(self, text: str, file: str, overwrite: bool) -> HttpResponse:
        report = self._load(text, file, overwrite, dry_run=True)
        values = {"text": text, "file": file, "overwrite": overwrite, "seen": _digest(report)}
        return self._show(report, file, confirm=ConfirmForm(values))

    def _confirmed(self, text: str, file: str, overwrite: bool, seen: str) -> HttpResponse:
        if seen != _digest(self._load(text, file, overwrite, dry_run=True)):
            messages.warning(
                self.request, _("The names were changed in the meantime: review the changes again.")
            )
            return self._preview(text, file, overwrite)
        report = self._load(text, file, overwrite, dry_run=False)
        said = _("%(file)s: %(created)s new, %(updated)s updated, %(unchanged)s unchanged")
        messages.success(self.request, said % {"file": file, **vars(report)})
        if not report.errors:
            return redirect(LIST)
        return self._show(report, file, done=True)

    def _show(self, report: LoadReport, file: str, **context: Any) -> HttpResponse:
        form = self.form_class()
        return self.render_to_response(
            self.get_context_data(form=form, report=report, file=file, **context)
        )

    def _load(self, text: str, file: str, overwrite: bool, *, dry_run: bool) -> LoadReport:
        parsed = parse_entities(text, file, read_upload)
        report = load_entities(
            parsed.rows, dry_run=dry_run, overwrite=overwrite, user=self.request.user
        )
        report.add_errors(parsed.errors)
        return report


def _digest(report: LoadReport) -> str:
    """Of what would change: the same as long as the same would."""
    changes = [astuple(change) for change in report.changes]
    return hashlib.sha256(json.dumps(changes).encode(errors="replace")).hexdigest()


class PrefilledCreateView(CreateView):
    """`?name_en=…&kind=…` fills in the fields that `prefilled` names; `story` says where from."""

    prefilled: tuple[str, ...] = ()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if story := self.story():
            message = _("Filled in from “%(story)s”. Nothing is saved until you save the form.")
            messages.info(request, message % {"story": story.title})
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        given = {k: value for k, value in self.request.GET.items() if k in self.prefilled}
        return {**kwargs, "initial": {**kwargs.get("initial", {}), **given}}

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """Without what a field can't show: an address is anybody's."""
        form = super().get_form(*args, **kwargs)
        for name in set(self.prefilled) & form.initial.keys() & form.fields.keys():
            try:
                form.fields[name].clean(form.initial[name])
            except ValidationError:
                del form.initial[name]
        return form

    def story(self) -> Any:
        """The story that the address names, if the editor may see its form."""
        pages: type[models.Model] = apps.get_model("archive", "ArticlePage")
        pk = row_key(self.request.GET.get("story", ""))
        page: Any = pages._default_manager.filter(pk=pk).first() if pk else None
        return page if page and page.permissions_for_user(self.request.user).can_edit() else None


class EntityCreateView(PrefilledCreateView):
    """A name from a story's draft is published with the story, unless an editor says so before."""

    prefilled = ("kind", *columns("name"))

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if "story" in self.request.GET:
            kwargs["initial"]["is_published"] = False
        return kwargs
