"""Letting a finding pass, with a reason: who and why is kept, for these words only."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from archive.desk.errors import DeskError
from archive.desk.models import CheckWaiver, Translation
from archive.desk.qa.stories import story_of
from archive.qa.base import Check, Finding, Pair, Story
from archive.qa.checks import markup
from archive.qa.runner import check_story, load_checks

WAIVED, UNWAIVED = "archive.waive_check", "archive.unwaive_check"
_LONGEST_REASON = 300


@dataclass(frozen=True)
class Judged:
    """A finding, where it was found, and the waiver that lets it pass, if any."""

    finding: Finding
    pair: Pair
    check: Check
    waiver: CheckWaiver | None = None

    @property
    def is_error(self) -> bool:
        return self.finding.severity == "error"

    @property
    def digest(self) -> str:
        return digest(self.pair)


def digest(pair: Pair) -> str:
    """Names the words and links of source and target: once either changes, the finding is back."""
    links = [*markup.links(pair.source_markup), *markup.links(pair.target_markup)]
    targets = [link.target for link in links]
    parts = [_words(pair.source), _words(pair.target), *targets]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def _words(text: str) -> str:
    return " ".join(text.split())


def judge(
    translation: Translation, story: Story, findings: list[Finding] | None = None
) -> list[Judged]:
    """The story's findings with their waivers, in reading order; one query."""
    found = check_story(story) if findings is None else findings
    if not found:
        return []
    waivers = {
        (waiver.key, waiver.check_id, waiver.digest): waiver
        for waiver in CheckWaiver.objects.filter(translation=translation.pk).select_related(
            "author"
        )
    }
    pairs = {pair.key: pair for pair in story.pairs}
    checks = {check.check_id: check for check in load_checks()}
    judged = []
    for finding in found:
        pair = pairs[finding.key]
        waiver = waivers.get((pair.key, finding.check_id, digest(pair)))
        judged.append(Judged(finding, pair, checks[finding.check_id], waiver))
    return judged


def newest(translation: Translation) -> Translation:
    """The newest draft, with the same article object."""
    draft: Translation = translation.get_latest_revision_as_object()
    draft.article = translation.article
    return draft


def findings_of(translation: Translation) -> list[Judged]:
    """All findings in the newest draft, waived ones too; a few queries beside the story's own."""
    draft = newest(translation)
    return judge(translation, story_of(draft))


def open_findings(translation: Translation) -> list[Finding]:
    """The findings in the newest draft that nobody has let pass."""
    return [one.finding for one in findings_of(translation) if one.waiver is None]


@transaction.atomic
def waive(
    translation: Translation,
    key: str,
    check_id: str,
    *,
    reason: str,
    user: Any,
    seen: str = "",
) -> CheckWaiver:
    """Let all findings of one check in one segment pass, as its words stand now.

    `seen` is the digest that the user saw. DeskError without a reason, or where there is no such
    finding (any more).
    """
    reason = " ".join(reason.replace("\x00", "").split())
    if not reason:
        raise DeskError(_("Say in a few words why this is right as it is."))
    if len(reason) > _LONGEST_REASON:
        raise DeskError(_("A reason has at most %(most)d characters.") % {"most": _LONGEST_REASON})
    judged = next(
        (
            one
            for one in findings_of(translation)
            if (one.finding.key, one.finding.check_id) == (key, check_id)
        ),
        None,
    )
    if judged is None or (seen and seen != judged.digest):
        raise DeskError(_("The text has changed meanwhile. Look at it once more."))
    waiver, made = CheckWaiver.objects.get_or_create(
        translation_id=translation.pk,
        key=key,
        check_id=check_id,
        digest=judged.digest,
        defaults={"reason": reason, "author": user},
    )
    if made:
        _log(translation, WAIVED, waiver, user, judged.finding.message)
    return waiver


@transaction.atomic
def unwaive(waiver: CheckWaiver, *, user: Any) -> None:
    """Take a waiver back: the finding stands again."""
    _log(waiver.translation, UNWAIVED, waiver, user, "")
    waiver.delete()


def _log(
    translation: Translation, action: str, waiver: CheckWaiver, user: Any, message: str
) -> None:
    data = {
        "key": waiver.key,
        "check": waiver.check_id,
        "reason": waiver.reason,
        "finding": message,
    }
    log(translation, action, user=user, data=data)
