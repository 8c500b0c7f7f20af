"""What the dashboard says of translations: one's own work, and how far the newest paper is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from wagtail.admin.ui.components import Component
from wagtail.models import WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.desk.models import Translation
from archive.desk.people import may_translate, name_of
from archive.desk.policies import policy
from archive.desk.queue.columns import pair, told_reasons
from archive.desk.queue.filters import IS_OPEN
from archive.desk.queue.rank_updates import IN_BOTH_LANGUAGES, standing_of
from archive.desk.queue.ranking import Reason
from archive.stories.marks import TranslationState
from archive.stories.models import ArticlePage
from archive.text.labels import label_key
from archive.text.language import LABELS

MOST_OF_MINE, MOST_FREE, MOST_SENT_BACK = 12, 5, 50
# The dashboard's parameter for another day's paper.
PAPER = "paper"

Context = Mapping[str, Any]


@dataclass(frozen=True)
class DashboardLine:
    """A translation as the dashboard lists it; `comment` is why a reviewer sent it back."""

    translation: Translation
    reasons: list[Reason]
    # "" for somebody who may not translate into this language.
    edit_url: str = ""
    is_overdue: bool = False
    is_sent_back: bool = False
    comment: str = ""
    reviewer: str = ""

    @property
    def pair(self) -> str:
        return pair(self.translation)

    @property
    def assignee(self) -> str:
        return name_of(self.translation.assignee)


def panels_for(request: HttpRequest) -> list[Component]:
    """A translator's own work on top; for editors, the newest paper."""
    is_translator = policy.user_has_permission(request.user, "change")
    pages = PagePermissionPolicy()
    is_editor = pages.user_has_any_permission(request.user, {"add", "change", "publish"})
    panels: list[Component] = []
    if is_translator:
        panels.append(YourWorkPanel())
    if is_translator or is_editor:
        panels.append(PaperPanel())
    return panels


class YourWorkPanel(Component):
    """Corrections first, then what was sent back, what is overdue, and the rest by rank."""

    name = "archive_your_work"
    template_name = "archive/admin/queue/your_work.html"
    order = 50

    def get_context_data(self, parent_context: Context) -> Context:
        request = parent_context["request"]
        user = request.user
        sent_back = _sent_back(user)
        mine = Q(assignee=user.pk) | Q(pk__in=sent_back)
        rows = list(Translation.objects.queue().filter(IS_OPEN, mine))
        lines = sorted((_line(row, user, sent_back.get(row.pk)) for row in rows), key=_order)
        return {
            "request": request,
            "lines": lines[:MOST_OF_MINE],
            "count": len(lines),
            "overdue": sum(line.is_overdue for line in lines),
            "free": [_line(row, user) for row in _free(user)],
        }


def _free(user: Any) -> list[Translation]:
    """What nobody has taken and this user may do, weightiest first."""
    languages = [one for one in LABELS if may_translate(user, Translation(language=one))]
    found = Translation.objects.queue().filter(IS_OPEN, assignee=None, language__in=languages)
    # In review, somebody else is at it.
    return list(found.exclude(state=TranslationState.IN_REVIEW)[:MOST_FREE])


def _order(line: DashboardLine) -> tuple[Any, ...]:
    row = line.translation
    return (row.correction_since is None, not line.is_sent_back, not line.is_overdue, -row.rank)


def _sent_back(user: Any) -> dict[int, Any]:
    """The reviews of this user's translations that ask for changes, by translation."""
    mine = [str(pk) for pk in _assigned(user)]
    states = (
        WorkflowState.objects.filter(
            Q(requested_by=user) | Q(object_id__in=mine),
            base_content_type=ContentType.objects.get_for_model(Translation),
            status=WorkflowState.STATUS_NEEDS_CHANGES,
        )
        .select_related("current_task_state__finished_by")
        .order_by("-pk")[:MOST_SENT_BACK]
    )
    return {int(state.object_id): state.current_task_state for state in states}


def _assigned(user: Any) -> Any:
    return Translation.objects.filter(assignee=user).order_by().values_list("pk", flat=True)


def _line(translation: Translation, user: Any, review: Any = None) -> DashboardLine:
    may_edit = may_translate(user, translation)
    return DashboardLine(
        translation,
        told_reasons(translation),
        edit_url=translation.get_edit_url() if may_edit else "",
        is_overdue=standing_of(translation).is_overdue(timezone.localdate()),
        is_sent_back=review is not None,
        comment=review.comment if review else "",
        reviewer=name_of(review.finished_by) if review else "",
    )


class PaperPanel(Component):
    """One day's paper: which of its stories are out in both languages."""

    name = "archive_paper"
    template_name = "archive/admin/queue/paper.html"
    order = 60

    def get_context_data(self, parent_context: Context) -> Context:
        request = parent_context["request"]
        day = parse_day(request.GET.get(PAPER, "")) or _newest_day()
        stories = Translation.objects.queue().filter(article__print_date=day, article__live=True)
        rows = sorted(stories, key=lambda row: label_key(row.article.print_page)) if day else []
        states = Counter(row.state for row in rows)
        return {
            "request": request,
            "parameter": PAPER,
            "day": day,
            "lines": [_line(row, request.user) for row in rows],
            "count": len(rows),
            "done": sum(states[state] for state in IN_BOTH_LANGUAGES),
            "states": [
                (TranslationState(s).label, states[s]) for s in TranslationState if states[s]
            ],
        }


def parse_day(text: str) -> date | None:
    """The date in a query string; None for anything else."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def _newest_day() -> date | None:
    days = ArticlePage.objects.live().exclude(print_date=None).order_by("-print_date")
    return days.values_list("print_date", flat=True).first()
