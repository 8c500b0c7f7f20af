"""The right half of the review: a story's fields, and what of them a person has changed."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.contrib.intake.admin.labels import LABELS
from archive.contrib.intake.documents import Span
from archive.contrib.intake.record_json import Record
from archive.contrib.intake.records import REPORTER
from archive.stories.models import ArticleByline
from archive.text.language import LABELS as LANGUAGES
from archive.text.punctuation import labelled

# So many parts of a list have a form: a browser can't work with more. Those behind them stay.
MOST_PARTS = 1000
# The lists whose lines stand somewhere in the source, and may go elsewhere by that.
_LINES = ("blocks", "captions", "unplaced")
# What a body line can be: the body's types, and what takes it out of the body.
_ELSEWHERE = ("caption", "unplaced", "furniture")
_TYPES = [
    ("paragraph", LABELS["paragraph"]),
    ("subhead", LABELS["subhead"]),
    ("quote", LABELS["quote"]),
    ("list", _("List")),
    ("table", _("Table")),
    ("correction", LABELS["correction"]),
    *((name, LABELS[name]) for name in _ELSEWHERE),
]


def version_of(record: Record) -> str:
    """Tells whether a record is still the one that a form was made of."""
    text = json.dumps(record, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _lines(rows: int = 1) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class LinesField(forms.CharField):
    """A text of several lines, with the line ends that are stored."""

    def to_python(self, value: Any) -> str:
        return "\n".join((super().to_python(value) or "").splitlines())


class StoryForm(forms.Form):
    headline = forms.CharField(
        label=LABELS["headline"], required=False, max_length=255, widget=_lines(2)
    )
    standfirst = forms.CharField(label=LABELS["standfirst"], required=False, widget=_lines(2))
    printed_byline = LinesField(label=_("Byline as printed"), required=False, widget=_lines(1))
    dateline = forms.CharField(label=LABELS["dateline"], required=False, max_length=255)
    publication = forms.CharField(label=LABELS["publication"], required=False, max_length=200)
    published = forms.DateField(
        label=LABELS["published"],
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    page = forms.CharField(label=LABELS["page"], required=False, max_length=40)
    section = forms.CharField(label=LABELS["section"], required=False, max_length=200)
    contact = forms.CharField(label=LABELS["contact"], required=False, max_length=255)
    rights = forms.CharField(label=_("Rights"), required=False, max_length=255)
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGES.items()))
    leads_with_picture = forms.BooleanField(
        label=_("First picture above the text, as the lead picture"), required=False
    )


class BylineForm(forms.Form):
    name = forms.CharField(label=LABELS["byline"], required=False, max_length=255)
    role = forms.ChoiceField(label=_("Role"), choices=ArticleByline.Role.choices, required=False)
    place = forms.CharField(label=_("Place"), required=False, max_length=255)


class BlockForm(forms.Form):
    text = forms.CharField(label=_("Text"), required=False, widget=_lines(3))
    type = forms.ChoiceField(label=_("Kind"), choices=_TYPES)


class CaptionForm(forms.Form):
    text = forms.CharField(label=LABELS["caption"], required=False, widget=_lines(2))
    credit = forms.CharField(label=LABELS["credit"], required=False, max_length=255)


class UnplacedForm(forms.Form):
    text = forms.CharField(label=LABELS["unplaced"], required=False, widget=_lines(2))


_LISTS = {
    "bylines": _("Bylines"),
    "blocks": _("Text"),
    "captions": _("Captions"),
    "unplaced": LABELS["unplaced"],
}


def _formset(form: type[forms.Form], extra: int = 0) -> Any:
    most = MOST_PARTS + extra
    return forms.formset_factory(form, extra=extra, max_num=most, absolute_max=most)


_BylineForms = _formset(BylineForm, extra=1)
_BlockForms, _CaptionForms, _UnplacedForms = map(_formset, (BlockForm, CaptionForm, UnplacedForm))


class ReviewForms:
    """All forms of a story's record; `data` as posted, or None."""

    def __init__(self, record: Record, data: Any = None) -> None:
        self.record = record
        initial = {name: record.get(name) for name in StoryForm.base_fields}
        initial["leads_with_picture"] = bool(record.get("leads_with_picture"))
        initial["published"] = parse_date((record.get("published") or "")[:10])
        parts = {name: self._parts(name)[:MOST_PARTS] for name in _LISTS}
        bylines = [{"role": REPORTER, **one} for one in parts["bylines"]]
        unplaced = [{"text": one} for one in parts["unplaced"]]
        self.story = StoryForm(data, initial=initial, prefix="story")
        self.bylines = _BylineForms(data, initial=bylines, prefix="bylines")
        self.blocks = _BlockForms(data, initial=parts["blocks"], prefix="blocks")
        self.captions = _CaptionForms(data, initial=parts["captions"], prefix="captions")
        self.unplaced = _UnplacedForms(data, initial=unplaced, prefix="unplaced")

    @property
    def lists(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _LISTS}

    @property
    def waiting(self) -> list[Any]:
        """The forms of texts that are in no field and may be the story's."""
        return [form for form in self.unplaced if not self._is_furniture(form)]

    @property
    def left_out(self) -> list[Any]:
        """The forms of texts that surely are no part of the story."""
        return [form for form in self.unplaced if self._is_furniture(form)]

    def _is_furniture(self, form: Any) -> bool:
        return form.initial.get("text") in self._parts("furniture")

    @property
    def without_form(self) -> int:
        """How many paragraphs have none."""
        return len(self._parts("blocks")[MOST_PARTS:])

    def _parts(self, name: str) -> list[Any]:
        return self.record.get(name) or []

    def is_valid(self) -> bool:
        every = [self.story.is_valid(), *(one.is_valid() for one in self.lists.values())]
        return all(every)

    def errors(self) -> Iterator[str]:
        """Each with the field's label."""
        forms_of_all = [self.story, *(form for one in self.lists.values() for form in one)]
        for form in forms_of_all:
            for name, messages in form.errors.items():
                label = form.fields[name].label if name in form.fields else ""
                yield from (labelled(message, label) for message in messages)
        for one in self.lists.values():
            yield from map(str, one.non_form_errors())

    def texts(self) -> dict[Any, str]:
        """What the forms hold, by label, as a person reads it; a list has a line for each part."""
        found = {bound.label: _words(bound) for bound in self.story}
        for name, formset in self.lists.items():
            parts = [form for form in formset if _has_words(form)]
            lines = [" · ".join(filter(None, map(_words, form.visible_fields()))) for form in parts]
            found[_LISTS[name]] = "\n".join(lines)
        return found

    def changes(self) -> dict[str, Any]:
        """The fields that differ from the record, as `change_fields` takes them."""
        found: dict[str, Any] = {}
        for name in self.story.changed_data:
            value = self.story.cleaned_data[name]
            found[name] = value.isoformat() if name == "published" and value else value or None
        for name, formset in self.lists.items():
            if not formset.has_changed():
                continue
            # A browser sends a role for the empty line, too.
            values = self._values(name)
            if _filled(values) != _filled(self.record.get(name) or []):
                found[name] = values
        return found

    def moves(self) -> list[tuple[Span, str, str]]:
        """(span, kind, words) of the lines that go elsewhere, in the order of the text."""
        found = []
        for name in _LINES:
            pairs = zip(self._spans(name), self.lists[name], strict=False)
            found += [
                (span, kind, " ".join((form.cleaned_data.get("text") or "").split()))
                for span, form in pairs
                if (kind := _destination(form))
            ]
        return sorted(found)

    def _spans(self, name: str) -> list[Span]:
        reading = (self.record.get("fields") or {}).get(name) or {}
        spans = [(start, end) for start, end in reading.get("spans") or []]
        if not spans and reading.get("span"):
            spans = [tuple(reading["span"])]
        # Spans that don't belong to a line each say nothing.
        return spans if len(spans) == len(self.record.get(name) or []) else []

    def _values(self, name: str) -> list[Any]:
        former = self._parts(name)
        may_move = name in _LINES and bool(self._spans(name))
        values: list[Any] = []
        for number, form in enumerate(self.lists[name]):
            old = former[number] if number < len(former) else {}
            data = {key: (value or "").strip() for key, value in form.cleaned_data.items()}
            if old and may_move and _destination(form):
                # It leaves by its span.
                values.append(old)
            elif not any(data.get(key) for key in ("name", "text", "credit")):
                continue
            elif name == "unplaced":
                values.append(data["text"])
            elif name == "blocks":
                values += [] if data["type"] in _ELSEWHERE else [_block(old, data)]
            else:
                values.append({**old, **data})
        return values + former[MOST_PARTS:]


