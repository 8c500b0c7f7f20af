"""The rows of a story's body: one text, or both with each pair of blocks in a row.

Blocks are paired by key, never by number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.site.modes import View
from archive.stories.marks import Marks, blocks_of
from archive.text.language import column
from archive.text.richtext import is_blank

# What readers are told of a pair; `TEXTS` has the words.
LEFT_OUT, MISSING, GONE = "left-out", "missing", "gone"
JOINED, PARTLY, STALE, MACHINE = "joined", "partly", "stale", "machine"
PARTLY_MISSING, PARTLY_GONE = "partly-missing", "partly-gone"
# Blocks that show the same pictures in both languages: once is enough.
PICTURES = ("image", "gallery", "embed")


@dataclass(frozen=True)
class RowPair:
    """Blocks of the source, and those of the translation that say the same.

    `keys` are the source's block ids, or the translation's where the source has nothing any more;
    either side may be empty, and `notes` say why.
    """

    keys: tuple[str, ...]
    source: tuple[Any, ...] = ()
    target: tuple[Any, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.keys[0]

    @property
    def kind(self) -> str:
        return str((*self.source, *self.target)[0].block_type)

    @property
    def is_picture(self) -> bool:
        return self.kind in PICTURES and bool(self.source and self.target)


def under_own_ids(body: Iterable[Any]) -> list[Any]:
    """The blocks; one with an earlier one's id is told from it, in both languages alike."""
    times: dict[str, int] = {}
    found = list(body)
    for block in found:
        key = str(block.id)
        times[key] = times.get(key, 0) + 1
        if times[key] > 1:
            block.id = f"{key}-{times[key]}"
    return found


def pair_up(source: Iterable[Any], target: Iterable[Any], marks: Marks) -> list[RowPair]:
    """Pairs in the source's order; what only the translation has stands where it has it."""
    source, target = under_own_ids(source), under_own_ids(target)
    waiting = {str(block.id): block for block in target}
    pairs: list[RowPair] = []
    for block in source:
        key = str(block.id)
        found = waiting.pop(marks.blocks.get(key, key), None)
        last = pairs[-1] if pairs else None
        # A joined paragraph belongs to the one before it, unless something has come between.
        if found is None and key in marks.joined and last and last.kind == "paragraph":
            pairs[-1] = replace(last, keys=(*last.keys, key), source=(*last.source, block))
        else:
            pairs.append(RowPair((key,), (block,), (found,) if found else ()))
    pairs = _with_merged(pairs, target, waiting, marks.merged)
    named = ("left_out", "stale", "machine", "missing", "gone")
    told: dict[str, Any] = {name: blocks_of(getattr(marks, name)) for name in named}
    of_blocks = replace(marks, **told)
    return [_with_notes(pair, of_blocks) for pair in _with_leftovers(pairs, target, waiting)]


def _with_merged(
    pairs: list[RowPair], target: list[Any], waiting: dict[str, Any], merged: Mapping[str, str]
) -> list[RowPair]:
    """With blocks that the source has joined to another one, in the translation's order."""
    found: dict[str, list[Any]] = {}
    for key in [key for key in waiting if key in merged]:
        found.setdefault(merged[key], []).append(waiting[key])
    for at, pair in enumerate(pairs):
        if more := [block for key in pair.keys for block in found.get(key, [])]:
            blocks = sorted((*pair.target, *more), key=target.index)
            pairs[at] = replace(pair, target=tuple(blocks))
            for block in more:
                del waiting[str(block.id)]
    return pairs


def _with_leftovers(
    pairs: list[RowPair], target: list[Any], waiting: dict[str, Any]
) -> list[RowPair]:
    """The blocks that the source has lost since the translation, each after its neighbour."""
    if not waiting:
        return pairs
    after: dict[str, list[RowPair]] = {}
    neighbour = ""
    for block in target:
        key = str(block.id)
        if key in waiting:
            after.setdefault(neighbour, []).append(RowPair((key,), (), (block,)))
        else:
            neighbour = key
    laid_out = after.get("", [])
    for pair in pairs:
        laid_out.append(pair)
        for block in pair.target:
            laid_out += after.get(str(block.id), [])
    return laid_out


def _with_notes(pair: RowPair, marks: Marks) -> RowPair:
    keys = set(pair.keys)
    if not pair.source:
        return replace(pair, notes=(GONE,))
    if not pair.target:
        empty = JOINED if keys & marks.joined else MISSING
        return replace(pair, notes=(LEFT_OUT if keys & marks.left_out else empty,))
    notes = (
        (JOINED, len(pair.source) > 1),
        (PARTLY, keys & marks.left_out),
        (PARTLY_MISSING, keys & marks.missing),
        (PARTLY_GONE, keys & marks.gone),
        (STALE, keys & marks.stale),
        (MACHINE, keys & marks.machine),
    )
    holding = tuple(note for note, holds in notes if holds)
    return replace(pair, notes=holding) if holding else pair


