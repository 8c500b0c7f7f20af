"""The screen of reprints: what was found, and an editor's word on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from archive.desk.pairs.views import DecisionsView
from archive.reuse.actions import decide_reuse, reuse_for
from archive.reuse.models import StoryReuse
from archive.stories.querysets import UNLISTED

_VERBS = {
    "confirm": StoryReuse.State.CONFIRMED,
    "refuse": StoryReuse.State.REFUSED,
    "reopen": StoryReuse.State.FOUND,
}


class ReprintsView(DecisionsView):
    """The newest finds first."""

    template_name = "archive/admin/reprints.html"
    page_title = gettext_lazy("Reprints")
    header_icon = "copy"
    states = StoryReuse.State

    def lists(self) -> dict[str, Any]:
        return {one: reuse_for(self.request.user).filter(state=one) for one in self.states.values}

    def shown(self, found: Any) -> Any:
        found = found.select_related("earlier__publication", "later__publication", "decided_by")
        return found.defer(*(f"{end}__{name}" for end in ("earlier", "later") for name in UNLISTED))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        verb, key = self.asked(request)
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
