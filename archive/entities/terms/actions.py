"""A new term, as the translators' desk sends it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from wagtail.log_actions import log

from archive.entities.terms.models import GlossaryTerm
from archive.text.language import columns


def add_term(values: Mapping[str, str], *, user: Any) -> GlossaryTerm:
    """Store a term of these columns as this person's; ValidationError where it can't be one."""
    # Its columns are there once all of Django is.
    fields = ["part_of_speech", *columns("term", "definition", "forbidden")]
    form = modelform_factory(GlossaryTerm, fields=fields)(data=values)
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.values() for error in errors])
    form.instance.author = user
    term: GlossaryTerm = form.save()
    log(term, "wagtail.create", user=user)
    return term
