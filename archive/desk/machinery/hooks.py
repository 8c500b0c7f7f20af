"""Machine drafts in a translation's history: wiring only."""

from typing import Any

from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from archive.desk.machinery.drafts import DRAFTED, FILLED


class FillFormatter(LogFormatter):
    """ "Machine drafts for 12 segments (DeepL)"."""

    label = gettext_lazy("Machine drafts")

    def format_message(self, log_entry: Any) -> str:
        count = len(log_entry.data.get("segments", []))
        text = ngettext(
            "Machine draft for %(count)s segment (%(engine)s)",
            "Machine drafts for %(count)s segments (%(engine)s)",
            count,
        )
        return text % {"count": count, "engine": log_entry.data.get("engine", "")}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(FILLED)(FillFormatter)
    actions.register_action(
        DRAFTED,
        gettext_lazy("Machine draft of a segment"),
        gettext_lazy("Requested a machine draft for a segment"),
    )
