"""An open error stops publication, on whichever way it comes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.desk.models import Translation
from archive.desk.qa.stories import Typed, story_of
from archive.desk.qa.waivers import Judged, judge
from archive.desk.segments import Row
from archive.pages.fitness import UnfitForReadersError


def refusals(
    translation: Translation, laid_out: Iterable[Row], typed: Mapping[str, Typed]
) -> dict[str, list[str]]:
    """By segment key, what must be mended or waived before these words can be published."""
    messages = defaultdict(list)
    for one in _errors(judge(translation, story_of(translation, laid_out, typed=typed))):
        messages[one.finding.key].append(
            _("%(check)s: %(message)s Mend it, or let it pass with a reason.")
            % {"check": one.check.name, "message": one.finding.message}
        )
    return dict(messages)


def refuse_open_errors(translation: Translation, revision: Any) -> None:
    """UnfitForReadersError, if this version has an error that nobody has let pass."""
    version = revision.as_object()
    version.article = translation.article
    errors = _errors(judge(translation, story_of(version)))
    if not errors:
        return
    first = errors[0]
    rest = ngettext(
        "%(count)s error of the checks stands in the way of publication.",
        "%(count)s errors of the checks stand in the way of publication.",
        len(errors),
    ) % {"count": len(errors)}
    raise UnfitForReadersError(
        _("%(errors)s The first one: %(message)s Mend it, or let it pass with a reason.")
        % {"errors": rest, "message": first.finding.message}
    )


def _errors(judged: list[Judged]) -> list[Judged]:
    return [one for one in judged if one.is_error and one.waiver is None]
