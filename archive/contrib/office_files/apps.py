"""Office files: the documents of word processors, and PDF."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeFilesConfig(AppConfig):
    name = "archive.contrib.office_files"
    label = "archive_office_files"
    verbose_name = _("Office files and PDF")
    needs = ("archive.contrib.intake",)
