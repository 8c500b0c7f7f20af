"""Finds the texts of which an item of an import is a version: stories, and other items."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from archive.contrib.intake.models import ImportItem, ItemFingerprint
from archive.contrib.intake.record_json import Record
from archive.likeness.fingerprints import FEWEST, LIKE, likeness
from archive.likeness.models import TextFingerprint
from archive.stories.models import ArticlePage

_CANDIDATES = 8
# So many stories with shared numbers it is asked of whether a person may see them.
_LOOKED_AT = 500
_KIND = TextFingerprint.Kind
# What of a story is a text: its own words, and those that readers have in its other language.
_TEXTS = TextFingerprint.objects.filter(kind__in=(_KIND.WORDS, _KIND.TRANSLATION))


@dataclass(frozen=True)
class LikeText:
    """A story or an item with a good part of the text; `share` of the two is in both, 0–1."""

    share: float
    article: int | None = None
    item: int | None = None


def text_of(record: Record) -> str:
    """What is compared: the body alone, since papers write headlines of their own."""
    return "\n".join(block.get("text") or "" for block in record.get("blocks") or ())


def find_like(
    numbers: Collection[int], *, batch: int | None, before: int | None, user: Any = None
) -> list[LikeText]:
    """Stories that the user may read as they are compared, and open items of the batch before the
    one with this key; the most alike first."""
    if len(numbers) < FEWEST:
        return []
    earlier = ImportItem.objects.filter(batch=batch, state__in=ImportItem.OPEN)
    if before is not None:
        earlier = earlier.filter(pk__lt=before)
    of_items = ItemFingerprint.objects.filter(item__in=earlier.order_by().values("pk"))
    found = []
    for rows, names in ((_TEXTS, ("article", "kind")), (of_items, ("item",))):
        shared = Counter(rows.filter(number__in=numbers).values_list(*names))
        best = [key for key, count in shared.most_common() if count >= FEWEST]
        if names[0] == "article" and best and user is not None:
            # The numbers are those of newest versions.
            looked_at = [pk for pk, _kind in best[:_LOOKED_AT]]
            shown = ArticlePage.objects.newest_shown_to(user).filter(pk__in=looked_at)
            readable = set(shown.values_list("pk", flat=True))
            best = [key for key in best if key[0] in readable]
        found += [
            LikeText(share, **{names[0]: key[0]})
            for key, sample in _samples(rows, names, best[:_CANDIDATES]).items()
            if (share := likeness(numbers, sample)) >= LIKE
        ]
    return sorted(found, key=lambda like: (-like.share, like.article is None))


def _samples(
    rows: QuerySet[Any], names: tuple[str, ...], keys: list[tuple[int, ...]]
) -> dict[tuple[int, ...], list[int]]:
    found: dict[tuple[int, ...], list[int]] = {key: [] for key in keys}
    ours = rows.filter(**{f"{names[0]}__in": [key[0] for key in keys]})
    for *key, number in ours.values_list(*names, "number"):
        if tuple(key) in found:
            found[tuple(key)].append(number)
    return found


def note_item(item: ImportItem, numbers: Iterable[int]) -> None:
    """Write the numbers of an item that is saved, in place of its former ones."""
    ItemFingerprint.objects.filter(item=item).delete()
    ItemFingerprint.objects.bulk_create(
        [ItemFingerprint(number=number, item=item) for number in numbers]
    )
