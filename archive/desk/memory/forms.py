"""The forms of the memory's screen."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.conf import settings
from archive.desk.memory.concordance import MOST_CHARACTERS
from archive.text.language import LABELS

_MEGABYTE = 1024 * 1024


class SearchForm(forms.Form):
    """What to search for, and where; an unknown language is either one."""

    words = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=MOST_CHARACTERS,
        help_text=gettext_lazy("All of them. Put those that belong together in quotation marks."),
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In"),
        required=False,
        choices=[("", gettext_lazy("Either language")), *LABELS.items()],
    )


class TmxForm(forms.Form):
    """A TMX file from a browser."""

    file = forms.FileField(
        label=gettext_lazy("TMX file"),
        widget=forms.FileInput(attrs={"accept": ".tmx,.xml"}),
        error_messages={"required": gettext_lazy("Choose a TMX file first.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        most = settings.MEMORY_UPLOAD_MAX_BYTES
        if file.size > most:
            message = _(
                "%(file)s has more than %(size)d MB. Ask an administrator to take it in with "
                "manage.py import_tmx, which has no limit."
            )
            values = {"file": file.name, "size": most // _MEGABYTE}
            raise forms.ValidationError(message, code="too_large", params=values)
        return file
