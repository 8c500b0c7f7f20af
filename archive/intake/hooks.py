"""Imports in Wagtail's admin: what a story's history says of them. Wiring only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from archive.intake.batches.undo import UNDO
from archive.intake.plan import ACTION


@hooks.register("register_log_actions")
def imports(actions: Any) -> None:
    actions.register_action(ACTION, _("Import"), _("Imported from a source file"))
    actions.register_action(UNDO, _("Undo an import"), _("The import was undone"))
