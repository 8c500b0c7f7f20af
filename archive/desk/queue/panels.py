"""What the admin says of one's own translations: panels of the dashboard, a number in the menu."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import ngettext
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.caches import forgiving
from archive.desk.models import Translation
from archive.desk.policies import languages_of, may_translate, name_of, policy
from archive.desk.queue.columns import is_overdue, pair, shown_reasons, size
from archive.desk.queue.filters import WAITS_FOR_TRANSLATOR
from archive.desk.queue.rank_updates import IN_BOTH_LANGUAGES
from archive.desk.queue.ranking import Reason
from archive.stories.marks import TranslationState
from archive.stories.models import ArticlePage
from archive.stories.reviews import waiting_count
from archive.text.labels import label_key
from archive.wagtail_admin import RequestComponent

MOST_OF_MINE, MOST_FREE, MOST_SENT_BACK, MOST_OF_PAPER = 12, 5, 50, 8
# The dashboard's parameter for another day's paper.
PAPER = "paper"
# The menu is on every page of the admin; publishing shows this much later, assigning at once.
SECONDS = 60
_KEY, _REVIEWS = "archive-desk-own-{}", "archive-desk-reviews-{}"
# More tells nobody anything, and fits into the narrow menu.
MOST = 99


@dataclass(frozen=True)
class DashboardLine:
    """A translation as the dashboard lists it; `sent_back` is the step that asks for changes."""

    translation: Translation
    reasons: list[Reason]
    # "" for somebody who may not translate into this language.
    edit_url: str = ""
    is_overdue: bool = False
    sent_back: TaskState | None = None

    @property
    def pair(self) -> str:
        return pair(self.translation)

    @property
    def size(self) -> str:
        return size(self.translation)

    @property
    def assignee(self) -> str:
        return name_of(self.translation.assignee)


def panels_for(request: HttpRequest) -> list[Component]:
    """A translator's own work on top; for editors, the newest paper."""
    is_translator = policy.user_has_permission(request.user, "change")
    pages = PagePermissionPolicy()
    is_editor = pages.user_has_any_permission(request.user, {"add", "change", "publish"})
    panels: list[Component] = [YourWorkPanel()] if is_translator else []
    return [*panels, PaperPanel()] if is_translator or is_editor else panels


class YourWorkPanel(RequestComponent):
    """Corrections first, then what was sent back, what is overdue, and the rest by rank."""

    name = "archive_your_work"
    template_name = "archive/admin/queue/your_work.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        user, queue = request.user, Translation.objects.queue().filter(WAITS_FOR_TRANSLATOR)
        sent_back = _sent_back(user)
        mine = queue.filter(Q(assignee=user.pk) | Q(pk__in=sent_back))
        lines = sorted((_line(row, user, sent_back.get(row.pk)) for row in mine), key=_order)
        free = queue.filter(assignee=None, language__in=languages_of(user))[:MOST_FREE]
        return {
            "lines": lines[:MOST_OF_MINE],
            "count": len(lines),
            "overdue": sum(line.is_overdue for line in lines),
            "reviews": waiting_count(user, ContentType.objects.get_for_model(Translation)),
            "free": [_line(row, user) for row in free],
        }


def _order(line: DashboardLine) -> tuple[Any, ...]:
    row = line.translation
    return (row.correction_since is None, not line.sent_back, not line.is_overdue, -row.rank)


def _sent_back(user: Any) -> dict[int, Any]:
    """The reviews of this user's translations that ask for changes, by translation."""
    mine = Translation.objects.filter(assignee=user).order_by().values_list("pk", flat=True)
    states = (
        WorkflowState.objects.filter(
            Q(requested_by=user) | Q(object_id__in=[str(pk) for pk in mine]),
            base_content_type=ContentType.objects.get_for_model(Translation),
            status=WorkflowState.STATUS_NEEDS_CHANGES,
        )
        .select_related("current_task_state__finished_by")
        .order_by("-pk")[:MOST_SENT_BACK]
    )
    return {int(state.object_id): state.current_task_state for state in states}


