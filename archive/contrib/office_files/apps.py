"""Office files: the documents of word processors, PDF, and mail."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeFilesConfig(AppConfig):
    name = "archive.contrib.office_files"
    label = "archive_office_files"
    verbose_name = _("Office files, PDF and mail")
    needs = ("archive.contrib.intake",)
