"""Many new stories at once: the rows that saving and publishing them one by one would leave.

What a row says is worked out by the functions that serve a single story; only the writing is by
the hundred. No signal is sent for a story, a version or a translation: what their receivers see to
is done here for all of them, and the hook `archive_stories_added` tells a site's own code.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, count
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, ForeignKey
from django.utils import timezone
from django.utils.text import slugify
from modelcluster.models import get_all_child_relations
from wagtail import hooks
from wagtail.models import ReferenceIndex, Revision

from archive.base_page import Page
from archive.desk.actions import expected_facts
from archive.desk.audit import Deed, log_deeds
from archive.desk.models import Segment, Translation
from archive.desk.publish_guard import check_translation_can_be_published
from archive.desk.queue.rank_updates import factors_of
from archive.desk.queue.ranking import rank
from archive.desk.saving import DraftSegments
from archive.desk.segments import Row, align_segments, is_abridged, progress_of, target_values
from archive.inserts import insert_objects, set_columns
from archive.publishing import followers
from archive.publishing.names import publish_names_of
from archive.search.backends import index_objects
from archive.search.drafts import store_for_editors
from archive.stories.actions import claim_slug, show_places
from archive.stories.body import first_picture
from archive.stories.doubtful_dates import date_errors
from archive.stories.marks import TranslationState
from archive.stories.models import ArticleByline, ArticlePage
from archive.stories.publish_guard import story_errors
from archive.stories.stale_save import lock_page
from archive.stories.version_followers import follow_first_versions
from archive.text.stored_messages import all_said_by

logger = logging.getLogger(__name__)

_BASE = [one for one in Page._meta.local_concrete_fields if not one.primary_key]
# What the database, or this module, sees to.
_NOT_CHECKED = {
    *(one.name for one in ArticlePage._meta.concrete_fields if isinstance(one, ForeignKey)),
    *("path", "depth", "numchild", "page_ptr"),
}


@dataclass
class NewTranslation:
    """A story's other language, as a draft of a translation that isn't saved and whose `article` is
    the story: `lay` gives it, confirmed or not. `columns` are written on its row, `data` is noted
    in its history."""

    lay: Callable[..., DraftSegments]
    is_published: bool
    columns: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    # By `add_stories`: the draft; the translation without a word, as a live story has it; its
    # version; why it isn't published although it was to be.
    draft: Any = None
    opened: Any = None
    revision: Any = None
    refusal: str = ""


@dataclass
class NewStory:
    """A story that isn't saved, with its bylines; `live` says whether readers get it.

    It goes below `place`, the page that its own facts name. `data` is noted in its history.
    """

    page: ArticlePage
    place: Page
    data: dict[str, Any] = field(default_factory=dict)
    translation: NewTranslation | None = None


@dataclass
class _Opened:
    """A translation, saved or not, of a new story, and its version, if it has words."""

    translation: Any
    story: NewStory
    revision: Any = None


@transaction.atomic
def add_stories(stories: Sequence[NewStory], *, action: str, user: Any = None) -> None:
    """Store them, with their translations, and have what follows a publication done.

    `action` names what made them, as their history is to say. Raises ValidationError where a story
    can't be stored or published as it is; none is then. A translation that can't be published is a
    draft, and says why.
    """
    if not stories:
        return
    now = timezone.now()
    for story in stories:
        story.page.complete()
    numbered = _take_places(stories)
    for story in stories:
        _check(story.page)
    opened = [found for one in stories if (found := _open(one, user, now))]
    _insert_stories(stories, user, now)
    _insert_translations(opened, user, now)
    _log(stories, opened, action, user)
    _index([one.page for one in stories], [one.translation for one in opened])
    published = [one.page for one in stories if one.page.live]
    for page in numbered:
        if page.live:
            claim_slug(page)
    _follow(stories, published, user)


def _check(page: ArticlePage) -> None:
    """What saving it, or publishing it if it is to be live, asks of its fields."""
    if not page.live:
        page.title = page._meta.get_field("title").clean(page.title, page)
        return
    page.clean_fields(exclude=_NOT_CHECKED)
    if errors := story_errors(page) | date_errors(page):
        raise ValidationError(errors)


def _take_places(stories: Iterable[NewStory]) -> list[ArticlePage]:
    """Each gets the next place below its parent, and a slug that is free there; those that didn't
    get the slug of their headline."""
    below: dict[int, list[NewStory]] = defaultdict(list)
    for story in stories:
        below[story.place.pk].append(story)
    return list(chain.from_iterable(_take_places_below(*one) for one in below.items()))


def _take_places_below(pk: int, stories: Sequence[NewStory]) -> list[ArticlePage]:
    lock_page(stories[0].place)
    parent, numbered = Page.objects.get(pk=pk), []
    children = Page.objects.child_of(parent).order_by("-path")
    taken = set(children.values_list("slug", flat=True))
    last = children.values_list("path", flat=True).first()
    step = Page._str2int(last[-Page.steplen :]) if last else 0
    for story in stories:
        page, step = story.page, step + 1
        page.path, page.depth = (
            Page._get_path(parent.path, parent.depth + 1, step),
            parent.depth + 1,
        )
        wanted = page.slug or slugify(page.title, allow_unicode=True)
        tries = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
        page.slug = next(one for one in tries if one not in taken)
        taken.add(page.slug)
        if page.slug != wanted:
            numbered.append(page)
        page.locale_id, page.draft_title = parent.locale_id, page.title
        page.set_url_path(parent)
    Page.objects.filter(pk=pk).update(numchild=F("numchild") + len(stories))
    return numbered


def _open(story: NewStory, user: Any, now: datetime) -> _Opened | None:
    """The story's translation, as far as it is known before it is saved; and on the story's own
    columns what readers get of it."""
    page, given = story.page, story.translation
    if not (page.live or given):
        return None
    language = page.source_language
    if given is None:
        translation = Translation(article=page, language=page.target_language, live=False)
        translation.segments = []  # type: ignore[misc] # modelcluster sets a list in memory
        _set(translation, progress_of(align_segments(translation).rows, language))
        return _Opened(translation, story)
    given.draft = given.lay(confirmed=given.is_published)
    translation = given.draft.draft
    if page.live:
        untouched = [Row(source, None) for source in given.draft.sources.values()]
        _set(translation, progress_of(untouched, language))
        given.opened = copy(translation)
        given.opened.printed = {}
    _lay(given)
    page.translation_state = translation.state
    if given.is_published:
        given.refusal = _refusal(given, user)
        given.is_published = not given.refusal
        if given.refusal:
            # Nobody has read what readers can't have.
            given.draft = given.lay(confirmed=False)
            _lay(given)
    translation.has_unpublished_changes = not given.is_published
    if given.is_published:
        translation.live = True
        translation.first_published_at = translation.last_published_at = now
        alignment = align_segments(translation)
        columns = {
            **target_values(translation, alignment.rows),
            "translation_is_abridged": is_abridged(alignment.rows),
            "translated_at": now,
        }
        row, facts = expected_facts(translation, alignment, columns, lacks_correction=False)
        _set(translation, row)
        _set(page, facts | columns)
    else:
        # The row says it once readers have that version.
        translation.printed = {}
    return _Opened(translation, story, given.revision)


def _lay(given: NewTranslation) -> None:
    """The draft's segments, and what is counted of them, into its translation and its version."""
    translation = given.draft.draft
    _set(translation, given.columns)
    translation.segments = given.draft.in_order()
    translation.state = TranslationState.IN_PROGRESS
    translation.rank = rank(factors_of(translation), timezone.localdate())
    _set(translation, progress_of(given.draft.rows, translation.article.source_language))
    content = translation.serializable_data()
    given.revision = Revision(content=content, object_str=str(translation))


