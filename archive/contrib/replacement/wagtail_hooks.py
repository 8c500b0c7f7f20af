"""Find and replace: its screen, its buttons at the desk, and how it is taken back."""

from typing import Any

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail import hooks

from archive.contrib.replacement.actions import REPLACED
from archive.contrib.replacement.tools import ReplaceTool
from archive.contrib.replacement.undo import TAKEN_BACK, ReplaceKind
from archive.contrib.replacement.urls import urlpatterns
from archive.guide.screens import GuideScreen
from archive.wagtail_admin import Data, ListAction, register_messages

hooks.register("register_archive_journal_kind", ReplaceKind)


@hooks.register("register_admin_urls")
def replacement_urls() -> list[URLResolver]:
    return [path("translation/replace/", include((urlpatterns, "archive_replacement")))]


@hooks.register("register_archive_desk_action")
def buttons() -> ListAction:
    name = "archive_replacement:replace"
    return ListAction(_("Find and replace"), f"{name}_in_mine", "edit", 54, of_one=name)


hooks.register("register_archive_desk_tool", ReplaceTool)


@hooks.register("register_archive_guide_screen")
def guide_screen() -> GuideScreen:
    return GuideScreen("archive_replacement:", "translator")


def _count(data: Data) -> Data:
    return {**data, "count": len(data.get("segments") or ())}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    taken_back = {TAKEN_BACK: (_("Undo a replacement"), _("Took a replacement back"))}
    register_messages(actions, taken_back)
    replaced = {
        REPLACED: (
            _("Find and replace"),
            ngettext_lazy(
                "Replaced “%(find)s” with “%(replace)s” in %(count)s segment",
                "Replaced “%(find)s” with “%(replace)s” in %(count)s segments",
                "count",
            ),
        ),
    }
    register_messages(actions, replaced, _count)
