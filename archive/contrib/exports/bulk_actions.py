"""The list of stories' action that gives the chosen ones as files."""

from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import get_list_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from wagtail.admin import messages

from archive.contrib.exports.actions import check_for_drafts, write_stories
from archive.contrib.exports.choice import NEWEST_FIRST, GivenStories
from archive.contrib.exports.errors import ExportError
from archive.contrib.exports.formats import export_formats
from archive.contrib.exports.formats.base import ExportFolder, ExportFormat
from archive.stories.models import ArticlePage
from archive.stories.story_list.bulk_actions import NAMED, StoriesBulkAction
from archive.text.language import columns
from archive.wagtail_admin import list_errors


def _formats() -> list[tuple[str, Any]]:
    label = '<span>{}<br><span class="help">{}</span></span>'
    return [
        (one.id, format_html(label, one.name, one.description)) for one in export_formats().values()
    ]


class StoryExportForm(forms.Form):
    format = forms.ChoiceField(
        label=pgettext_lazy("of a file", "Format"),
        choices=_formats,
        initial="jsonl",
        widget=forms.RadioSelect,
    )
    pictures = forms.BooleanField(
        label=gettext_lazy("With the files of pictures"), required=False, initial=True
    )
    drafts = forms.BooleanField(
        label=gettext_lazy("With drafts"),
        required=False,
        help_text=gettext_lazy(
            "The newest version of each story, also of those that readers don't see yet."
        ),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("drafts") and (form := export_formats().get(said.get("format", ""))):
            try:
                check_for_drafts(form)
            except ExportError as error:
                self.add_error("drafts", str(error))
        return said


class ExportStories(StoriesBulkAction):
    """Whoever sees a story may have it as a file: what readers see, or drafts of their own."""

    display_name = gettext_lazy("Export…")
    aria_label = gettext_lazy("Export the selected stories as files")
    action_type = "export"
    template_name = "archive_exports/admin/export.html"
    action_priority = 60
    form_class = StoryExportForm

    @classmethod
    def get_queryset(cls, model: Any, object_ids: Any) -> Any:
        """In the order of a search's results. Their texts are read when they are written."""
        stories = model.objects.defer(*columns("body")).order_by(*NEWEST_FIRST)
        return get_list_or_404(stories, pk__in=object_ids)

    @cached_property
    def _seen(self) -> set[int]:
        """The keys of the chosen stories that the person may see."""
        seen = ArticlePage.objects.shown_to(self.request.user).order_by()
        asked = self.request.GET.getlist("id")
        if "all" not in asked:
            seen = seen.filter(pk__in=asked)
        return set(seen.values_list("pk", flat=True))

    def check_perm(self, obj: ArticlePage) -> bool:
        return obj.pk in self._seen

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        chosen = [one["item"].pk for one in context["items"]]
        public = ArticlePage.objects.shown_to_public().filter(pk__in=chosen).count()
        return {**context, "unseen": len(chosen) - public}

    def prepare_action(self, objects: list[ArticlePage], _without_access: Any) -> HttpResponseBase:
        if not objects:
            raise PermissionDenied
        said = self.cleaned_form.cleaned_data
        form = export_formats()[said["format"]]
        keys = tuple(one.pk for one in objects)
        choice = GivenStories(keys, drafts=said["drafts"], user=self.request.user)
        try:
            return self._zipped(choice, form, with_pictures=said["pictures"])
        except ExportError as error:
            messages.error(self.request, str(error))
        return redirect(self.next_url)

    @staticmethod
    def _nothing(out: ExportFolder, *, drafts: bool) -> str:
        if out.failed or drafts:
            return _("None of these stories could be exported.")
        return _("Readers see none of these stories: export them with drafts.")

    def _zipped(
        self, choice: GivenStories, form: ExportFormat, *, with_pictures: bool
    ) -> HttpResponseBase:
        """The files in a ZIP, which is made on disk and gone once it is sent."""
        name = f"stories-{timezone.localdate()}-{form.id}"
        # The response closes it.
        packed = TemporaryFile()  # noqa: SIM115
        with TemporaryDirectory() as folder:
            out = write_stories(choice, form, Path(folder), with_pictures=with_pictures)
            if out.failed:
                title = ngettext(
                    "%(count)d story isn't in the file.",
                    "%(count)d stories aren't in the file.",
                    len(out.failed),
                )
                lines = out.failed[:NAMED]
                list_errors(self.request, title % {"count": len(out.failed)}, lines)
            if not out.written:
                raise ExportError(self._nothing(out, drafts=choice.drafts))
            with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
                for file in sorted(Path(folder).rglob("*")):
                    if file.is_file():
                        archive.write(file, f"{name}/{file.relative_to(folder).as_posix()}")
        packed.seek(0)
        return FileResponse(packed, as_attachment=True, filename=f"{name}.zip")
