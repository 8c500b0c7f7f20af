"""The screen of reprints, with an editor's word on them; and what readers get of two texts."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from archive.contrib.reprints.actions import decide_reuse, reuse_for
from archive.contrib.reprints.models import StoryReuse
from archive.contrib.reprints.side_by_side import side_by_side
from archive.contrib.reprints.updates import paragraphs_of
from archive.desk.pairs.views import DecisionsView
from archive.site.permalinks import readable_story
from archive.stories.querysets import UNLISTED

_VERBS = {
    "confirm": StoryReuse.State.CONFIRMED,
    "refuse": StoryReuse.State.REFUSED,
    "reopen": StoryReuse.State.FOUND,
}


class ReprintsView(DecisionsView):
    """The newest finds first."""

    template_name = "archive_reprints/admin/decisions.html"
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


def compare(request: HttpRequest, one: str, two: str) -> HttpResponse:
    """Two stories with one report side by side, if any reader may see both; seven queries."""
    earlier, later = readable_story(one), readable_story(two)
    rows = StoryReuse.objects.filter(earlier=earlier, later=later)
    row = rows.exclude(state=StoryReuse.State.REFUSED).first()
    if row is None:
        raise Http404
    texts = [story.in_language(story.source_language) for story in (earlier, later)]
    first, second = ([text.headline, *paragraphs_of(text.body)] for text in texts)
    is_one_language = earlier.source_language == later.source_language
    context = {
        "texts": texts,
        "reuse": row,
        "rows": [
            *side_by_side(first[:1], second[:1], is_one_language=is_one_language),
            *side_by_side(first[1:], second[1:], is_one_language=is_one_language),
        ],
        "is_one_language": is_one_language,
    }
    return render(request, "archive_reprints/comparison.html", context)


urlpatterns = [path("", ReprintsView.as_view(), name="list")]
