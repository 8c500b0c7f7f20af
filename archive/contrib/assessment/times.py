"""The time that somebody spends on segments: counted by their browser, if they switch it on."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import F, Sum
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.views.account import profile_tab

from archive.caches import forgiving
from archive.contrib.assessment.models import SegmentTime, TimeSetting
from archive.desk.editor.shortcuts import SECONDS, DeskSettingsPanel
from archive.desk.editor.tools import DeskTool, ToolParts
from archive.desk.models import Translation
from archive.desk.policies import refuse, refuse_work_on
from archive.desk.reviews import Review
from archive.desk.segments import source_segments
from archive.wagtail_admin import body_of

# Between two reports of a browser; it reports every half a minute.
MOST_SECONDS = 600
_KEY = "archive-assessment-time-{}"


def is_timed(user: Any) -> bool:
    """Whether the person's time is counted; a query at most, and what a cache has may be a minute
    old."""
    wanted = TimeSetting.objects.filter(person=user.pk, is_time_counted=True)
    return bool(forgiving().get_or_set(_KEY.format(user.pk), wanted.exists, SECONDS))


@transaction.atomic
def add_times(translation: Translation, seconds: Mapping[str, int], *, user: Any) -> None:
    """Add what was counted, by the segment's key, to today's; unknown segments are left out."""
    known = {source.key for source in source_segments(translation.article)}
    today = timezone.localdate()
    for key in sorted(seconds.keys() & known):
        time, _made = SegmentTime.objects.get_or_create(
            person=user, translation=translation, key=key, day=today
        )
        SegmentTime.objects.filter(pk=time.pk).update(seconds=F("seconds") + seconds[key])


def time_section(translation: Any, row: Any, user: Any) -> dict[str, Any]:
    """One's own time in this segment, in seconds; a query for who has it counted, else none."""
    if not is_timed(user):
        return {}
    found = SegmentTime.objects.filter(person=user.pk, translation=translation.pk)
    total = found.filter(key=row.source.key).aggregate(total=Sum("seconds"))["total"]
    return {"seconds": total or 0}


class TimeTool(DeskTool):
    """The clock, which counts for who has switched it on."""

    scripts = ("archive_assessment/desk-time.js",)

    def parts_for(self, user: Any, translation: Any, review: Review | None) -> ToolParts:
        url = reverse("archive_assessment:time", args=[translation.pk]) if is_timed(user) else ""
        return ToolParts(data={"time-url": url})


@require_POST
def add_times_view(request: HttpRequest, pk: int) -> HttpResponse:
    """POST of JSON: `{"seconds": {key: whole number}}`; 403 to who has it switched off."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    if not is_timed(request.user):
        return refuse(_("Your time is not counted."), 403)
    try:
        seconds = json.loads(body_of(request))["seconds"]
        is_readable = all(type(one) is int and 0 < one <= MOST_SECONDS for one in seconds.values())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        is_readable = False
    if not is_readable:
        return refuse(_("This text can't be read."), 400)
    add_times(translation, seconds, user=request.user)
    return JsonResponse({})


class TimeForm(forms.ModelForm):
    class Meta:
        model = TimeSetting
        fields = ("is_time_counted",)

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit)
        key = _KEY.format(self.instance.pk)
        transaction.on_commit(lambda: forgiving().delete(key))
        return saved


class TimeSettingsPanel(DeskSettingsPanel):
    """In a person's account."""

    name = "archive_time"
    title = gettext_lazy("Time at the desk")
    tab = profile_tab
    order = 400
    form_class = TimeForm
