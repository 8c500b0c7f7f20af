"""The list of one's notices, the bell that leads to it, and the choice of mails."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET
from django.views.generic import ListView
from wagtail.admin.views.account import notifications_tab

from archive.desk.editor.shortcuts import DeskSettingsPanel
from archive.desk.models import Notice, NoticeSetting
from archive.desk.notices.actions import mark_seen, unseen_count
from archive.desk.policies import policy
from archive.desk.queue.panels import CountedMenuItem
from archive.wagtail_admin import ScreenMixin

LIST = "archive_translation:notices"


class NoticesView(ScreenMixin, ListView):
    """One's own, the newest first; POST marks all as read."""

    template_name = "archive/admin/notices/list.html"
    page_title = gettext_lazy("Notices")
    header_icon = "mail"
    paginate_by = 50

    def may_see(self) -> bool:
        return policy.user_has_permission(self.request.user, "change")

    def get_queryset(self) -> Any:
        found = Notice.objects.filter(person=self.request.user.pk)
        return found.select_related("actor", "translation__article")

    def post(self, request: HttpRequest) -> HttpResponse:
        mark_seen(request.user)
        return redirect(LIST)


@require_GET
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """To what a notice of one's own is about; it is read by that, and so are others of it."""
    if not policy.user_has_permission(request.user, "change"):
        raise PermissionDenied
    own = Notice.objects.filter(person=request.user.pk).select_related("translation")
    notice = own.filter(pk=pk).first()
    if notice is None:
        # No 404: Django would look for the page in another language.
        return redirect(LIST)
    mark_seen(request.user, translation=notice.translation_id)
    return redirect(notice.translation.get_edit_url())


class NoticesMenuItem(CountedMenuItem):
    """Shown to whoever works at translations."""

    def is_shown(self, request: HttpRequest) -> bool:
        return policy.user_has_permission(request.user, "change")

    def count_for(self, user: Any) -> int:
        return unseen_count(user)

    def words_for(self, count: int) -> str:
        return ngettext("%(count)d unread notice", "%(count)d unread notices", count)


class NoticeSettingForm(forms.ModelForm):
    class Meta:
        model = NoticeSetting
        fields = ("mail",)
        widgets = {"mail": forms.RadioSelect}


class NoticesSettingsPanel(DeskSettingsPanel):
    """In a person's account, below Wagtail's own notifications."""

    name = "archive_notices"
    title = gettext_lazy("Translations")
    tab = notifications_tab
    order = 200
    form_class = NoticeSettingForm
