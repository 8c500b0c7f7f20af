"""A record that somebody has changed since a form was made of it: both side by side."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name

from archive.contrib.intake.admin.comparison import ComparedField
from archive.contrib.intake.admin.story_forms import ReviewForms, version_of
from archive.contrib.intake.models import ImportItem
from archive.text.differences import differences

# The box that lets a form replace the record that was shown beside it.
CONSENT = "replace_version"


@dataclass(frozen=True)
class NewerRecord:
    """Whose the record is, what names it, and the fields in which the form differs from it."""

    author: str
    version: str
    fields: list[ComparedField]
    # By the person who sends the form, in another window.
    is_own: bool
    name: str = CONSENT


def newer_record(item: ImportItem, forms: ReviewForms, user: Any) -> NewerRecord:
    person = get_user_model().objects.filter(pk=item.before.get("changed_by")).first()
    author = get_user_display_name(person) if person else _("Somebody else")
    stored, typed = ReviewForms(item.record).texts(), forms.texts()
    fields = [
        ComparedField(label, old, typed[label], differences(old, typed[label]))
        for label, old in stored.items()
        if old != typed[label]
    ]
    return NewerRecord(author, version_of(item.record), fields, is_own=person == user)
