"""The screen: what to look for and where, and a preview with a tick for each segment."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages

from archive.contrib.replacement.actions import (
    MOST_SHOWN,
    MOST_STORIES,
    FoundSegment,
    ReplaceReport,
    find,
    own_work,
    replace,
)
from archive.contrib.replacement.forms import ReplaceForm
from archive.contrib.replacement.patterns import PatternError, Replacement
from archive.contrib.replacement.undo import ReplaceKind
from archive.desk.models import Translation
from archive.desk.policies import policy, refuse, refuse_work_on
from archive.journal.history import lines_of
from archive.journal.models import JournalEntry
from archive.wagtail_admin import ScreenMixin

# What a person ticks, and what makes a preview the deed.
SEGMENT, APPLY = "segment", "apply"


def said_of(report: ReplaceReport) -> str:
    """What was done, for the person."""
    done = ngettext(
        "Replaced in %(count)d segment. It is a draft now.",
        "Replaced in %(count)d segments. They are drafts now.",
        report.changed,
    )
    if report.emptied:
        done = ngettext(
            "Replaced in %(count)d segment. It has no words left and is untranslated now.",
            "Replaced in %(count)d segments. %(emptied)d of them have no words left and are "
            "untranslated now; others are drafts.",
            report.changed,
        )
    return done % {"count": report.changed, "emptied": report.emptied}


def said_of_refused(count: int) -> str:
    text = ngettext(
        "%(count)d segment stays: changed by somebody in the meantime, or too long.",
        "%(count)d segments stay: changed by somebody in the meantime, or too long.",
        count,
    )
    return text % {"count": count}


@require_POST
def replace_here(request: HttpRequest, pk: int) -> HttpResponse:
    """Beside the desk: what would change, as HTML; with `apply` it is done in the ticked segments,
    and the answer says so, with the entry of the journal that takes it back."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := refuse_work_on(request, translation, locked_too=True):
        return refused
    form = ReplaceForm(request.POST)
    if not form.is_valid():
        return refuse(" ".join(str(e) for some in form.errors.values() for e in some), 400)
    replacement = Replacement(**form.cleaned_data)
    try:
        replacement.check()
        where = Translation.objects.filter(pk=pk)
        found = list(islice(find(where, replacement, user=request.user), MOST_SHOWN + 1))
        if APPLY not in request.POST:
            shown = {"found": found[:MOST_SHOWN], "has_more": len(found) > MOST_SHOWN}
            html = render_to_string("archive_replacement/admin/desk_found.html", shown)
            return JsonResponse({"html": html})
        wanted = set(request.POST.getlist(SEGMENT))
        report = replace(found, wanted, replacement, user=request.user)
    except PatternError as error:
        return refuse(str(error), 400)
    said = [said_of(report), said_of_refused(report.refused) if report.refused else ""]
    entry = report.entry.pk if report.entry else None
    return JsonResponse({"said": " ".join(filter(None, said)), "entry": entry})


class ReplaceView(ScreenMixin, TemplateView):
    """Looks for it in one translation or in all that is one's own, and replaces: by POST, since a
    pattern keeps a server busy, and no other site may ask for that."""

    template_name = "archive_replacement/admin/replace.html"
    page_title = gettext_lazy("Find and replace")
    header_icon = "edit"

    translation: Translation | None = None

    def may_see(self) -> bool:
        user = self.request.user
        if not policy.user_has_permission(user, "change"):
            return False
        if pk := self.kwargs.get("pk"):
            found = Translation.objects.select_related("article")
            self.translation = get_object_or_404(found, pk=pk)
            return policy.user_has_permission_for_instance(user, "change", self.translation)
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._answer(ReplaceForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReplaceForm(request.POST)
        if not form.is_valid():
            return self._answer(form)
        replacement = Replacement(**form.cleaned_data)
        try:
            found = self._find(replacement)
            if APPLY not in request.POST:
                free = [one for one in found if not one.lock]
                locked = Counter((one.translation, one.lock) for one in found if one.lock)
                return self._answer(form, free, is_asked=True, locked=locked.items())
            wanted = set(request.POST.getlist(SEGMENT))
            report = replace(found, wanted, replacement, user=request.user)
        except PatternError as error:
            # The page says what is wrong, with what was typed.
            form.add_error("find", str(error))
            return self._answer(form)
        buttons = []
        if report.entry:
            undo = reverse("archive_journal:undo", args=[report.entry.pk])
            buttons = [messages.button(undo, _("Undo the replacement"))]
        messages.success(request, said_of(report), buttons=buttons)
        self._tell_of_refused(report.refused)
        return redirect(self._url())

    def _answer(
        self, form: ReplaceForm, found: Sequence[FoundSegment] = (), **context: Any
    ) -> HttpResponse:
        shown = {"found": found[:MOST_SHOWN], "has_more": len(found) > MOST_SHOWN}
        return self.render_to_response(self.get_context_data(form=form, **shown, **context))

    def _find(self, replacement: Replacement) -> list[FoundSegment]:
        replacement.check()
        where = own_work(self.request.user)[:MOST_STORIES]
        if self.translation:
            where = Translation.objects.filter(pk=self.translation.pk)
        found: list[FoundSegment] = []
        count = 0
        for one in find(where, replacement, user=self.request.user):
            found.append(one)
            count += not one.lock
            if count > MOST_SHOWN:
                break
        return found

    def _tell_of_refused(self, count: int) -> None:
        if count:
            messages.warning(self.request, said_of_refused(count))

    def _url(self) -> str:
        args = [self.translation.pk] if self.translation else []
        return reverse(f"archive_replacement:{'replace' if args else 'replace_in_mine'}", args=args)

    def get_page_subtitle(self) -> str:
        return str(self.translation or _("in all translations that are yours"))

    def get_way(self) -> list[dict[str, Any]]:
        if self.translation:
            return [{"url": self.translation.get_edit_url(), "label": str(self.translation)}]
        url = reverse("wagtailsnippets_archive_translation:list")
        return [{"url": url, "label": _("Translations")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        entries = JournalEntry.objects.filter(kind=ReplaceKind.name)
        done = entries.about(self.translation) if self.translation else entries.filter(made_by=user)
        context = {**super().get_context_data(**kwargs), "translation": self.translation}
        context["journal"] = lines_of(done, user)
        return {**context, "own_url": reverse("archive_replacement:replace_in_mine")}
