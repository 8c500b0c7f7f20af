"""Takes a whole batch back: the archive is as it was, but for what people have changed since.

A story that the batch made goes, and with it what else the batch made and nothing else uses. A
story that it changed gets its former version again.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession
from wagtail.log_actions import log, registry
from wagtail.models import Revision

from archive.base_page import Page
from archive.contrib.intake.batches.actions import forget_batch
from archive.contrib.intake.batches.items import compare
from archive.contrib.intake.batches.outcomes import ROW
from archive.contrib.intake.batches.policies import check_batch
from archive.contrib.intake.batches.uses import named_in_drafts, uses_of
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.contrib.intake.plan import ACTION
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.translations.undo import objection, restore
from archive.desk.models import Translation
from archive.desk.others_work import (
    last_deed,
    named_as,
    references_to,
    version_work,
    work_at,
    work_at_translations,
    work_of,
)
from archive.desk.policies import may_take_in, name_of
from archive.journal.plan import JournalError, OthersWork, told
from archive.journal.undo import check_versions, give_readers_back, write_columns_back
from archive.stories.actions import move_story
from archive.stories.creations import find_made
from archive.stories.models import ArticlePage
from archive.text.punctuation import aside
from archive.text.stored_messages import in_each_language

UNDO = "archive.import_undo"


@dataclass
class ImportUndoPlan:
    """What undoing does, or has done: stories that go, that are as before, and that stay, why.

    `untranslated` had no translation before.
    """

    deleted: list[ImportItem] = field(default_factory=list)
    reverted: list[ImportItem] = field(default_factory=list)
    untranslated: list[ImportItem] = field(default_factory=list)
    excepted: list[tuple[ImportItem, str]] = field(default_factory=list)
    # What the batch made and stays, once it is undone, each with the use for which it does.
    kept: list[str] = field(default_factory=list)

    @property
    def published(self) -> int:
        """How many of the stories that go readers have now."""
        return sum(bool(item.page and item.page.live) for item in self.deleted)

    @property
    def translations(self) -> int:
        """How many of the stories that go have a translation, which goes with them."""
        keys = {item.page_id for item in self.deleted if item.page_id}
        begun = Translation.objects.filter(article__in=keys).exclude(latest_revision=None)
        return begun.count()

    def add(self, item: ImportItem, story: int | None) -> None:
        """An item that is undone; `story` is the key of its story, with which all of it goes."""
        if item.before.get("row") or (item.before.get("translation") or {}).get(
            "latest_revision_id"
        ):
            self.reverted.append(item)
        elif is_translation(item):
            self.untranslated.append(item)
        else:
            self.reverted = [one for one in self.reverted if one.page_id != story]
            self.untranslated = [one for one in self.untranslated if one.page_id != story]
            self.deleted.append(item)


class _StaysError(JournalError):
    """Why a story stays as it is."""

    def __init__(self, *works: OthersWork) -> None:
        super().__init__(*works)
        self.works = works

    def __str__(self) -> str:
        return told(self.works)


def undo_batch(batch: ImportBatch, user: Any) -> ImportUndoPlan:
    """Undo all that was accepted; what waits can still be accepted. Raises PermissionDenied, and
    IntakeError for one undone before, of which nothing waits.

    A story on which anybody has worked since, which another import has accepted too, or which the
    person may not delete or change, stays.
    """
    check_batch(batch, user)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.state == ImportBatch.State.UNDONE:
            raise IntakeError(gettext("this import was undone; make a new one"))
        done = ImportUndoPlan()
        items = list(_accepted(locked))
        works = _WorkSince(locked, items)
        for item in items:
            _undo(item, user, done, works)
        _remove_made(items, locked, done)
        locked.undone_at, locked.undone_by = timezone.now(), user
        waiting = list(locked.items.filter(state__in=ImportItem.OPEN))
        if not waiting:
            forget_batch(locked)
            locked.state = ImportBatch.State.UNDONE
        # The others may have gone.
        for item in waiting:
            if item.state == ImportItem.State.DUPLICATE:
                compare(item)
        locked.save(update_fields=["state", "undone_at", "undone_by"])
    batch.refresh_from_db()
    return done


def planned_undo(batch: ImportBatch, user: Any) -> ImportUndoPlan:
    """What `undo_batch` would do now. Reads only."""
    plan = ImportUndoPlan()
    items = [item for item in _accepted(batch) if _is_written(item, item.page)]
    works = _WorkSince(batch, items)
    for item in items:
        try:
            _check(item.page, item, user, works)
        except _StaysError as reason:
            plan.excepted.append((item, str(reason)))
        else:
            plan.add(item, item.page_id)
            works.gone(item)
    return plan


def last_undo(batch: ImportBatch) -> ImportUndoPlan | None:
    """What undoing the batch did; None for one that wasn't undone."""
    if batch.undone_at is None:
        return None
    plan = ImportUndoPlan()
    items = batch.items.filter(accepted_at__lte=batch.undone_at)
    for item in items.select_related("page").defer("text"):
        if item.state == ImportItem.State.ACCEPTED:
            plan.excepted.append((item, item.trouble or gettext("it stayed")))
        # A translation without a story has gone with it.
        elif item.before.get("is_written") and (item.page_id or not _is_kept(item)):
            plan.add(item, item.page_id)
    return plan


