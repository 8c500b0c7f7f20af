"""The queue's verbs, each in Wagtail's audit log."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.desk.audit import log_each
from archive.desk.errors import DeskError
from archive.desk.models import Notice, Translation, Urgency
from archive.desk.notices.actions import notify
from archive.desk.policies import may_translate, name_of, policy
from archive.desk.queue.panels import forget_counts
from archive.desk.queue.rank_updates import rerank
from archive.journal.kinds import JournalKind
from archive.journal.models import JOURNAL, JournalEntry
from archive.journal.plan import UndoPlan
from archive.journal.recording import Change, recording
from archive.journal.rows import lacks_target, read_values, values_of

ASSIGN, RELEASE = "archive.assign", "archive.release"
URGENCY, DUE_DATE = "archive.urgency", "archive.due_date"


@dataclass(frozen=True)
class QueueChange:
    """The translations that weren't so before; `entry` is what takes it back."""

    translations: Sequence[Translation] = ()
    entry: JournalEntry | None = None


@transaction.atomic
def assign(translations: Sequence[Translation], person: Any, *, user: Any) -> QueueChange:
    """Give translations to a person; DeskError if the person may not do one of them."""
    for translation in {one.language: one for one in translations}.values():
        if not may_translate(person, translation):
            reason = _("%(person)s can't translate into %(language)s: choose another person.")
            language = translation.get_language_display()
            raise DeskError(reason % {"person": name_of(person), "language": language})
    named = {"person": name_of(person), "person_id": person.pk}
    label = _("Assigned to %(person)s") % named
    done = _change(translations, {"assignee_id": person.pk}, ASSIGN, named, user, label)
    notify([person], Notice.Kind.ASSIGNED, done.translations, actor=user)
    return done


@transaction.atomic
def keep_returned(translation: Translation, person: Any, *, user: Any) -> bool:
    """A translation that came back from its review and is nobody's is whose handed it in; whether
    it is now. What came back is told to them anyway."""
    if translation.assignee_id or person is None or not may_translate(person, translation):
        return False
    named = {"person": name_of(person), "person_id": person.pk}
    done = _change([translation], {"assignee_id": person.pk}, ASSIGN, named, user)
    return bool(done.translations)


@transaction.atomic
def take(translation: Translation, seen: str, *, user: Any) -> QueueChange:
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
) -> tuple[QueueChange, list[tuple[Translation, Any]]]:
    """Assign to the user those that are nobody's; and gives each of the others with whose it is."""
    rows = Translation.objects.select_for_update(of=("self",)).select_related("assignee")
    people = {pk: row.assignee for pk, row in rows.in_bulk([t.pk for t in translations]).items()}
    others = [(one, who) for one in translations if (who := people.get(one.pk)) not in (None, user)]
    left = {one.pk for one, _person in others}
    return assign([one for one in translations if one.pk not in left], user, user=user), others


@transaction.atomic
def give_back(translation: Translation, seen: str, *, user: Any) -> QueueChange:
    """Let anybody take it; DeskError if somebody has taken it since the user looked: see `take`."""
    reason = _("%(person)s has claimed “%(story)s” in the meantime and keeps it.")
    _check_unclaimed(translation, seen, user, reason)
    return release([translation], user=user)


def _check_unclaimed(translation: Translation, seen: str, user: Any, reason: str) -> None:
    """Lock it; DeskError if it is neither the user's nor whose the page showed it to be."""
    row = Translation.objects.select_for_update().get(pk=translation.pk)
    if row.assignee_id and row.assignee_id not in (user.pk, int(seen) if seen else None):
        raise DeskError(reason % {"person": name_of(row.assignee), "story": translation.article})


def release(translations: Sequence[Translation], *, user: Any) -> QueueChange:
    """Let anybody take them."""
    label = _("Returned to the queue")
    return _change(translations, {"assignee_id": None}, RELEASE, {}, user, label)


