"""A published correction of the source: until the translation has it, its readers are told.

Asked of the words as they stand, not of what happened when: so copies, aliases, old versions that
are published again and schedules all come out right.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log, registry

from archive.desk.models import CheckWaiver, Translation, Urgency
from archive.desk.segments import Row
from archive.stories.body import corrections

MISSING, SETTLED = "archive.correction_missing", "archive.correction_settled"
# Under this id an editor's "minor" is kept, for these words of the correction only.
CHECK_ID = "missing-correction"


def missing_corrections(translation: Any, laid_out: Iterable[Row]) -> list[Row]:
    """The corrections that this version lacks: not translated, not left out with a reason."""
    blocks = {note.block_id for note in corrections(translation.article.source("body"))}
    missing = [
        row
        for row in laid_out
        if row.source.key.partition("/")[0] in blocks and not _is_dealt_with(row)
    ]
    return [row for row in missing if not _is_waived(translation, row)]


def _is_dealt_with(row: Row) -> bool:
    return row.is_done and not row.is_stale and bool(not row.left_out or row.note)


def _is_waived(translation: Any, row: Row) -> bool:
    waivers = CheckWaiver.objects.filter(translation=translation.pk, check_id=CHECK_ID)
    return waivers.filter(key=row.source.key, digest=row.source.digest).exists()


def waive(translation: Translation, row: Row, *, user: Any) -> None:
    """An editor's word that readers of the translation need not know of this correction."""
    CheckWaiver.objects.get_or_create(
        translation=translation,
        key=row.source.key,
        check_id=CHECK_ID,
        digest=row.source.digest,
        defaults={"author": user, "reason": _("An editor marked the correction as minor.")},
    )


def follow_corrections(translation: Translation, laid_out: Iterable[Row]) -> bool:
    """Make the translation urgent while readers lack a correction; says whether they do.

    `laid_out` is the version that readers have.
    """
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