def _line(translation: Translation, user: Any, review: Any = None) -> DashboardLine:
    return DashboardLine(
        translation,
        shown_reasons(translation),
        edit_url=translation.get_edit_url() if may_translate(user, translation) else "",
        is_overdue=is_overdue(translation),
        sent_back=review,
    )


class PaperPanel(RequestComponent):
    """One day's paper: which of its stories are out in both languages."""

    name = "archive_paper"
    template_name = "archive/admin/queue/paper.html"
    order = 60

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        papers = ArticlePage.objects.live().exclude(print_date=None).order_by("-print_date")
        newest = papers.values_list("print_date", flat=True)
        chosen, latest = parse_day(request.GET.get(PAPER, "")), newest.first()
        day = chosen or latest
        stories = Translation.objects.queue().filter(article__print_date=day, article__live=True)
        # A paper has many stories: the figures are of all, the lines of its first pages.
        facts = stories.order_by().values_list("pk", "state", "article__print_page") if day else ()
        placed = sorted(facts, key=lambda fact: (label_key(fact[2]), fact[0]))
        states = Counter(state for _pk, state, _page in placed)
        rows = stories.in_bulk([pk for pk, *_more in placed[:MOST_OF_PAPER]])
        return {
            "parameter": PAPER,
            "day": day,
            "is_chosen": day != latest,
            "lines": [_line(rows[pk], request.user) for pk, *_more in placed[:MOST_OF_PAPER]],
            "count": len(placed),
            "all_url": _stories_of(day, request.user) if len(placed) > MOST_OF_PAPER else "",
            "done": sum(states[state] for state in IN_BOTH_LANGUAGES),
            "states": [
                (TranslationState(s).label, states[s]) for s in TranslationState if states[s]
            ],
        }


def _stories_of(day: date, user: Any) -> str:
    """The list of a day's stories: the queue, or that of the stories for whom it is closed."""
    is_translator = policy.user_has_permission(user, "change")
    name = "wagtailsnippets_archive_translation:list" if is_translator else "stories:index"
    return f"{reverse(name)}?print_date_from={day}&print_date_to={day}"


def parse_day(text: str) -> date | None:
    """The date in a query string; None for anything else."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def own_count(user: Any) -> int:
    """How many translations that the user may change are the user's to do; at most one query."""
    if not policy.user_has_permission(user, "change"):
        return 0
    mine = Translation.objects.order_by().filter(WAITS_FOR_TRANSLATOR, assignee=user.pk)
    return forgiving().get_or_set(_KEY.format(user.pk), mine.count, SECONDS) or 0


def forget_counts(user_ids: Iterable[int | None]) -> None:
    """Count anew for these people: work was given to them, or taken from them."""
    keys = (_KEY, _REVIEWS)
    forgiving().delete_many([key.format(pk) for pk in set(user_ids) if pk for key in keys])


def review_count(user: Any) -> int:
    """How many drafts wait for the user's approval; asked at most once a minute."""

    def count() -> int:
        if not TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exists():
            return 0
        return int(TaskState.objects.reviewable_by(user).count())

    return forgiving().get_or_set(_REVIEWS.format(user.pk), count, SECONDS) or 0


class CountedMenuItem(MenuItem):
    """The number is an attribute that `queue.css` shows; the words of it are the link's title."""

    def count_for(self, user: Any) -> int:
        return own_count(user)

    def words_for(self, count: int) -> str:
        return ngettext(
            "%(count)d open translation assigned to you",
            "%(count)d open translations assigned to you",
            count,
        )

    def render_component(self, request: Any) -> Any:
        component = super().render_component(request)
        if count := self.count_for(request.user):
            component.attrs = {
                **component.attrs,
                "data-archive-count": str(count) if count <= MOST else f"{MOST}+",
                "title": self.words_for(count) % {"count": count},
            }
        return component


class ReviewsMenuItem(CountedMenuItem):
    """Leads to the dashboard's list of what awaits the person's review; hidden without any."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(self.count_for(request.user))

    def count_for(self, user: Any) -> int:
        return review_count(user)

    def words_for(self, count: int) -> str:
        return ngettext(
            "%(count)d draft awaits your review", "%(count)d drafts await your review", count
        )
