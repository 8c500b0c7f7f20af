"""The panel in a story's form."""

from typing import Any

from django.forms import Media
from django.urls import reverse
from wagtail.admin.panels import Panel

from archive.pages.suggesting.names import ANSWERS


class SuggestionsPanel(Panel):
    """Suggested names as the stored draft has them; its script asks again for what is typed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive/admin/suggestions/panel.html"

        @property
        def media(self) -> Media:
            return Media(
                css={"all": ["archive/css/suggestions.css"]},
                js=["archive/js/suggestions-form.js", "archive/js/suggestions.js"],
            )

        def is_shown(self) -> bool:
            page, user = self.instance, self.request.user if self.request else None
            if user is None or getattr(page, "alias_of_id", None):
                return False
            return not (page.pk and page.permissions_for_user(user).page_locked())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from archive.pages.suggesting.showing import panel_context
            from archive.pages.suggesting.waiting import story_of

            page = self.instance
            return {
                **super().get_context_data(parent_context),
                **panel_context(page, story_of(page), self.request.user),
                "again_url": self._address("again"),
                "answer_url": self._address("answer") if page.pk else "",
                "answers": ANSWERS,
            }

        def _address(self, name: str) -> str:
            page = self.instance
            if page.pk:
                return reverse(f"archive_suggestions:{name}", args=[page.pk])
            return reverse("archive_suggestions:again_new")
