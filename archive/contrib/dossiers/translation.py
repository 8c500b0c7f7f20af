"""Which fields of a dossier speak both languages; modeltranslation looks for this module."""

from modeltranslation.translator import register

from archive.contrib.dossiers.models import DossierPage
from archive.translation import NamedPageTranslation, name_columns

register(DossierPage)(NamedPageTranslation)
name_columns(DossierPage)
