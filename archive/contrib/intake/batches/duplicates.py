"""Finds the texts of which an item of an import is a version: stories, and other items."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from archive.contrib.intake.models import ImportItem, ItemFingerprint
from archive.contrib.intake.stored import Record
from archive.likeness.fingerprints import FEWEST, likeness
from archive.likeness.models import TextFingerprint
from archive.stories.models import ArticlePage

# Texts with this share in common are shown as versions of one story.
LIKE = 0.3
_CANDIDATES = 8
# So many stories with shared numbers it is asked of whether a person may see them.
_LOOKED_AT = 500
_WORDS = TextFingerprint.objects.filter(kind=TextFingerprint.Kind.WORDS)


@dataclass(frozen=True)
class LikeText:
    """A story or an item with much the same text; `share` of the two is in both, 0–1."""

    share: float
    article: int | None = None
    item: int | None = None


def text_of(record: Record) -> str:
    """What is compared: the body alone, since papers write headlines of their own."""
    return "\n".join(block.get("text") or "" for block in record.get("blocks") or ())


def find_like(
    numbers: Collection[int], *, batch: int, before: int | None, user: Any = None
) -> list[LikeText]:
    """Stories that the user may read as they are compared, and open items of the batch before the
    one with this key; the most alike first."""
    if len(numbers) < FEWEST:
        return []
    of_stories = _WORDS.filter(number__in=numbers).values_list("article", flat=True)
    earlier = ImportItem.objects.filter(batch=batch, state__in=ImportItem.OPEN)
    if before is not None:
        earlier = earlier.filter(pk__lt=before)
    of_items = ItemFingerprint.objects.filter(number__in=numbers)
    of_items = of_items.filter(item__in=earlier.order_by().values("pk"))
    found = []
    for name, keys in (("article", of_stories), ("item", of_items.values_list("item", flat=True))):
        shared = Counter(keys)
        best = [pk for pk, count in shared.most_common() if count >= FEWEST]
        if name == "article" and best and user is not None:
            # The numbers are those of newest versions.
            shown = ArticlePage.objects.newest_shown_to(user).filter(pk__in=best[:_LOOKED_AT])
            readable = set(shown.values_list("pk", flat=True))
            best = [pk for pk in best if pk in readable]
        found += [
            LikeText(share, **{name: pk})
            for pk, sample in _samples(name, best[:_CANDIDATES]).items()
            if (share := likeness(numbers, sample)) >= LIKE
        ]
    return sorted(found, key=lambda like: (-like.share, like.article is None))


def _samples(name: str, keys: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {key: [] for key in keys}
    numbers = _WORDS if name == "article" else ItemFingerprint.objects.all()
    rows = numbers.filter(**{f"{name}__in": keys})
    for key, number in rows.values_list(name, "number"):
        found[key].append(number)
    return found


def note_item(item: ImportItem, numbers: Iterable[int]) -> None:
    """Write the numbers of an item that is saved, in place of its former ones."""
    ItemFingerprint.objects.filter(item=item).delete()
    ItemFingerprint.objects.bulk_create(
        [ItemFingerprint(number=number, item=item) for number in numbers]
    )
