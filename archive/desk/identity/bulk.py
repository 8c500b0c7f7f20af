"""Ticked in the list of names: to be compared and merged."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from archive.entities.models import Entity

_MOST = 20


class MergeBulkAction(SnippetBulkAction):
    """Only the way to the screen on which it is done."""

    models = [Entity]
    display_name = pgettext_lazy("names", "Merge")
    action_type = "merge"
    aria_label = _("Merge the chosen names")
    template_name = "archive/admin/identity/merge.html"
    action_priority = 20

    def check_perm(self, snippet: Any) -> bool:
        return bool(self.request.user.has_perm("archive.merge_entity"))

    def get(self, request: HttpRequest) -> HttpResponse:
        ids = [pk for pk in request.GET.getlist("id") if pk.isdecimal()][:_MOST]
        return redirect(f"{reverse('archive_identity:merge')}?{urlencode({'id': ids}, doseq=True)}")

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.get(request)
