"""Who handles a report: those who may change the text that it is about."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.desk.models import ReaderReport
from archive.desk.policies import languages_of

CHANGE = "archive.change_readerreport"


class ReportPolicy(ModelPermissionPolicy):
    """Nobody adds or deletes a report by hand: readers add them.

    All else takes the permission, and the right to the text: of a translation, the right to
    translate into its language; of a source, that of changing the story.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("change", "view") and user.is_active and user.has_perm(CHANGE)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if not self.user_has_permission(user, action):
            return False
        if not instance.is_about_source:
            return instance.language in languages_of(user)
        pages = PagePermissionPolicy()
        return bool(pages.user_has_permission_for_instance(user, "change", instance.article))

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet:
        if not any(self.user_has_permission(user, action) for action in actions):
            return ReaderReport.objects.none()
        own = Q(is_about_source=False, language__in=languages_of(user))
        pages = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
        stories = Q(is_about_source=True, article__in=pages.order_by().values("pk"))
        return ReaderReport.objects.filter(own | stories)


policy = ReportPolicy(ReaderReport)


def register_policy() -> None:
    """Wagtail 8 keeps a registry of policies; 7.4 asks the viewset, which has it too."""
    try:
        # Wagtail 7.4 has no such module.
        from wagtail.permissions import register_permission_policy
    except ImportError:
        return
    register_permission_policy(ReaderReport, policy, exact_class=True)
