"""What somebody has chosen for their own work at the desk, as its screen asks at each load."""

from typing import Any

from django.db import transaction
from django.forms import ModelForm
from wagtail.admin.views.account import BaseSettingsPanel

from archive.caches import forgiving
from archive.desk.models import DeskSetting
from archive.desk.policies import policy

# How old, in seconds, an answer may be where processes share no cache.
SECONDS = 60
_KEY = "archive-desk-keys-{}"


def keys_of(user: Any) -> dict[str, str]:
    """The person's own keys by command; a query at most, a cache's answer may be a minute old."""
    found = forgiving().get_or_set(_KEY.format(user.pk), lambda: _stored(user), SECONDS)
    return found or {}


def _stored(user: Any) -> dict[str, str]:
    return DeskSetting.objects.filter(person=user.pk).values_list("keys", flat=True).first() or {}


def forget_keys(user: Any) -> None:
    """After a change, once it is committed."""
    transaction.on_commit(lambda: forgiving().delete(_KEY.format(user.pk)))


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