def _filled(values: list[Any]) -> list[Any]:
    """What isn't said is the same as "" in a form."""
    return [
        {name: part for name, part in one.items() if part} if isinstance(one, dict) else one
        for one in values
    ]


def _words(bound: forms.BoundField) -> str:
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return gettext("Yes") if value else gettext("No")
    if isinstance(bound.field, forms.ChoiceField):
        choices: Any = bound.field.choices
        value = dict(choices).get(value)
    return "\n".join(str(value or "").strip().splitlines())


def _has_words(form: forms.Form) -> bool:
    return any(_words(form[name]) for name in ("name", "text", "credit") if name in form.fields)


def _destination(form: Any) -> str:
    """What a line becomes outside its list; "" for one that stays."""
    data = form.cleaned_data
    if data.get("type") in _ELSEWHERE:
        return str(data["type"])
    return "" if any((data.get(key) or "").strip() for key in ("text", "credit")) else "furniture"


def _block(old: dict[str, Any], data: dict[str, str]) -> dict[str, Any]:
    """With its emphasis and links while the words are the same; all else that it is stays."""
    is_same = " ".join(data["text"].split()) == " ".join(str(old.get("text") or "").split())
    text = old["text"] if is_same else data["text"]
    markup = old.get("markup", "") if is_same else ""
    return {**old, "type": data["type"], "text": text, "markup": markup}
