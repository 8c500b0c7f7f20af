"""Marks errors in a translation, and says that it was assessed."""

from collections import Counter
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from archive.contrib.assessment.models import LONGEST_WORDS, ErrorMark, QualityCard
from archive.desk.errors import DeskError
from archive.desk.models import Translation
from archive.desk.policies import policy
from archive.desk.segments import source_segments

# In the audit log.
MARKED, UNMARKED = "archive.mark_error", "archive.unmark_error"
ASSESSED, WITHDRAWN = "archive.assess_translation", "archive.withdraw_assessment"
LONGEST_COMMENT = 2000


def may_assess(user: Any, translation: Translation) -> bool:
    """Whoever may publish it, as a review asks."""
    return bool(policy.user_has_permission_for_instance(user, "publish", translation))


@transaction.atomic
def assess(translation: Translation, *, user: Any) -> QualityCard:
    """The translation's card; a new one has no marks."""
    draft = translation.get_latest_revision_as_object()
    writers = Counter(
        one.translated_by_id
        for one in draft.segments.all()
        if one.translated_by_id and one.translated_by_id != user.pk
    )
    card, made = QualityCard.objects.get_or_create(
        translation=translation,
        defaults={
            "assessor": user,
            "translator_id": writers.most_common(1)[0][0] if writers else None,
            "size": translation.source_size,
        },
    )
    if made:
        log(translation, ASSESSED, user=user)
    return card


@transaction.atomic
def withdraw(card: QualityCard, *, user: Any) -> None:
    """It wasn't assessed after all; DeskError while it has marks."""
    if card.marks.exists():
        raise DeskError(_("Take the marked errors back first."))
    log(card.translation, WITHDRAWN, user=user)
    card.delete()


@transaction.atomic
def mark_error(
    translation: Translation,
    key: str,
    *,
    category: str,
    severity: str,
    words: str = "",
    comment: str = "",
    user: Any,
) -> ErrorMark:
    """DeskError for an unknown category or severity, for too long a text, and where the story has
    no such segment."""
    words, comment = (" ".join(text.replace("\x00", "").split()) for text in (words, comment))
    if category not in ErrorMark.Category.values:
        raise DeskError(_("Choose a category."))
    if severity not in map(str, ErrorMark.Severity.values):
        raise DeskError(_("Choose a severity."))
    if len(words) > LONGEST_WORDS or len(comment) > LONGEST_COMMENT:
        most = LONGEST_WORDS if len(words) > LONGEST_WORDS else LONGEST_COMMENT
        raise DeskError(_("A text can have at most %(most)d characters here.") % {"most": most})
    if key not in {source.key for source in source_segments(translation.article)}:
        raise DeskError(_("This segment was deleted from the story. Reload the page."))
    mark = ErrorMark.objects.create(
        card=assess(translation, user=user),
        key=key,
        category=category,
        severity=int(severity),
        words=words,
        comment=comment,
        author=user,
    )
    _log(MARKED, mark, user)
    return mark


@transaction.atomic
def unmark_error(mark: ErrorMark, *, user: Any) -> None:
    """Take the mark back; the translation stays assessed."""
    _log(UNMARKED, mark, user)
    mark.delete()


def _log(action: str, mark: ErrorMark, user: Any) -> None:
    data = {"key": mark.key, "category": mark.category, "severity": mark.severity}
    log(mark.card.translation, action, user=user, data={**data, "words": mark.words})
