"""The editor's part of the dashboard: how to begin, own drafts, what waits, what is scheduled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from wagtail.admin.ui.components import Component
from wagtail.models import Revision, get_default_page_content_type
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.photos.filters import lacking_count
from archive.registry import registered
from archive.stories.models import ArticlePage
from archive.stories.querysets import LATE, UNLISTED, UNSCHEDULED
from archive.stories.reviews import steps_of, waiting_count, with_steps
from archive.wagtail_admin import RequestComponent

MOST_DRAFTS, MOST_SCHEDULED = 6, 6


@dataclass(frozen=True)
class StoryStart:
    """Another way to begin stories than their form: a button for whom `may_use` lets in."""

    label: str | Promise
    url: str | Promise
    may_use: Callable[[Any], bool]


def story_starts(user: Any) -> list[StoryStart]:
    return [one for one in registered("story_start", StoryStart) if one.may_use(user)]


def panels_for(request: HttpRequest) -> list[Component]:
    """For whoever may write or publish somewhere."""
    rights = {"add", "change", "publish"}
    if PagePermissionPolicy().user_has_any_permission(request.user, rights):
        return [EditorPanel()]
    return []


class EditorPanel(RequestComponent):
    name = "archive_editor"
    template_name = "archive/admin/stories/dashboard.html"
    order = 20

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        drafts = list(_drafts_of(request.user)[: MOST_DRAFTS + 1])
        steps = steps_of(drafts)
        return {
            "starts": story_starts(request.user),
            "drafts": [(one, steps.get(one.step_id)) for one in drafts[:MOST_DRAFTS]],
            "has_more_drafts": len(drafts) > MOST_DRAFTS,
            "waiting_count": waiting_count(request.user, get_default_page_content_type()),
            "scheduled": _scheduled_for(request.user),
            "late_before": timezone.now() - LATE,
            "lacking_count": lacking_count(request.user),
        }


def _drafts_of(user: Any) -> QuerySet:
    """What the person began or saved last, and readers haven't got yet; the newest first."""
    own = Q(owner=user.pk) | Q(latest_revision__user=user.pk)
    unpublished = UNSCHEDULED & (Q(live=False) | Q(has_unpublished_changes=True))
    editable = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    found: QuerySet = (
        ArticlePage.objects.filter(own, unpublished, alias_of=None)
        .filter(pk__in=editable.order_by().values("pk"))
        .select_related("publication")
        .defer(*UNLISTED)
        .order_by("-latest_revision_created_at", "-pk")
    )
    return with_steps(found, get_default_page_content_type())


def _scheduled_for(user: Any) -> QuerySet[Revision]:
    """The next stories that go live by themselves, of those that the person may edit."""
    editable = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    keys = editable.order_by().annotate(key=Cast("pk", CharField())).values("key")
    pages = Revision.objects.filter(base_content_type=get_default_page_content_type())
    due: QuerySet[Revision] = pages.filter(object_id__in=keys).exclude(approved_go_live_at=None)
    return due.order_by("approved_go_live_at", "pk")[:MOST_SCHEDULED]
