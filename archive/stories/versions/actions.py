"""Restores single paragraphs of a story's former versions."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from archive.stories.body import raw
from archive.stories.models import ArticlePage
from archive.stories.stale_save import lock_page, version_token
from archive.stories.versions.comparison import StoryVersion, VersionError, restored
from archive.text.language import column

ACTION = "archive.restore_paragraph"


class StaleVersionError(Exception):
    """Somebody has saved a newer version than the one that was looked at."""


def version_of(story: Any) -> StoryVersion:
    """Of a story as a version has it, in its source language."""
    texts = {name: story.source(name) or "" for name in story.text_fields}
    return StoryVersion(texts, raw(story.source("body")))


@transaction.atomic
def restore_paragraph(
    story: ArticlePage, revision: Revision, key: str, *, token: str, user: Any
) -> Revision:
    """A new draft: the newest one with the paragraph as `revision` has it.

    `token` names the newest version that the person saw. Raises PermissionDenied,
    StaleVersionError, VersionError.
    """
    # Whoever may not writes nothing, not even the lock; whoever may, may no more by then, perhaps.
    check_may_restore(story, user)
    lock_page(story)
    story = ArticlePage.objects.get(pk=story.pk)
    check_may_restore(story, user)
    latest = story.get_latest_revision()
    if latest is None or version_token(latest) != token:
        raise StaleVersionError
    former, draft = revision.as_object(), latest.as_object()
    language = draft.source_language
    if former.source_language != language:
        raise VersionError(key)
    if key in story.text_fields:
        setattr(draft, column(key, language), former.source(key) or "")
    else:
        name = column("body", language)
        body = restored(raw(draft.source("body")), raw(former.source("body")), key)
        setattr(draft, name, draft._meta.get_field(name).to_python(body))
    # A draft may be unfinished, also that of a live story.
    draft.is_being_published = False
    made: Revision = draft.save_revision(user=user, log_action=ACTION, previous_revision=revision)
    return made


def check_may_restore(story: ArticlePage, user: Any) -> None:
    """Raises PermissionDenied, with the reason where there is one."""
    if story.alias_of_id or not story.permissions_for_user(user).can_edit():
        raise PermissionDenied
    lock = story.get_lock()
    if lock and lock.for_user(user):
        raise PermissionDenied(_("The story is locked."))
