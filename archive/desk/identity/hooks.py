"""Merging and splitting in Wagtail's admin: wiring only."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import include, path
from wagtail import hooks

from archive.desk.identity import logging
from archive.desk.identity.bulk import MergeBulkAction
from archive.desk.identity.double_views import DoublesView
from archive.desk.identity.views import MergeView, SplitView, UndoView

urls = (
    [
        path("doubles/", DoublesView.as_view(), name="doubles"),
        path("merge/", MergeView.as_view(), name="merge"),
        path("<int:pk>/split/", SplitView.as_view(), name="split"),
        path("undo/<int:pk>/", UndoView.as_view(), name="undo"),
    ],
    "archive_identity",
)


@hooks.register("register_admin_urls")
def identity_urls() -> list[Any]:
    return [path("names/", include(urls))]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    logging.register(actions)


@hooks.register("register_permissions")
def right_to_merge() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="archive", codename="merge_entity")


hooks.register("register_bulk_action", MergeBulkAction)
