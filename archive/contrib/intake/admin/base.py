"""What the import's screens have in common: who may open them, and where they stand."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from archive.contrib.intake.batches.decisions import ItemDecision
from archive.contrib.intake.batches.policies import batches_for, may_import
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.contrib.intake.plan import lack_label
from archive.text.punctuation import joined

INDEX, NEW = "archive_import:index", "archive_import:new"
BATCH = "archive_import:batch"
ITEM = "archive_import:item"


class ImportView(WagtailAdminTemplateMixin, TemplateView):
    """For whoever may import; 404 for a batch that isn't theirs to see."""

    header_icon = "upload"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not may_import(request.user):
            raise PermissionDenied
        if "pk" in kwargs:
            self.batch: ImportBatch = get_object_or_404(batches_for(request.user), pk=kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        items = [*self.breadcrumbs_items, {"url": reverse(INDEX), "label": _("Imports")}]
        if hasattr(self, "batch"):
            items.append({"url": reverse(BATCH, args=[self.batch.pk]), "label": str(self.batch)})
        title = str(self.get_page_title())
        return [*items, {"url": "", "label": title}] if title != items[-1]["label"] else items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch = getattr(self, "batch", None)
        return {
            **super().get_context_data(**kwargs),
            "batch": batch,
            "title": self.get_page_title(),
        }


class ItemMixin:
    """A view of one story of the batch."""

    batch: ImportBatch
    item: ImportItem

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        items = ImportItem.objects.select_related(
            *("file", "page", "duplicate_of", "twin", "profile", "revision")
        )
        self.item = get_object_or_404(items, batch=self.batch, pk=kwargs["item"])
        self.item.batch = self.batch


def _what_readers_have(decision: ItemDecision) -> Any:
    """The story that was accepted, or its translation, if readers have it; else None."""
    page = decision.item.page
    if page is None or decision.is_story:
        return page if page and page.live else None
    return page.translations.filter(live=True).first()


def report_decision(request: HttpRequest, decision: ItemDecision) -> None:
    """Say what became of a story that was accepted."""
    item = decision.item
    names = {"story": str(item), "lacks": joined(map(lack_label, decision.lacks))}
    buttons = []
    if item.page_id:
        url = reverse("wagtailadmin_pages:edit", args=[item.page_id])
        buttons = [messages.button(url, _("Open the story"))]
    readers = _what_readers_have(decision)
    if decision.is_published or (readers and not readers.has_unpublished_changes):
        messages.success(request, _("“%(story)s” is published.") % names, buttons=buttons)
    elif decision.lacks:
        text = (
            _("This version of “%(story)s” is a draft: to be published it lacks %(lacks)s.")
            if readers
            else _("“%(story)s” is a draft: to be published it lacks %(lacks)s.")
        )
        messages.warning(request, text % names, buttons=buttons)
    elif decision.refusal:
        text = (
            _("This version of “%(story)s” is a draft, and couldn’t be published.")
            if readers
            else _("“%(story)s” is a draft, and couldn’t be published.")
        )
        messages.warning(request, f"{text % names} {decision.refusal}", buttons=buttons)
    else:
        text = (
            _("This version of “%(story)s” is a draft; readers keep the one that is published.")
            if readers
            else _("“%(story)s” is in the archive as a draft.")
        )
        messages.success(request, text % names, buttons=buttons)
    for note in decision.notes:
        messages.info(request, note)
