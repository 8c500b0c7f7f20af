"""The checks in Wagtail's audit log: wiring only."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from archive.desk.qa.waivers import UNWAIVED, WAIVED
from archive.qa.runner import load_checks


@hooks.register("register_log_actions")
def waivers(actions: Any) -> None:
    @actions.register_action(WAIVED)
    class Waived(LogFormatter):
        label = gettext_lazy("Dismissed a finding")

        def format_message(self, entry: Any) -> str:
            return _("Dismissed “%(check)s”: %(reason)s") % _shown(entry)

    @actions.register_action(UNWAIVED)
    class Unwaived(LogFormatter):
        label = gettext_lazy("Reopened a finding")

        def format_message(self, entry: Any) -> str:
            return _("“%(check)s” is reopened; it was dismissed for: %(reason)s") % _shown(entry)


def _shown(entry: Any) -> dict[str, str]:
    """The check by its name, if the site still has it."""
    check_id = str(entry.data.get("check", ""))
    names = {check.check_id: str(check.name) for check in load_checks()}
    return {"check": names.get(check_id, check_id), "reason": str(entry.data.get("reason", ""))}
