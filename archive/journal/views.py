"""The one screen on which something is undone: what stands against it, and the button."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from archive.journal.kinds import kinds
from archive.journal.models import JournalEntry
from archive.journal.plan import JournalError
from archive.journal.undo import kind_of, plan_undo, undo
from archive.journal.work import told
from archive.text.punctuation import joined, labelled
from archive.wagtail_admin import ScreenMixin

# What a person posts who gives up their own work since.
WITHOUT_OWN = "without_own"


class UndoView(ScreenMixin, TemplateView):
    """Says what would come back, what can't and why; a POST brings it back."""

    template_name = "archive/admin/journal/undo.html"
    page_title = pgettext_lazy("journal", "Undo")
    header_icon = "undo"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        entries = JournalEntry.objects.select_related("made_by")
        self.entry = get_object_or_404(entries, pk=kwargs["pk"], kind__in=kinds())
        self.kind = kind_of(self.entry)

    def may_see(self) -> bool:
        return self.kind.may_undo(self.request.user, self.entry)

    def get_page_subtitle(self) -> str:
        return self.entry.label

    def get_way(self) -> list[dict[str, Any]]:
        return [{"url": self.kind.get_url(self.entry), "label": self.kind.label}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return self._show(plan=plan_undo(self.entry, request.user))
        except JournalError as error:
            return self._show(trouble=str(error))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            plan = undo(self.entry, request.user, gives_up_own=WITHOUT_OWN in request.POST)
        except JournalError as error:
            messages.error(request, str(error))
            return redirect(request.path)
        message = ngettext(
            "Undone: %(count)s change was reverted.",
            "Undone: %(count)s changes were reverted.",
            plan.restored,
        )
        messages.success(request, message % {"count": plan.restored})
        if plan.stay:
            names = joined(labelled(number, name) for name, number in plan.stays)
            stays = _("Changed since, so left unchanged: %(kinds)s.")
            messages.warning(request, stays % {"kinds": names})
        if plan.stay_for:
            text = _("Others have worked there since: %(people)s")
            messages.warning(request, text % {"people": told(plan.stay_for)})
        return redirect(self.kind.get_url(self.entry))

    def _show(self, **context: Any) -> HttpResponse:
        url = self.kind.get_url(self.entry)
        values = self.get_context_data(entry=self.entry, kind=self.kind, back_url=url, **context)
        return self.render_to_response(values)
