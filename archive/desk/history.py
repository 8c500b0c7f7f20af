"""What was done in a version of a translation, as its history says it: told from the version itself
and the one before."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Revision

from archive.desk.models import Segment
from archive.desk.saving import CONFLICT, GIVEN_UP, STANDS
from archive.text.punctuation import aside, labelled

EDITED = "wagtail.edit"
_SCHEDULE = ("go_live_at", "expire_at")
Stored = Mapping[str, Any]


def tell_edits(entries: Any) -> list[Any]:
    """Let entries of edits say how many segments were written, confirmed, filled and so on; one
    query. The entries have their versions, and the ids of those before; the newest is the first.

    Gives those to be shown: what a person has saved once more without a change is no edit of its
    own, and the one before stands for the newest of the versions.
    """
    edits = [one for one in entries if one.action == EDITED and one.revision]
    former = Revision.objects.in_bulk({one.previous_revision_id for one in edits} - {None})
    of_conflicts = {
        GIVEN_UP: _("A text that was given up in a conflict, kept here"),
        STANDS: _("The text that stays after the conflict"),
    }
    for entry in edits:
        if told := of_conflicts.get(entry.data.get(CONFLICT)):
            entry.message = told
            continue
        before = former.get(entry.previous_revision_id)
        if told := told_of(before.content if before else {}, entry.revision.content):
            # Wagtail's entry makes its message once.
            entry.message = f"{entry.message}{aside(told)}"
    return _collapsed(entries, former)


def _collapsed(entries: Any, former: Mapping[int, Revision]) -> list[Any]:
    shown, standing = list[Any](), dict[int, Any]()
    for entry in reversed(entries):
        before = standing.get(getattr(entry, "previous_revision_id", None) or 0)
        if entry.action == EDITED and entry.revision and CONFLICT not in entry.data:
            if before and before.user_id == entry.user_id and _is_same(entry, former):
                before.revision = entry.revision
                standing[entry.revision_id] = before
                continue
            standing[entry.revision_id] = entry
        shown.append(entry)
    return shown[::-1]


def _is_same(entry: Any, former: Mapping[int, Revision]) -> bool:
    """Whether nobody has written, decided or scheduled anything from the one to the other."""
    contents = former[entry.previous_revision_id].content, entry.revision.content
    is_scheduled = any(contents[0].get(name) != contents[1].get(name) for name in _SCHEDULE)
    return not is_scheduled and not told_of(*contents)


def told_of(before: Stored, after: Stored) -> str:
    """From one version's content to the next one's: "written: 3 · confirmed: 2"."""
    stood, stands = _by_key(before), _by_key(after)
    counts: Counter[str] = Counter()
    for key, segment in stands.items():
        counts.update(_done(stood.get(key, {}), segment))
    counts["removed"] = sum(bool(stood[key]["target"]) for key in stood.keys() - stands.keys())
    labels = {
        "written": _("written"),
        Segment.Origin.FILE: _("from a file"),
        Segment.Origin.ALIGNED: _("from an aligned text"),
        Segment.Origin.MEMORY: _("from the memory"),
        Segment.Origin.SENTENCES: _("put together from sentences"),
        Segment.Origin.AHEAD: _("pretranslated"),
        Segment.Origin.REPETITION: _("filled as repetitions"),
        Segment.Origin.MACHINE: _("by a machine"),
        "emptied": _("emptied"),
        "removed": _("removed"),
        "omitted": _("omitted"),
        "joined": _("joined"),
        "parted": _("no longer omitted or joined"),
        "confirmed": _("confirmed"),
        "reviewed": _("reviewed"),
        "reopened": _("a draft again"),
        "noted": _("note changed"),
    }
    return " · ".join(
        labelled(counts[name], label) for name, label in labels.items() if counts[name]
    )


def _by_key(content: Stored) -> dict[str, Stored]:
    return {one["key"]: one for one in content.get("segments", ())}


def _done(stood: Stored, stands: Stored) -> Iterator[str]:
    """What was done to one segment, each by its name."""
    has_new_words = stood.get("target", "") != stands["target"]
    if has_new_words and stands["target"]:
        is_human = stands["origin"] == Segment.Origin.HUMAN
        yield "written" if is_human else stands["origin"]
    elif has_new_words:
        yield "emptied"
    for name, done in (("left_out", "omitted"), ("joined", "joined")):
        if bool(stood.get(name)) != stands[name]:
            yield done if stands[name] else "parted"
    state, former = stands["state"], stood.get("state")
    if state != former or (has_new_words and state != Segment.State.DRAFT):
        if state in (Segment.State.CONFIRMED, Segment.State.REVIEWED):
            yield str(state)
        elif former in (Segment.State.CONFIRMED, Segment.State.REVIEWED) and not has_new_words:
            yield "reopened"
    if stood.get("note", "") != stands["note"]:
        yield "noted"
