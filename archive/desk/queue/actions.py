"""The queue's verbs, each in Wagtail's audit log."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from archive.desk.audit import log_each
from archive.desk.errors import DeskError
from archive.desk.models import Notice, Translation
from archive.desk.notices.actions import notify
from archive.desk.policies import may_translate, name_of
from archive.desk.queue.panels import forget_counts
from archive.desk.queue.rank_updates import rerank

ASSIGN, RELEASE = "archive.assign", "archive.release"
URGENCY, DUE_DATE = "archive.urgency", "archive.due_date"


@transaction.atomic
def assign(translations: Sequence[Translation], person: Any, *, user: Any) -> int:
    """Give translations to a person; DeskError if the person may not do one of them.

    Gives how many weren't the person's before.
    """
    for translation in {one.language: one for one in translations}.values():
        if not may_translate(person, translation):
            reason = _("%(person)s can't translate into %(language)s: choose another person.")
            language = translation.get_language_display()
            raise DeskError(reason % {"person": name_of(person), "language": language})
    named = {"person": name_of(person), "person_id": person.pk}
    changed = _change(translations, {"assignee_id": person.pk}, ASSIGN, named, user)
    notify([person], Notice.Kind.ASSIGNED, changed, actor=user)
    return len(changed)


@transaction.atomic
def keep_returned(translation: Translation, person: Any, *, user: Any) -> bool:
    """A translation that came back from its review and is nobody's is whose handed it in; whether
    it is now. What came back is told to them anyway."""
    if translation.assignee_id or person is None or not may_translate(person, translation):
        return False
    named = {"person": name_of(person), "person_id": person.pk}
    return bool(_change([translation], {"assignee_id": person.pk}, ASSIGN, named, user))


@transaction.atomic
def take(translation: Translation, seen: str, *, user: Any) -> int:
    """Assign it to the user; DeskError if somebody has taken it since the user looked.

    `seen` is the assignee's id as the page showed it, "" for nobody.
    """
    reason = _(
        "%(person)s has claimed “%(story)s” in the meantime. To claim it anyway, claim it again."
    )
    _check_unclaimed(translation, seen, user, reason)
    return assign([translation], user, user=user)


@transaction.atomic
def claim(
    translations: Sequence[Translation], *, user: Any
) -> tuple[int, list[tuple[Translation, Any]]]:
    """Assign to the user those that are nobody's: how many that were, and each of the others with
    whose it is."""
    rows = Translation.objects.select_for_update(of=("self",)).select_related("assignee")
    people = {pk: row.assignee for pk, row in rows.in_bulk([t.pk for t in translations]).items()}
    others = [(one, who) for one in translations if (who := people.get(one.pk)) not in (None, user)]
    left = {one.pk for one, _person in others}
    return assign([one for one in translations if one.pk not in left], user, user=user), others


@transaction.atomic
def give_back(translation: Translation, seen: str, *, user: Any) -> int:
    """Let anybody take it; DeskError if somebody has taken it since the user looked: see `take`."""
    reason = _("%(person)s has claimed “%(story)s” in the meantime and keeps it.")
    _check_unclaimed(translation, seen, user, reason)
    return release([translation], user=user)


def _check_unclaimed(translation: Translation, seen: str, user: Any, reason: str) -> None:
    """Lock it; DeskError if it is neither the user's nor whose the page showed it to be."""
    row = Translation.objects.select_for_update().get(pk=translation.pk)
    if row.assignee_id and row.assignee_id not in (user.pk, int(seen) if seen else None):
        raise DeskError(reason % {"person": name_of(row.assignee), "story": translation.article})


def release(translations: Sequence[Translation], *, user: Any) -> int:
    """Let anybody take them; gives how many were somebody's."""
    return len(_change(translations, {"assignee_id": None}, RELEASE, {}, user))


def set_urgency(translations: Sequence[Translation], urgency: int, *, user: Any) -> int:
    data = {"urgency": int(urgency)}
    return len(_change(translations, {"urgency": urgency}, URGENCY, data, user))


def set_due_date(translations: Sequence[Translation], day: date | None, *, user: Any) -> int:
    """Say by when they are wanted; None for no particular day."""
    due = {"due_date": day.isoformat() if day else None}
    return len(_change(translations, {"due_date": day}, DUE_DATE, due, user))


@transaction.atomic
def _change(
    translations: Sequence[Translation],
    values: dict[str, Any],
    action: str,
    data: dict[str, Any],
    user: Any,
) -> list[Translation]:
    """Write the queue's columns only: no version of the text, and nobody's words, are touched.

    Gives those that changed.
    """
    stored = Translation.objects.select_for_update().in_bulk([one.pk for one in translations])
    changed = [
        one
        for one in translations
        if (row := stored.get(one.pk))
        and any(getattr(row, name) != value for name, value in values.items())
    ]
    ids = [one.pk for one in changed]
    Translation.objects.filter(pk__in=ids).update(**values)
    for translation in changed:
        for name, value in values.items():
            setattr(translation, name, value)
    log_each(changed, action, user=user, data=data)
    if "assignee_id" in values:
        people = [stored[pk].assignee_id for pk in ids] + [values["assignee_id"]]
        transaction.on_commit(lambda: forget_counts(people))
    rerank(ids)
    return changed
