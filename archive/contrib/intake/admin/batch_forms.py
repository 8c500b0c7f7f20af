"""The forms of a batch: what goes in, and what is accepted together."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.contrib.intake.batches.items import SURE
from archive.contrib.intake.conf import settings
from archive.contrib.intake.formats import suffixes
from archive.contrib.intake.options import NAME, FilingOptions
from archive.stories.models import PublicationPage, SectionPage
from archive.text.language import LABELS
from archive.text.punctuation import joined


class ImportFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ImportFilesField(forms.FileField):
    """Any number of files; how large each may be is said when it is read, by name."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list) else [data] if data else []
        return [super(ImportFilesField, self).clean(one, initial) for one in files]


class NameInput(forms.TextInput):
    """A text with suggestions, which needn't be one of them."""

    template_name = "archive_intake/name_input.html"

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self.names = names

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        listed = f"{context['widget']['attrs'].get('id', name)}-names"
        context["widget"]["attrs"]["list"] = listed
        return {**context, "listed": listed, "names": self.names}


class UploadForm(forms.Form):
    """Files for a batch that is there already."""

    uploads = ImportFilesField(label=_("Files"), required=False, allow_empty_file=True)


class NewBatchForm(forms.Form):
    uploads = ImportFilesField(
        label=_("Files"),
        required=False,
        allow_empty_file=True,
        widget=ImportFilesInput(attrs={"data-intake-files": ""}),
    )
    text = forms.CharField(
        label=_("Or paste a text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    folder = forms.CharField(label=_("Or a folder of the server"), required=False, max_length=1000)
    name = forms.CharField(
        label=_("Name of this import"),
        required=False,
        max_length=200,
        help_text=_("To find it again. Left empty, it is called by its first file."),
    )
    publication = forms.CharField(
        label=_("Publication"),
        required=False,
        max_length=200,
        help_text=_("For files that don’t name one."),
    )
    section = forms.CharField(
        label=_("Section"),
        required=False,
        max_length=200,
        help_text=_("For files that don’t name one."),
    )
    date_from = forms.ChoiceField(
        label=_("Print date"),
        required=False,
        choices=[
            ("", _("From the text only")),
            (NAME, _("From the file’s name where the text has none, such as 2015-09-22-p4.txt")),
        ],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("Found out from the text")), *LABELS.items()],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = [str(one) for one in PublicationPage.objects.filter(is_unfiled=False)]
        self.fields["publication"].widget = NameInput(papers)
        sections = sorted({str(one) for one in SectionPage.objects.all()[:500]})
        self.fields["section"].widget = NameInput(sections)
        self.fields["uploads"].help_text = _upload_help()
        if settings.INTAKE_FOLDERS:
            self.fields["folder"].help_text = gettext(
                "One of these, or a folder below: %(folders)s"
            ) % {"folders": joined(settings.INTAKE_FOLDERS)}
        else:
            del self.fields["folder"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        given = (data.get("uploads"), (data.get("text") or "").strip(), data.get("folder"))
        if not any(given) and not self.errors:
            raise forms.ValidationError(gettext("Choose at least one file, or paste a text."))
        return data

    def options(self) -> FilingOptions:
        names = ("publication", "section", "date_from", "language")
        return FilingOptions(**{name: self.cleaned_data[name].strip() for name in names})


def _upload_help() -> str:
    limits = {
        "formats": " ".join(suffixes()),
        "file": filesizeformat(settings.INTAKE_MAX_FILE_BYTES),
        "zip": filesizeformat(settings.INTAKE_MAX_ZIP_BYTES),
    }
    return (
        gettext(
            "%(formats)s, or ZIP files of them, with photographs beside them. At most %(file)s "
            "a file, and %(zip)s in a ZIP unpacked. What is larger is listed, and left out."
        )
        % limits
    )


class AcceptAboveForm(forms.Form):
    """Accept what was read with at least this confidence, in percent."""

    confidence = forms.IntegerField(
        label=_("Confidence, in percent"),
        min_value=1,
        max_value=100,
        initial=round(SURE * 100),
    )
    publish = forms.BooleanField(
        label=_("Publish them at once"),
        required=False,
        help_text=_("Those that lack something stay drafts."),
    )
    # The confidence and the number of items of which the page speaks.
    told = forms.RegexField(r"\d+ \d+", required=False, widget=forms.HiddenInput)
    # The keys of items that the page says are joined.
    joined = forms.RegexField(r"[\d ]*", required=False, widget=forms.HiddenInput)
    # Of an acceptance that takes several requests: when it began, and the keys of what has failed.
    began = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    failed = forms.RegexField(r"[\d ]*", required=False, widget=forms.HiddenInput)

    def going_on(self, began: datetime, failed: Iterable[int]) -> "AcceptAboveForm":
        """The form of the next request."""
        sent = {
            name: self.data[name]
            for name in ("confidence", "publish", "joined")
            if name in self.data
        }
        so_far = {"began": began.isoformat(), "failed": " ".join(map(str, failed))}
        return AcceptAboveForm({**sent, **so_far})
