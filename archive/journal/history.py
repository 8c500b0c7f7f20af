"""What was done and can be undone, as lists of the admin show it; and the screen that undoes it:
what stands against it, and the button."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from archive.journal.kinds import kinds
from archive.journal.models import JournalEntry, JournalQuerySet
from archive.journal.plan import JournalError, told
from archive.journal.undo import kind_of, plan_undo, undo
from archive.text.punctuation import joined, labelled
from archive.wagtail_admin import ScreenMixin

# So many of a list, the newest.
MOST_LISTED = 50


@dataclass(frozen=True)
class JournalLine:
    """An entry in a list; `undo_url` is empty for whoever may not undo it, and once it is."""

    entry: JournalEntry
    label: str
    undo_url: str


def lines_of(entries: JournalQuerySet, user: Any) -> list[JournalLine]:
    """The newest of them."""
    found = entries.select_related("made_by", "undone_by").defer("changes")
    return list(_lines(found[:MOST_LISTED], user))


def _lines(entries: Iterable[JournalEntry], user: Any) -> Iterable[JournalLine]:
    known = kinds()
    for entry in entries:
        kind = known.get(entry.kind)
        may_undo = kind and not entry.undone_at and kind.may_undo(user, entry)
        url = reverse("archive_journal:undo", args=[entry.pk]) if may_undo else ""
        yield JournalLine(entry, str(kind.label) if kind else entry.kind, url)


class JournalHistoryMixin:
    """A HistoryView that says above the log what was done to the object and can be undone."""

    request: Any
    object: Any

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)  # type: ignore[misc]
        entries = JournalEntry.objects.about(self.object)
        return {**context, "journal": lines_of(entries, self.request.user)}


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
            text = _("Changed or confirmed since: %(people)s")
            messages.warning(request, text % {"people": told(plan.stay_for)})
        return redirect(self.kind.get_url(self.entry))

    def _show(self, **context: Any) -> HttpResponse:
        url = self.kind.get_url(self.entry)
        values = self.get_context_data(entry=self.entry, kind=self.kind, back_url=url, **context)
        return self.render_to_response(values)