def set_urgency(translations: Sequence[Translation], urgency: int, *, user: Any) -> QueueChange:
    data = {"urgency": int(urgency)}
    label = _("Priority: %(urgency)s") % {"urgency": Urgency(urgency).label}
    return _change(translations, {"urgency": urgency}, URGENCY, data, user, label)


def set_due_date(
    translations: Sequence[Translation], day: date | None, *, user: Any
) -> QueueChange:
    """Say by when they are wanted; None for no particular day."""
    due = {"due_date": day.isoformat() if day else None}
    label = _("Due date removed")
    if day:
        label = _("Due on %(date)s") % {"date": date_format(day, "DATE_FORMAT")}
    return _change(translations, {"due_date": day}, DUE_DATE, due, user, label)


@transaction.atomic
def _change(
    translations: Sequence[Translation],
    values: dict[str, Any],
    action: str,
    data: dict[str, Any],
    user: Any,
    label: str = "",
) -> QueueChange:
    """Write the queue's columns only: no version of the text, and nobody's words, are touched.

    With a label it can be taken back by whoever did it.
    """
    stored = Translation.objects.select_for_update().in_bulk([one.pk for one in translations])
    changed = [
        one
        for one in translations
        if (row := stored.get(one.pk))
        and any(getattr(row, name) != value for name, value in values.items())
    ]
    if not changed:
        return QueueChange()
    ids = [one.pk for one in changed]
    entry = None
    if label:
        with recording(QueueKind.name, changed[0], label, user=user) as record:
            for one in changed:
                before = {name: getattr(stored[one.pk], name) for name in values}
                record.note("update", one, before=before, after=values)
        entry, data = record.entry, {**data, JOURNAL: record.entry.pk}
    Translation.objects.filter(pk__in=ids).update(**values)
    for translation in changed:
        for name, value in values.items():
            setattr(translation, name, value)
    log_each(changed, action, user=user, data=data)
    if "assignee_id" in values:
        people = [stored[pk].assignee_id for pk in ids] + [values["assignee_id"]]
        transaction.on_commit(lambda: forget_counts(people))
    rerank(ids)
    return QueueChange(changed, entry)


class QueueKind(JournalKind):
    """What was set in the list of translations; each comes back where nobody has set it anew."""

    name, label = "queue", gettext_lazy("Translations")
    in_parts = True

    def may_undo(self, user: Any, entry: JournalEntry) -> bool:
        return bool(entry.made_by_id == user.pk)

    def revert_all(self, entry: JournalEntry, plan: UndoPlan, user: Any) -> None:
        """Those of the same former value in one step."""
        rows = Translation.objects.with_story().in_bulk([one["pk"] for one in entry.changes])
        groups: dict[tuple[str, Any], list[Translation]] = defaultdict(list)
        for change in entry.changes:
            [(name, before)], row = change["before"].items(), rows.get(change["pk"])
            if row and _is_as_set(row, change, user):
                groups[name, before].append(row)
            else:
                plan.stay[str(Translation._meta.verbose_name_plural)] += 1
        for (name, before), some in groups.items():
            value = read_values(Translation, {name: before})[name]
            _change(some, {name: value}, *_told(name, value), user)
            plan.restored += len(some)

    def get_url(self, entry: JournalEntry) -> str:
        return reverse("wagtailsnippets_archive_translation:list")


def _is_as_set(row: Translation, change: Change, user: Any) -> bool:
    """Whether the row has what was set, may be changed, and can have its former value."""
    now = values_of(row)
    is_same = all(now[name] == value for name, value in change["after"].items())
    may_change = policy.user_has_permission_for_instance(user, "change", row)
    return is_same and may_change and not lacks_target(Translation, change["before"])


def _told(name: str, value: Any) -> tuple[str, dict[str, Any]]:
    """As which act, with what, the log has it that a column has this value."""
    if name == "urgency":
        return URGENCY, {"urgency": value}
    if name == "due_date":
        return DUE_DATE, {"due_date": value.isoformat() if value else None}
    if value is None:
        return RELEASE, {}
    person = get_user_model().objects.get(pk=value)
    return ASSIGN, {"person": name_of(person), "person_id": person.pk}
