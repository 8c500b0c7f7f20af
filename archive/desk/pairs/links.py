"""The two texts of a translation's draft with the lines between them: read, changed, saved."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from archive.desk.models import Segment, Translation
from archive.desk.pairs.actions import PairError
from archive.desk.pairs.given_text import left_over_place, left_over_segments
from archive.desk.pairs.linked_text import (
    Filling,
    LinkedPieces,
    TargetPiece,
    lay_out,
    read_links,
)
from archive.desk.pairs.undo import note_version
from archive.desk.saving import DraftSegments, SegmentChange, locked_draft, version_of
from archive.desk.segments import Row
from archive.text.language import UNSPACED
from archive.text.segmentation import RICH


@dataclass(frozen=True)
class StoryLinks:
    """A draft's rows, the pieces of its target in order, and the links between the two.

    `version` names them: whoever saves says which one they saw.
    """

    rows: list[Row]
    pieces: list[TargetPiece]
    links: list[LinkedPieces]
    joinable: frozenset[str]

    @property
    def version(self) -> str:
        said = [
            [[row.source.key, row.source.digest] for row in self.rows],
            [piece.text for piece in self.pieces],
            [[link.source, link.target, link.is_seen] for link in self.links],
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def load_links(translation: Translation) -> StoryLinks:
    """Of the newest draft."""
    return _read(DraftSegments(translation.get_latest_revision_as_object()))


def _read(draft: DraftSegments) -> StoryLinks:
    aside = {
        place: TargetPiece(one.target, one.markup)
        for one in draft.set_aside
        if (place := left_over_place(one)) is not None
    }
    rows = draft.rows
    pieces, links = read_links(rows, aside)
    return StoryLinks(rows, pieces, links, frozenset(draft.joinable))


@transaction.atomic
def save_links(
    translation: Translation, links: Sequence[LinkedPieces], version: str, user: Any
) -> StoryLinks:
    """Put the pieces where the links say; those that a person has newly seen are confirmed.

    A segment in no link is without words; one with no piece is left out. One whose link is as it
    was stays as it is. Raises PairError where the draft isn't the version that the person saw, or
    a link can't be.
    """
    draft = DraftSegments(locked_draft(translation))
    before = draft.draft.latest_revision_id
    stored = _read(draft)
    if stored.version != version:
        raise PairError(
            _(
                "Somebody has changed this translation meanwhile. Load the page again: what you "
                "have drawn is kept, and offered there."
            )
        )
    _check(stored, links)
    sources = [row.source for row in stored.rows]
    blank = "" if translation.language in UNSPACED else " "
    former, laid_out = (
        lay_out(sources, stored.pieces, all_of_it, stored.joinable, blank)
        for all_of_it in (stored.links, links)
    )
    for row in stored.rows:
        filling = laid_out.fillings.get(row.source.key, Filling())
        if filling != former.fillings.get(row.source.key, Filling()):
            _change(draft, row, filling, user)
    aside = left_over_segments(laid_out.left_over)
    others = [one for one in draft.set_aside if left_over_place(one) is None]
    if len(others) + len(aside) != len(draft.set_aside) or aside:
        draft.set_aside, draft.has_changed = [*others, *aside], True
    draft.save(user)
    note_version(draft.draft, before)
    return load_links(Translation.objects.get(pk=translation.pk))


def _check(stored: StoryLinks, links: Sequence[LinkedPieces]) -> None:
    """Raises PairError for links that no draft can hold."""
    for side, total in (("source", len(stored.rows)), ("target", len(stored.pieces))):
        used = Counter(at for link in links for at in getattr(link, side))
        if any(count > 1 or not 0 <= at < total for at, count in used.items()):
            raise PairError(_("A paragraph can be in one link only. Load the page again."))
    for link in links:
        first, *rest = link.source or (0,)
        keys = [stored.rows[at].source.key for at in rest]
        is_run = list(link.source) == list(range(first, first + len(link.source)))
        if len(link.source) > 1 and not (is_run and stored.joinable.issuperset(keys)):
            raise PairError(_("Only successive paragraphs of text can be linked together."))


def _change(draft: DraftSegments, row: Row, filling: Filling, user: Any) -> None:
    stored = row.segment
    is_news = filling.is_seen and (stored is None or stored.state in ("empty", "draft"))
    change = SegmentChange(
        key=row.source.key,
        target=filling.target,
        base=version_of(stored),
        left_out=filling.left_out,
        joined=filling.joined,
        note=row.note,
        # Whoever confirms the link has both texts before them, the source as it is now.
        still_right=filling.is_seen or (filling.joined and row.is_parted),
        confirmed=is_news,
        origin=Segment.Origin.ALIGNED,
        is_doubtful=filling.is_doubtful,
    )
    outcome = draft.take(change, user=user)
    if outcome.kind == "refused":
        raise PairError(outcome.message)
    if outcome.kind == "unchanged" and not filling.is_seen:
        draft.reopen(row.source.key, user)


def as_json(links: StoryLinks) -> dict[str, Any]:
    """What the page's script shows; numbers are places in the two lists."""
    return {
        "version": links.version,
        "sources": [
            {
                "kind": row.source.kind,
                "text": row.source.plain_text,
                "joinable": row.source.key in links.joinable,
            }
            for row in links.rows
        ],
        "pieces": [{"text": one.plain_text, "rich": one.markup == RICH} for one in links.pieces],
        "links": [link_json(link) for link in links.links],
    }


def link_json(link: LinkedPieces) -> dict[str, Any]:
    return {
        "source": list(link.source),
        "target": list(link.target),
        "doubtful": link.is_doubtful,
        "seen": link.is_seen,
    }


def link_from_json(value: Any) -> LinkedPieces:
    """Raises PairError for anything else than `link_json` gives."""
    try:
        sides = [tuple(sorted(value[name])) for name in ("source", "target")]
        if any(type(at) is not int for side in sides for at in side):
            raise TypeError
        facts = {"is_doubtful": bool(value["doubtful"]), "is_seen": bool(value["seen"])}
        return LinkedPieces(sides[0], sides[1], **facts)
    except (TypeError, KeyError) as error:
        raise PairError(_("This request can't be read. Load the page again.")) from error
