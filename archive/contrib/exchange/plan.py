"""What is to become of each segment that comes back: looks, compares, and changes nothing."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.contrib.exchange.cells import with_lines
from archive.contrib.exchange.codes import (
    BLOCK,
    decode,
    encode,
    fingerprint,
    meaning,
    name_of,
    settle,
    tags_of,
    words_within,
)
from archive.contrib.exchange.stories import state_of
from archive.contrib.exchange.units import (
    BrokenTagsError,
    Code,
    Pieces,
    Reply,
    text_of,
)
from archive.desk.models import Segment
from archive.desk.saving import SegmentChange, version_of
from archive.desk.segments import Row
from archive.text.punctuation import joined
from archive.text.segmentation import PLAIN, RICH, SourceSegment, digest

# What a file says of words that somebody stands by.
_STOOD_BY = ("translated", "reviewed")
_DIGEST = re.compile(r"[0-9a-f]{32}")
_INDENT = re.compile(r"\n[ \t]*+")


class ReplyVerdict(StrEnum):
    """What a segment's translation in a file comes to."""

    APPLIED = "applied"
    MOVED = "source-moved"  # taken, and marked: its source changed meanwhile
    UNCHANGED = "unchanged"
    KEPT = "kept"  # the file has what it went out with; the desk has had something else since
    EMPTY = "empty"  # the file has no translation for it
    CONFLICT = "conflict"  # somebody else changed it at the desk; theirs stays
    LOCKED = "locked"  # at the desk it has no words of its own: left out, or joined
    BROKEN = "broken"  # its tags, or its length, can't be stored
    UNKNOWN = "unknown"  # the story has no such segment
    ABSENT = "absent"  # the file has no such segment

    @property
    def label(self) -> str:
        return {
            ReplyVerdict.APPLIED: _("applied"),
            ReplyVerdict.MOVED: _("source changed: applied, needs review"),
            ReplyVerdict.UNCHANGED: _("unchanged"),
            ReplyVerdict.KEPT: _("not changed in the file; the editor’s text is kept"),
            ReplyVerdict.EMPTY: _("not translated in the file"),
            ReplyVerdict.CONFLICT: _("conflict: changed at the desk meanwhile, kept"),
            ReplyVerdict.LOCKED: _("not stored: the segment has no text of its own"),
            ReplyVerdict.BROKEN: _("rejected"),
            ReplyVerdict.UNKNOWN: _("no such segment"),
            ReplyVerdict.ABSENT: _("not in the file"),
        }[self]


@dataclass(frozen=True)
class Planned:
    """A verdict on one segment; `offered` is the file's text, `stored` what the desk has, once the
    file was taken in what it has since."""

    key: str
    verdict: ReplyVerdict
    kind: str = ""
    number: int = 0
    source: str = ""
    offered: str = ""
    stored: str = ""
    markup: str = PLAIN
    # What couldn't be read as rich text is shown as plain words.
    offered_markup: str = PLAIN
    remark: str = ""
    # Where it stands in a table's file: "row 7".
    place: str = ""
    change: SegmentChange | None = None
    # What puts the file's text in place of what the desk has now, if a person says so.
    answer: SegmentChange | None = None


def make_plan(
    replies: Iterable[Reply], rows: list[Row], lengths: Mapping[str, int]
) -> list[Planned]:
    """A verdict for each reply, in the file's order, then for the segments that the file lacks.

    `lengths` is how many characters the story's columns hold, by their segments' keys.
    """
    places = {row.source.key: (number, row) for number, row in enumerate(rows, 1)}
    replies = list(replies)
    taken = {reply.key for reply in replies}
    seen: dict[str, str] = {}
    planned = []
    for reply in replies:
        number, row = places.get(reply.key) or _by_words(reply, places, taken)
        if row is None:
            words = _in_lines(reply.target)
            verdict = ReplyVerdict.UNKNOWN if words.strip() else ReplyVerdict.EMPTY
            remark = _("This segment is not in the story, or was deleted.")
            one = Planned(reply.key, verdict, offered=words, remark=remark, place=reply.place)
            planned.append(one)
            continue
        one = replace(_judge(reply, row, lengths), number=number, place=reply.place)
        if one.key in seen and one.offered == seen[one.key]:
            one = replace(one, verdict=ReplyVerdict.UNCHANGED, change=None)
        elif one.key in seen:
            remark = _("The file contains this segment twice, with different translations.")
            one = replace(one, verdict=ReplyVerdict.BROKEN, remark=remark, change=None)
        seen.setdefault(one.key, one.offered)
        planned.append(one)
    return [*planned, *_absent(places, seen)]


def _absent(places: dict[str, tuple[int, Row]], seen: Container[str]) -> Iterator[Planned]:
    """The segments that a file has lost; those with no words of their own needn't be in it."""
    for key, (number, row) in places.items():
        if key not in seen and not (row.left_out or row.joined):
            one = Planned(key, ReplyVerdict.ABSENT, row.source.kind, number)
            yield replace(one, source=row.source.text, stored=row.target, markup=row.source.markup)


