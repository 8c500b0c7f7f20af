"""What the desk's script asks to mark errors, and the report of all assessments."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_POST

from archive.contrib.assessment.actions import (
    assess,
    mark_error,
    may_assess,
    unmark_error,
    withdraw,
)
from archive.contrib.assessment.cards import cards, score_of
from archive.contrib.assessment.models import ErrorMark, QualityCard
from archive.contrib.assessment.reports import CsvReportView
from archive.contrib.assessment.scores import Score, sum_of
from archive.contrib.assessment.tools import assessment_of
from archive.desk.errors import DeskError
from archive.desk.models import Translation
from archive.desk.policies import languages_of, name_of, policy, refuse

# So many lines are on the screen; the file has all.
MOST_SHOWN = 200


def _refused(request: HttpRequest, translation: Translation | None) -> JsonResponse | None:
    if translation and may_assess(request.user, translation):
        return None
    return refuse(_("You do not have permission to assess this translation."), 403)


def _answer(translation: Translation) -> JsonResponse:
    assessment = assessment_of(translation)
    return JsonResponse({"marks": {"errors": assessment.by_key if assessment else {}}})


@require_POST
def mark_error_view(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `key`, `category`, `severity`, `words` and `comment`; also while it is locked."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := _refused(request, translation):
        return refused
    names = ("category", "severity", "words", "comment")
    values = {name: request.POST.get(name, "") for name in names}
    try:
        mark_error(translation, request.POST.get("key", ""), user=request.user, **values)
    except DeskError as error:
        return refuse(str(error), 400)
    return _answer(translation)


@require_POST
def unmark_error_view(request: HttpRequest, pk: int) -> HttpResponse:
    marks = ErrorMark.objects.select_related("card__translation__article")
    mark = get_object_or_404(marks, pk=pk)
    if refused := _refused(request, mark.card.translation):
        return refused
    unmark_error(mark, user=request.user)
    return _answer(mark.card.translation)


@require_POST
def assess_view(request: HttpRequest, pk: int) -> HttpResponse:
    """POST says that it was assessed; with `?withdraw=1` that it wasn't."""
    translation: Any = Translation.objects.with_story().filter(pk=pk).first()
    if refused := _refused(request, translation):
        return refused
    if "withdraw" not in request.GET:
        assess(translation, user=request.user)
    elif card := QualityCard.objects.filter(translation=pk).first():
        try:
            withdraw(card, user=request.user)
        except DeskError as error:
            return refuse(str(error), 400)
    return _answer(translation)


@dataclass(frozen=True)
class ScoreLine:
    """What the report says of a story, a translator or a month."""

    label: str
    score: Score
    url: str = ""
    language: str = ""


def month_of(card: QualityCard) -> str:
    return date_format(timezone.localtime(card.assessed_at), "YEAR_MONTH_FORMAT")


class QualityForm(forms.Form):
    """What the report is by, and for which time; what makes no sense is left out."""

    BY = {
        "story": gettext_lazy("Story"),
        "translator": gettext_lazy("Translator"),
        "month": gettext_lazy("Month"),
    }
    by = forms.ChoiceField(
        choices=list(BY.items()), required=False, label=pgettext_lazy("a report", "By")
    )
    since = forms.DateField(
        required=False, label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        required=False, label=gettext_lazy("To"), widget=forms.DateInput(attrs={"type": "date"})
    )


class QualityView(CsvReportView):
    """The assessments of translations into one's languages."""

    template_name = "archive_assessment/admin/report.html"
    page_title = gettext_lazy("Quality of translations")
    header_icon = "list-ul"

    def may_see(self) -> bool:
        return policy.user_has_permission(self.request.user, "publish")

    @cached_property
    def form(self) -> QualityForm:
        form = QualityForm(self.request.GET)
        form.is_valid()
        return form

    @cached_property
    def by(self) -> str:
        return self.form.cleaned_data.get("by") or "story"

    def get_cards(self) -> QuerySet[QualityCard]:
        since, until = (self.form.cleaned_data.get(name) for name in ("since", "until"))
        wanted = Q(translation__language__in=languages_of(self.request.user))
        wanted &= Q(assessed_at__date__gte=since) if since else Q()
        wanted &= Q(assessed_at__date__lte=until) if until else Q()
        return cards().filter(wanted)

    def get_lines(self) -> list[ScoreLine]:
        found = self.get_cards()
        if self.by != "story":
            return list(self._summed(found, self._labels[self.by]))
        return [
            ScoreLine(
                str(one.translation),
                score_of(one),
                one.translation.get_edit_url(),
                one.translation.article.source_language,
            )
            for one in found
        ]

    _labels: dict[str, Callable[[QualityCard], str]] = {
        "translator": lambda card: name_of(card.translator) or _("Unknown user"),
        "month": month_of,
    }

    def _summed(self, found: Any, label: Callable[[QualityCard], str]) -> Iterator[ScoreLine]:
        """A line for each label and unit: words and characters make no sum."""
        scores = defaultdict(list)
        for card in found:
            scores[label(card), score_of(card).unit].append(score_of(card))
        for (name, _unit), some in scores.items():
            yield ScoreLine(name, sum_of(some))

    def get_file_name(self) -> str:
        return f"quality-by-{self.by}.csv"

    def get_table(self) -> Iterator[list[object]]:
        yield [
            *(
                QualityForm.BY[self.by],
                _("Translations"),
                _("Length of the source"),
                pgettext("of length", "Unit"),
            ),
            *(_("Marked errors"), _("Penalty points"), _("Per 1,000"), _("Result")),
        ]
        for line in self.get_lines():
            score = line.score
            amounts = (score.cards, score.size, score.unit, score.errors, score.points)
            yield [line.label, *amounts, score.value, score.verdict]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = self.get_lines()
        return {
            **super().get_context_data(**kwargs),
            "by": QualityForm.BY[self.by],
            "lines": lines[:MOST_SHOWN],
            "is_cut": len(lines) > MOST_SHOWN,
            "limit": Score(0, 0, 0, 0, "").limit,
        }
