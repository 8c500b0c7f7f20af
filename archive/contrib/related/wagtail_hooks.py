"""Related stories beside a story, in its form, and among what follows it. Wiring only."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from archive.contrib.related.integrity import RelatedArea
from archive.contrib.related.panel import RelatedPanel
from archive.contrib.related.source import StoredLists
from archive.contrib.related.updates import RELATED
from archive.publishing.followers import Follower

# Other apps may look at the lists: these are brought up to date before.
FIRST = -10


@hooks.register("register_archive_follower", order=FIRST)
def follow_related() -> Follower:
    return RELATED


@hooks.register("register_archive_integrity_area", order=FIRST)
def related_area() -> RelatedArea:
    return RelatedArea()


@hooks.register("register_archive_related_source")
def stored_lists() -> StoredLists:
    return StoredLists()


@hooks.register("register_archive_story_form_panel")
def related_panel() -> RelatedPanel:
    return RelatedPanel(heading=_("Related automatically"))
