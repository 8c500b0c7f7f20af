"""A table whose columns a person names: what each holds, then the table is read again."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from archive.contrib.intake.admin.base import BATCH, ImportView, ItemMixin
from archive.contrib.intake.admin.column_forms import TableForm
from archive.contrib.intake.admin.item_views import ADD_PROFILE
from archive.contrib.intake.batches.tables import fitting_profile, read_with, table_of
from archive.contrib.intake.records import IntakeError


class ColumnsView(ItemMixin, ImportView):
    """The columns with their first values, and a field for each."""

    template_name = "archive_intake/columns.html"
    page_title = gettext_lazy("Choose the columns")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.has_perm(ADD_PROFILE):
            raise PermissionDenied

    @cached_property
    def form(self) -> TableForm:
        """Raises IntakeError where the table can't be had any more."""
        source, sample = table_of(self.item)
        data = self.request.POST if self.request.method == "POST" else None
        return TableForm(sample, self.item.source, fitting_profile(source), data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {**super().get_context_data(**kwargs), "item": self.item}
        try:
            return {**context, "form": self.form}
        except IntakeError as error:
            return {**context, "reason": str(error)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            form = self.form
        except IntakeError as error:
            messages.error(request, str(error))
            return redirect(BATCH, self.batch.pk)
        if form.is_valid():
            try:
                profile = form.profile_to_save()
                read_with(self.item, request.user, profile)
            except IntakeError as error:
                form.add_error(None, str(error))
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                text = _("The columns are saved as the profile “%(name)s”; the file is read again.")
                url = reverse("archive_source_profiles:edit", args=[profile.pk])
                buttons = [messages.button(url, _("Edit"))]
                messages.success(request, text % {"name": profile}, buttons=buttons)
                return redirect(BATCH, self.batch.pk)
        return self.render_to_response(self.get_context_data(), status=422)
