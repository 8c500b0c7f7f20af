"""What a merge changes, in lines for the editor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.entities.merging.changes import Row
from archive.entities.models import Entity
from archive.entities.usage import uses_of


def summary(kept: Entity, lost: Sequence[Entity], rows: Iterable[Row]) -> list[str]:
    """What leads to the kept name from now on, and what it takes over."""
    uses: Counter[str] = Counter()
    for entity in lost:
        uses.update({str(use.label): use.count for use in uses_of(entity)})
    lines = [f"{label}: {number}" for label, number in uses.items() if number]
    if lines:
        lines.insert(0, _("This leads to the name that is kept; no story is changed:"))
    if number := _tagged_with_both(kept, lost):
        line = ngettext(
            "%(count)s story has both names as tags: they become one, and “about” wins.",
            "%(count)s stories have both names as tags: they become one, and “about” wins.",
            number,
        )
        lines.append(line % {"count": number})
    made = Counter(row["model"] for row in rows if row["op"] == "create")
    if number := made["archive.entityname"]:
        line = ngettext(
            "%(count)s name becomes an other name.", "%(count)s names become other names.", number
        )
        lines.append(line % {"count": number})
    if number := made["archive.office"]:
        line = ngettext("%(count)s office is copied.", "%(count)s offices are copied.", number)
        lines.append(line % {"count": number})
    return lines


def ties_between(kept: Entity, lost: Sequence[Entity]) -> list[str]:
    """The ties that would join the kept name with itself; this room knows no ties."""
    ties = apps.get_model("archive", "Tie").objects
    return [str(tie) for one in lost for tie in ties.between(kept, one).with_places()]


def _tagged_with_both(kept: Entity, lost: Sequence[Entity]) -> int:
    """In how many stories more than one of these names is tagged."""
    tags = apps.get_model("archive", "ArticleEntity").objects.order_by()
    named = tags.filter(entity__in=[kept.pk, *(one.pk for one in lost)]).values_list("page")
    return sum(number > 1 for number in Counter(named).values())
