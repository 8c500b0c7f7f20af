"""How merges and splits read in the history of a name."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from archive.desk.identity.merging import MERGED
from archive.desk.identity.splitting import SPLIT
from archive.desk.identity.undoing import UNDONE
from archive.entities.doubles import NOT_THE_SAME

_LABELS = {
    MERGED: gettext_lazy("Merge names"),
    SPLIT: gettext_lazy("Split a name"),
    UNDONE: gettext_lazy("Undo a merge or split"),
    NOT_THE_SAME: gettext_lazy("Not the same"),
}


class _Formatter(LogFormatter):
    def format_message(self, log_entry: Any) -> str:
        names = log_entry.data.get("names", "")
        sentences = {
            MERGED: _("Merged into this name: %(names)s"),
            SPLIT: _("Split off: %(names)s"),
            UNDONE: _("Undone: %(names)s"),
            NOT_THE_SAME: _("Not the same as %(names)s"),
        }
        return sentences[log_entry.action] % {"names": names}


def register(actions: Any) -> None:
    """Give the registry an action and its words for each verb."""
    for action, label in _LABELS.items():
        formatter = type("Formatter", (_Formatter,), {"label": label})
        actions.register_action(action)(formatter)
