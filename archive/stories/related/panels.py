"""The automatic list in the story's form, with its reasons and a choice for each."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from wagtail.admin.panels import Panel

from archive.entities.models import Entity
from archive.stories.related.cards import SHOWN, automatic_cards
from archive.stories.related.forms import BAN, PIN, PREFIX
from archive.stories.related.reasons import days_between, entity_ids, worded


@dataclass(frozen=True)
class RelatedChoice:
    """A line of the list: the story, why it is there, and what was chosen so far."""

    article: Any
    why: SafeString
    name: str
    chosen: str


class RelatedPanel(Panel):
    """Shows what is related by itself; draws the form's choices, which have no fields."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive/admin/related_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, "choices": self.choices(), "shown": SHOWN, "pin": PIN, "ban": BAN}

        def choices(self) -> list[RelatedChoice]:
            story = self.instance
            typed = dict(self.form.related_choices()) if self.form.is_bound else {}
            banned = {ban.related_id for ban in story.related_bans.all()}
            pinned = {link.related_id for link in story.related_links.all()}
            found = automatic_cards(story, banned)
            names = Entity.objects.in_bulk(entity_ids(one.reasons or {} for one in found))
            return [
                RelatedChoice(
                    one,
                    worded(
                        one.reasons or {}, names, days_between(story.print_date, one.print_date)
                    ),
                    f"{PREFIX}{one.pk}",
                    typed.get(one.pk, BAN if one.pk in banned else ""),
                )
                for one in found
                if one.pk not in pinned or typed.get(one.pk)
            ]
