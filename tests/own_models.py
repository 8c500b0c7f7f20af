"""The models of the archive and of the apps around it that the tests' site has."""

from typing import Any

from django.apps import apps
from django.db import models


def own_models(**options: Any) -> list[type[models.Model]]:
    """`options` are those of Django's `get_models`."""
    return [one for one in apps.get_models(**options) if one.__module__.startswith("archive.")]
