"""The screen of reprints: what was found, and an editor's word on it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from archive.desk.pairs.actions import may_pair
from archive.reuse.actions import decide_reuse, reuse_for
from archive.reuse.models import StoryReuse
from archive.stories.querysets import UNLISTED

_PER_PAGE = 50
_VERBS = {
    "confirm": StoryReuse.State.CONFIRMED,
    "refuse": StoryReuse.State.REFUSED,
    "reopen": StoryReuse.State.FOUND,
}


class ReprintsView(WagtailAdminTemplateMixin, TemplateView):
    """The newest finds first, for whoever may publish both stories."""

    template_name = "archive/admin/reprints.html"
    page_title = gettext_lazy("Reprints")
    header_icon = "copy"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not may_pair(request.user):
            raise PermissionDenied

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        states = StoryReuse.State
        state = self.request.GET.get("state", "")
        state = state if state in states.values else states.FOUND.value
        lists = {one: reuse_for(self.request.user).filter(state=one) for one in states.values}
        shown = lists[state].select_related(
            "earlier__publication", "later__publication", "decided_by"
        )
        shown = shown.defer(
            *(f"{end}__{name}" for end in ("earlier", "later") for name in UNLISTED)
        )
        page = Paginator(shown, _PER_PAGE).get_page(self.request.GET.get("p"))
        tabs = [
            {"state": one, "label": states(one).label, "count": found.count()}
            for one, found in lists.items()
        ]
        return super().get_context_data(
            rows=page.object_list,
            page_obj=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            state=state,
            tabs=tabs,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        verb, _colon, key = request.POST.get("do", "").partition(":")
        key = key if key.isascii() and key.isdigit() and len(key) < 19 else "0"
        row = get_object_or_404(reuse_for(request.user), pk=key)
        if verb in _VERBS:
            decided = decide_reuse(row, _VERBS[verb], request.user)
            names = {"one": decided.earlier.title, "two": decided.later.title}
            messages.success(request, _said()[decided.state] % names)
        else:
            messages.error(request, _("This request can't be read. Load the page again."))
        return redirect(request.get_full_path())


def _said() -> dict[str, str]:
    return {
        "confirmed": _("“%(one)s” and “%(two)s” are one report."),
        "refused": _("“%(one)s” and “%(two)s” are different stories; readers see no link."),
        "found": _("“%(one)s” and “%(two)s” are to be decided again."),
    }


urlpatterns = [path("", ReprintsView.as_view(), name="list")]
