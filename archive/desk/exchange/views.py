"""The export and import screens."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from archive.desk.exchange.actions import import_stories
from archive.desk.exchange.forms import ExportForm, ImportForm
from archive.desk.exchange.report import TO_LOOK_AT, counts, word
from archive.desk.exchange.runs import FileReport, export, import_files
from archive.desk.exchange.stories import no_matches
from archive.desk.exchange.suggesting import MOST_STORIES, from_memory
from archive.desk.exchange.units import Reply, Stamp, StoryReply
from archive.desk.models import Translation
from archive.desk.policies import policy
from archive.desk.queue.bulk_actions import QueueBulkAction


class ExportAction(QueueBulkAction):
    """From the list of translations, or from one of them, to a file for another tool."""

    display_name = _("Export…")
    heading = _("Export for translation")
    button = _("Export")
    aria_label = _("Export the selected translations for a translation tool")
    action_type = "export"
    template_name = "archive/admin/exchange/export.html"
    action_priority = 60
    form_class = ExportForm

    def prepare_action(self, objects: list[Translation], _without_access: Any) -> HttpResponse:
        if not objects:
            raise PermissionDenied
        chosen = Translation.objects.filter(pk__in=[one.pk for one in objects])
        few = len(objects) <= MOST_STORIES
        name = self.cleaned_form.cleaned_data["format"]
        file = export(chosen, name, suggest=from_memory if few else no_matches)
        response = HttpResponse(file.data, content_type=file.content_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
        return response


def import_translations(request: HttpRequest) -> HttpResponse:
    """Take in files of translations, and report on every segment."""
    if not policy.user_has_permission(request.user, "change"):
        raise PermissionDenied
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        dry_run = form.cleaned_data["dry_run"]
        files = ((file.name, file.read()) for file in form.cleaned_data["uploads"])
        reports = list(import_files(files, user=request.user, dry_run=dry_run))
        context |= {"reports": [_shown(one) for one in reports], "dry_run": dry_run}
        context["form"] = ImportForm()
    return render(request, "archive/admin/exchange/import.html", context)


@require_POST
def take_from_file(request: HttpRequest, pk: int) -> HttpResponse:
    """After a clash: put the file's text in place of the one that was shown beside it."""
    if not policy.user_has_permission(request.user, "change"):
        raise PermissionDenied
    translation = get_object_or_404(Translation.objects.select_related("article"), pk=pk)
    key, target, base, seen, source = (
        request.POST.get(name, "") for name in ("key", "target", "base", "seen", "source")
    )
    reply = Reply(key, (source,), (target,), "translated", Stamp(seen, base), is_html=True)
    story = StoryReply(str(translation.article.translation_key), replies=(reply,))
    (report,) = import_stories([story], user=request.user)
    line = report.lines[0] if report.lines else None
    if line and line.change:
        messages.success(request, _("The file's text is in place."))
    else:
        told = [report.trouble, *([word(line.verdict), line.remark] if line else [])]
        messages.error(request, " ".join(filter(None, told)))
    place = f"#row-{line.number}" if line and line.number else ""
    return redirect(f"{translation.get_edit_url()}{place}")


def _shown(report: FileReport) -> dict[str, Any]:
    """A report as the screen shows it: first what a person has to look at."""
    return {
        "name": report.name,
        "trouble": report.trouble,
        "stories": [
            {
                "story": story,
                "counts": counts(story.lines),
                "to_look_at": [
                    (line, word(line.verdict))
                    for verdict in TO_LOOK_AT
                    for line in story.lines
                    if line.verdict is verdict
                ],
                "others": [
                    (line, word(line.verdict))
                    for line in story.lines
                    if line.verdict not in TO_LOOK_AT
                ],
            }
            for story in report.stories
        ],
    }
