"""Terms in and out of the admin as files."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.entities.glossary.csv_import import GlossaryReport
from archive.entities.glossary.termbase import TERMS_TITLE, term_concepts
from archive.entities.terms.csv_import import COLUMNS, import_terms, parse_terms
from archive.entities.views import ImportGlossaryView, as_tbx, check_may_read

# The namespace of the addresses.
ADMIN = "wagtailsnippets_archive_glossaryterm"
MAY_IMPORT = ("archive.add_glossaryterm", "archive.change_glossaryterm")


def export_tbx(request: HttpRequest) -> HttpResponse:
    """All terms as a TBX file; `?edition=2008` for older tools."""
    check_may_read(request, "glossaryterm")
    return as_tbx(request, term_concepts(), TERMS_TITLE, "terms.tbx")


class ImportTermsView(ImportGlossaryView):
    permission_required = MAY_IMPORT
    page_title = _("Import terms")
    list_name, list_label = f"{ADMIN}:list", pgettext_lazy("glossary", "Terms")
    columns = COLUMNS.values()
    about = _(
        "Terms and their forms from a CSV file, as the list’s download has them. What is missing "
        "is added; nothing existing is overwritten."
    )
    required = _("Required: en and zh.")
    edit_url = f"{ADMIN}:edit"

    def take_in(self, text: str, file: str, *, dry_run: bool) -> GlossaryReport:
        parsed = parse_terms(text, file)
        report = import_terms(parsed.rows, dry_run=dry_run, user=self.request.user)
        report.add_errors(parsed.errors)
        return report
