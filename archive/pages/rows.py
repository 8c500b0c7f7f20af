"""The rows of a story's body as a page shows them: one text, or two with each pair in a row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.pages import pairing
from archive.pages.marks import Marks
from archive.pages.modes import View
from archive.pages.pairing import Pair
from archive.text.language import column

TEXTS: dict[str, Promise] = {
    pairing.LEFT_OUT: _("Left out of the translation."),
    pairing.MISSING: _("Not translated yet."),
    pairing.GONE: _("No longer in the original."),
    pairing.JOINED: _("The translation joins these paragraphs into one."),
    pairing.PARTLY: _("Parts of this are left out of the translation."),
    pairing.STALE: _("The original of this was changed after it was translated."),
    pairing.MACHINE: _("Drafted by a machine; a translator let it stand."),
}
# A page of the translation alone has no original beside it to compare with.
TOLD_BESIDE_ONLY = {pairing.JOINED}


@dataclass(frozen=True)
class Note:
    """What a row says of its translation, in the reader's language."""

    kind: str
    text: str


@dataclass(frozen=True)
class Side:
    """One language's blocks of a row; `notes` stand where the translation does."""

    language: str
    blocks: tuple[Any, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class BodyRow:
    """`other` is None where one text is shown, or where both share the pictures of `main`.

    `anchors` are block ids that lead here and have no block of their own in the main text; `twin`
    is the value of the other text's block, for a picture's second caption.
    """

    key: str
    kind: str
    main: Side
    other: Side | None = None
    anchors: tuple[str, ...] = ()
    twin: Any = None
    is_first: bool = field(default=False)


def body_rows(article: Any, view: View) -> list[BodyRow]:
    """The body of the story for this way to read it."""
    source, shown = article.source_language, view.language
    original = article.source("body")
    if not view.is_paired and shown == source:
        blocks = pairing.under_own_ids(original or [])
        return _first_marked(_source_row(block, source) for block in blocks)
    marks = Marks.from_json(article.translation_marks)
    pairs = pairing.pair_up(
        original, getattr(article, column("body", article.target_language)), marks
    )
    if not view.is_paired:
        pairs = _runs_as_one(pairs)
    return _first_marked(_row(pair, view, source) for pair in pairs)


def _source_row(block: Any, source_language: str) -> BodyRow:
    """The original as it is, where nothing else is shown."""
    return BodyRow(str(block.id), block.block_type, Side(source_language, (block,)))


def _first_marked(rows: Iterable[BodyRow]) -> list[BodyRow]:
    """The first row's text has the dateline."""
    laid_out = list(rows)
    return [replace(laid_out[0], is_first=True), *laid_out[1:]] if laid_out else []


def _row(pair: Pair, view: View, source_language: str) -> BodyRow:
    source_is_main = view.language == source_language
    target_language = view.other_language if source_is_main else view.language
    source = Side(source_language, pair.source)
    target = Side(target_language, pair.target, _notes(pair, view))
    main, other = (source, target) if source_is_main else (target, source)
    ids = {str(block.id) for block in main.blocks}
    shares_pictures = pair.is_picture and view.is_paired
    return BodyRow(
        key=pair.key,
        kind=pair.kind,
        main=replace(main, notes=target.notes) if shares_pictures else main,
        other=other if view.is_paired and not shares_pictures else None,
        anchors=tuple(key for key in pair.keys if key not in ids),
        twin=other.blocks[0].value if shares_pictures else None,
    )


def _notes(pair: Pair, view: View) -> tuple[Note, ...]:
    hidden = set() if view.is_paired else TOLD_BESIDE_ONLY
    return tuple(
        Note(kind, _text(kind, len(pair.keys))) for kind in pair.notes if kind not in hidden
    )


def _text(kind: str, count: int) -> str:
    if kind != pairing.LEFT_OUT or count == 1:
        return str(TEXTS[kind])
    return ngettext(
        "%(count)d passage left out of the translation.",
        "%(count)d passages left out of the translation.",
        count,
    ) % {"count": count}


def _runs_as_one(pairs: Sequence[Pair]) -> list[Pair]:
    """What was left out in a row is said once."""
    merged: list[Pair] = []
    for pair in pairs:
        last = merged[-1] if merged else None
        if last and not last.target and not pair.target and last.notes == pair.notes:
            keys, source = (*last.keys, *pair.keys), (*last.source, *pair.source)
            merged[-1] = replace(last, keys=keys, source=source)
        else:
            merged.append(pair)
    return merged
