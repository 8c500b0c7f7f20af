"""Country codes (ISO 3166-1 alpha-2) and their names in both languages."""

import gettext
from functools import cache
from pathlib import Path

import django_countries
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, override, to_locale
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from archive.text.language import ENGLISH, supported

_CATALOGUES = Path(django_countries.__file__).parent / "locale"


def validate_country(code: str) -> None:
    """A field validator: the code must be in ISO 3166-1, in capitals."""
    if not countries.name(code) or code != code.upper():
        raise ValidationError(
            _("“%(value)s” is not a country code. Write two capital letters, such as CN or US."),
            code="country",
            params={"value": code},
        )


def country_name(code: str, language: str | None = None) -> str:
    """The country's everyday name in a language (the active one by default); "" stays ""."""
    if not code:
        return ""
    language = supported(language or get_language())
    with override(ENGLISH):
        name = str(countries.name(code)) or code
    return _catalogue(language).gettext(name)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    # Read directly, so that a site needn't list one more app for a table of names.
    locale = to_locale(language)
    return gettext.translation("django", _CATALOGUES, [locale], fallback=True)
