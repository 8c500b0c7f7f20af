"""Brings the queue's columns up to date where rows came about by other means than the desk's."""

from archive.desk.actions import state_of
from archive.desk.models import Translation
from archive.desk.queue.rank_updates import rank_translations

CHUNK = 100


def recount_progress() -> int:
    """Count all translations' segments, find their states, rank them; gives how many there are."""
    counted = 0
    rows = Translation.objects.select_related("article", "latest_revision").order_by("pk")
    for translation in rows.iterator(chunk_size=CHUNK):
        translation.get_latest_revision_as_object().count_progress()
        Translation.objects.filter(pk=translation.pk).update(state=state_of(translation))
        counted += 1
    rank_translations()
    return counted
