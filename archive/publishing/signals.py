"""The only receivers of signals about stories, their pages and translations: one call each."""

from collections.abc import Collection
from typing import Any

from django.core.signals import request_started
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail import signals
from wagtail.models import PageViewRestriction, Revision

from archive.base_page import Page
from archive.desk.mail import replace_notifiers
from archive.desk.models import Translation
from archive.desk.queue.panels import forget_counts
from archive.publishing import followers, pages, stories, translations
from archive.publishing.pages import connect_redirects
from archive.stories.models import ArticlePage, IssuePage
from archive.stories.signals import texts_changed


def connect() -> None:
    signals.page_published.connect(on_page_published)
    signals.page_unpublished.connect(on_page_unpublished)
    signals.post_page_move.connect(on_page_moved)
    signals.page_slug_changed.connect(on_slug_changed)
    connect_redirects()
    request_started.connect(followers.on_first_request)
    pre_save.connect(before_story_saved, sender=ArticlePage)
    post_save.connect(on_story_saved, sender=ArticlePage)
    post_save.connect(on_plain_page_saved, sender=Page)
    pre_delete.connect(before_story_deleted, sender=ArticlePage)
    post_delete.connect(on_story_deleted, sender=ArticlePage)
    texts_changed.connect(on_texts_changed, sender=ArticlePage)
    signals.published.connect(on_translation_published, sender=Translation)
    post_save.connect(on_translation_saved, sender=Translation)
    post_delete.connect(on_translation_deleted, sender=Translation)
    post_save.connect(on_revision_saved, sender=Revision)
    for signal in (
        signals.workflow_submitted,
        signals.workflow_rejected,
        signals.workflow_cancelled,
    ):
        signal.connect(on_workflow_moved)
    replace_notifiers()
    signals.workflow_submitted.connect(on_workflow_submitted)
    signals.task_approved.connect(on_task_approved)
    signals.workflow_rejected.connect(on_workflow_rejected)
    signals.workflow_approved.connect(on_workflow_approved)
    # What is submitted again after a rejection only starts its task once more.
    signals.task_submitted.connect(on_task_submitted)
    post_save.connect(on_issue_saved, sender=IssuePage)
    post_delete.connect(on_issue_deleted, sender=IssuePage)
    for signal in (post_save, post_delete):
        signal.connect(on_restriction_changed, sender=PageViewRestriction)


def on_page_published(sender: type, instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, ArticlePage):
        stories.publish_story(instance)
    else:
        pages.change_page(instance)


def on_page_unpublished(sender: type, instance: Page, **kwargs: Any) -> None:
    # Of a story, its row was saved, which says all: this comes after that is committed.
    if not isinstance(instance, ArticlePage):
        pages.change_page(instance)


def on_page_moved(
    sender: type, instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any
) -> None:
    pages.move_page(instance, url_path_before, url_path_after)


def on_slug_changed(sender: type, instance: Page, **kwargs: Any) -> None:
    pages.change_address(instance)


def before_story_saved(
    sender: type, instance: Any, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    stories.check_leaving(instance, update_fields or ())


def on_story_saved(
    sender: type, instance: Any, created: bool, raw: bool, update_fields: Any = None, **kwargs: Any
) -> None:
    if not raw:
        stories.save_story(instance, update_fields or (), is_new=created)


def on_plain_page_saved(sender: type, instance: Page, raw: bool, **kwargs: Any) -> None:
    # Wagtail saves a page as a plain one where it moves or unpublishes it, before its signals.
    if not raw:
        pages.save_plain_page(instance)


def before_story_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    stories.prepare_deletion(instance)


def on_story_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    stories.delete_story(instance)


def on_texts_changed(sender: type, pks: Collection[int], **kwargs: Any) -> None:
    followers.notify_readers(pks, *followers.of_apps())


def on_translation_published(sender: type, instance: Translation, **kwargs: Any) -> None:
    translations.publish_translation(instance)


def on_translation_saved(
    sender: type, instance: Translation, created: bool, raw: bool, **kwargs: Any
) -> None:
    if not raw:
        translations.save_translation(instance, is_new=created)


def on_translation_deleted(
    sender: type, instance: Translation, origin: Any = None, **kwargs: Any
) -> None:
    # By itself, or with its story?
    translations.delete_translation(
        instance, with_story=Translation not in (type(origin), getattr(origin, "model", None))
    )


def on_revision_saved(
    sender: type, instance: Any, update_fields: Any = None, **kwargs: Any
) -> None:
    # A cancelled schedule changes nothing but the revision.
    if update_fields and "approved_go_live_at" in update_fields:
        translations.follow_review(instance.content_object)


def on_task_approved(sender: type, instance: Any, user: Any = None, **kwargs: Any) -> None:
    stories.check_step(instance.workflow_state.content_object, user, live=True)
    translations.approve_step(instance, user)
    if user:
        forget_counts([user.pk])


def on_workflow_submitted(sender: type, instance: Any, **kwargs: Any) -> None:
    stories.submit_story(instance.content_object)


def on_workflow_moved(sender: type, instance: Any, user: Any = None, **kwargs: Any) -> None:
    if user:
        forget_counts([user.pk])
    translations.follow_review(instance.content_object)


def on_workflow_rejected(sender: type, instance: Any, user: Any = None, **kwargs: Any) -> None:
    translations.tell_outcome(instance, user, is_approved=False)


def on_workflow_approved(sender: type, instance: Any, user: Any = None, **kwargs: Any) -> None:
    translations.tell_outcome(instance, user, is_approved=True)


def on_task_submitted(sender: type, instance: Any, user: Any = None, **kwargs: Any) -> None:
    stories.check_step(instance.workflow_state.content_object, user, live=False)
    translations.follow_review(instance.workflow_state.content_object)


def on_issue_saved(
    sender: type, instance: Any, created: bool, raw: bool, update_fields: Any = None, **kwargs: Any
) -> None:
    if not raw:
        pages.save_issue(instance, update_fields, is_new=created)


def on_issue_deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    pages.delete_issue(instance)


def on_restriction_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    pages.restrict_page(instance.page_id)
