"""Waives a finding, with a reason: who and why is stored, for these words only."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.log_actions import log

from archive.desk.errors import DeskError
from archive.desk.findings import Judged, judge, story_findings, story_of, suggested_in
from archive.desk.freshness.corrections import CHECK_ID as MISSING_CORRECTION
from archive.desk.models import CheckWaiver, Translation
from archive.desk.policies import refuse, refuse_work_on
from archive.wagtail_admin import version_asked_for

WAIVED, UNWAIVED = "archive.waive_check", "archive.unwaive_check"
_LONGEST_REASON = 300


def findings_of(translation: Translation) -> list[Judged]:
    """All findings in the newest draft, waived and suggested ones too; a few queries beside the
    story's own."""
    story = story_of(translation.get_latest_revision_as_object())
    suggested = suggested_in(translation, story).values()
    return [*judge(translation, story), *(one for found in suggested for one in found)]


@transaction.atomic
def waive(
    translation: Translation, key: str, check_id: str, *, reason: str, user: Any, seen: str = ""
) -> CheckWaiver:
    """Let all findings of one check in one segment pass, as its words stand now.

    `seen` is the digest that the user saw. DeskError without a reason or such a finding.
    """
    reason = " ".join(reason.replace("\x00", "").split())
    if not reason:
        raise DeskError(_("Explain briefly why the text is correct as it is."))
    if len(reason) > _LONGEST_REASON:
        message = _("A reason can have at most %(most)d characters.")
        raise DeskError(message % {"most": _LONGEST_REASON})
    found = {(one.finding.key, one.finding.check_id): one for one in findings_of(translation)}
    judged = found.get((key, check_id))
    if judged is None or (seen and seen != judged.digest):
        raise DeskError(_("The text has changed in the meantime. Review it again."))
    waiver, made = CheckWaiver.objects.get_or_create(
        translation=translation,
        key=key,
        check_id=check_id,
        digest=judged.digest,
        defaults={"reason": reason, "author": user},
    )
    if made:
        _log(WAIVED, waiver, user, judged.finding.message)
    return waiver


@transaction.atomic
def unwaive(waiver: CheckWaiver, *, user: Any) -> None:
    """Take a waiver back: the finding stands again."""
    _log(UNWAIVED, waiver, user, "")
    waiver.delete()


def _log(action: str, waiver: CheckWaiver, user: Any, message: str) -> None:
    data = {"key": waiver.key, "check": waiver.check_id, "reason": waiver.reason}
    log(waiver.translation, action, user=user, data={**data, "finding": message})


@require_POST
def waive_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `key`, `check`, `digest` (as shown) and `reason`."""
    translation = get_object_or_404(Translation.objects.with_story(), pk=pk)
    if refused := refuse_work_on(request, translation, locked_too=True):
        return refused
    try:
        waive(
            translation,
            request.POST.get("key", ""),
            request.POST.get("check", ""),
            reason=request.POST.get("reason", ""),
            seen=request.POST.get("digest", ""),
            user=request.user,
        )
    except DeskError as error:
        return refuse(str(error), 400)
    return JsonResponse({})


@require_POST
def unwaive_finding(request: HttpRequest, pk: int) -> HttpResponse:
    found = CheckWaiver.objects.select_related("translation__article")
    # That a correction is minor is an editor's word.
    waiver = get_object_or_404(found.exclude(check_id=MISSING_CORRECTION), pk=pk)
    if refused := refuse_work_on(request, waiver.translation, locked_too=True):
        return refused
    unwaive(waiver, user=request.user)
    return JsonResponse({})


@require_GET
def findings_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is open in a version of a translation, the newest by default, as a fragment of HTML
    for the translator's screen."""
    translation = get_object_or_404(Translation.objects.with_story(), pk=pk)
    if refused := refuse_work_on(request, translation):
        return refused
    found = story_findings(translation, version_asked_for(request, translation))
    return render(request, "archive/admin/findings_panel.html", found)