def _accepted(batch: ImportBatch) -> Any:
    """The last first: a later one may have changed a story of an earlier one."""
    accepted = batch.items.filter(state=ImportItem.State.ACCEPTED)
    return accepted.select_related("page").defer("text").order_by("-accepted_at", "-pk")


def _is_written(item: ImportItem, page: ArticlePage | None) -> bool:
    """Whether accepting the item has changed the story, which is still there."""
    former = (item.before.get("row") or {}).get("latest_revision_id")
    is_written = item.revision_id and item.revision_id != former
    return page is not None and bool(is_written or item.before.get("is_published"))


def _is_kept(item: ImportItem) -> bool:
    """Whether the story was there before."""
    return bool(item.before.get("row")) or is_translation(item)


class _WorkSince:
    """What people have done at the stories of these items, asked for once for all of them."""

    def __init__(self, batch: ImportBatch, items: Collection[ImportItem]) -> None:
        keys = {item.page_id for item in items if item.page_id}
        self.versions = {item.revision_id for item in items if item.revision_id}
        self._gone: set[tuple[str, str]] = set()
        drafts = named_in_drafts(batch.created_at) if keys else {}
        self._stories = work_at(ArticlePage, keys)
        self._translations = work_at_translations(keys, self.versions)
        translations = Translation.objects.filter(article__in=keys)
        stories = dict(translations.values_list("pk", "article"))
        for key, one in _open_editors({Translation: stories, Page: {key: key for key in keys}}):
            self._translations[key].append(one)
        own = {named_as(Translation, pk): key for pk, key in stories.items()}
        naming = [(key, work_of(source)) for key, source in references_to(ArticlePage, keys)]
        for key in keys:
            naming += [(key, one) for one in drafts.get(named_as(ArticlePage, key), ())]
        for key, one in naming:
            # The story itself, and its translation: their versions tell.
            if one.owner != named_as(ArticlePage, key) and own.get(one.owner) != key:
                self._stories[key].append(one)
        noted = batch.items.filter(page__in=keys).values_list("pk", flat=True)
        # What the import itself has noted is no obstacle to it.
        self._gone |= {named_as(ImportItem, pk) for pk in noted}

    def gone(self, item: ImportItem) -> None:
        """The story of this item goes: what it says of others is no obstacle."""
        self._gone.add(named_as(ArticlePage, item.page_id))

    def at(self, item: ImportItem) -> list[OthersWork]:
        """The work that undoing the item would take away."""
        works = list(self._translations.get(item.page_id or 0, ()))
        if not is_translation(item):
            works += self._stories.get(item.page_id or 0, ())
        if _is_kept(item):
            since = item.accepted_at
            works = [one for one in works if one.at and since and one.at > since]
        return [one for one in works if one.owner not in self._gone]


