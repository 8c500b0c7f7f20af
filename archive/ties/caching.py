"""Pages that show ties are made anew when one is changed."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from archive.pages.caching.stamps import NAMES, touch


def connect() -> None:
    from archive.ties.models import Tie, TieEvidence

    for model in (Tie, TieEvidence):
        for signal in (post_save, post_delete):
            signal.connect(on_changed, sender=model)


def on_changed(sender: type, **kwargs: Any) -> None:
    touch([NAMES])
