"""Wagtail's edit view of a translation, made to meet the saves of single segments."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.snippets.views.snippets import EditView

from archive.desk.models import Translation


class SegmentedEditView(EditView):
    """The desk saves segment by segment, so Wagtail's autosave of the whole form is off.

    A save of the form waits for a segment that is being saved, and then looks at the newest draft.
    """

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False

    def get_object(self, queryset: Any = None) -> Any:
        self.newest = super().get_object(queryset)
        return self.newest

    def get_form(self, form_class: Any = None) -> Any:
        # A form that brings back an old version shows that one, and is saved over the newest.
        if self.object is not self.newest:
            self.object.newest = self.newest
        return super().get_form(form_class)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            Translation.objects.select_for_update().get(pk=self.object.pk)
            self.object = self.get_object()
            self.object.is_being_saved = True
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response
