"""How many reports are open, beside "Readers' reports" in the admin's menu."""

from typing import Any

from django.core.cache import cache
from django.utils.translation import ngettext
from wagtail.admin.menu import MenuItem

from archive.desk.models import ReaderReport
from archive.desk.queue.menu import MOST, SECONDS
from archive.desk.reports.policies import policy


def open_count(user: Any) -> int:
    """How many open reports the user may handle; asked at most once a minute."""
    if not policy.user_has_permission(user, "change"):
        return 0
    return cache.get_or_set(_key(user.pk), lambda: _count(user), SECONDS) or 0


def _count(user: Any) -> int:
    found = policy.instances_user_has_any_permission_for(user, {"change"})
    return found.filter(state=ReaderReport.State.OPEN).order_by().count()


def forget_count(user: Any) -> None:
    """Count anew for whoever has just settled some."""
    cache.delete(_key(user.pk))


def _key(user_id: int) -> str:
    return f"archive-desk-reports-{user_id}"


class ReportsMenuItem(MenuItem):
    """The number is an attribute that `queue.css` shows; the words of it are the link's title."""

    def render_component(self, request: Any) -> Any:
        component = super().render_component(request)
        if count := open_count(request.user):
            words = ngettext("%(count)d open report", "%(count)d open reports", count)
            component.attrs = {
                **component.attrs,
                "data-archive-count": str(count) if count <= MOST else f"{MOST}+",
                "title": words % {"count": count},
            }
        return component
