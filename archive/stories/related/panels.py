"""The automatic list in the story's form: why each is there, and the editor's say in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.safestring import SafeString
from wagtail.admin.panels import Panel

from archive.entities.models import Entity
from archive.stories.related.cards import SHOWN, RelatedRow, public_cards, related_rows
from archive.stories.related.reasons import days_between, entity_ids, worded

PREFIX = "related-choice-"
PIN, BAN = "pin", "ban"
# More choices than a list holds can't come from the form.
MOST_CHOICES = 100


class RelatedChoicesMixin:
    """For the story's form: reads what `RelatedPanel` asks, one choice a story that it lists.

    A story that isn't asked about keeps its ban: it may have left the list for a while.
    """

    data: Any
    instance: Any

    def save(self, commit: bool = True) -> Any:
        # The formsets have brought what the form itself lists.
        saved = super().save(commit=commit)  # type: ignore[misc]
        choices = dict(self.related_choices())
        if choices:
            banned = {pk for pk, choice in choices.items() if choice == BAN}
            changed = self._ban(banned, set(choices))
            changed |= self._pin([pk for pk, choice in choices.items() if choice == PIN])
            if commit and changed:
                self.instance.save()
        return saved

    def related_choices(self) -> Iterator[tuple[int, str]]:
        """Each listed story's id, with what was chosen: "pin", "ban", or "" for neither."""
        names = [name for name in self.data if str(name).startswith(PREFIX)]
        for name in names[:MOST_CHOICES]:
            number = str(name).removeprefix(PREFIX)
            if number.isascii() and number.isdigit() and len(number) < 19:
                yield int(number), str(self.data[name])

    def _ban(self, banned: set[int], asked: set[int]) -> bool:
        bans = self.instance.related_bans
        kept = [
            ban for ban in bans.all() if ban.related_id not in asked or ban.related_id in banned
        ]
        known = {ban.related_id for ban in kept}
        ban_model = apps.get_model("archive", "RelatedBan")
        added = [ban_model(related_id=pk) for pk in _there(banned - known)]
        is_different = bool(added) or len(kept) != bans.count()
        if is_different:
            bans.set([*kept, *added])
        return is_different

    def _pin(self, pinned: list[int]) -> bool:
        links = list(self.instance.related_links.all())
        known = {link.related_id for link in links} | {self.instance.pk}
        link_model = apps.get_model("archive", "RelatedArticle")
        wanted = _there(set(pinned) - known)
        added: list[Model] = [
            link_model(related_id=pk, sort_order=len(links) + place)
            for place, pk in enumerate(pk for pk in pinned if pk in wanted)
        ]
        if added:
            self.instance.related_links.add(*added)
        return bool(added)


def _there(pks: set[int]) -> set[int]:
    """Those that are stories: the form's ids are anybody's."""
    found = apps.get_model("archive", "ArticlePage").objects.filter(pk__in=pks)
    return set(found.values_list("pk", flat=True)) if pks else set()


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
