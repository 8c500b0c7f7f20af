"""The columns of a table as a form: which field each is, how texts and dates are written."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from archive.contrib.intake.admin.labels import LABELS
from archive.contrib.intake.columns import ColumnMapping, guess_mapping
from archive.contrib.intake.formats.column_format import TableSample
from archive.contrib.intake.labels.names import FIELDS
from archive.contrib.intake.models import SourceProfile
from archive.contrib.intake.records import IntakeError

_OWN_LABELS = {
    "date": LABELS["published"],
    "body": _("Text"),
    "keywords": _("Keywords: left out, as no field holds them"),
    "language": _("Language"),
    "url": _("Address on the web"),
    "rights": _("Rights"),
    "identifier": _("Number or name in its source"),
    "image": _("Picture: file name or address"),
    "alt_text": _("Alternative text of the picture"),
}
LEFT_OUT = "left_out"
# Several columns of one field stand one below the other.
FIELD_CHOICES = [
    ("", _("Not known: waits in each story as unplaced")),
    (LEFT_OUT, pgettext_lazy("a column", "Left out: no part of the story")),
    *((name, _OWN_LABELS.get(name) or LABELS[name]) for name in FIELDS),
]
_BODY_FORMATS = [
    ("", _("As each text looks")),
    ("html", _("HTML")),
    ("markdown", _("Markdown")),
    ("text", _("Plain text")),
]
_DATE_FORMATS = [
    ("", _("As dates are usually written")),
    ("%d/%m/%Y", _("Day, month, year: 22/09/2015")),
    ("%m/%d/%Y", _("Month, day, year: 09/22/2015")),
    ("%d.%m.%Y", _("Day, month, year: 22.09.2015")),
    ("%Y%m%d", _("Year, month, day: 20150922")),
]
_MOST = 500
# Of a first value, so much is shown.
_SHOWN = 160


class ColumnForm(forms.Form):
    column = forms.CharField(label=_("Column"), required=False, max_length=500, strip=False)
    field = forms.ChoiceField(label=_("is"), required=False, choices=FIELD_CHOICES)


ColumnForms = forms.formset_factory(ColumnForm, extra=0, max_num=_MOST, absolute_max=_MOST)


class MappingForm(forms.Form):
    """A mapping; `blank` columns more can be named."""

    body_format = forms.ChoiceField(label=_("The texts are"), required=False, choices=_BODY_FORMATS)
    date_format = forms.ChoiceField(label=_("Dates"), required=False)

    def __init__(
        self,
        mapping: ColumnMapping | None,
        data: Any = None,
        *,
        names: Sequence[str] = (),
        blank: int = 0,
    ) -> None:
        mapping = mapping or ColumnMapping()
        said = {"body_format": mapping.body_format, "date_format": mapping.date_format}
        super().__init__(data, initial=said, prefix="table")
        own = [] if mapping.date_format in dict(_DATE_FORMATS) else [mapping.date_format] * 2
        date_format: Any = self.fields["date_format"]
        date_format.choices = [*_DATE_FORMATS, *([own] if own else [])]
        # In one order: PostgreSQL gives an object's keys back in another than they were stored in.
        fields = sorted(mapping.columns, key=FIELDS.index)
        field_of = {name: field for field in fields for name in mapping.columns[field]}
        field_of |= dict.fromkeys(mapping.left_out, LEFT_OUT)
        columns = [
            {"column": name, "field": field_of.get(name, "")}
            for name in names or [*field_of, *[""] * blank]
        ]
        self.columns = ColumnForms(data, initial=columns, prefix="columns")

    def is_valid(self) -> bool:
        columns = self.columns.is_valid()
        return bool(super().is_valid() and columns)

    def has_changed(self) -> bool:
        return bool(super().has_changed() or self.columns.has_changed())

    def mapping(self) -> dict[str, Any]:
        """As `SourceProfile.mapping` stores it; {} without any column. Raises IntakeError."""
        columns: dict[str, list[str]] = {}
        for form in self.columns:
            if name := form.cleaned_data.get("column"):
                columns.setdefault(form.cleaned_data.get("field", ""), []).append(name)
        columns.pop("", None)
        left_out = columns.pop(LEFT_OUT, [])
        if not columns:
            return {}
        if {"headline", "body"}.isdisjoint(columns):
            raise IntakeError(gettext("Say which column is the headline or the text."))
        said = {"columns": columns, "left_out": left_out, **self.cleaned_data}
        return ColumnMapping.from_dict(said).to_dict()


class TableForm(forms.Form):
    """A table's columns, and the profile that is to keep them."""

    name = forms.CharField(
        label=_("Name of the profile"),
        max_length=120,
        help_text=_("A profile of that name gets these columns; if there is none, it is made."),
    )
    file_pattern = forms.CharField(
        label=_("For files called"),
        max_length=200,
        help_text=_("Such as zhanjiang-*.txt; * stands for anything."),
    )

    def __init__(
        self, sample: TableSample, file: str, profile: SourceProfile | None, data: Any = None
    ) -> None:
        base = file.replace("\\", "/").rpartition("/")[2]
        said = {"name": base.rpartition(".")[0] or base, "file_pattern": _pattern(base)}
        if profile:
            said = {
                "name": profile.name,
                "file_pattern": profile.file_pattern or said["file_pattern"],
            }
        super().__init__(data, initial=said)
        mapping = profile.column_mapping() if profile else guess_mapping(sample.names, sample.rows)
        self.table = MappingForm(mapping, data, names=sample.names)
        self._rows = sample.rows

    def rows(self) -> list[tuple[Any, list[str]]]:
        """Each column's form, and its first values."""
        return [
            (
                form,
                [text[:_SHOWN] for row in self._rows if (text := row.get(form["column"].value()))],
            )
            for form in self.table.columns
        ]

    def is_valid(self) -> bool:
        table = self.table.is_valid()
        return bool(super().is_valid() and table)

    def profile_to_save(self) -> SourceProfile:
        """The profile of that name with these columns, or a new one; not saved.

        Raises IntakeError where they aren't enough.
        """
        data = self.cleaned_data
        mapping = self.table.mapping()
        if not mapping:
            raise IntakeError(gettext("Say which column is the headline or the text."))
        found = SourceProfile.objects.filter(name=data["name"]).first()
        profile: SourceProfile = found or SourceProfile(name=data["name"])
        profile.file_pattern, profile.mapping = data["file_pattern"], mapping
        return profile


def _pattern(name: str) -> str:
    """ "export-2015-09.csv" -> "export-*.csv" """
    stem, dot, ending = name.rpartition(".")
    start = stem.rstrip("0123456789-_. ")
    if not start or start == stem:
        return name
    mark = stem[len(start)] if not stem[len(start)].isdigit() else ""
    return f"{start}{mark}*{dot}{ending}"