def _by_words(
    reply: Reply, places: dict[str, tuple[int, Row]], taken: set[str]
) -> tuple[int, Row | None]:
    """The segment of the same words that no other reply is for: its block was made anew."""
    free = [place for key, place in places.items() if key not in taken]
    if reply.version.digest:
        found = [place for place in free if place[1].source.digest == reply.version.digest]
    else:
        words = text_of(reply.source).split()
        found = [place for place in free if _words_of(place[1].source) == words]
    return found[0] if len(found) == 1 else (0, None)


def _in_lines(pieces: Pieces) -> str:
    """The words of a text that isn't taken in, its blocks apart as the file has them."""
    return "".join(
        one if isinstance(one, str) else "\n" * (name_of(one.tag) in {*BLOCK, "br"})
        for one in pieces
    ).strip()


def _words_of(source: SourceSegment) -> list[str]:
    return text_of(encode(source.text, source.markup)).split()


def _judge(reply: Reply, row: Row, lengths: Mapping[str, int]) -> Planned:
    source = row.source
    if reply.place:
        reply = _from_table(reply, row)
    planned = Planned(
        source.key,
        ReplyVerdict.EMPTY,
        source.kind,
        source=source.text,
        stored=row.target,
        markup=source.markup,
        remark=reply.remark,
    )
    try:
        if reply.trouble:
            raise BrokenTagsError(reply.trouble)
        reply = _mended(reply, source)
        target, lacking = _target(reply, row)
    except BrokenTagsError as error:
        words = _in_lines(reply.target)
        return replace(planned, verdict=ReplyVerdict.BROKEN, offered=words, remark=str(error))
    if not target:
        return planned
    remark = " ".join(filter(None, [reply.remark, lacking]))
    planned = replace(planned, offered=target, offered_markup=source.markup, remark=remark)
    return _compare(planned, reply, row, lengths)


def _compare(planned: Planned, reply: Reply, row: Row, lengths: Mapping[str, int]) -> Planned:
    source, target = row.source, planned.offered
    said, stored = (fingerprint(text, source.markup) for text in (target, row.target))
    if said == stored and reply.place and _is_reopened(reply, row):
        same = SegmentChange(
            source.key,
            row.target,
            base=version_of(row.segment),
            note=row.note,
            reopened=True,
        )
        return replace(planned, verdict=ReplyVerdict.APPLIED, change=same)
    if said in (reply.version.said, stored):
        remark = reply.remark if reply.place else ""
        if said == stored and reply.state in _STOOD_BY and (row.is_draft or row.is_stale):
            unseen = _("The text is unchanged: confirm it in the editor.")
            remark = f"{remark} {unseen}".strip()
        verdict = ReplyVerdict.UNCHANGED if said == stored else ReplyVerdict.KEPT
        return replace(planned, verdict=verdict, remark=remark)
    if reason := _unfit(target, source, lengths):
        return replace(planned, verdict=ReplyVerdict.BROKEN, remark=reason)
    is_locked = (row.left_out or row.joined) and not reply.is_chosen
    if is_locked and text_of(reply.target).split() == text_of(reply.source).split():
        # Nobody wrote what a tool has copied into a segment that it may not change.
        return replace(planned, verdict=ReplyVerdict.UNCHANGED)
    # A table's status is a person's word only where the person has changed it. What went out
    # without words had none.
    was_empty = bool(reply.version.digest) and not reply.version.said
    old_state = reply.version.state or ("" if was_empty else state_of(row))
    is_old = bool(reply.place) and reply.state == old_state
    if is_old and reply.state in _STOOD_BY:
        old = _("The status is that of the words before: the new ones are a draft.")
        planned = replace(planned, remark=f"{planned.remark} {old}".strip())
    seen, source_text = _seen(reply, source)
    change = SegmentChange(
        source.key,
        target,
        base=version_of(row.segment),
        # Why it was left out says nothing of words.
        note="" if row.left_out else row.note,
        seen=seen,
        source_text=source_text,
        origin=Segment.Origin.FILE,
        # Whoever wrote the words may stand by them; a review is somebody else's.
        confirmed=reply.state in _STOOD_BY and not is_old,
    )
    if is_locked:
        joined = _("Translated together with the previous segment.")
        remark = _("Omitted by the translator.") if row.left_out else joined
        return replace(planned, verdict=ReplyVerdict.LOCKED, remark=remark, answer=change)
    if change.base != reply.version.base:
        return replace(planned, verdict=ReplyVerdict.CONFLICT, answer=change)
    if change.confirmed and row.is_done:
        stood = _("Other words than those that were confirmed: the file says that they are, too.")
        planned = replace(planned, remark=f"{planned.remark} {stood}".strip())
    verdict = ReplyVerdict.APPLIED if seen == source.digest else ReplyVerdict.MOVED
    return replace(planned, verdict=verdict, change=change)


