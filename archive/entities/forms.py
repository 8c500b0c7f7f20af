"""The admin's forms of names: one name, and a glossary file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm


class EntityForm(WagtailAdminModelForm):
    """A key can be chosen once: addresses and data files rest on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "key" in self.fields:
            self.fields["key"].disabled = True


class GlossaryForm(forms.Form):
    """A CSV file; `text` is what it holds, once the form is valid."""

    file = forms.FileField(label=_("CSV file"), help_text=_("In UTF-8, 1,000 lines at most."))
    dry_run = forms.BooleanField(
        label=_("Only check the file, change nothing"), required=False, initial=True
    )
    text = ""
    # What a web server's patience is enough for; a line takes some 15 ms.
    _MOST_LINES = 1000
    _MOST_BYTES = 1024 * 1024

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        data = file.read(self._MOST_BYTES + 1)
        if len(data) > self._MOST_BYTES or data.count(b"\n") > self._MOST_LINES + 1:
            raise ValidationError(
                _(
                    "%(file)s has more than 1,000 lines: split it, each part with the header, or "
                    "have it loaded on the server with import_glossary."
                )
                % {"file": file.name}
            )
        try:
            self.text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError(
                _("%(file)s isn't UTF-8: save it as “CSV UTF-8” and load it again.")
                % {"file": file.name}
            ) from error
        return file
