"""Views that ask for drafts: for the segment at hand, and for a whole story."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages

from archive.contrib.machinery import drafts
from archive.contrib.machinery.drafts import fill_untouched, story_as_context, untouched
from archive.contrib.machinery.engines import EngineError, MachineEngine, get_engines
from archive.contrib.machinery.readings import (
    batches_of,
    is_kept_from_readers,
    read_pairs,
    unread_pairs,
    used_today,
)
from archive.contrib.machinery.second_reader import SecondReader, size_of
from archive.desk.findings import story_of
from archive.desk.models import Translation
from archive.desk.policies import lock_against, may_work_on, policy, refuse, refuse_work_on
from archive.desk.segments import source_segments
from archive.wagtail_admin import ScreenMixin


@require_POST
def draft_segment(request: HttpRequest, pk: int) -> HttpResponse:
    """Store a draft for the segment `key`, which the sidebar shows; {"error": …} when it fails."""
    engine, translation = _engine_and_translation(pk, request.GET.get("engine", "0"))
    if not policy.user_has_permission_for_instance(request.user, "change", translation):
        return refuse(_("You do not have permission to change this translation."), 403)
    if lock := lock_against(request.user, translation):
        return refuse(lock, 423)
    sources = {source.key: source for source in source_segments(translation.article)}
    source = sources.get(request.POST.get("key", ""))
    if source is None:
        return refuse(_("This segment was deleted from the story. Reload the page."), 410)
    try:
        draft = drafts.draft_segment(translation, source, engine, user=request.user)
    except EngineError as error:
        return refuse(str(error), 502)
    return JsonResponse({"draft": draft.text, "engine": draft.engine})


def _engine_and_translation(pk: int, number: str = "0") -> tuple[MachineEngine, Translation]:
    """The engine of that number among the site's, from 0, and the translation; else 404."""
    engines = {str(place): engine for place, engine in enumerate(get_engines())}
    engine = engines.get(number)
    if engine is None:
        raise Http404
    return engine, get_object_or_404(Translation.objects.select_related("article"), pk=pk)


class OfTranslationView(ScreenMixin, TemplateView):
    """Says what would be sent of a translation, and where; once confirmed, sends it."""

    translation: Translation

    def get_page_subtitle(self) -> str:
        return str(self.translation)

    def get_way(self) -> list[dict[str, Any]]:
        return [{"url": self.translation.get_edit_url(), "label": str(self.translation)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "translation": self.translation,
            "edit_url": self.translation.get_edit_url(),
        }


class FillView(OfTranslationView):
    """Fills what nobody has touched."""

    template_name = "archive_machinery/admin/fill.html"
    page_title = gettext_lazy("Machine drafts")
    header_icon = "globe"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.engine, self.translation = _engine_and_translation(kwargs["pk"])

    def may_see(self) -> bool:
        user, translation = self.request.user, self.translation
        return policy.user_has_permission_for_instance(user, "change", translation)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if lock := lock_against(request.user, self.translation):
            messages.error(request, lock)
            return redirect(self.translation.get_edit_url())
        try:
            report = fill_untouched(self.translation, self.engine, user=request.user)
        except EngineError as error:
            messages.error(request, _("No draft was saved. %(reason)s") % {"reason": error})
            return redirect(self.translation.get_edit_url())
        filled = ngettext(
            "%(count)s segment now has a draft by %(engine)s, waiting for a translator.",
            "%(count)s segments now have drafts by %(engine)s, waiting for a translator.",
            len(report.filled),
        )
        counted = {"count": len(report.filled), "engine": self.engine.name}
        messages.success(request, filled % counted)
        if report.refused:
            refused = ngettext(
                "%(count)s draft was discarded: a lost tag, no words, too many, or the source.",
                "%(count)s drafts were discarded: lost tags, no words, too many, or the source.",
                len(report.refused),
            )
            messages.warning(request, refused % {"count": len(report.refused)})
        return redirect(self.translation.get_edit_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = untouched(self.translation)
        return {
            **super().get_context_data(**kwargs),
            "engine": self.engine,
            "count": len(waiting),
            "characters": sum(len(row.source.text) for row in waiting),
            "context_characters": len(story_as_context(self.translation)),
        }


def _reader_and_translation(pk: int) -> tuple[SecondReader, Translation]:
    """The site's second reader, and the translation; else 404."""
    reader = SecondReader.of_site()
    if reader is None:
        raise Http404
    return reader, get_object_or_404(Translation.objects.with_story(), pk=pk)


@require_POST
def read_segment(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the segment `key` read as it is stored; the sidebar shows what comes back."""
    reader, translation = _reader_and_translation(pk)
    if refused := refuse_work_on(request, translation):
        return refused
    story = story_of(translation.get_latest_revision_as_object())
    key = request.POST.get("key", "")
    pairs = [pair for pair in unread_pairs(translation, reader, story) if pair.key == key]
    report = read_pairs(translation, reader, story, pairs, user=request.user)
    return refuse(report.trouble, 502) if report.trouble else JsonResponse({})


class SecondReaderView(OfTranslationView):
    """Has the second reader read what it hasn't read yet."""

    template_name = "archive_machinery/admin/read_all.html"
    page_title = gettext_lazy("Second reader")
    header_icon = "glasses"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.reader, self.translation = _reader_and_translation(kwargs["pk"])
        self.story = story_of(self.translation.get_latest_revision_as_object())

    def may_see(self) -> bool:
        return may_work_on(self.request.user, self.translation)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pairs = unread_pairs(self.translation, self.reader, self.story)
        report = read_pairs(self.translation, self.reader, self.story, pairs, user=request.user)
        told = {"count": report.read, "engine": self.reader.name, "found": report.suggested}
        if report.read:
            read = ngettext(
                "%(engine)s has read %(count)s segment. Suggestions: %(found)s.",
                "%(engine)s has read %(count)s segments. Suggestions: %(found)s.",
                report.read,
            )
            messages.success(request, read % told)
        if report.dropped:
            dropped = ngettext(
                "%(count)s suggestion was discarded: it quotes what stands in neither text, or "
                "has another form than was asked for.",
                "%(count)s suggestions were discarded: they quote what stands in neither text, or "
                "have another form than was asked for.",
                report.dropped,
            )
            messages.warning(request, dropped % {"count": report.dropped})
        if report.trouble:
            messages.error(request, report.trouble)
        elif report.read < len(pairs):
            left = ngettext(
                "%(count)s segment is still unread: ask again.",
                "%(count)s segments are still unread: ask again.",
                len(pairs) - report.read,
            )
            messages.warning(request, left % {"count": len(pairs) - report.read})
            return redirect(request.path)
        return redirect(self.translation.get_edit_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = unread_pairs(self.translation, self.reader, self.story)
        requests = [request for _some, request in batches_of(self.reader, self.story, waiting)]
        return {
            **super().get_context_data(**kwargs),
            "reader": self.reader,
            "is_kept": is_kept_from_readers(self.translation),
            "count": len(waiting),
            "characters": sum(map(size_of, requests)),
            "used": used_today(),
        }
