"""The page of one's own statistics, and of everybody's for who may publish translations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from archive.contrib.assessment.reports import CsvReportView
from archive.contrib.assessment.work import Months, Work, work_of
from archive.desk.models import Segment
from archive.desk.policies import languages_of, name_of, policy, translators

# Of a person, so many months are shown.
MONTHS = 12
ORIGINS = [
    (value, label) for value, label in Segment.Origin.choices if value != Segment.Origin.HUMAN
]


def months_before(day: date, count: int) -> date:
    """The first of the month that is so many months before the day's."""
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)


class StatisticsForm(forms.Form):
    """Of whom, and up to which month; what makes no sense is left out."""

    person = PersonField(
        queryset=get_user_model().objects.none(),
        required=False,
        label=pgettext_lazy("a person", "Of"),
        empty_label=gettext_lazy("Everybody"),
    )
    month = forms.DateField(
        required=False,
        input_formats=["%Y-%m"],
        label=gettext_lazy("Month"),
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}),
    )


@dataclass(frozen=True)
class WorkLine:
    """A person's work in a month, as it is shown."""

    person: str
    month: date
    work: Work

    @property
    def month_name(self) -> str:
        return date_format(self.month, "YEAR_MONTH_FORMAT")

    @property
    def origins(self) -> list[tuple[int, int]]:
        """Suggestions taken as they were, and edited, in the order of ORIGINS."""
        return [(self.work.taken[one], self.work.edited[one]) for one, _label in ORIGINS]


class StatisticsView(CsvReportView):
    """One's own last twelve months; for whoever may publish, all people's month or one's months."""

    template_name = "archive_assessment/admin/statistics.html"
    page_title = gettext_lazy("Translators’ statistics")
    header_icon = "table"

    def may_see(self) -> bool:
        return policy.user_has_permission(self.request.user, "change")

    @cached_property
    def is_chief(self) -> bool:
        return policy.user_has_permission(self.request.user, "publish")

    @cached_property
    def form(self) -> StatisticsForm:
        form = StatisticsForm(self.request.GET)
        if self.is_chief:
            people: Any = form.fields["person"]
            people.queryset = translators()
        else:
            del form.fields["person"]
        form.is_valid()
        return form

    @cached_property
    def person(self) -> Any:
        """Whose months are shown; None for everybody's one month."""
        return self.form.cleaned_data.get("person") if self.is_chief else self.request.user

    @cached_property
    def lines(self) -> list[WorkLine]:
        month = self.form.cleaned_data.get("month") or timezone.localdate()
        month = min(max(month, date(1900, 1, 1)), date(9000, 1, 1))
        start = months_before(month, MONTHS - 1 if self.person else 0)
        languages = languages_of(self.request.user)
        pk = self.person.pk if self.person else None
        period = Months(start, months_before(month, -1))
        found = work_of(period, languages, pk, timed=self.request.user.pk)
        people = get_user_model().objects.in_bulk({place[0] for place in found})
        shown = [
            WorkLine(name_of(people.get(who)) or _("Unknown user"), first, work)
            for (who, first, _language), work in found.items()
        ]
        return sorted(shown, key=lambda one: (-one.month.toordinal(), one.person, one.work.unit))

    def get_file_name(self) -> str:
        return "statistics.csv"

    def get_table(self) -> Iterator[list[object]]:
        heads: list[object] = [
            pgettext("of the desk", "Person"),
            _("Month"),
            pgettext("of length", "Unit"),
        ]
        heads += [_("Segments confirmed"), _("Translated"), _("Segments reviewed"), _("Reviewed")]
        unchanged, edited = (
            pgettext("a suggestion", "unchanged"),
            pgettext("a suggestion", "edited"),
        )
        for _value, label in ORIGINS:
            heads += [f"{label}: {unchanged}", f"{label}: {edited}"]
        yield [*heads, _("Penalty points per 1,000"), pgettext("spent", "Time")]
        for line in self.lines:
            work = line.work
            numbers: list[object] = [work.segments, work.size, work.reviewed, work.reviewed_size]
            numbers += [number for both in line.origins for number in both]
            score = work.score.value if work.score else ""
            yield [line.person, f"{line.month:%Y-%m}", work.unit, *numbers, score, work.time]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "lines": self.lines,
            "origins": [label for _value, label in ORIGINS],
        }
