"""What a reader fills in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.desk.corrections.paragraphs import is_translated
from archive.desk.models import ReaderReport
from archive.text.language import ENGLISH, LANGUAGES

LONGEST = 2000
Kind = ReaderReport.Kind
# What these say is said by choosing them.
_CLEAR = (Kind.MISALIGNED, Kind.MISSING)


class ReportForm(forms.Form):
    """Afterwards `kind` and `language` say what is wrong in which text."""

    choice = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"),
        widget=forms.RadioSelect(),
        choices=(),
        error_messages={"required": gettext_lazy("Choose what is wrong.")},
    )
    text = forms.CharField(
        label=gettext_lazy("In your own words"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address, if you want an answer"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    # People don't see it; programs fill in whatever there is.
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, article: Any, view: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article, self.view = article, view
        self.fields["choice"].choices = list(_choices(article))  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\x00", "").strip()

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("This field is for spam protection. Leave it empty."))
        return ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        choice = data.get("choice")
        if not choice:
            return data
        kind, _colon, language = choice.partition(":")
        if kind not in _CLEAR and not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Say in a few words what is wrong."))
        return {**data, "kind": kind, "language": language or self._language_of(kind)}

    def _language_of(self, kind: str) -> str:
        if not is_translated(self.article):
            return str(self.article.source_language)
        if kind == Kind.OTHER and self.view in LANGUAGES:
            return self.view
        return str(self.article.target_language)


def _choices(article: Any) -> Any:
    """A slip may be in either text; all else but “something else” is about the translation."""
    languages = article.languages()
    if len(languages) > 1:
        yield Kind.MISALIGNED.value, Kind.MISALIGNED.label
        yield Kind.WRONG.value, Kind.WRONG.label
        yield Kind.MISSING.value, Kind.MISSING.label
    for language in sorted(languages, key=LANGUAGES.index):
        label = (
            _("Typo in the English text") if language == ENGLISH else _("Typo in the Chinese text")
        )
        yield f"{Kind.TYPO.value}:{language}", label
    yield Kind.OTHER.value, Kind.OTHER.label
