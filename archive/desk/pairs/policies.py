"""Who may join stories and part them."""

from typing import Any

from django.db.models import F, QuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.desk.models import StoryPair
from archive.desk.policies import policy
from archive.stories.marks import TranslationState


def may_pair(user: Any) -> bool:
    """Whether the person may publish stories somewhere."""
    return bool(PagePermissionPolicy().user_has_any_permission(user, ["publish"]))


def pairs_for(user: Any) -> QuerySet[StoryPair]:
    """The pairs of which a person may publish both stories."""
    if not may_pair(user):
        return StoryPair.objects.none()
    # Of one language, an import has parted them: no translations of each other.
    pairs = StoryPair.objects.exclude(one__source_language=F("two__source_language"))
    if user.is_superuser:
        return pairs
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    own = pages.order_by().values("pk")
    return pairs.filter(one__in=own, two__in=own)


def may_part(user: Any, pair: StoryPair) -> bool:
    """Whether a person who may publish both stories may make them two again: a translation that
    readers have is taken back with that."""
    kept = next((one for one in (pair.one, pair.two) if one.pk == pair.kept_id), None)
    if kept is None:
        return False
    is_public = kept.translation_state in (
        TranslationState.PUBLISHED,
        TranslationState.SOURCE_CHANGED,
    )
    return not is_public or policy.user_may(user, "publish", kept.target_language)
