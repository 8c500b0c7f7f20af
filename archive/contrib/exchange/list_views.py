"""Lists of names and of terms, as translators keep them, taken in: the screens of the admin."""

from collections.abc import Iterable

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.contrib.exchange.name_lists import (
    COLUMNS,
    GlossaryReport,
    import_glossary,
    parse_glossary,
)
from archive.contrib.exchange.term_lists import import_terms, parse_terms
from archive.entities.csv_files import read_upload
from archive.entities.forms import CsvForm
from archive.entities.rich_text import EDIT_URL_NAME
from archive.entities.terms.models import COLUMNS as TERM_COLUMNS
from archive.entities.views import UploadView

TERMS = "wagtailsnippets_archive_glossaryterm"
MAY_IMPORT_TERMS = ("archive.add_glossaryterm", "archive.change_glossaryterm")


class GlossaryForm(CsvForm):
    """A translators' list."""

    command = "import_glossary"
    dry_run = forms.BooleanField(
        label=_("Only check the file, change nothing"), required=False, initial=True
    )


class ImportGlossaryView(UploadView):
    """Takes a file in, or only checks it, and shows line by line what became of it."""

    form_class = GlossaryForm
    template_name = "archive_exchange/admin/import_list.html"
    page_title = _("Import a glossary")
    columns: Iterable[str] = COLUMNS
    about = _(
        "Names, aliases and forbidden forms from a CSV file. Missing ones are added; nothing "
        "existing is overwritten."
    )
    required = _("Required: kind, and en or zh.")
    edit_url = EDIT_URL_NAME

    def form_valid(self, form: GlossaryForm) -> HttpResponse:
        name = form.cleaned_data["file"].name
        report = self.take_in(form.text, name, dry_run=form.cleaned_data["dry_run"])
        context = self.get_context_data(form=form, report=report, file=name)
        return self.render_to_response(context)

    def take_in(self, text: str, file: str, *, dry_run: bool) -> GlossaryReport:
        parsed = parse_glossary(text, file, read_upload)
        report = import_glossary(parsed.rows, dry_run=dry_run)
        report.add_errors(parsed.errors)
        return report


class ImportTermsView(ImportGlossaryView):
    permission_required = MAY_IMPORT_TERMS
    page_title = _("Import terms")
    list_name, list_label = f"{TERMS}:list", pgettext_lazy("glossary", "Terms")
    columns = TERM_COLUMNS.values()
    about = _(
        "Terms and their forms from a CSV file, as the list’s download has them. What is missing "
        "is added; nothing existing is overwritten."
    )
    required = _("Required: en and zh.")
    edit_url = f"{TERMS}:edit"

    def take_in(self, text: str, file: str, *, dry_run: bool) -> GlossaryReport:
        parsed = parse_terms(text, file, read_upload)
        report = import_terms(parsed.rows, dry_run=dry_run, user=self.request.user)
        report.add_errors(parsed.errors)
        return report
