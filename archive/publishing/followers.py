"""What is derived from stories and brought up to date once their publication is committed.

Readers see the publication even if one of these fails: the failure is logged, and a command repairs
it. What must never be missed is written with the publication instead: the versions of cached pages,
what harvesters and the dump are told, the stories whose related lists are due; and what readers
lose leaves the search index with it.
"""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction

from archive.desk.freshness.corrections import ask_for_correction
from archive.desk.memory import units as memory
from archive.desk.models import Translation
from archive.desk.queue.rank_updates import rank_around
from archive.desk.segments import Row
from archive.reuse.updates import update_soon
from archive.search.actions import forget_stories, index_many
from archive.search.drafts import repair_gaps
from archive.site.caching.events import stories_changed
from archive.site.illustrations import illustrate_soon
from archive.site.oai.actions import follow_stories
from archive.stories.models import ArticlePage
from archive.stories.related.tasks import start_work
from archive.stories.related.updates import write_down

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Follower:
    """`follow` is called after the commit; `command` of manage.py does what it has failed to."""

    name: str
    follow: Callable[..., object]
    command: str = ""


MEMORY = Follower("translation memory", memory.remember, "rebuild_memory")
FORGET = Follower("translation memory", memory.forget, "rebuild_memory")
SEARCH = Follower("search index", index_many, "rebuild_search")
GAPS = Follower("lists of what pictures lack", repair_gaps, "rebuild_search")
RELATED = Follower("related stories", start_work, "update_related")
REUSE = Follower("reprints", update_soon, "rebuild_reuse")
QUEUE = Follower("translators' queue", rank_around, "rank_translations")
PICTURES = Follower("picture files", illustrate_soon, "make_renditions")
# No command sends it again; the queue shows what is urgent.
MAIL = Follower("mail about a correction", ask_for_correction)


def notify_readers(pks: Collection[int], *, related_too: bool = True) -> None:
    """The texts, facts or presence of these stories changed: all that lists or finds them.

    `related_too` is False where nothing has changed that relates stories to each other.
    """
    stories_changed(pks)
    follow_stories(pks)
    if related_too:
        write_down(pks)
        work_on_related()
    _after_commit(SEARCH, pks)


def withdraw_texts(pks: Collection[int], *, related_too: bool = True) -> None:
    """Readers lose these stories, or one of their texts. What is left is indexed anew."""
    forget_stories(pks)
    notify_readers(pks, related_too=related_too)


def notify_reprints(pks: Collection[int]) -> None:
    """The texts of these stories changed, or whether readers have them."""
    _after_commit(REUSE, pks)


def notify_pictures(pks: Collection[int]) -> None:
    """The texts or the presence of pictures in these stories changed."""
    if pks:
        _after_commit(SEARCH, pks)
        _after_commit(GAPS, pks)


def notify_desk(translation: Translation, rows: list[Row]) -> None:
    """The translation as readers have it changed, or its story; `rows` align them."""
    if translation.live:
        _after_commit(MEMORY, translation, rows)
    _after_commit(QUEUE, translation.article_id)


def notify_translator(translation: Translation) -> None:
    """The story was corrected, and its translation wasn't."""
    _after_commit(MAIL, translation)


def work_on_related() -> None:
    """Lists of related stories are due."""
    _after_commit(RELATED)


def withdraw_from_memory(article_id: int) -> None:
    """Readers no longer have the story in both languages."""
    _after_commit(FORGET, article_id)


def withdraw_story(pk: int) -> None:
    """The story is gone for good."""
    forget_stories([pk])
    follow_stories([pk])


def make_pictures(article: ArticlePage) -> None:
    _after_commit(PICTURES, article.pk)


def _after_commit(follower: Follower, *what: Any) -> None:
    transaction.on_commit(partial(_follow, follower, *what))


def _follow(follower: Follower, *what: Any) -> None:
    try:
        follower.follow(*what)
    except Exception:  # whatever is wrong with one, the others follow
        repair = f"; run “manage.py {follower.command}”" if follower.command else ""
        logger.exception("The %s didn't follow a publication%s.", follower.name, repair)
