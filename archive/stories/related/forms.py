"""The editor's say in the automatic list: pin a story, or leave it out."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model

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
