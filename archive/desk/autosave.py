"""What a browser sends to save single segments, and what it gets back. No requests in here."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from archive.desk.clashes import Clash, values_of
from archive.desk.models import Segment, Translation
from archive.desk.rules import column_length, max_length_of, objection
from archive.desk.saving import Change, Outcome, locked_draft, save_segments
from archive.desk.segments import Row, joinable, rows
from archive.text.segmentation import RICH, SourceSegment

MOST_CHANGES = 1000
FLAGS = ("left_out", "joined", "still_right", "confirmed")

Answer = dict[str, Any]


class UnreadableError(ValueError):
    """No browser of ours sends such a thing; the message says what is wrong."""


def read_changes(body: bytes) -> list[dict[str, Any]]:
    """The changes in a request's body: `{"changes": [{"key": …, "target": …, …}, …]}`."""
    try:
        changes = json.loads(body)["changes"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableError(_("This isn't a list of changes.")) from error
    if not isinstance(changes, list) or len(changes) > MOST_CHANGES:
        raise UnreadableError(_("This isn't a list of changes."))
    if not all(isinstance(one, dict) and isinstance(one.get("key"), str) for one in changes):
        raise UnreadableError(_("A change names no segment."))
    return changes


@transaction.atomic
def save_posted(translation: Translation, posted: list[dict[str, Any]], *, user: Any) -> Answer:
    """Save what can be saved; an answer for each change, in order, and the story's progress."""
    draft = locked_draft(translation)
    draft.article = translation.article
    by_key = {row.source.key: row for row in rows(draft)}
    may_join = joinable(translation.article)
    changes = [_read(by_key, translation, one) for one in posted]
    refused = {
        number: change if isinstance(change, str) else _refusal(by_key, change, may_join)
        for number, change in enumerate(changes)
    }
    taken = [
        change
        for number, change in enumerate(changes)
        if not refused[number] and isinstance(change, Change)
    ]
    outcomes = iter(save_segments(translation, taken, user=user, draft=draft))
    answers = [
        {"key": posted[number]["key"], "kind": "refused", "message": refused[number]}
        if refused[number] or not isinstance(change, Change)
        else _answer(by_key, change, next(outcomes))
        for number, change in enumerate(changes)
    ]
    return {"outcomes": answers, **_standing(translation)}


def _is_storable(text: str) -> bool:
    """Half of a character outside the basic plane, as a cut emoji leaves it, isn't text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read(
    by_key: Mapping[str, Row], translation: Translation, posted: dict[str, Any]
) -> Change | str:
    """The change, or why it can't be one."""
    texts = {name: posted.get(name, "") for name in ("target", "base", "seen", "note", "origin")}
    key = posted["key"]
    if not all(isinstance(text, str) for text in texts.values()):
        return _("This text can't be read.")
    if "\x00" in key + "".join(texts.values()):
        return _("The text has a character that can't be stored (NUL). Delete it and type on.")
    if not _is_storable(key + "".join(texts.values())):
        return _("This text can't be read.")
    if len(texts["seen"]) > column_length("source_digest"):
        return _("This text can't be read.")
    if texts["origin"] not in Segment.Origin.values:
        texts["origin"] = Segment.Origin.HUMAN
    if key in by_key:
        try:
            texts["target"] = _database_form(texts["target"], by_key[key].source)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            return _("This text can't be read.")
        if not _is_storable(texts["target"]):
            return _("This text can't be read.")
        if message := _too_long(translation, key, texts["target"]):
            return message
    values: dict[str, Any] = {**texts, **{name: posted.get(name) is True for name in FLAGS}}
    return Change(key, **values)


def _database_form(value: str, source: SourceSegment) -> str:
    """Draftail posts its own JSON; the database holds HTML of the features that it allows."""
    if source.markup != RICH:
        return value.replace("\r\n", "\n").strip()
    from archive.desk.widgets import editor

    return editor(source.kind).value_from_datadict({"value": value}, {}, "value") if value else ""


def _too_long(translation: Translation, key: str, text: str) -> str:
    longest = max_length_of(translation, key)
    if not longest or len(text) <= longest:
        return ""
    return _("At most %(most)d characters fit here; this has %(length)d.") % {
        "most": longest,
        "length": len(text),
    }


def _refusal(by_key: Mapping[str, Row], change: Change, may_join: set[str]) -> str:
    row = by_key.get(change.key)
    return objection(row, change, may_join) if row else ""


def _answer(by_key: Mapping[str, Row], change: Change, outcome: Outcome) -> Answer:
    answer: Answer = {"key": outcome.key, "kind": outcome.kind, "version": outcome.version}
    if outcome.kind == "gone":
        message = _("The story has lost this paragraph. Your text is kept in this browser.")
        return {**answer, "message": message}
    source = by_key[outcome.key].source
    answer["state"] = Row(source, outcome.segment).state
    if outcome.kind == "clash":
        answer["clash"] = Clash(source, outcome.segment, change.target).as_html()
    if outcome.kind == "unchanged":
        # Perhaps as a colleague has saved it: whoever sent this had changed nothing.
        answer["stored"] = values_of(outcome.segment, source)
    return answer


def _standing(translation: Translation) -> Answer:
    row = Translation.objects.select_related("latest_revision").get(pk=translation.pk)
    revision = row.latest_revision
    return {
        "progress": {"done": row.done_count, "total": row.segment_count},
        "revision": {
            "id": revision.pk if revision else None,
            "created_at": revision.created_at.isoformat() if revision else "",
        },
    }
