"""The model that all pages are made from: Wagtail's `Page`, or a site's own in its place.

Wagtail 8 lets a site swap it by WAGTAIL_PAGE_MODEL; Wagtail 7 knows no such setting.
"""

from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings

PAGE_MODEL: str = getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page")


def _load() -> Any:
    app, name = PAGE_MODEL.split(".")
    # The archive's models may be asked for before those of the app, whatever their order.
    return getattr(import_module(f"{apps.get_app_config(app).name}.models"), name)


Page: Any = _load()
