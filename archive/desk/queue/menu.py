"""How many open translations are one's own, beside "Translations" in the admin's menu."""

from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.utils.translation import ngettext
from wagtail.admin.menu import MenuItem

from archive.desk.models import Translation
from archive.desk.policies import policy
from archive.desk.queue.filters import IS_OPEN

# The menu is on every page of the admin; publishing shows this much later, assigning at once.
SECONDS = 60
# More tells nobody anything, and fits into the narrow menu.
MOST = 99


def own_count(user: Any) -> int:
    """How many translations that the user may change are the user's to do; at most one query."""
    if not policy.user_has_permission(user, "change"):
        return 0
    return cache.get_or_set(_key(user.pk), lambda: _count(user), SECONDS) or 0


def _count(user: Any) -> int:
    return Translation.objects.order_by().filter(IS_OPEN, assignee=user.pk).count()


def forget_counts(user_ids: Iterable[int | None]) -> None:
    """Count anew for these people: work was given to them, or taken from them."""
    cache.delete_many([_key(pk) for pk in set(user_ids) if pk])


def _key(user_id: int) -> str:
    return f"archive-desk-own-{user_id}"


class CountedMenuItem(MenuItem):
    """The number is an attribute that `queue.css` shows; the words of it are the link's title."""

    def render_component(self, request: Any) -> Any:
        component = super().render_component(request)
        if count := own_count(request.user):
            words = ngettext(
                "%(count)d open translation assigned to you",
                "%(count)d open translations assigned to you",
                count,
            )
            component.attrs = {
                **component.attrs,
                "data-archive-count": str(count) if count <= MOST else f"{MOST}+",
                "title": words % {"count": count},
            }
        return component
