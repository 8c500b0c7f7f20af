"""The automatic list in the story's form: why each is there, and the editor's say in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.admin.panels import Panel

from archive.contrib.related.models import RelatedBan
from archive.contrib.related.reasons import entity_ids
from archive.contrib.related.source import listed_rows
from archive.entities.models import Entity
from archive.site.related import SHOWN, RelatedRow, public_cards, why
from archive.stories.form_panels import StoryFormPanel
from archive.stories.models import ArticlePage, RelatedArticle
from archive.text.language import supported

PREFIX = "related-choice-"
PIN, BAN = "pin", "ban"
# More choices than a list holds can't come from the form.
MOST_CHOICES = 100


def related_choices(data: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Each listed story's id, with what was chosen in the posted form: "pin", "ban", or "" for
    neither."""
    names = [name for name in data if str(name).startswith(PREFIX)]
    for name in names[:MOST_CHOICES]:
        number = str(name).removeprefix(PREFIX)
        if number.isascii() and number.isdigit() and len(number) < 19:
            yield int(number), str(data[name])


def _ban(story: Any, banned: set[int], asked: set[int]) -> bool:
    """A story that isn't asked about keeps its ban: it may have left the list for a while."""
    kept = [
        ban
        for ban in story.related_bans.all()
        if ban.related_id not in asked or ban.related_id in banned
    ]
    known = {ban.related_id for ban in kept}
    added = [RelatedBan(related_id=pk) for pk in _there(banned - known)]
    is_different = bool(added) or len(kept) != story.related_bans.count()
    if is_different:
        story.related_bans.set([*kept, *added])
    return is_different


def _pin(story: Any, pinned: list[int]) -> bool:
    links = list(story.related_links.all())
    wanted = _there(set(pinned) - {link.related_id for link in links} - {story.pk})
    added = [
        RelatedArticle(related_id=pk, sort_order=len(links) + place)
        for place, pk in enumerate(pk for pk in pinned if pk in wanted)
    ]
    if added:
        story.related_links.add(*added)
    return bool(added)


def _there(pks: set[int]) -> set[int]:
    """Those that are stories: the form's ids are anybody's."""
    found = ArticlePage.objects.filter(pk__in=pks)
    return set(found.values_list("pk", flat=True)) if pks else set()


@dataclass(frozen=True)
class RelatedChoice:
    """A line of the list: the story, why it is there, and what was chosen so far."""

    article: Any
    why: SafeString | str
    name: str
    chosen: str


class RelatedPanel(StoryFormPanel):
    """Shows what is related by itself; draws the form's choices, which have no fields."""

    # Below what editors have chosen.
    order = 250

    def apply(self, story: Any, data: Mapping[str, Any]) -> bool:
        choices = dict(related_choices(data))
        is_changed = _ban(story, {pk for pk, one in choices.items() if one == BAN}, set(choices))
        return is_changed | _pin(story, [pk for pk, one in choices.items() if one == PIN])

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive_related/admin/panel.html"

        class Media:
            css = {"all": ["archive_related/panel.css"]}

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, "choices": self.choices(), "shown": SHOWN, "pin": PIN, "ban": BAN}

        def choices(self) -> list[RelatedChoice]:
            story, language = self.instance, supported(get_language())
            typed = dict(related_choices(self.form.data)) if self.form.is_bound else {}
            banned = {ban.related_id for ban in story.related_bans.all()}
            pinned = {link.related_id for link in story.related_links.all()}
            listed = listed_rows(story) if story.pk else {}
            rows = {pk: RelatedRow() for pk in banned} | listed
            rows = {pk: row for pk, row in rows.items() if pk not in pinned or typed.get(pk)}
            if not rows:
                return []
            stories = public_cards(rows)
            names = Entity.objects.in_bulk(entity_ids(row.reasons for row in rows.values()))
            best_first = sorted(stories, key=lambda pk: (-(rows[pk].score or 0), pk))
            return [
                RelatedChoice(
                    stories[pk],
                    why(rows[pk], names, language),
                    f"{PREFIX}{pk}",
                    typed.get(pk, BAN if pk in banned else ""),
                )
                for pk in best_first
            ]
