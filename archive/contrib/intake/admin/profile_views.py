"""Profiles of sources in the admin: Wagtail's list and forms."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from archive.contrib.intake.admin.profile_forms import ProfileForm, rule_words
from archive.contrib.intake.models import SourceProfile
from archive.text.punctuation import in_sentences
from archive.wagtail_admin import YesNoColumn


def _rules_in_words(profile: SourceProfile) -> str:
    return in_sentences(map(rule_words, profile.rules))


class SourceProfileViewSet(ModelViewSet):
    model = SourceProfile
    name = "archive_source_profiles"
    url_prefix = "import/profiles"
    icon = "list-ul"
    copy_view_enabled = False
    add_to_reference_index = False
    create_template_name = "archive_intake/profile_add.html"
    edit_template_name = "archive_intake/profile_edit.html"
    list_display = [
        "name",
        Column("rules", label=_("Rules"), accessor=_rules_in_words),
        YesNoColumn("is_active", label=_("In use")),
    ]

    def get_form_class(self, for_update: bool = False) -> Any:
        return ProfileForm


source_profile_viewset = SourceProfileViewSet()
