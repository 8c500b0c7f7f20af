"""The time that somebody spends on segments: counted by their browser, if they switch it on."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import F, Sum
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.views.account import profile_tab

from archive.desk.models import DeskSetting, SegmentTime, Translation
from archive.desk.policies import refuse, refuse_work_on
from archive.desk.preferences import DeskSettingsPanel, forget_preferences, preferences_of
from archive.desk.segments import source_segments
from archive.wagtail_admin import body_of

# Between two reports of a browser; it reports every half a minute.
MOST_SECONDS = 600


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
    if not preferences_of(user).is_time_counted:
        return {}
    found = SegmentTime.objects.filter(person=user.pk, translation=translation.pk)
    total = found.filter(key=row.source.key).aggregate(total=Sum("seconds"))["total"]
    return {"seconds": total or 0}


@require_POST
def add_times_view(request: HttpRequest, pk: int) -> HttpResponse:
    """POST of JSON: `{"seconds": {key: whole number}}`; 403 to who has it switched off."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation):
        return refused
    if not preferences_of(request.user).is_time_counted:
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
        model = DeskSetting
        fields = ("is_time_counted",)

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit)
        forget_preferences(self.instance.person)
        return saved


class TimeSettingsPanel(DeskSettingsPanel):
    """In a person's account."""

    name = "archive_time"
    title = gettext_lazy("Time at the desk")
    tab = profile_tab
    order = 400
    form_class = TimeForm