def _open_editors(
    stories: Mapping[type[Model], Mapping[int, int]],
) -> Iterator[tuple[int, OthersWork]]:
    """By the stories' keys, whoever has typed something in an editor that nothing has stored yet.

    `stories` are those of the objects of each model, by the objects' keys.
    """
    sessions = EditingSession.objects.available().filter(is_editing=True).select_related("user")
    for model, story_of in stories.items():
        kind = ContentType.objects.get_for_model(model)
        for one in sessions.filter(content_type=kind, object_id__in=map(str, story_of)):
            work = OthersWork(_("being edited now"), name_of(one.user), at=one.last_seen_at)
            yield story_of[int(one.object_id)], work


def _undo(item: ImportItem, user: Any, done: ImportUndoPlan, works: _WorkSince) -> None:
    page = ArticlePage.objects.filter(pk=item.page_id).first() if item.page_id else None
    row = item.before.get("row") or {}
    is_written = _is_written(item, page)
    if page is not None and is_written:
        try:
            with transaction.atomic():
                _check(page, item, user, works)
                if is_translation(item):
                    _take_back(page, item, user)
                elif row:
                    _revert(page, item, row, user)
                else:
                    _delete(page, user)
                    works.gone(item)
        except JournalError as reason:
            done.excepted.append((item, str(reason)))
            _hand_over(item)
            item.error = in_each_language(partial(str, reason))
            item.save(update_fields=["error"])
            return
        done.add(item, item.page_id)
    item.state, item.error = ImportItem.State.UNDONE, ""
    item.before = {**item.before, "is_written": bool(is_written)}
    item.revision = None
    item.page_id = item.page_id if _is_kept(item) else None
    item.save(update_fields=["state", "error", "before", "revision", "page"])


def _hand_over(item: ImportItem) -> None:
    """Another import has accepted the same text: what undoes it is that import's from now on."""
    others = ImportItem.objects.filter(page=item.page_id, state=ImportItem.State.ACCEPTED)
    others = others.exclude(batch=item.batch_id).exclude(batch__state=ImportBatch.State.UNDONE)
    for heir in others.order_by("accepted_at", "pk"):
        if is_translation(heir) == is_translation(item):
            was_published = item.before.get("is_published") or heir.before.get("is_published")
            heir.before = {**item.before, "is_published": bool(was_published)}
            heir.made = item.made + heir.made
            heir.revision_id = heir.revision_id or item.revision_id
            heir.save(update_fields=["before", "made", "revision"])
            return


def _check(page: ArticlePage, item: ImportItem, user: Any, works: _WorkSince) -> None:
    """Raises _StaysError for a story that is somebody's work by now."""
    work = _objection(page, item) if is_translation(item) else _story_objection(page, item)
    if reasons := [work] if work else works.at(item):
        raise _StaysError(*reasons)
    if is_translation(item) and not may_take_in(user, page):
        raise _StaysError(
            OthersWork(_("you do not have permission to change this story’s translation"))
        )
    if is_translation(item) or user is None:
        return
    here = page.permissions_for_user(user)
    if not (here.can_edit() if item.before.get("row") else here.can_delete()):
        raise _StaysError(OthersWork(_("you do not have permission to change this story")))


def _story_objection(page: ArticlePage, item: ImportItem) -> OthersWork | None:
    was_live = bool((item.before.get("row") or {}).get("live"))
    is_newer = page.latest_revision_id != item.revision_id
    if is_newer and not _says_the_same(page, item):
        return version_work(page, _("edited since"))
    if page.live != (was_live or bool(item.before.get("is_published"))):
        return last_deed(page, _("published or taken back since"))
    if is_newer:
        return version_work(page, _("saved again since, without a change"))
    if not _is_kept(item) and _has_others_words(page, item):
        translation = page.translations.select_related("latest_revision__user").first()
        return version_work(translation, _("translated since"))
    return OthersWork(_("locked in the editor")) if page.locked else None


