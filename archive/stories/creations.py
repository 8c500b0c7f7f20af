"""What an import makes beside its stories: pages, authors, names and pictures.

They are noted while they are saved, so that undoing the import can take them away again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db import models
from wagtail.images import get_image_model

from archive.entities.models import Entity
from archive.stories.models import Author, IssuePage, PublicationPage, SectionPage, YearPage

# [model's label, key], in the order of making.
Made = list[list[Any]]
PAGES = (PublicationPage, SectionPage, YearPage, IssuePage)
# Each request and task has its own.
_noted: ContextVar[Made | None] = ContextVar("what an import makes", default=None)


@contextmanager
def noting() -> Iterator[Made]:
    """What is made within, by this request or task alone."""
    made: Made = []
    token = _noted.set(made)
    try:
        yield made
    finally:
        _noted.reset(token)


def note_made(sender: type, instance: models.Model, created: bool, **kwargs: Any) -> None:
    """Receives `post_save` of each model of `kinds`."""
    made = _noted.get()
    if made is not None and created:
        made.append([instance._meta.label_lower, instance.pk])


def kinds() -> tuple[type[models.Model], ...]:
    return (*PAGES, Author, Entity, get_image_model())


def find_made(label: str, key: Any) -> models.Model | None:
    """What was made, if it is still there."""
    found: models.Model | None = apps.get_model(label)._default_manager.filter(pk=key).first()
    return found
