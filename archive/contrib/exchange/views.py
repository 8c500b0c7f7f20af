"""The export and import screens, and their forms."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from archive.contrib.exchange.actions import export, import_files, import_stories
from archive.contrib.exchange.conf import settings
from archive.contrib.exchange.formats import FORMATS
from archive.contrib.exchange.packages import SUFFIXES, too_large
from archive.contrib.exchange.stories import MOST_STORIES, from_memory
from archive.contrib.exchange.units import Reply, State, StoryReply, UnitVersion
from archive.desk.models import Translation
from archive.desk.policies import policy, refuse
from archive.desk.queue.bulk_actions import QueueBulkAction

ACCEPTED = ",".join((*SUFFIXES, ".zip"))


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=pgettext_lazy("of a file", "Format"),
        choices=[(name, one.label) for name, one in FORMATS.items()],
        initial="xliff12",
        widget=forms.RadioSelect,
    )


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, none of them larger than the desk takes in."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list) and data else [data or None]
        cleaned = [super(FilesField, self).clean(one, initial) for one in files]
        for file in cleaned:
            if file.size > settings.DESK_MAX_BYTES:
                raise forms.ValidationError(too_large(file.name, file.size))
        return cleaned


class ImportForm(forms.Form):
    uploads = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "XLIFF or PO files from your CAT tool, Word or Excel tables from a reviewer, or ZIP "
            "files of them."
        ),
        widget=ManyFilesInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
    )
    dry_run = forms.BooleanField(
        label=gettext_lazy("Preview only"),
        required=False,
        help_text=gettext_lazy("Nothing is saved."),
    )


class ExportAction(QueueBulkAction):
    """From the list of translations, or from one of them, to a file for another tool."""

    display_name = gettext_lazy("Export…")
    heading = gettext_lazy("Export for translation")
    button = gettext_lazy("Export")
    aria_label = gettext_lazy("Export the selected translations as files")
    action_type = "export"
    icon_name = "download"
    button_label = gettext_lazy("Export for translation")
    template_name = "archive_exchange/admin/export.html"
    action_priority = 60
    form_class = ExportForm

    def prepare_action(self, objects: list[Translation], _without_access: Any) -> HttpResponse:
        if not objects:
            raise PermissionDenied
        chosen = Translation.objects.filter(pk__in=[one.pk for one in objects])
        few = len(objects) <= MOST_STORIES
        name = self.cleaned_form.cleaned_data["format"]
        file = export(chosen, name, suggest=from_memory if few else None)
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
        context = {"form": ImportForm(), "reports": reports, "dry_run": dry_run}
    return render(request, "archive_exchange/admin/import.html", context)


@require_POST
def take_from_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the file's text in place of the one that was shown beside it, or where the desk has left
    the segment out or joined it; it is as far as the file says. Gives the segment's row of the
    report as it is now, as a fragment."""
    if not policy.user_has_permission(request.user, "change"):
        raise PermissionDenied
    translation = get_object_or_404(Translation.objects.select_related("article"), pk=pk)
    names = ("key", "target", "base", "seen", "source")
    key, target, base, seen, source = (request.POST.get(name, "") for name in names)
    state: State = "translated" if request.POST.get("state") == "translated" else "draft"
    reply = Reply(key, (source,), (target,), state, UnitVersion(seen, base), is_html=True)
    reply = replace(reply, is_chosen=True)
    story = StoryReply(str(translation.article.translation_key), replies=(reply,))
    (report,) = import_stories([story], user=request.user)
    if report.trouble:
        return refuse(report.trouble, 409)
    context = {"story": report, "lines": report.lines[:1], "both": True}
    return render(request, "archive_exchange/admin/lines.html", context)
