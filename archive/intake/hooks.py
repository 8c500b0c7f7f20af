"""The intake room in Wagtail's admin: imports in a story's history. Wiring only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from archive.intake.plan import ACTION


@hooks.register("register_log_actions")
def imports(actions: Any) -> None:
    actions.register_action(ACTION, _("Import"), _("Imported from a source file"))
