"""Pages that show ties are made anew when one is changed."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from archive.pages.caching import events


def connect() -> None:
    from archive.ties.models import Tie, TieEvidence

    for model in (Tie, TieEvidence):
        for signal in (pre_save, pre_delete):
            signal.connect(before_change, sender=model)
        for signal in (post_save, post_delete):
            signal.connect(on_changed, sender=model)


def before_change(sender: type, instance: Any, **kwargs: Any) -> None:
    if instance.pk:
        events.tie_will_change(_tie_of(instance))


def on_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    events.tie_changed(_tie_of(instance))


def _tie_of(instance: Any) -> int:
    pk: int = getattr(instance, "tie_id", None) or instance.pk
    return pk
