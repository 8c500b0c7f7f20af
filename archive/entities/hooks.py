"""Wires the entities room, and merging and splitting, into Wagtail's admin and rich text."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature, PluginFeature
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from archive.entities.choosers import PlaceChooserViewSet, place_chooser_viewset
from archive.entities.merging.actions import MERGED, SPLIT
from archive.entities.merging.changes import UNDONE, MergeKind, SplitKind
from archive.entities.merging.duplicates import NOT_THE_SAME
from archive.entities.merging.views import (
    DuplicatesView,
    MergeBulkAction,
    MergeView,
    SplitView,
)
from archive.entities.rich_text import CONVERSION_RULE, ENTITY_TYPE, EntityLinkHandler
from archive.entities.terms.models import GlossaryTerm
from archive.entities.terms.policies import term_policy
from archive.entities.terms.viewsets import GlossaryTermViewSet
from archive.entities.viewsets import EntityViewSet
from archive.wagtail_admin import NAMES_MENU, audience_menu, register_messages, register_policy

CHOOSER_URL = "wagtailsnippetchoosers_archive_entity:choose"

audience_menu(NAMES_MENU, gettext_lazy("Names and ties"), "tag", 106)
register_snippet(EntityViewSet)
register_policy(GlossaryTerm, term_policy)
register_snippet(GlossaryTermViewSet)


class MentionFeature(EntityFeature):
    """A toolbar button, and the keys that do the same."""

    def construct_options(self, options: dict[str, Any]) -> None:
        super().construct_options(options)
        PluginFeature({"type": ENTITY_TYPE}).construct_options(options)


@hooks.register("register_admin_viewset")
def register_place_chooser() -> PlaceChooserViewSet:
    return place_chooser_viewset


@hooks.register("register_rich_text_features")
def register_mentions(features: FeatureRegistry) -> None:
    features.register_link_type(EntityLinkHandler)
    features.register_converter_rule("contentstate", "entity", CONVERSION_RULE)
    features.register_editor_plugin(
        "draftail",
        "entity",
        MentionFeature(
            {
                "type": ENTITY_TYPE,
                "icon": "tag",
                "description": gettext_lazy(
                    "Mention of a person, place or other name (Ctrl+Alt+N)"
                ),
                "chooserUrls": {"entityChooser": reverse_lazy(CHOOSER_URL)},
            },
            js=["wagtailadmin/js/chooser-modal.js", "archive/js/entity-draftail.js"],
        ),
    )


# By action its label, and how it reads in the history of a name.
_ACTIONS = {
    MERGED: (gettext_lazy("Merge names"), gettext_lazy("Merged into this name: %(names)s")),
    SPLIT: (gettext_lazy("Split a name"), gettext_lazy("Split off: %(names)s")),
    UNDONE: (gettext_lazy("Undo a merge or split"), gettext_lazy("Undone: %(names)s")),
    NOT_THE_SAME: (gettext_lazy("Different"), gettext_lazy("Not the same as %(names)s")),
}


@hooks.register("register_admin_urls")
def merging_urls() -> list[Any]:
    views = [
        path("doubles/", DuplicatesView.as_view(), name="doubles"),
        path("merge/", MergeView.as_view(), name="merge"),
        path("<int:pk>/split/", SplitView.as_view(), name="split"),
    ]
    return [path("names/", include((views, "archive_merging")))]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    register_messages(actions, _ACTIONS)


@hooks.register("register_permissions")
def right_to_merge() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="archive", codename="merge_entity")


hooks.register("register_bulk_action", MergeBulkAction)
hooks.register("register_archive_journal_kind", MergeKind)
hooks.register("register_archive_journal_kind", SplitKind)
