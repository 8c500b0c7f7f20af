"""Whoever unpublishes or deletes a story is told, before it, what becomes of its translation."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import ngettext

from archive.base_page import Page
from archive.desk.models import Translation


def left_by_readers(pages: Sequence[Page]) -> str:
    """What to say of the published translations that leave with these stories; "" of none.

    One query.
    """
    count = Translation.objects.filter(
        article__in=[page.pk for page in pages], article__live=True, live=True
    ).count()
    told = ngettext(
        "Its published translation goes, too, and comes back when the story is published again.",
        "%(counter)s published translations go, too, and come back when the stories are published"
        " again.",
        count,
    )
    return told % {"counter": count} if count else ""


def deleted_with(pages: Sequence[Page]) -> str:
    """What to say of the translations that these pages, or those below, have; "" of none.

    One query.
    """
    below = Q(pk__in=[])
    for page in pages:
        below |= Q(article__path__startswith=page.path)
    count = Translation.objects.filter(below, latest_revision__isnull=False).count()
    told = ngettext(
        "Its translation is deleted, too, with what isn’t published of it.",
        "%(counter)s translations are deleted, too, with what isn’t published of them.",
        count,
    )
    return told % {"counter": count} if count else ""
