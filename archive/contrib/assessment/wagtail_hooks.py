"""The assessment in Wagtail's admin: addresses, reports, the audit log; its part of the desk."""

from typing import Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from archive.contrib.assessment.actions import ASSESSED, MARKED, UNMARKED, WITHDRAWN
from archive.contrib.assessment.models import ErrorMark
from archive.contrib.assessment.times import TimeSettingsPanel, TimeTool, time_section
from archive.contrib.assessment.tools import ErrorTool, quality_section
from archive.contrib.assessment.urls import urlpatterns
from archive.desk.editor.sidebar import DeskSection
from archive.desk.editor.tools import DeskTool
from archive.desk.policies import policy
from archive.guide.screens import GuideScreen
from archive.text.punctuation import aside
from archive.wagtail_admin import Data, PermittedMenuItem, register_messages

hooks.register("register_account_settings_panel", TimeSettingsPanel)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("translation/", include((urlpatterns, "archive_assessment")))]


@hooks.register("register_archive_desk_section")
def sections() -> list[DeskSection]:
    return [
        DeskSection("quality", 600, "archive_assessment/admin/section.html", quality_section),
        DeskSection("time", 800, "archive_assessment/admin/time.html", time_section),
    ]


@hooks.register("register_archive_desk_tool")
def tools() -> list[DeskTool]:
    return [ErrorTool(), TimeTool()]


@hooks.register("register_archive_guide_screen")
def guide_screens() -> list[GuideScreen]:
    return [
        GuideScreen("archive_assessment:quality", "reviewer#quality"),
        GuideScreen("archive_assessment:", "translator"),
    ]


@hooks.register("register_reports_menu_item")
def quality_menu_item() -> MenuItem:
    return PermittedMenuItem(
        gettext_lazy("Quality of translations"),
        reverse_lazy("archive_assessment:quality"),
        name="quality",
        icon_name="list-ul",
        order=760,
        may_see=lambda user: policy.user_has_permission(user, "publish"),
    )


@hooks.register("register_reports_menu_item")
def statistics_menu_item() -> MenuItem:
    return PermittedMenuItem(
        gettext_lazy("Translators’ statistics"),
        reverse_lazy("archive_assessment:statistics"),
        name="statistics",
        icon_name="table",
        order=770,
        may_see=lambda user: policy.user_has_permission(user, "change"),
    )


def _error(data: Data) -> Data:
    category = ErrorMark.Category(data["category"]).label
    words = aside(f"“{data['words']}”") if data.get("words") else ""
    severity = ErrorMark.Severity(data["severity"]).label
    return {"category": category, "severity": severity, "words": words}


_MESSAGES = {
    ASSESSED: (gettext_lazy("Assess"), gettext_lazy("Assessed the translation")),
    WITHDRAWN: (gettext_lazy("Take an assessment back"), gettext_lazy("Took the assessment back")),
}
_OF_ERRORS = {
    MARKED: (
        gettext_lazy("Mark an error"),
        gettext_lazy("Marked an error: %(category)s, %(severity)s%(words)s"),
    ),
    UNMARKED: (
        gettext_lazy("Take a marked error back"),
        gettext_lazy("Took a marked error back: %(category)s, %(severity)s%(words)s"),
    ),
}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    register_messages(actions, _MESSAGES)
    register_messages(actions, _OF_ERRORS, _error)
