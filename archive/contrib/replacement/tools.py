"""Find and replace beside the rows of the translator's screen."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy

from archive.contrib.replacement.forms import ReplaceForm
from archive.desk.editor.shortcuts import Shortcut
from archive.desk.editor.tools import DeskTool, ToolParts
from archive.desk.policies import policy
from archive.desk.reviews import Review


class ReplaceTool(DeskTool):
    """A dialog that shows what would change in this translation, and replaces it."""

    scripts = ("archive_replacement/desk-replace.js",)
    styles = ("archive_replacement/replace.css",)
    shortcuts = (
        Shortcut("replace", "Ctrl+KeyH", gettext_lazy("Find and replace in this translation")),
    )

    def parts_for(self, user: Any, translation: Any, review: Review | None) -> ToolParts:
        # An old version is brought back as a whole.
        is_old = hasattr(translation, "newest")
        if is_old or not policy.user_has_permission_for_instance(user, "change", translation):
            return ToolParts()
        url = reverse("archive_replacement:replace_here", args=[translation.pk])
        context = {"form": ReplaceForm(auto_id="archive-replace-%s"), "translation": translation}
        template = "archive_replacement/admin/desk_dialog.html"
        return ToolParts(above=render_to_string(template, context), data={"replace-url": url})
