"""Wires the entities room into Wagtail's admin and rich text."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature, PluginFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

from archive.entities.choosers import PlaceChooserViewSet, place_chooser_viewset
from archive.entities.rich_text import CONVERSION_RULE, ENTITY_TYPE, EntityLinkHandler

CHOOSER_URL = "wagtailsnippetchoosers_archive_entity:choose"


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
                "description": _("Mention of a person, place or other name (Ctrl+Alt+N)"),
                "chooserUrls": {"entityChooser": reverse_lazy(CHOOSER_URL)},
            },
            js=["wagtailadmin/js/chooser-modal.js", "archive/js/entity-draftail.js"],
        ),
    )
