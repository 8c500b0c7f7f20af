"""A story is published, taken back, saved or deleted, or its names are merged: all that follows.

Wagtail has saved the page when one of these is called, and commits it together with what is
written here. What only derives from it follows the commit: see `followers`.
"""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from wagtail.search import index

from archive.base_page import Page
from archive.desk.actions import copy_translations, follow_source, open_translation
from archive.desk.memory.units import forget
from archive.desk.segments import align_segments
from archive.entities.models import Entity
from archive.journal.recording import Recording
from archive.publishing import followers
from archive.publishing.names import keep_merged_published, publish_names_of
from archive.publishing.translations import follow_print
from archive.search.actions import follow_merge
from archive.site.caching import events
from archive.site.harvest_records.actions import keep_address
from archive.stories.actions import file_article, show_places
from archive.stories.models import ArticleEntity, ArticlePage
from archive.stories.policies import check_filing
from archive.stories.publish_guard import PublicationRefusedError
from archive.ties.actions import join_ties


def publish_story(article: ArticlePage) -> None:
    """File it under its issue, update the state of its translation, notify what follows."""
    file_article(article)
    more = [*followers.of_apps(), *followers.pictures()]
    if translation := open_translation(article):
        translation.article = article
        knew = translation.correction_since
        alignment = align_segments(translation)
        follow_source(translation, alignment)
        more.append(followers.QUEUE)
        if translation.live:
            more.append(followers.MEMORY)
        if translation.correction_since and not knew:
            more.append(followers.MAIL)
    if article.live:
        publish_names_of(article)
    followers.notify_readers([article.pk], *more)


def submit_story(thing: Any) -> None:
    """Somebody has handed it in for a review: if it is a story, translators may begin."""
    # Of a workflow, Wagtail gives the plain Page.
    if isinstance(thing, Page) and issubclass(thing.specific_class or Page, ArticlePage):
        open_translation(thing.specific)


def check_step(thing: Any, user: Any, *, live: bool) -> None:
    """A person hands a draft in, or with `live` approves it, in a review of whatever kind.

    Raises PublicationRefusedError where that would take a story to a publication in which the
    person may not do so. Each step undoes itself then.
    """
    # Of a workflow, Wagtail gives the plain Page.
    if not isinstance(thing, Page) or not issubclass(thing.specific_class or Page, ArticlePage):
        return
    try:
        check_filing(thing.specific.get_latest_revision_as_object(), user, live=live)
    except ValidationError as error:
        raise PublicationRefusedError(error, thing) from error


def unpublish_story(pk: int) -> None:
    """With the row that is no longer live, in one transaction."""
    followers.withdraw_texts([pk], *followers.of_apps())


def check_leaving(article: ArticlePage, update_fields: Collection[str]) -> None:
    """Before a save: the lists and the printed page that the story may leave.

    No `update_fields` are all.
    """
    # A draft is saved without the columns that readers see.
    if article.pk and (not update_fields or "live" in update_fields):
        events.stories_will_change([article.pk])
        was_live = events.story_leaves_page(article)
        article.is_leaving = was_live and not article.live


def save_story(article: ArticlePage, update_fields: Collection[str], *, is_new: bool) -> None:
    """After any save of a story, a draft's too: its translation, addresses, search in the admin."""
    changed = set(update_fields)
    if source := article.__dict__.pop("copied_from", None):
        copy_translations(ArticlePage.objects.get(pk=source), article)
    elif is_new:
        # A draft is offered to translators once somebody says that it is ready.
        if article.live:
            open_translation(article, is_new=True)
    elif "source_language" in changed:
        if article.changes_language and article.translations.exists():
            open_translation(article)
    elif changed & {"alias_of", "alias_of_id"}:
        # An alias that is no longer one has a translation of its own.
        open_translation(article)
    former = article.__dict__.pop("former_url_path", "")
    if former:
        # Wagtail signals a new address only after the commit, and readers may come before.
        events.touch_addresses({former, article.url_path})
    if is_new and article.live:
        # A copy, an alias, or what a program adds: Wagtail publishes it without a signal.
        show_places(article)
        followers.notify_readers([article.pk], *followers.of_apps())
    elif former:
        events.stories_changed([article.pk])
    if article.__dict__.pop("is_leaving", False):
        unpublish_story(article.pk)
    if article.locked:
        # As one is that was joined with another.
        follow_print(Q(pk=article.pk))
    followers.follow_later([article.pk], followers.EDITORS, followers.VERSIONS)


def prepare_deletion(article: ArticlePage) -> None:
    """Before a story is deleted: what shows it is still known."""
    aliases = ArticlePage.objects.filter(alias_of=article.pk)
    article.last_aliases = list(aliases.values_list("pk", flat=True))
    events.stories_changed([article.pk])
    keep_address(article)
    # Its units go with the row, and their fingerprints can be found no more.
    forget([article.pk])


def delete_story(article: ArticlePage) -> None:
    """After a story was deleted: each of its aliases is a story of its own now."""
    for alias in ArticlePage.objects.filter(pk__in=article.last_aliases):
        open_translation(alias)
    index.remove_object(article)
    followers.withdraw_story(article.pk)


def change_names(entities: Collection[int], record: Recording | None) -> None:
    """Names were merged or split: bring ties, pages, search and what apps know of them in step.

    `record` is the change to write through; None when an undo is on its way.
    """
    # Ties first: what apps know of names may rest on them.
    join_ties(entities, record)
    keep_merged_published(entities)
    events.names_changed(entities)
    follow_merge(entities)
    same = Entity.with_merged.same_as(entities).values("pk")
    tags = ArticleEntity.objects.filter(entity__in=same).order_by()
    stories = list(tags.values_list("page", flat=True).distinct())
    followers.notify_readers(stories, *followers.of_facts())
