"""Letting a finding pass, with a reason: who and why is kept, for these words only."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from archive.desk.errors import DeskError
from archive.desk.findings import Judged, judge, story_of
from archive.desk.models import CheckWaiver, Translation
from archive.qa.base import Finding

WAIVED, UNWAIVED = "archive.waive_check", "archive.unwaive_check"
_LONGEST_REASON = 300


def findings_of(translation: Translation) -> list[Judged]:
    """All findings in the newest draft, waived ones too; a few queries beside the story's own."""
    draft = translation.get_latest_revision_as_object()
    return judge(translation, story_of(draft))


def open_findings(translation: Translation) -> list[Finding]:
    """The findings in the newest draft that nobody has let pass."""
    return [one.finding for one in findings_of(translation) if one.waiver is None]


@transaction.atomic
def waive(
    translation: Translation,
    key: str,
    check_id: str,
    *,
    reason: str,
    user: Any,
    seen: str = "",
) -> CheckWaiver:
    """Let all findings of one check in one segment pass, as its words stand now.

    `seen` is the digest that the user saw. DeskError without a reason, or where there is no such
    finding (any more).
    """
    reason = " ".join(reason.replace("\x00", "").split())
    if not reason:
        raise DeskError(_("Explain briefly why the text is correct as it is."))
    if len(reason) > _LONGEST_REASON:
        raise DeskError(
            _("A reason can have at most %(most)d characters.") % {"most": _LONGEST_REASON}
        )
    found = {(one.finding.key, one.finding.check_id): one for one in findings_of(translation)}
    judged = found.get((key, check_id))
    if judged is None or (seen and seen != judged.digest):
        raise DeskError(_("The text has changed in the meantime. Review it again."))
    waiver, made = CheckWaiver.objects.get_or_create(
        translation_id=translation.pk,
        key=key,
        check_id=check_id,
        digest=judged.digest,
        defaults={"reason": reason, "author": user},
    )
    if made:
        _log(translation, WAIVED, waiver, user, judged.finding.message)
    return waiver


@transaction.atomic
def unwaive(waiver: CheckWaiver, *, user: Any) -> None:
    """Take a waiver back: the finding stands again."""
    _log(waiver.translation, UNWAIVED, waiver, user, "")
    waiver.delete()


def _log(
    translation: Translation, action: str, waiver: CheckWaiver, user: Any, message: str
) -> None:
    data = {
        "key": waiver.key,
        "check": waiver.check_id,
        "reason": waiver.reason,
        "finding": message,
    }
    log(translation, action, user=user, data=data)
