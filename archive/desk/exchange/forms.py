"""What the export and import screens ask."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from archive.conf import settings
from archive.desk.exchange.formats import FORMATS, too_large


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=_("Format"),
        choices=[(name, one.label) for name, one in FORMATS.items()],
        initial="xliff12",
        widget=forms.RadioSelect,
    )


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, none of them larger than the desk takes in."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list) and data else [data or None]
        cleaned = [super(FilesField, self).clean(one, initial) for one in files]
        for file in cleaned:
            if file.size > settings.DESK_MAX_BYTES:
                raise forms.ValidationError(too_large(file.name, file.size))
        return cleaned


class ImportForm(forms.Form):
    uploads = FilesField(
        label=_("Files"),
        help_text=_("XLIFF, PO, or ZIP files of them, as they came from the translation tool."),
        widget=ManyFilesInput(attrs={"accept": ".xlf,.xliff,.po,.zip,.xml,.sdlxliff,.mxliff"}),
        allow_empty_file=True,
    )
    dry_run = forms.BooleanField(
        label=_("Only show what would happen"), required=False, help_text=_("Nothing is stored.")
    )
