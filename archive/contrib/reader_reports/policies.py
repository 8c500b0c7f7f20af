"""Who may handle readers' reports."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.permission_policies.base import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.contrib.reader_reports.models import ReaderReport
from archive.desk.policies import languages_of


class ReportPolicy(ModelPermissionPolicy):
    """Nobody adds or deletes a report by hand: readers add them.

    All else takes the permission, and the right to translate into the text's language, or to
    change the story where it is about the source.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        is_possible = action in ("change", "view") and user.is_active
        return is_possible and user.has_perm("archive_reader_reports.change_readerreport")

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


report_policy = ReportPolicy(ReaderReport)