def _is_reopened(reply: Reply, row: Row) -> bool:
    """Whether a person has set to a draft what went out as confirmed and still is."""
    may_be = row.is_done and not (row.left_out or row.joined)
    return may_be and reply.state == "draft" and reply.version.state in _STOOD_BY


def _from_table(reply: Reply, row: Row) -> Reply:
    """A table's reply with its cells' lines as the segment has them, and its source untouched."""
    source = row.source
    keep = "\n" in source.text + row.target
    texts = [with_lines(one, source.markup, keep=keep) for one in (reply.source, reply.target)]
    reply = replace(reply, source=texts[0], target=texts[1])
    if reply.version.digest != source.digest:
        return reply
    remark = reply.remark
    if text_of(reply.source).split() != _words_of(source):
        changed = _("The source was changed in the file; only translations are taken in.")
        remark = f"{remark} {changed}".strip()
    return replace(reply, source=encode(source.text, source.markup), remark=remark)


def _mended(reply: Reply, source: SourceSegment) -> Reply:
    """As the file was before its tool indented the tags in a text, or dropped what they are."""
    if source.markup != RICH or reply.is_html:
        return reply
    own, words = encode(source.text, RICH), text_of(reply.source)
    if words != text_of(own) == _INDENT.sub("", words):
        reply = replace(reply, source=_flat(reply.source), target=_flat(reply.target))
    if any(tags_of(reply.source)):
        return reply
    is_same = text_of(reply.source) in ("", text_of(own)) or reply.version.digest == source.digest
    # The paragraphs of a cell's lines are tags of its own.
    codes = [one for one in reply.target if isinstance(one, Code) and one.kind != "close"]
    if not is_same and not all(one.tag for one in codes):
        message = _("The file doesn't say what its tags are, and the source has changed.")
        raise BrokenTagsError(f"{message} {_('Export the story again.')}")
    return replace(reply, source=own if is_same else reply.source)


def _flat(pieces: Pieces) -> Pieces:
    flat = (_INDENT.sub("", one) if isinstance(one, str) else one for one in pieces)
    return tuple(piece for piece in flat if piece)


def _target(reply: Reply, row: Row) -> tuple[str, str]:
    """The text to store, and a remark on tags of the source that it lacks."""
    source, markup = row.source, row.source.markup
    if markup != RICH:
        if any(not isinstance(piece, str) for piece in reply.target):
            raise BrokenTagsError(_("This segment has no tags."))
        return decode(reply.target, PLAIN), ""
    pieces, given = reply.target, reply.source
    own = encode(source.text, markup)
    if reply.is_html:
        given = encode(text_of(given), markup)
        pieces = encode(text_of(pieces), markup, like=given)
    known = {*tags_of(own), *tags_of(encode(row.target, markup))}
    settled = settle(pieces, given, known)
    return decode(settled, markup), _lacking(settled, given)


def _lacking(target: Pieces, source: Pieces) -> str:
    """Each tag that is missing, by what it does and the words of the source that it stands on."""
    there = tags_of(target)
    missing = []
    for at, piece in enumerate(source):
        if isinstance(piece, str) or piece.kind == "close" or piece.tag in there:
            continue
        if name_of(piece.tag) not in BLOCK:
            words = words_within(source, at)
            what = meaning(piece.tag)
            missing.append(
                _("%(tag)s on “%(words)s”") % {"tag": what, "words": words} if words else what
            )
    if not missing:
        return ""
    text = ngettext(
        "A tag of the source is missing: %(tags)s.",
        "Tags of the source are missing: %(tags)s.",
        len(missing),
    )
    return text % {"tags": joined(missing)}


def _seen(reply: Reply, source: SourceSegment) -> tuple[str, str]:
    """The digest and the text of the source that the file was made from."""
    given, markup = reply.source, source.markup
    if reply.is_html:
        given = encode(text_of(given), markup)
    try:
        text = decode(settle(given, given, ()), markup)
    except BrokenTagsError:
        text = decode((text_of(given),), markup)
    # A version that isn't the desk's own says nothing.
    stated = reply.version.digest if _DIGEST.fullmatch(reply.version.digest) else ""
    text = text.replace("\x00", "")
    seen = stated or (digest(text, markup) if text else source.digest)
    return seen, "" if seen == source.digest else text


def _unfit(target: str, source: SourceSegment, lengths: Mapping[str, int]) -> str:
    most = lengths.get(source.key)
    if "\x00" in target:
        return _("The text contains a character that can't be stored.")
    if most is not None and len(target) > most:
        text = _("Too long: %(length)d characters; the limit is %(most)d.")
        return text % {"length": len(target), "most": most}
    return ""
