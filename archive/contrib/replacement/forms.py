"""What is asked of whoever finds and replaces."""

from django import forms
from django.utils.translation import gettext_lazy


class ReplaceForm(forms.Form):
    """What is looked for, what takes its place, and how."""

    find = forms.CharField(label=gettext_lazy("Find"), max_length=300, strip=False)
    replace = forms.CharField(
        label=gettext_lazy("Replace with"), max_length=1000, required=False, strip=False
    )
    is_pattern = forms.BooleanField(
        label=gettext_lazy("Regular expression"),
        required=False,
        help_text=gettext_lazy(r"\1 in the replacement is what the first brackets found."),
    )
    match_case = forms.BooleanField(label=gettext_lazy("Match case"), required=False)