def _says_the_same(page: ArticlePage, item: ImportItem) -> bool:
    """Whether the newest version only says again what the import has made."""
    versions = (page.latest_revision, item.revision)
    said = [page.words_of(version.content) for version in versions if version]
    return len(said) == len(versions) and said[0] == said[1]


def is_translation(item: ImportItem) -> bool:
    """Whether the item is the other language of a story."""
    return "translation" in item.before


def _has_others_words(page: ArticlePage, item: ImportItem) -> bool:
    """Whether the story has a translation that didn't come with the same import, untouched."""
    if not page.translations.exclude(latest_revision=None).exists():
        return False
    others = ImportItem.objects.filter(batch=item.batch_id, page=page).exclude(pk=item.pk)
    goes_too = (is_translation(one) and not _objection(page, one) for one in others.defer("text"))
    return not any(goes_too)


def _objection(page: ArticlePage, item: ImportItem) -> OthersWork | None:
    published = bool(item.before.get("is_published"))
    return objection(page, item.revision_id, was_published=published)


def _take_back(page: ArticlePage, item: ImportItem, user: Any) -> None:
    published = bool(item.before.get("is_published"))
    restore(page, item.before["translation"], was_published=published, user=user)


def _delete(page: Any, user: Any) -> None:
    try:
        page.delete(user=user)
    except ProtectedError as error:
        raise _StaysError(OthersWork(_("something else refers to it"))) from error


def _revert(page: ArticlePage, item: ImportItem, row: dict[str, Any], user: Any) -> None:
    """The row and the versions as they were; readers get the text that they had."""
    check_versions(page, row)
    if item.before.get("is_published"):
        give_readers_back(page, row, user)
    page = ArticlePage.objects.get(pk=page.pk)
    write_columns_back(page, row, ROW)
    # What lists and the admin's search show of drafts follows a save.
    page.save(update_fields=["draft_title"], clean=False)
    # A version that isn't the newest one any more can go.
    history = registry.get_logs_for_instance(page)
    history.filter(action=ACTION, revision=item.revision_id).delete()
    if item.revision_id != row["latest_revision_id"]:
        Revision.objects.filter(pk=item.revision_id).delete()
    page = ArticlePage.objects.get(pk=page.pk)
    _put_back(page, row["path"])
    draft = page.get_latest_revision_as_object()
    for follow in page.version_followers:
        follow(draft, user)
    log(page, UNDO, user=user, content_changed=True)


def _put_back(page: ArticlePage, path: str) -> None:
    """Below the page where it was, if that is still there."""
    former = Page.objects.filter(path=path[: -Page.steplen]).first()
    if former and page.path[: -Page.steplen] != former.path:
        move_story(page, former.specific)


def _remove_made(items: list[ImportItem], batch: ImportBatch, done: ImportUndoPlan) -> None:
    """What the batch made beside its stories, the last first, where nothing else uses it."""
    made = [(label, key) for item in items for label, key in reversed(item.made)]
    # A page can go only once those below it have gone; the first to be made is the last to go.
    keys = list(dict.fromkeys(reversed(made)))[::-1]
    # As the stories are by now.
    drafts = named_in_drafts(batch.created_at)
    for label, key in keys:
        found = find_made(label, key)
        if found is None:
            continue
        try:
            with transaction.atomic():
                if use := next(uses_of(found, drafts), None):
                    done.kept.append(f"{found}{aside(use)}")
                else:
                    found.delete()
        except ProtectedError:
            done.kept.append(f"{found}{aside(_('something else refers to it'))}")
