"""What somebody has chosen for their own work at the desk, as its screen asks at each load."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.forms import ModelForm
from wagtail.admin.views.account import BaseSettingsPanel

from archive.caches import forgiving
from archive.desk.models import DeskSetting
from archive.desk.policies import policy

# How old, in seconds, an answer may be where processes share no cache.
SECONDS = 60
_KEY = "archive-desk-preferences-{}"


@dataclass(frozen=True)
class Preferences:
    """Whether time is counted, and the person's own keys by command."""

    is_time_counted: bool = False
    keys: dict[str, str] = field(default_factory=dict)


def preferences_of(user: Any) -> Preferences:
    """A query at most; what a cache has may be a minute old."""
    found = forgiving().get_or_set(_KEY.format(user.pk), lambda: _stored(user), SECONDS)
    return found or Preferences()


def _stored(user: Any) -> Preferences:
    setting = DeskSetting.objects.filter(person=user.pk).first()
    return Preferences(setting.is_time_counted, setting.keys) if setting else Preferences()


class DeskSettingsPanel(BaseSettingsPanel):
    """A form in the account of whoever works at translations, of a row that a person may have."""

    form_class: type[ModelForm]

    def is_active(self) -> bool:
        return policy.user_has_permission(self.user, "change")

    def get_form(self) -> ModelForm:
        model = self.form_class._meta.model
        found = model.objects.filter(person=self.user.pk).first()
        data = self.request.POST if self.request.method == "POST" else None
        return self.form_class(data, instance=found or model(person=self.user), prefix=self.name)


def forget_preferences(user: Any) -> None:
    """After a change, once it is committed."""
    transaction.on_commit(lambda: forgiving().delete(_KEY.format(user.pk)))
