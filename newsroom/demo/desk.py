"""What the demo's translators find on their desk: some of the stories wanted soon, some taken."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from archive.desk.queue import actions
from archive.models import Translation, Urgency


def fill_desk() -> None:
    """Give out some of the open translations; done once, while nobody has any."""
    if Translation.objects.exclude(assignee=None).exists():
        return
    users = get_user_model().objects
    editor, translator = users.get(username="editor"), users.get(username="translator")
    waiting = list(Translation.objects.queue().filter(state="not_started"))
    today = timezone.localdate()
    for translation, days in zip(waiting, (2, 6, -1), strict=False):
        actions.assign([translation], translator, user=editor)
        actions.set_due_date([translation], today + timedelta(days=days), user=editor)
    if waiting:
        actions.set_urgency(waiting[:1], Urgency.URGENT, user=editor)
    actions.set_urgency(waiting[3:4], Urgency.HIGH, user=editor)
