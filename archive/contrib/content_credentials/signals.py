"""Verifies a picture once it is saved with a new file."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.images import get_image_model

from archive.contrib.content_credentials.actions import verify_picture


def connect() -> None:
    post_save.connect(on_saved, sender=get_image_model(), dispatch_uid="archive_credentials")


def on_saved(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        verify_picture(instance)
