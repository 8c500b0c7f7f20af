"""Makes notices, marks them as seen, and sends them by mail."""

import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.users.models import UserProfile

from archive.caches import forgiving
from archive.desk.models import Notice, NoticeSetting, SegmentComment, Translation
from archive.desk.policies import may_translate, name_of, translators
from archive.desk.queue.ranking import OPEN

logger = logging.getLogger(__name__)

# The review's own mails tell of the others: see `archive.desk.mail`.
MAILED = (
    *(Notice.Kind.ASSIGNED, Notice.Kind.DUE),
    *(Notice.Kind.COMMENT, Notice.Kind.REPLY, Notice.Kind.MENTION),
)
# A person is told of a due date this long before.
AHEAD = timedelta(days=1)
# Seen notices are kept so long.
KEPT = timedelta(days=90)
# The menu is on every page of the admin.
SECONDS = 60
_KEY = "archive-desk-notices-{}"
_MENTION = re.compile(r"[@＠](?=\S)")


def notify(
    people: Iterable[Any],
    kind: Notice.Kind,
    translations: Sequence[Translation],
    *,
    actor: Any,
    key: str = "",
    text: str = "",
) -> None:
    """Tell people, but not who did it; those who want mails at once get one when all is stored."""
    told = {one.pk: one for one in people if one and one.is_active and one != actor}
    what = {"kind": kind, "actor": actor, "key": key, "text": text}
    rows = [
        Notice(person=person, translation=about, is_mailed=kind not in MAILED, **what)
        for person in told.values()
        for about in translations
    ]
    if rows:
        Notice.objects.bulk_create(rows)
        follow = partial(_follow, [row.pk for row in rows], list(told))
        transaction.on_commit(follow, robust=True)


def _follow(pks: list[int], people: list[int]) -> None:
    forgiving().delete_many([_KEY.format(pk) for pk in people])
    later = NoticeSetting.objects.filter(mail=NoticeSetting.Mail.DAILY).values("person")
    _send(Notice.objects.filter(pk__in=pks).exclude(person__in=later))


def notify_of_comment(comment: SegmentComment) -> None:
    """Whose work it is, whose words they are, who said something there, and who is named.

    A reply is for those of its thread; whoever speaks of something else there isn't told.
    """
    about = comment.translation
    named = people_named(comment.text, about)
    draft = about.get_latest_revision_as_object()
    writers = {one.translated_by for one in draft.segments.all() if one.key == comment.key}
    said = SegmentComment.objects.filter(translation=about, key=comment.key)
    if comment.parent:
        said = said.filter(Q(pk=comment.parent_id) | Q(parent=comment.parent_id))
    talkers = {one.author for one in said.select_related("author")}
    others = {about.assignee, *writers, *talkers} - {None, *named}
    # Somebody's rights may have ended since.
    others = {one for one in others if may_translate(one, about)}
    told = {"actor": comment.author, "key": comment.key, "text": comment.text}
    notify(named, Notice.Kind.MENTION, [about], **told)
    kind = Notice.Kind.REPLY if comment.parent else Notice.Kind.COMMENT
    notify(others, kind, [about], **told)


def people_named(text: str, about: Translation) -> list[Any]:
    """Who of those that may work at a translation is called there: "@li", "@Li Na", "@李娜"."""
    calls = [text[call.end() :].casefold() for call in _MENTION.finditer(text)]
    return [
        person
        for person in (translators() if calls else ())
        if any(
            _is_called(name.casefold(), call)
            for name in {person.get_username(), name_of(person)}
            for call in calls
        )
        and may_translate(person, about)
    ]


def _is_called(name: str, call: str) -> bool:
    """Whether a name stands there as a whole: "@lin" doesn't call "li"; Chinese has no blanks."""
    after = call[len(name) :][:1]
    return call.startswith(name) and not (
        name[-1:].isascii() and after.isalnum() and after.isascii()
    )


def unseen_count(user: Any) -> int:
    """Of the user; asked at most once a minute."""
    unseen = Notice.objects.order_by().filter(person=user.pk, seen_at=None)
    return forgiving().get_or_set(_KEY.format(user.pk), unseen.count, SECONDS) or 0


def mark_seen(user: Any, **which: Any) -> None:
    """All of the user's notices, or those that `which` filters; no mail tells of them again."""
    found = Notice.objects.filter(person=user.pk, seen_at=None, **which)
    found.update(seen_at=timezone.now(), is_mailed=True)
    forgiving().delete(_KEY.format(user.pk))


def send_due_notices(today: date) -> int:
    """Tell once of each due date that is near or over, send the day's mails, and forget old ones.

    Gives the number of mails.
    """
    near = Translation.objects.order_by("pk").filter(
        state__in=OPEN, due_date__lte=today + AHEAD, assignee__is_active=True
    )
    due = Notice.objects.filter(kind=Notice.Kind.DUE, translation__in=near)
    known = set(due.values_list("person", "translation", "text"))
    wanted = {
        (person, pk, day.isoformat())
        for pk, person, day in near.values_list("pk", "assignee", "due_date")
        if day
    }
    Notice.objects.bulk_create(
        Notice(person_id=person, translation_id=pk, kind=Notice.Kind.DUE, text=day)
        for person, pk, day in sorted(wanted - known)
    )
    Notice.objects.filter(seen_at__lt=timezone.now() - KEPT).delete()
    return _send(Notice.objects.all())


def _send(notices: Any) -> int:
    """A mail for each person with something untold; one that can't be sent is tried again."""
    waiting = notices.filter(is_mailed=False, seen_at=None).order_by("created_at", "pk")
    by_person: dict[Any, list[Notice]] = defaultdict(list)
    for one in waiting.select_related("person", "actor", "translation__article"):
        by_person[one.person].append(one)
    settings = NoticeSetting.objects.in_bulk([person.pk for person in by_person])
    sent = 0
    for person, told in by_person.items():
        choice = settings.get(person.pk)
        is_wanted = not choice or choice.mail != NoticeSetting.Mail.NEVER
        if is_wanted and person.email and person.is_active:
            if not _mail(person, told):
                continue
            sent += 1
        Notice.objects.filter(pk__in=[one.pk for one in told]).update(is_mailed=True)
    return sent


def _mail(person: Any, told: list[Notice]) -> bool:
    base = get_admin_base_url() or ""
    profile = UserProfile.get_for_user(person)
    with translation.override(profile.get_preferred_language()):
        context = {
            "user": person,
            "notices": told,
            "count": len(told),
            "base_url": base,
            "account_url": base + reverse("wagtailadmin_account"),
        }
        subject = render_to_string("archive/mail/notices_subject.txt", context).strip()
        body = render_to_string("archive/mail/notices.txt", context).strip()
    try:
        send_mail(subject, body, [person.email])
    except Exception:
        # A mail server that is down costs nobody a comment; the next run sends it.
        logger.exception("A mail about notices could not be sent to %s", person.email)
        return False
    return True