TEXTS: dict[str, Promise] = {
    LEFT_OUT: _("Omitted from the translation."),
    MISSING: _("Not translated yet."),
    GONE: _("No longer in the original."),
    JOINED: _("The translation joins these paragraphs into one."),
    PARTLY: _("Parts of this are omitted from the translation."),
    PARTLY_MISSING: _("Parts of this are not translated yet."),
    PARTLY_GONE: _("Parts of this are no longer in the original."),
    STALE: _("The original of this was changed after it was translated."),
    MACHINE: _("Drafted by a machine; a translator kept it unchanged."),
}
# A page of the translation alone has no original beside it to compare with.
TOLD_BESIDE_ONLY = {JOINED}


@dataclass(frozen=True)
class Note:
    """What a row says of its translation, in the reader's language."""

    kind: str
    text: str


@dataclass(frozen=True)
class Side:
    """One language's blocks of a row; `notes` stand where the translation does.

    The main text's side has the ids: `key` where it has no block, and `anchors`, those of blocks
    that it lacks. `opening` is the id of the block that the dateline opens, where it is of this
    row; `twin` is the value of the other text's block, for a picture's second caption.
    """

    language: str
    blocks: tuple[Any, ...] = ()
    notes: tuple[Note, ...] = ()
    is_main: bool = True
    key: str = ""
    anchors: tuple[str, ...] = ()
    opening: str = ""
    twin: Any = None

    @property
    def alone(self) -> tuple["Side"]:
        return (self,)


@dataclass(frozen=True)
class BodyRow:
    """`other` is None where one text is shown, or where both share the pictures of `main`."""

    kind: str
    main: Side
    other: Side | None = None


def body_rows(article: Any, view: View, original: Iterable[Any] | None = None) -> list[BodyRow]:
    """The body of the story for this way to read it.

    `original` is that of the source language, if it isn't shown as it is stored.
    """
    source, shown = article.source_language, view.language
    original = article.source("body") if original is None else original
    if not view.is_paired and shown == source:
        blocks = under_own_ids(original or [])
        return with_openings([BodyRow(one.block_type, Side(source, (one,))) for one in blocks])
    marks = Marks.from_json(article.translation_marks)
    pairs = pair_up(original, getattr(article, column("body", article.target_language)), marks)
    if not view.is_paired:
        pairs = _runs_as_one(pairs)
    return with_openings([_row(pair, view, source) for pair in pairs])


def with_openings(rows: Sequence[BodyRow]) -> list[BodyRow]:
    """Each text's dateline opens its first paragraph, whatever stands before it.

    Of a text without paragraphs it opens the first block.
    """
    found = list(rows)
    for name in ("main", "other"):
        sides = [(number, getattr(row, name)) for number, row in enumerate(found)]
        blocks = [(number, block) for number, side in sides if side for block in side.blocks]
        opening = next((one for one in blocks if _is_text(one[1])), next(iter(blocks), None))
        if opening:
            number, block = opening
            side = replace(getattr(found[number], name), opening=str(block.id))
            found[number] = replace(found[number], **{name: side})
    return found


def _is_text(block: Any) -> bool:
    return block.block_type == "paragraph" and not is_blank(block.value.source)


def _row(pair: RowPair, view: View, source_language: str) -> BodyRow:
    source_is_main = view.language == source_language
    target_language = view.other_language if source_is_main else view.language
    hidden = set() if view.is_paired else TOLD_BESIDE_ONLY
    told = [Note(one, _text(one, pair)) for one in pair.notes if one not in hidden]
    source = Side(source_language, pair.source)
    target = Side(target_language, pair.target, tuple(told))
    main, other = (source, target) if source_is_main else (target, source)
    ids = {str(block.id) for block in main.blocks} or {pair.key}
    anchors = tuple(key for key in pair.keys if key not in ids)
    main = replace(main, key=pair.key, anchors=anchors)
    if not view.is_paired:
        return BodyRow(pair.kind, main)
    if pair.is_picture:
        twin = other.blocks[0].value
        return BodyRow(pair.kind, replace(main, notes=target.notes, twin=twin))
    return BodyRow(pair.kind, main, replace(other, is_main=False))


def _text(kind: str, pair: RowPair) -> str:
    count = len(pair.keys)
    if kind == LEFT_OUT and count == 1 and pair.kind == "subhead":
        return str(_("This subhead is omitted from the translation."))
    if kind != LEFT_OUT or count == 1:
        return str(TEXTS[kind])
    return ngettext(
        "%(count)d passage omitted from the translation.",
        "%(count)d passages omitted from the translation.",
        count,
    ) % {"count": count}


def _runs_as_one(pairs: Sequence[RowPair]) -> list[RowPair]:
    """What was left out in a row is said once."""
    merged: list[RowPair] = []
    for pair in pairs:
        last = merged[-1] if merged else None
        if last and not last.target and not pair.target and last.notes == pair.notes:
            keys, source = (*last.keys, *pair.keys), (*last.source, *pair.source)
            merged[-1] = replace(last, keys=keys, source=source)
        else:
            merged.append(pair)
    return merged
