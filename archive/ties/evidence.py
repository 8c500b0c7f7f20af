"""Evidence for a tie from a story's own sentence."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from archive.text.language import column
from archive.ties.models import Tie, TieEvidence


@transaction.atomic
def add_evidence(
    tie: Tie, story: Any, block_id: str, sentence: str, language: str, *, user: Any
) -> bool:
    """Add the sentence, logged as a change of the tie; False if the story is evidence already.

    Raises ValidationError for an empty sentence or a block id that can't be stored.
    """
    tie = Tie.objects.select_for_update().get(pk=tie.pk)
    if tie.evidence.filter(article=story).exists():
        return False
    sentence = sentence.replace("\x00", "").strip()
    if not sentence:
        raise ValidationError(_("This sentence can't be added."))
    piece = TieEvidence(
        article=story,
        block_id=block_id,
        sort_order=tie.evidence.count(),
        **{column("sentence", language): sentence},
    )
    piece.clean_fields(exclude=["tie", "sentence"])
    tie.evidence.add(piece)
    tie.save()
    log(tie, "wagtail.edit", user=user)
    return True
