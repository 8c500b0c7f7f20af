"""A published correction of the source: until the translation has it, its readers are told.

Asked of the words as they stand, not of what happened when: so copies, aliases, old versions that
are published again and schedules all come out right.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.mail import send_mail
from wagtail.admin.utils import get_admin_base_url
from wagtail.log_actions import log, registry
from wagtail.users.models import UserProfile

from archive.desk.models import CheckWaiver, Translation, Urgency
from archive.desk.segments import Row
from archive.stories.body import READABLE, corrections, raw
from archive.text.segmentation import extract

MISSING, SETTLED = "archive.correction_missing", "archive.correction_settled"
# Under this id an editor's "minor" is kept, for these words of the correction only.
CHECK_ID = "missing-correction"
_MAIL = "archive/admin/mail/correction"


def words_and_notes(article: Any) -> tuple[str, str]:
    """The story's own words without their spaces and tags, and those of its correction notes."""
    body = article.source("body")
    notes = {note.block_id for note in corrections(body)}
    heading = "".join(article.source(name) or "" for name in article.text_fields)
    said = {True: "", False: "".join(heading.split())}
    for one in extract(raw(body), READABLE):
        # Readers of a newspaper see no alternative text.
        if one.kind != "alt_text":
            said[one.key.partition("/")[0] in notes] += "".join(one.plain_text.split())
    return said[False], said[True]


def missing_corrections(translation: Any, laid_out: Iterable[Row]) -> list[Row]:
    """The corrections that this version lacks: not translated, not left out with a reason."""
    blocks = {note.block_id for note in corrections(translation.article.source("body"))}
    return [
        row
        for row in laid_out
        if row.source.key.partition("/")[0] in blocks
        and not (row.is_decided and not row.is_stale and (not row.left_out or row.note))
        and not CheckWaiver.objects.filter(**_waiver_of(translation, row)).exists()
    ]


def _waiver_of(translation: Any, row: Row) -> dict[str, Any]:
    source = {"key": row.source.key, "digest": row.source.digest}
    return {"translation_id": translation.pk, "check_id": CHECK_ID, **source}


def waive(translation: Translation, row: Row, *, user: Any) -> None:
    """An editor's word that readers of the translation need not know of this correction."""
    said = {"author": user, "reason": _("An editor marked the correction as minor.")}
    CheckWaiver.objects.get_or_create(**_waiver_of(translation, row), defaults=said)


def follow_corrections(translation: Translation, laid_out: Iterable[Row]) -> bool:
    """Make the translation urgent while readers of these rows lack a correction: do they?"""
    missing = missing_corrections(translation, laid_out) if translation.live else []
    known = translation.correction_since or translation.article.translation_lacks_correction
    if missing:
        _raise_alarm(translation, missing)
    elif known:
        _settle(translation)
    return bool(missing)


def _raise_alarm(translation: Translation, missing: list[Row]) -> None:
    row = Translation.objects.filter(pk=translation.pk, correction_since=None)
    urgency = row.values_list("urgency", flat=True).first()
    if urgency is None:
        return  # Known already.
    since = timezone.now()
    row.update(correction_since=since, urgency=Urgency.URGENT)
    translation.correction_since, translation.urgency = since, Urgency.URGENT
    # The urgency from before comes back once all is settled.
    data = {"segments": [row.source.key for row in missing], "urgency": urgency}
    log(translation, MISSING, data=data)


def _settle(translation: Translation) -> None:
    row = Translation.objects.filter(pk=translation.pk).exclude(correction_since=None)
    urgency = row.values_list("urgency", flat=True).first()
    if urgency is None:
        return
    if urgency == Urgency.URGENT:
        alarms = registry.get_logs_for_instance(translation).filter(action=MISSING)
        alarm = alarms.order_by("-timestamp", "-pk").first()
        urgency = alarm.data.get("urgency", Urgency.NORMAL) if alarm else Urgency.NORMAL
    row.update(correction_since=None, urgency=urgency)
    translation.correction_since, translation.urgency = None, urgency
    log(translation, SETTLED)


def ask_for_corrections(articles: Collection[int]) -> None:
    """Of these stories, tell of those whose translation lacks a correction."""
    lacking = Translation.objects.filter(article__in=articles).exclude(correction_since=None)
    for translation in lacking.select_related("article", "assignee"):
        ask_for_correction(translation)


def ask_for_correction(translation: Translation) -> None:
    """Tell the assignee, or else who translated last, that a correction waits to be translated."""
    person = translation.assignee
    if person is None:
        by_people = translation.segments.exclude(translated_by=None).order_by("-translated_at")
        last = by_people.first()
        person = last.translated_by if last else None
    if person is None or not person.is_active or not person.email:
        return
    context = {"translation": translation, "base_url": get_admin_base_url() or ""}
    with override(UserProfile.get_for_user(person).get_preferred_language()):
        subject = render_to_string(f"{_MAIL}_subject.txt", context)
        text = render_to_string(f"{_MAIL}.txt", context)
    # A subject is one line.
    send_mail(" ".join(subject.split()), text, [person.email])
