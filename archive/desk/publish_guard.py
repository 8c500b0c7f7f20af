"""Why the publication of a translation is refused, on whichever way it comes.

The form asks for a headline, a decision on each segment, and no open error of the checks; what
publishes without a form for the headline, and for the checks where a person publishes or schedules.
The rule for all models is in `archive.stories.publish_guard`.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import ngettext

from archive.desk.findings import Judged, judge, story_of
from archive.desk.segments import Row, rows
from archive.text.stored_messages import message as _


def segment_errors(translation: Any, laid_out: Sequence[Row]) -> dict[str, list[str]]:
    """By segment key, what must be done before these rows can be published."""
    errors: dict[str, list[str]] = defaultdict(list)
    for row in laid_out:
        if row.is_unseen:
            errors[row.source.key].append(_("Confirm this draft before publishing."))
        elif not row.is_decided:
            errors[row.source.key].append(
                _("A story can't be published without a headline.")
                if row.source.key == "headline"
                else _("Translate this segment or mark it as omitted before publishing.")
            )
    for one in _open_errors(translation, laid_out):
        text = _("%(check)s: %(message)s Fix it, or dismiss it with a reason.")
        values = {"check": one.check.name, "message": one.finding.message}
        errors[one.finding.key].append(text % values)
    return dict(errors)


def check_translation_can_be_published(translation: Any, revision: Any, user: Any) -> None:
    """Raises ValidationError for a version without a headline, or with open errors of the checks.

    Copies and scheduled publication have no user; the checks don't stop them.
    """
    # A story is in a language if and only if its headline is.
    headlines = [
        translation.segments.model.from_serializable_data({**one, "translated_by": None})
        for one in revision.content["segments"]
        if one["key"] == "headline"
    ]
    if not any(one.target and not one.left_out and not one.is_unseen for one in headlines):
        raise ValidationError(_("A story can't be published without a headline."))
    if user is None:
        return
    version = translation.with_content_json(revision.content)
    version.article = translation.article
    if errors := _open_errors(version, rows(version)):
        count = lazy(_count, str)(len(errors))
        text = _("%(errors)s The first one: %(message)s Fix it, or dismiss it with a reason.")
        raise ValidationError(text % {"errors": count, "message": errors[0].finding.message})


def _count(errors: int) -> str:
    text = ngettext(
        "%(count)s error prevents publication.",
        "%(count)s errors prevent publication.",
        errors,
    )
    return text % {"count": errors}


def _open_errors(version: Any, laid_out: Sequence[Row]) -> list[Judged]:
    found = judge(version, story_of(version, laid_out))
    return [one for one in found if one.is_error and one.waiver is None]
