"""Where a translated paragraph's words stand now, if its source was split or joined to another.

Pure functions of rows and segments: nothing of either is changed, so a translator still decides.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from archive.text.segmentation import plain_text

# How much of the shorter text the longer one must have, in percent.
_ALIKE = 90


class Rearranged(NamedTuple):
    """`split`: keys of source segments whose words a translation beside them says already.

    `merged`: keys of segments whose source is gone → the source segment that has its words now.
    """

    split: frozenset[str]
    merged: dict[str, str]


def rearranged(rows: Iterable[Any], set_aside: Iterable[Any]) -> Rearranged:
    """What became of the words of changed rows, and of segments whose source is gone."""
    rows, lost = list(rows), [one for one in set_aside if one.target and not one.is_unseen]
    behind = [row for row in rows if row.is_decided and row.is_stale and row.target]
    empty = [row for row in rows if not row.is_decided]
    if not (behind or lost):
        return Rearranged(frozenset(), {})
    merged = dict(_merged(lost, [*behind, *empty]))
    # Of a text cut in two under new ids, the first part takes the translation.
    cut = {one.key: next(_parts(one, empty), None) for one in lost if one.key not in merged}
    merged |= {key: row.source.key for key, row in cut.items() if row}
    heirs = set(merged.values())
    olds = [(_old(row.segment), row.source.plain_text) for row in behind]
    olds += [(_old(one), "") for one in lost if one.key in cut]
    split = (
        row.source.key
        for row in empty
        if row.source.key not in heirs
        and any(_moved(row.source.plain_text, old, now) for old, now in olds)
    )
    return Rearranged(frozenset(split), merged)


def _merged(lost: list[Any], rows: list[Any]) -> Iterator[tuple[str, str]]:
    """Each lost segment whose words a row has got since its translation, with the row's key."""
    for segment in lost:
        old = _old(segment)
        for row in rows:
            before = _old(row.segment) if row.is_decided and row.is_stale else ""
            if _moved(old, row.source.plain_text, before):
                yield segment.key, row.source.key
                break


def _parts(segment: Any, rows: list[Any]) -> Iterator[Any]:
    """The rows that are parts of the source that the segment was translated from."""
    old = _old(segment)
    return (row for row in rows if _moved(row.source.plain_text, old, ""))


def _old(segment: Any) -> str:
    return plain_text(segment.source_text, segment.markup)


def _moved(part: str, here: str, there: str) -> bool:
    """Whether the words are in one text and not in the other."""
    return _is_in(part, here) and not _is_in(part, there)


def _is_in(part: str, whole: str) -> bool:
    part, whole = (" ".join(text.split()) for text in (part, whole))
    # The ratio looks for the shorter one of the two, whichever that is.
    if not part or len(part) > len(whole) + len(whole) // 10:
        return False
    return part in whole or fuzz.partial_ratio(part, whole, score_cutoff=_ALIKE) >= _ALIKE
