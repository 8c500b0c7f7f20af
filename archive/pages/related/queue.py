"""Stories whose lists are due: written down with the change, worked off after it (`tasks`)."""

from collections.abc import Collection

from archive.pages.related.models import RelatedDue


def write_down(pks: Collection[int]) -> None:
    """In the transaction of the change: so none is forgotten, whatever becomes of the process."""
    due = [RelatedDue(article_id=pk) for pk in sorted(pks)]
    RelatedDue.objects.bulk_create(due, ignore_conflicts=True, batch_size=500)
