"""An editor's word on a reprint that was found: confirmed, refused for good, or asked again."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.contrib.reprints.models import StoryReuse
from archive.desk.pairs.policies import may_pair
from archive.stories.models import ArticlePage
from archive.stories.signals import pages_changed

# The entry in both stories' histories, by the new state.
LOG_ACTIONS = {
    StoryReuse.State.FOUND: "archive_reprints.reopen",
    StoryReuse.State.CONFIRMED: "archive_reprints.confirm",
    StoryReuse.State.REFUSED: "archive_reprints.refuse",
}


def reuse_for(user: Any) -> QuerySet[StoryReuse]:
    """The reprints of which a person may publish both stories."""
    if not may_pair(user):
        return StoryReuse.objects.none()
    if user.is_superuser:
        return StoryReuse.objects.all()
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    own = pages.order_by().values("pk")
    return StoryReuse.objects.filter(earlier__in=own, later__in=own)


@transaction.atomic
def decide_reuse(row: StoryReuse, state: str, user: Any) -> StoryReuse:
    """Store a person's word, for readers at once. Raises PermissionDenied.

    What is refused is found no more; what is confirmed stays, whatever becomes of the texts.
    """
    if not reuse_for(user).filter(pk=row.pk).exists():
        raise PermissionDenied
    row = StoryReuse.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.state == state:
        return row
    is_decided = state != StoryReuse.State.FOUND
    row.state = state
    row.decided_by = user if is_decided else None
    row.decided_at = timezone.now() if is_decided else None
    row.save(update_fields=["state", "decided_by", "decided_at"])
    for page, other in ((row.earlier, row.later), (row.later, row.earlier)):
        log(page, LOG_ACTIONS[StoryReuse.State(state)], user=user, data={"story": other.pk})
    pages_changed.send(ArticlePage, pks=[row.earlier_id, row.later_id])
    return row
