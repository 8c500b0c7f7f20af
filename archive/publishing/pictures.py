"""What happens when a picture that stands in stories is changed or deleted."""

from typing import Any

from archive.publishing import followers
from archive.search.actions import FEW_STORIES
from archive.site.caching.events import stories_changed, stories_showing
from archive.stories.body import first_picture
from archive.stories.models import ArticlePage


def change_picture(image: Any) -> None:
    """Its texts or its credit: pages, search and the lists of what pictures lack follow."""
    pks = stories_showing(image)
    stories_changed(pks)
    if len(pks) <= FEW_STORIES:
        # The nightly `check_archive search --repair` does it for more: nobody should wait for it.
        followers.notify_pictures(pks)


def delete_picture(image: Any) -> None:
    """Lists show the next picture of its stories; these have lost it as their lead by now."""
    without = ArticlePage.objects.filter(pk__in=stories_showing(image), lead_image=None)
    for article in without.order_by("pk")[:FEW_STORIES]:
        if lead := first_picture(article.source("body")):
            ArticlePage.objects.filter(pk=article.pk).update(lead_image=lead)
    change_picture(image)
