"""The automatic list in the story's form, with its reasons and a choice for each."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from wagtail.admin.panels import Panel

from archive.entities.models import Entity
from archive.stories.related.cards import SHOWN, RelatedRow, public_cards, related_rows
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
            listed = related_rows(story, with_banned=True)
            rows = {
                pk: row
                for pk, row in (dict.fromkeys(banned, RelatedRow()) | listed).items()
                if pk in banned or row.score is not None
                if pk not in pinned or typed.get(pk)
            }
            stories = public_cards(rows)
            names = Entity.objects.in_bulk(entity_ids(row.reasons for row in rows.values()))
            best_first = sorted(stories, key=lambda pk: (-(rows[pk].score or 0), pk))
            return [
                RelatedChoice(
                    stories[pk],
                    worded(
                        rows[pk].reasons,
                        names,
                        days_between(story.print_date, stories[pk].print_date),
                    ),
                    f"{PREFIX}{pk}",
                    typed.get(pk, BAN if pk in banned else ""),
                )
                for pk in best_first
            ]