def _refusal(given: NewTranslation, user: Any) -> str:
    """Why readers can't have the translation; "" if they can."""
    try:
        check_translation_can_be_published(given.draft.draft, given.revision, user)
    except ValidationError as error:
        return all_said_by(error)
    return ""


def _set(thing: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(thing, name, value)


def _insert_stories(stories: Sequence[NewStory], user: Any, now: datetime) -> None:
    pages = [story.page for story in stories]
    for page in pages:
        # New ones have no other parts than those at hand.
        for relation in get_all_child_relations(page):
            name = relation.get_accessor_name()
            if name not in getattr(page, "_cluster_related_objects", {}):
                setattr(page, name, [])
    rows = [Page(**{one.attname: getattr(page, one.attname) for one in _BASE}) for page in pages]
    for row in rows:
        row.latest_revision_created_at = now
        row.has_unpublished_changes = not row.live
        if row.live:
            row.first_published_at = row.last_published_at = now
    Page._base_manager.bulk_create(rows)
    for page, row in zip(pages, rows, strict=True):
        page.id = page.pk = row.pk
        page.lead_image = first_picture(page.source("body"))
    bylines = [byline for page in pages for byline in page.bylines.all()]
    for page in pages:
        for byline in page.bylines.all():
            byline.page_id = page.pk
    ArticleByline.objects.bulk_create(bylines)
    revisions = [_version(page, user, now) for page in pages]
    Revision.objects.bulk_create(revisions)
    for page, row, revision in zip(pages, rows, revisions, strict=True):
        page.latest_revision, page.live_revision = revision, revision if row.live else None
        for one in _BASE:
            if not isinstance(one, ForeignKey):
                setattr(page, one.attname, getattr(row, one.attname))
    insert_objects(pages)
    names = ("latest_revision", "live_revision")
    set_columns(Page, names, [(p.latest_revision_id, p.live_revision_id, p.pk) for p in pages])
    for page in pages:
        page._state.adding, page._state.db = False, rows[0]._state.db


def _version(page: ArticlePage, user: Any, now: datetime) -> Revision:
    """Its first version: a draft's, from before its publication."""
    is_live, page.live = page.live, False
    try:
        content = page.serializable_data()
    finally:
        page.live = is_live
    return _revision(page, Revision(content=content, object_str=str(page)), user, now)


def _revision(thing: Any, revision: Revision, user: Any, now: datetime) -> Revision:
    kinds = ContentType.objects
    revision.content_type = kinds.get_for_model(thing, for_concrete_model=False)
    revision.base_content_type = thing.get_base_content_type()
    revision.object_id = str(thing.pk)
    revision.user, revision.created_at = user, now
    return revision


def _insert_translations(opened: Sequence[_Opened], user: Any, now: datetime) -> None:
    for one in opened:
        one.translation.article = one.story.page
    Translation.objects.bulk_create([one.translation for one in opened])
    written = [one for one in opened if one.revision]
    for one in written:
        translation, content = one.translation, one.revision.content
        content["pk"], content["article"] = translation.pk, one.story.page.pk
        for segment in content["segments"]:
            segment["translation"] = translation.pk
        given: Any = one.story.translation
        if given.opened:
            given.opened.pk = translation.pk
        _revision(translation, one.revision, user, now)
    Revision.objects.bulk_create([one.revision for one in written])
    rows = []
    for one in written:
        translation = one.translation
        translation.latest_revision = one.revision
        translation.live_revision = one.revision if translation.live else None
        rows.append((translation.latest_revision_id, translation.live_revision_id, translation.pk))
    set_columns(Translation, ("latest_revision", "live_revision"), rows)
    segments = []
    for translation in (one.translation for one in written if one.translation.live):
        for segment in translation.segments.all():
            segment.translation_id = translation.pk
            segments.append(segment)
    if user is None:
        insert_objects(segments)
    else:
        # They refer to the person: the index of references names their keys.
        Segment.objects.bulk_create(segments)


def _log(stories: Iterable[NewStory], opened: Iterable[_Opened], action: str, user: Any) -> None:
    deeds = []
    for story in stories:
        page, version = story.page, {"revision": story.page.latest_revision}
        changed = {"content_changed": True}
        deeds.append(Deed(page, "wagtail.create", fields=changed))
        deeds.append(Deed(page, action, story.data, version | changed))
        if page.live:
            deeds.append(Deed(page, "wagtail.publish", fields=version | changed))
    for one in opened:
        if one.revision is None or one.story.translation is None:
            continue
        version = {"revision": one.revision}
        deeds.append(Deed(one.translation, action, one.story.translation.data, version))
        if one.translation.live:
            fields = version | {"content_changed": True}
            deeds.append(Deed(one.translation, "wagtail.publish", fields=fields))
    log_deeds(deeds, user=user)


def _index(pages: Sequence[ArticlePage], translations: Sequence[Any]) -> None:
    """Wagtail's indexes of references and for searching, and what editors look for."""
    kinds, rows = ContentType.objects, []
    for thing in (*pages, *translations):
        kind = kinds.get_for_model(thing, for_concrete_model=False)
        base = ReferenceIndex._get_base_content_type(thing)
        for to, pk, model_path, path in set(ReferenceIndex._extract_references_from_object(thing)):
            # A draft's segments lie in its version alone.
            if ".None." in path:
                continue
            rows.append(
                ReferenceIndex(
                    content_type=kind,
                    base_content_type=base,
                    object_id=str(thing.pk),
                    to_content_type_id=to,
                    to_object_id=pk,
                    model_path=model_path,
                    content_path=path,
                    content_path_hash=ReferenceIndex._get_content_path_hash(path),
                )
            )
    insert_objects(rows)
    index_objects(ArticlePage, pages)
    store_for_editors(*pages)


def _follow(stories: Sequence[NewStory], published: Sequence[ArticlePage], user: Any) -> None:
    places = {(one.page.section_id, one.place.pk): one.page for one in stories if one.page.live}
    for page in places.values():
        show_places(page)
    for page in published:
        if any(byline.place_id for byline in page.bylines.all()):
            publish_names_of(page)
    follow_first_versions([one.page for one in stories], user)
    keys = [page.pk for page in published]
    more = [*followers.of_apps(), *followers.pictures(), followers.QUEUE]
    followers.notify_readers(keys, *more)
    translated = [
        one.page.pk for one in stories if one.translation and one.translation.is_published
    ]
    followers.follow_later(translated, followers.MEMORY)
    every = [one.page.pk for one in stories]
    for tell in hooks.get_hooks("archive_stories_added"):
        # Whatever a site's own code does, the stories are stored.
        transaction.on_commit(_telling(tell, every), robust=True)


def _telling(tell: Callable[[list[int]], object], pks: list[int]) -> Callable[[], object]:
    """A function and no `partial`: Django names it where it fails."""
    return lambda: tell(pks)
