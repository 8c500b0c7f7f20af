"""The forms of the first run's steps."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model, password_validation
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.setup.first_run import SiteState
from archive.text.language import LABELS, LANGUAGES, column, language_name

LONGEST_NAME = 200
LONGEST_LIST = 20_000
MOST_SECTIONS = 200


class NamesForm(forms.Form):
    """A name in each language; one of them is enough."""

    def __init__(self, *args: Any, state: SiteState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            self.fields[column("name", code)] = forms.CharField(
                max_length=LONGEST_NAME,
                required=False,
                label=_("Name in %(language)s") % {"language": language_name(code)},
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        names = [column("name", code) for code in LANGUAGES]
        if not self.errors and not any(cleaned[name] for name in names):
            self.add_error(names[0], _("Give a name in at least one language."))
        return cleaned


class FrontForm(NamesForm):
    def __init__(self, *args: Any, state: SiteState, **kwargs: Any) -> None:
        if state.home:
            named = {c: getattr(state.home, column("name", c)) for c in LANGUAGES}
            kwargs["initial"] = {column("name", code): name for code, name in named.items()}
        super().__init__(*args, state=state, **kwargs)


class SectionsForm(forms.Form):
    sections = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST_LIST,
        label=gettext_lazy("Sections"),
        help_text=gettext_lazy("One a line, both names with a sign of equality: World = 国际"),
    )

    def __init__(self, *args: Any, state: SiteState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def clean_sections(self) -> list[dict[str, str]]:
        lines = [line for line in self.cleaned_data["sections"].splitlines() if line.strip()]
        if len(lines) > MOST_SECTIONS:
            reason = ngettext(
                "At most %(count)d section at a time.",
                "At most %(count)d sections at a time.",
                MOST_SECTIONS,
            )
            raise ValidationError(reason % {"count": MOST_SECTIONS})
        return [self._names_of(line) for line in lines]

    def _names_of(self, line: str) -> dict[str, str]:
        names = [name.strip() for name in line.split("=")]
        if len(names) > len(LANGUAGES) or not all(names):
            reason = _("“%(line)s” isn't “name” or “name = name in the other language”.")
            raise ValidationError(reason % {"line": line.strip()})
        if max(map(len, names)) > LONGEST_NAME:
            raise ValidationError(_("“%(line)s” is too long for a name.") % {"line": line[:60]})
        return dict(zip(LANGUAGES, names, strict=False))


class PeopleForm(forms.Form):
    per_language = forms.BooleanField(
        required=False,
        label=gettext_lazy("Translators and reviewers of their own for each language"),
    )
    with_names = forms.BooleanField(
        required=False,
        initial=True,
        label=gettext_lazy("Translators may also translate names, ties and the texts of pictures"),
    )

    def __init__(self, *args: Any, state: SiteState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class AccountForm(forms.Form):
    username = forms.CharField(max_length=150, label=gettext_lazy("Username"))
    email = forms.EmailField(label=gettext_lazy("E-mail"))
    first_name = forms.CharField(max_length=150, required=False, label=gettext_lazy("First name"))
    last_name = forms.CharField(max_length=150, required=False, label=gettext_lazy("Last name"))
    group = forms.ModelChoiceField(
        queryset=Group.objects.none(), empty_label=None, label=gettext_lazy("Group")
    )
    language = forms.ChoiceField(
        choices=list(LABELS.items()), label=gettext_lazy("Language of the admin")
    )
    password = forms.CharField(
        widget=forms.PasswordInput(render_value=True),
        label=gettext_lazy("First password"),
        help_text=gettext_lazy("Tell it to the person, who changes it under Account."),
    )

    def __init__(self, *args: Any, state: SiteState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = Group.objects.filter(pk__in=[group.pk for group in state.groups])
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]

    def clean_username(self) -> str:
        users: Any = get_user_model()
        username = users.normalize_username(self.cleaned_data["username"])
        for validate in users._meta.get_field(users.USERNAME_FIELD).validators:
            validate(username)
        if users.objects.filter(**{f"{users.USERNAME_FIELD}__iexact": username}).exists():
            raise ValidationError(_("There is already an account of this name."))
        return str(username)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password)
        return password


class FirstStoryForm(forms.Form):
    language = forms.ChoiceField(
        choices=list(LABELS.items()), widget=forms.RadioSelect, label=gettext_lazy("Written in")
    )
    headline = forms.CharField(max_length=255, label=gettext_lazy("Headline"))
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=500_000,
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("A paragraph a line."),
    )

    def __init__(self, *args: Any, state: SiteState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
