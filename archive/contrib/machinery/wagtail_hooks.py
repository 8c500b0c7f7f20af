"""Machine drafts and the second reader in Wagtail's admin: addresses, the audit log; their sections
at the desk."""

from typing import Any

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy, ngettext_lazy
from wagtail import hooks

from archive.contrib.machinery.drafts import DRAFTED, FILLED, machine_section
from archive.contrib.machinery.readings import (
    MARK,
    READ,
    SecondReaderTool,
    reader_section,
    suggestions_in,
)
from archive.contrib.machinery.urls import urlpatterns
from archive.desk.editor.sidebar import DeskSection
from archive.desk.findings import SuggestedFindings
from archive.guide.screens import GuideScreen
from archive.wagtail_admin import Data, register_messages


@hooks.register("register_admin_urls")
def machinery_urls() -> list[URLResolver]:
    return [path("translation/", include((urlpatterns, "archive_machinery")))]


@hooks.register("register_archive_desk_section")
def desk_sections() -> list[DeskSection]:
    return [
        DeskSection("reader", 250, "archive_machinery/admin/reader.html", reader_section),
        DeskSection("machine", 400, "archive_machinery/admin/section.html", machine_section),
    ]


hooks.register("register_archive_desk_tool", SecondReaderTool)


@hooks.register("register_archive_suggested_findings")
def suggested_findings() -> SuggestedFindings:
    return SuggestedFindings(MARK, suggestions_in)


@hooks.register("register_archive_guide_screen")
def machinery_guide() -> GuideScreen:
    return GuideScreen("archive_machinery:", "translator")


def _counted(data: Data) -> Data:
    return {**data, "count": len(data.get("segments") or ())}


_MESSAGES = {
    DRAFTED: (
        gettext_lazy("Machine draft of a segment"),
        gettext_lazy("Requested a machine draft for a segment"),
    ),
    FILLED: (
        gettext_lazy("Machine drafts"),
        ngettext_lazy(
            "Machine draft for %(count)s segment (%(engine)s)",
            "Machine drafts for %(count)s segments (%(engine)s)",
            "count",
        ),
    ),
}


def _found(data: Data) -> Data:
    read = data.get("read")
    found = "–" if read is None else sum(map(len, read.values()))
    return {**_counted(data), "found": found}


_OF_READER = {
    READ: (
        gettext_lazy("Second reader"),
        ngettext_lazy(
            "Had %(engine)s read %(count)s segment (characters: %(characters)s; suggestions: "
            "%(found)s)",
            "Had %(engine)s read %(count)s segments (characters: %(characters)s; suggestions: "
            "%(found)s)",
            "count",
        ),
    ),
}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    register_messages(actions, _MESSAGES, _counted)
    register_messages(actions, _OF_READER, _found)
