"""Profiles of sources as forms: each rule in words, and as what can be changed of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from archive.contrib.intake.admin.column_forms import (
    FIELD_CHOICES,
    LEFT_OUT,
    ColumnForms,
    MappingForm,
)
from archive.contrib.intake.admin.labels import LABELS
from archive.contrib.intake.labels.names import OTHER
from archive.contrib.intake.models import SourceProfile
from archive.contrib.intake.profiles import CITATION, FIELDS, KINDS, Rule, check_rules
from archive.contrib.intake.records import IntakeError
from archive.text.language import LABELS as LANGUAGES

_KIND_LABELS = {
    **LABELS,
    "text": _("Whatever its layout says"),
    CITATION: _("Citation: publication, date and page"),
}
# So many labels and columns more can be named.
_BLANK = 2
_FIELD_LABELS = {
    "publication": LABELS["publication"],
    "section": LABELS["section"],
    "language": _("Language"),
    "rights": _("Rights"),
}


# A label that is left out names nothing of the story.
_LABEL_FIELDS = {
    OTHER if name == LEFT_OUT else name: label for name, label in FIELD_CHOICES if name
}


def rule_words(rule: Rule) -> str:
    """ "Line 2 is: Standfirst" """
    if "field" in rule:
        value = str(rule.get("value") or "")
        value = str(LANGUAGES.get(value, value)) if rule["field"] == "language" else value
        words = {"field": _FIELD_LABELS[rule["field"]], "value": value}
        return gettext("%(field)s is always “%(value)s”") % words
    if "label" in rule:
        field = _LABEL_FIELDS.get(rule["is"], rule["is"])
        words = {"label": rule["label"], "field": str(field)}
        return gettext("What stands behind “%(label)s” is: %(field)s") % words
    kind = str(_KIND_LABELS.get(rule["is"], rule["is"]))
    if "words" in rule:
        words = {"words": rule["words"], "kind": kind}
        return gettext("Lines that read “%(words)s” are: %(kind)s") % words
    if rule["line"] == -1:
        return gettext("The last line is: %(kind)s") % {"kind": kind}
    if rule["line"] < 0:
        values = {"number": -rule["line"], "kind": kind}
        return gettext("Line %(number)s from the end is: %(kind)s") % values
    return gettext("Line %(number)s is: %(kind)s") % {"number": rule["line"], "kind": kind}


class LineRuleForm(forms.Form):
    """Which lines, and what they are; without "which", no rule."""

    where = forms.CharField(
        label=_("Line"),
        required=False,
        max_length=200,
        help_text=_("2 is the second line, -1 the last one. Or the line’s words; * is anything."),
    )
    kind = forms.ChoiceField(
        label=_("is"), choices=[(name, _KIND_LABELS.get(name, name)) for name in KINDS]
    )

    def rule(self) -> dict[str, Any] | None:
        where = self.cleaned_data.get("where", "").strip()
        if not where:
            return None
        is_number = where.removeprefix("-").isascii() and where.removeprefix("-").isdigit()
        place: dict[str, Any] = {"line": int(where)} if is_number else {"words": where}
        return {**place, "is": self.cleaned_data["kind"]}


LineRuleForms = forms.formset_factory(LineRuleForm, extra=2, max_num=200)


def _line_values(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    return [
        {"where": str(rule.get("words") or rule.get("line")), "kind": rule["is"]}
        for rule in rules
        if "is" in rule and "label" not in rule
    ]


def _label_values(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    return [
        {"column": rule["label"], "field": LEFT_OUT if rule["is"] == OTHER else rule["is"]}
        for rule in rules
        if "label" in rule
    ]


class ProfileForm(WagtailAdminModelForm):
    """A profile; its rules are the lines' rules, then the fields' values."""

    class Meta:
        model = SourceProfile
        fields = ["name", "file_pattern", "publication", "first_lines", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = self.instance.rules or []
        said = {rule["field"]: rule.get("value") for rule in rules if "field" in rule}
        for name in FIELDS:
            field: forms.Field = forms.CharField(
                label=_FIELD_LABELS[name], required=False, max_length=200
            )
            if name == "language":
                choices = [("", _("Found out from the text")), *LANGUAGES.items()]
                field = forms.ChoiceField(label=_("Language"), required=False, choices=choices)
            field.initial = said.get(name, "")
            self.fields[f"always_{name}"] = field
        data = self.data if self.is_bound else None
        self.lines = LineRuleForms(data, initial=_line_values(rules), prefix="lines")
        labels = [*_label_values(rules), *[{"column": "", "field": ""}] * _BLANK]
        self.labels = ColumnForms(data, initial=labels, prefix="labels")
        self.table = MappingForm(self.instance.column_mapping(), data, blank=_BLANK)

    @property
    def sentences(self) -> list[str]:
        """The stored rules in words."""
        return [rule_words(rule) for rule in self.instance.rules or []]

    def always(self) -> list[Any]:
        return [self[f"always_{name}"] for name in FIELDS]

    def has_changed(self) -> bool:
        parts = (self.lines, self.labels, self.table)
        return bool(super().has_changed() or any(part.has_changed() for part in parts))

    def is_valid(self) -> bool:
        parts = [part.is_valid() for part in (self.lines, self.labels, self.table)]
        return bool(super().is_valid() and all(parts))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.lines.is_valid() and self.labels.is_valid() and self.table.is_valid():
            rules = self._rules()
            try:
                check_rules(rules)
                self.instance.mapping = self.table.mapping()
            except IntakeError as error:
                raise forms.ValidationError(str(error)) from error
            self.instance.rules = rules
        return data

    def _rules(self) -> list[dict[str, Any]]:
        lines = [rule for form in self.lines if (rule := form.rule())]
        for form in self.labels:
            label, field = (form.cleaned_data.get(name) or "" for name in ("column", "field"))
            if label.strip() and field:
                lines.append({"label": label.strip(), "is": OTHER if field == LEFT_OUT else field})
        values = {name: (self.cleaned_data.get(f"always_{name}") or "").strip() for name in FIELDS}
        return lines + [{"field": name, "value": value} for name, value in values.items() if value]


class ProposalForm(forms.Form):
    """What corrections of a story say of its source: each rule is ticked or left out."""

    rules = forms.MultipleChoiceField(
        label=_("What to remember of this source"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one of them.")},
    )
    profile = forms.ModelChoiceField(
        label=_("Add to"),
        queryset=SourceProfile.objects.all(),
        required=False,
        empty_label=_("A new profile"),
    )
    name = forms.CharField(label=_("Name of the new profile"), required=False, max_length=120)
    file_pattern = forms.CharField(
        label=_("For files called"),
        required=False,
        max_length=200,
        help_text=_("Such as zhanjiang-*.txt; * stands for anything."),
    )
    publication = forms.CharField(
        label=_("For files that name the publication"), required=False, max_length=200
    )
    first_lines = forms.CharField(
        label=_("For files with these words in one of the first five lines"),
        required=False,
        max_length=200,
        help_text=_("* stands for anything."),
    )

    again = forms.BooleanField(
        label=_("Read the rest of this import by it"),
        required=False,
        initial=True,
        help_text=_("Files that it fits, of which no story is changed or decided yet."),
    )

    def __init__(self, rules: list[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposed = rules
        choices = [(str(number), rule_words(rule)) for number, rule in enumerate(rules)]
        field: Any = self.fields["rules"]
        field.choices, field.initial = choices, [number for number, _words in choices]

    def profile_to_save(self) -> SourceProfile:
        """The chosen profile with the rules behind its own, or a new one; not saved."""
        data = self.cleaned_data
        chosen = [self.proposed[int(number)] for number in data["rules"]]
        profile: SourceProfile | None = data["profile"]
        if profile is None:
            names = ("name", "file_pattern", "publication", "first_lines")
            profile = SourceProfile(**{name: data[name].strip() for name in names})
        profile.rules = profile.rules + [rule for rule in chosen if rule not in profile.rules]
        return profile
