"""What somebody has chosen for their own work at the desk, as its screen asks at each load."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from archive.caches import forgiving
from archive.desk.models import DeskSetting

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


def forget_preferences(user: Any) -> None:
    """After a change, once it is committed."""
    transaction.on_commit(lambda: forgiving().delete(_KEY.format(user.pk)))
