"""The editor's screen: what changed under the translation, and which of it makes no difference."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from archive.desk.freshness.minor import MinorReport, call_minor, changed_segments
from archive.desk.models import Translation
from archive.stories.models import ArticlePage
from archive.text.language import LABELS
from archive.wagtail_admin import ScreenMixin

# The names of a segment's inputs end in its key.
DECISION, SEEN = "decision-", "seen-"


class SourceChangesView(ScreenMixin, TemplateView):
    """For whoever may publish the story; 404 for an alias, which has no translation of its own."""

    template_name = "archive/admin/source_changes.html"
    page_title = gettext_lazy("Source changes")
    header_icon = "globe"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.article = get_object_or_404(ArticlePage, pk=kwargs["page_id"])
        self.translation = get_object_or_404(
            Translation, article=self.article, language=self.article.target_language
        )
        self.translation.article = self.article

    def may_see(self) -> bool:
        return bool(self.article.permissions_for_user(self.request.user).can_publish())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        minor = [name for name, value in request.POST.items() if value == "minor"]
        keys = [name.removeprefix(DECISION) for name in minor if name.startswith(DECISION)]
        judged = {key: request.POST.get(SEEN + key, "") for key in keys}
        self._notify(call_minor(self.translation, judged, user=request.user))
        return redirect("archive_translation:changes", self.article.pk)

    def _notify(self, report: MinorReport) -> None:
        if report.done:
            done = ngettext(
                "Minor: the translation of %(count)s segment is still correct.",
                "Minor: the translation of %(count)s segments is still correct.",
                len(report.done),
            )
            messages.success(self.request, done % {"count": len(report.done)})
        if report.moved:
            moved = ngettext(
                "%(count)s segment changed again while you were reading. Review it again.",
                "%(count)s segments changed again while you were reading. Review them again.",
                len(report.moved),
            )
            messages.warning(self.request, moved % {"count": len(report.moved)})
        if not (report.done or report.moved):
            none = _("No change was marked as minor: the translator will update them all.")
            messages.info(self.request, none)

    def get_way(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.article.pk])
        return [{"url": edit, "label": self.article.title}]

    def get_page_subtitle(self) -> str:
        return str(self.article.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changed = changed_segments(self.translation)
        return {
            **super().get_context_data(**kwargs),
            "article": self.article,
            "translation": self.translation,
            "changed": changed,
            "can_decide": any(item.may_be_minor for item in changed),
            "source_label": LABELS[self.article.source_language],
            "target_label": LABELS[self.translation.language],
            "edit_url": reverse("wagtailadmin_pages:edit", args=[self.article.pk]),
        }
