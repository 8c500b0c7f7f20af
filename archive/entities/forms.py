"""The admin's forms of names: one name, and a glossary file."""

from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from archive.entities.models import Entity
from archive.entities.romanisation import suggest_key
from archive.entities.same_names import SameNameMixin
from archive.sandbox.pool import LimitError, run_limited
from archive.text.language import ENGLISH, LANGUAGES, column, columns
from archive.text.spreadsheets import decode_csv

# By column, where an id leads.
DATABASES = {
    "geonames_id": "https://www.geonames.org/{}",
    "wikidata_id": "https://www.wikidata.org/wiki/{}",
}


class EntityForm(SameNameMixin, WagtailAdminModelForm):
    """A key is for good once readers know it: addresses and data files rest on it.

    An id is one entry's. Of one kind, two have the same name only if a person says so.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.is_published and "key" in self.fields:
            self.fields["key"].disabled = True
        for name, address in DATABASES.items():
            number = getattr(self.instance, name)
            if number and name in self.fields:
                page = address.format(number)
                self.fields[name].help_text = format_html(
                    '<a href="{}" rel="noreferrer" target="_blank">{}</a>',
                    page,
                    page.replace("https://www.", ""),
                )

    def others(self) -> QuerySet[Any]:
        return super().others().filter(kind=self.cleaned_data.get("kind"))

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        merged = Entity.with_merged.filter(key=key, merged_into__isnull=False).first()
        if merged and not self.instance.pk:
            message = _("This key’s address leads to “%(name)s”: choose another.")
            raise ValidationError(message % {"name": merged.canonical})
        return key

    def clean(self) -> dict[str, Any]:
        """Refuses another entry's id; a double that is there already may still be edited."""
        super().clean()
        cleaned: dict[str, Any] = self.cleaned_data
        if not self.instance.pk and "key" in cleaned and any(map(cleaned.get, columns("name"))):
            self._show_key()
        if "is_published" in self.changed_data and not cleaned["is_published"]:
            self._check_unknown_to_readers()
        others = Entity.objects.exclude(pk=self.instance.pk)
        message = _("“%(name)s” (%(key)s) has this id: correct it, or merge the two names.")
        for name in DATABASES.keys() & {*self.changed_data}:
            number = cleaned.get(name)
            if number and (holder := others.filter(**{name: number}).first()):
                self.add_error(name, message % {"name": holder, "key": holder.key})
        return cleaned

    def _show_key(self) -> None:
        """Offer a key that is made from a name without its English, before it is for good."""
        cleaned = self.cleaned_data
        if cleaned["key"] or cleaned.get(column("name", ENGLISH)) or ENGLISH not in LANGUAGES:
            return
        names = {name: cleaned.get(name) or "" for name in ("pinyin", *columns("name"))}
        key = suggest_key(Entity(kind=cleaned.get("kind") or "", **names))
        self.data = self.data.copy()
        self.data[self.add_prefix("key")] = key
        message = _(
            "The key is made from the Chinese name and never changes. Give the English name, "
            "correct the key, or save again to keep it."
        )
        self.add_error("key", message)

    def _check_unknown_to_readers(self) -> None:
        same = Entity.with_merged.same_as([self.instance.pk]).values("pk")
        stories = apps.get_model("archive", "ArticlePage").objects.live()
        if self.instance.pk and stories.filter(entity_tags__entity__in=same).exists():
            message = _("Stories that readers can open name it: take it out of those first.")
            self.add_error("is_published", message)


class CsvForm(forms.Form):
    """A CSV file; `text` is what it holds, once the form is valid."""

    file = forms.FileField(label=_("CSV file"), help_text=_("In UTF-8, 1,000 lines at most."))
    text = ""
    # The command that takes longer files.
    command = "load_entities"
    # What a web server's patience is enough for; a line takes some 15 ms.
    _MOST_LINES = 1000
    _MOST_BYTES = 1024 * 1024

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        data = file.read(self._MOST_BYTES + 1)
        if len(data) > self._MOST_BYTES or data.count(b"\n") > self._MOST_LINES + 1:
            message = _(
                "%(file)s has more than 1,000 lines: split it, each part with the header, or "
                "have it loaded on the server with %(command)s."
            )
            raise ValidationError(message % {"file": file.name, "command": self.command})
        try:
            self.text = run_limited(decode_csv, data)
        except LimitError as error:
            raise ValidationError(f"{file.name}: {error}") from error
        except UnicodeError as error:
            message = _("%(file)s isn't UTF-8: save it as “CSV UTF-8” and load it again.")
            raise ValidationError(message % {"file": file.name}) from error
        return file


class NamesFileForm(CsvForm):
    """The list of names as it was exported, and edited."""

    overwrite = forms.BooleanField(
        label=_("Also replace what was changed here since the export"),
        required=False,
        help_text=_("Otherwise it stays, and you are shown both."),
    )


class ConfirmForm(forms.Form):
    """What was looked at, sent back: the file's text, and a digest of what would change."""

    text = forms.CharField(max_length=1024 * 1024, strip=False)
    file = forms.CharField(max_length=200)
    overwrite = forms.BooleanField(required=False)
    seen = forms.CharField(max_length=64)
