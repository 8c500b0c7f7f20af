"""Print dates that nobody takes unasked: after tomorrow, or before the paper's first issue.

A person may say that such a date is right. The version that the form then saves remembers it, so
that an approval or a schedule may publish it; an import can't say so, and stays a draft.
"""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# The name of the form's input, and of what a version remembers: the date that is right.
CONFIRMED = "confirmed_print_date"
# The Relation of Strasbourg; nothing older is a newspaper.
_FIRST_NEWSPAPER = date(1605, 1, 1)


class DayField(forms.DateField):
    """A date in an admin form, in the forms that can be read in one way only.

    What is no date stays in the input, with this error.
    """

    default_error_messages = {
        "invalid": gettext_lazy("There is no such date. Write it like this: 2015-09-22.")
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs["input_formats"] = [
            *("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"),
            *("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y"),
        ]
        super().__init__(**kwargs)


def date_doubt(day: date | None, publication: Any) -> str:
    """Why a print date is unlikely, as a sentence; "" for all others.

    Tomorrow is none: elsewhere tomorrow's paper is out.
    """
    if day is None:
        return ""
    said = date_format(day)
    if day > localdate() + timedelta(days=1):
        return _("The print date, %(date)s, is after tomorrow.") % {"date": said}
    first = publication.first_issue if publication else None
    if first and day < first:
        message = _("The print date, %(date)s, is before the first issue of %(paper)s, %(first)s.")
        return message % {"date": said, "paper": publication, "first": date_format(first)}
    if day < _FIRST_NEWSPAPER:
        return _("The print date, %(date)s, is older than any newspaper.") % {"date": said}
    return ""


def date_errors(story: Any, *, confirmed: bool = True) -> dict[str, list[str]]:
    """By field: an unlikely print date that nobody has confirmed and no reader has seen.

    Without `confirmed` also one that somebody has confirmed.
    """
    day = story.print_date
    if is_confirmed(day, story.confirmed_print_date if confirmed else ""):
        return {}
    doubt = date_doubt(day, story.publication)
    # What readers have is not asked about again.
    if not doubt or (story.pk and _is_live_with(story, day)):
        return {}
    ask = "" if is_impossible(day) else _("Correct it, or confirm in the form that it is right.")
    return {"print_date": [f"{doubt} {ask}".strip()]}


def is_impossible(day: date | None) -> bool:
    """Nobody can confirm a day on which no newspaper was printed."""
    return day is not None and day < _FIRST_NEWSPAPER


def is_confirmed(day: date | None, confirmed: str) -> bool:
    """Whether there is nothing to ask, or somebody has answered."""
    return day is None or (confirmed == day.isoformat() and not is_impossible(day))


def _is_live_with(story: Any, day: date) -> bool:
    return bool(type(story).objects.filter(pk=story.pk, live=True, print_date=day).exists())
