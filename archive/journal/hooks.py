"""Wires the journal into Wagtail's admin."""

from typing import Any

from django.urls import include, path
from wagtail import hooks

from archive.journal.views import UndoView


@hooks.register("register_admin_urls")
def journal_urls() -> list[Any]:
    views = [path("<int:pk>/undo/", UndoView.as_view(), name="undo")]
    return [path("journal/", include((views, "archive_journal")))]
