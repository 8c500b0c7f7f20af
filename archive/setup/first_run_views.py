"""One page that sets up an empty archive step by step; what is done shows in the archive itself,
so that it can be left at any step and taken up again."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from archive.desk.errors import DeskError
from archive.setup import first_run as steps
from archive.setup import first_run_forms as forms
from archive.setup.actions import SetupError
from archive.setup.first_run import STEPS, SiteState, site_state
from archive.stories.dashboard import story_starts
from archive.text.language import supported
from archive.wagtail_admin import RequestComponent

ADDRESS = "archive_first_run"
FORMS: Mapping[str, Any] = {
    "front": (forms.FrontForm, steps.apply_front),
    "paper": (forms.NamesForm, steps.apply_paper),
    "sections": (forms.SectionsForm, steps.apply_sections),
    "people": (forms.PeopleForm, steps.apply_people),
    "accounts": (forms.AccountForm, steps.apply_accounts),
    "story": (forms.FirstStoryForm, steps.apply_story),
}


def progress(state: SiteState) -> list[dict[str, Any]]:
    """Each step with what is done of it; the first that isn't, and needn't wait, is current."""
    rows = [
        {"step": step, "done": step.done(state), "blocked": step.blocked(state)} for step in STEPS
    ]
    open_rows = [row for row in rows if not row["done"] and not row["blocked"]]
    for row in open_rows[:1]:
        row["is_current"] = True
    return rows


class FirstRunView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "archive/admin/first_run/page.html"
    page_title = _("Set up the archive")
    header_icon = "cogs"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_superuser:
            raise PermissionDenied
        self.state = site_state()
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, posted: Any = None, **kwargs: Any) -> dict[str, Any]:
        rows = progress(self.state)
        for row in rows:
            key = row["step"].id
            row["form"] = posted if posted and posted.prefix == key else self._form(key)
            if posted:
                row["is_current"] = posted.prefix == key
        done = sum(bool(row["done"]) for row in rows)
        return {
            **super().get_context_data(**kwargs),
            "rows": rows,
            "done_count": done,
            "story_starts": story_starts(self.request.user),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.POST.get("step", "")
        if key not in FORMS:
            raise Http404
        form = self._form(key, request.POST)
        if reason := steps.BY_ID[key].blocked(self.state):
            form.add_error(None, reason)
        if form.is_valid():
            try:
                result = FORMS[key][1](form.cleaned_data, request.user)
            except (SetupError, DeskError) as error:
                form.add_error(None, str(error))
            else:
                return self._went_on(key, result)
        return self.render_to_response(self.get_context_data(posted=form), status=422)

    def _form(self, key: str, data: Any = None) -> Any:
        initial = {"language": supported(get_language())}
        return FORMS[key][0](data, prefix=key, state=self.state, initial=initial)

    def _went_on(self, key: str, result: Any) -> HttpResponse:
        if key == "story":
            return redirect("wagtailadmin_pages:edit", result.pk)
        messages.success(self.request, result)
        return redirect(f"{reverse(ADDRESS)}#{key}")


class FirstRunPanel(RequestComponent):
    """On an administrator's dashboard, until readers could have something to read."""

    name = "archive_first_run"
    template_name = "archive/admin/first_run/panel.html"
    order = 1

    def __init__(self, state: SiteState) -> None:
        self.state = state

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"rows": progress(self.state)}
