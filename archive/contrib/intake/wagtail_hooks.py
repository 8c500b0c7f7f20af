"""Imports in the admin and in the archive: menu, addresses, rights, pasting. Wiring only."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from archive.contrib.intake.admin.base import INDEX, NEW
from archive.contrib.intake.admin.profile_views import SourceProfileViewSet, source_profile_viewset
from archive.contrib.intake.admin.urls import admin_urls
from archive.contrib.intake.batches.policies import may_import
from archive.contrib.intake.batches.undo import UNDO
from archive.contrib.intake.formats.base import SourceFormat
from archive.contrib.intake.formats.csv_table import CsvFormat
from archive.contrib.intake.formats.json_lines import JsonLinesFormat
from archive.contrib.intake.formats.markdown import MarkdownFormat
from archive.contrib.intake.formats.plain_text import PlainText
from archive.contrib.intake.formats.refused import RefusedFile
from archive.contrib.intake.pasted import LayoutReader
from archive.contrib.intake.plan import ACTION
from archive.desk.groups import EDITORS, STORY_REVIEWERS, RolePermissions
from archive.guide.screens import GuideScreen
from archive.stories.dashboard import StoryStart
from archive.wagtail_admin import PermittedMenuItem

_MODELS = ("importbatch", "sourceprofile")


@hooks.register("register_log_actions")
def imports(actions: Any) -> None:
    actions.register_action(ACTION, _("Import"), _("Imported from a source file"))
    actions.register_action(UNDO, _("Undo an import"), _("The import was undone"))


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    label, url = _("Import"), reverse_lazy(INDEX)
    return PermittedMenuItem(
        label, url, name="import", icon_name="upload", order=149, may_see=may_import
    )


@hooks.register("register_admin_urls")
def import_urls() -> list[Any]:
    return admin_urls


@hooks.register("register_admin_viewset")
def source_profiles() -> SourceProfileViewSet:
    return source_profile_viewset


@hooks.register("register_archive_story_start")
def pasting_and_importing() -> list[StoryStart]:
    new = reverse_lazy(NEW)
    return [
        StoryStart(_("Paste a text"), format_lazy("{}?paste=1", new), may_import),
        StoryStart(_("Import files"), new, may_import),
    ]


# Behind those of other apps, which know their files more closely; the last takes what is left.
@hooks.register("register_archive_source_format", order=100)
def formats_of_newspapers() -> list[SourceFormat]:
    return [RefusedFile(), JsonLinesFormat(), CsvFormat(), MarkdownFormat(), PlainText()]


@hooks.register("register_archive_pasted_reader")
def reader_of_layouts() -> LayoutReader:
    return LayoutReader()


@hooks.register("register_archive_role_permissions")
def rights_of_editors() -> RolePermissions:
    """Imports of others are theirs too only where the archive's pages are."""
    names = (f"{verb}_{model}" for model in _MODELS for verb in ("add", "change", "delete", "view"))
    return RolePermissions(
        (EDITORS, STORY_REVIEWERS), tuple(f"archive_intake.{name}" for name in names)
    )


@hooks.register("register_archive_guide_screen")
def guides() -> list[GuideScreen]:
    return [
        GuideScreen("archive_source_profiles:", "importer"),
        GuideScreen("archive_import:", "import"),
    ]
