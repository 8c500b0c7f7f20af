"""Takes a whole batch back: the archive is as it was, but for what people have changed since.

A story that the batch made goes, and with it what else the batch made and nothing else uses. A
story that it changed gets its former version again.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.models import AbstractRendition
from wagtail.log_actions import log, registry
from wagtail.models import ReferenceIndex, Revision

from archive.base_page import Page
from archive.entities.models import Entity
from archive.intake.batches.actions import forget_batch
from archive.intake.batches.outcomes import ROW
from archive.intake.batches.policies import check_batch
from archive.intake.made import find_made
from archive.intake.models import ImportBatch, ImportItem
from archive.intake.plan import ACTION
from archive.intake.records import IntakeError
from archive.intake.translations.undo import objection, restore
from archive.stories.actions import move_story
from archive.stories.marks import TranslationState
from archive.stories.models import ArticlePage, Author, PublicationPage, SectionPage
from archive.text.language import columns
from archive.text.richtext import linked_ids

UNDO = "archive.import_undo"


@dataclass
class UndoneImport:
    """How many stories went and got their former version, and which stay, each with the reason."""

    deleted: int = 0
    reverted: int = 0
    excepted: list[tuple[ImportItem, str]] = field(default_factory=list)
    # What the batch made that something else uses now.
    kept: list[str] = field(default_factory=list)


@dataclass
class UndoPlan:
    """What undoing does, or has done: stories that go, that are as before, and that stay, why."""

    deleted: list[ImportItem] = field(default_factory=list)
    reverted: list[ImportItem] = field(default_factory=list)
    excepted: list[tuple[ImportItem, str]] = field(default_factory=list)


class _StaysError(Exception):
    """Why a story stays as it is."""


def undo_batch(batch: ImportBatch, user: Any) -> UndoneImport:
    """Undo all that was accepted. Raises PermissionDenied, and IntakeError for one undone before.

    Stories edited, published, translated or locked since are excepted, and so are those that the
    person may not delete or change.
    """
    check_batch(batch, user)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.state == ImportBatch.State.UNDONE:
            raise IntakeError(_("this import was undone; make a new one"))
        undone = UndoneImport()
        accepted = locked.items.filter(state=ImportItem.State.ACCEPTED)
        # A later one may have changed a story of an earlier one.
        items = list(accepted.order_by("-accepted_at", "-pk"))
        for item in items:
            _undo(item, user, undone)
        _remove_made(items, locked, undone)
        forget_batch(locked)
        locked.state, locked.undone_at, locked.undone_by = (
            ImportBatch.State.UNDONE,
            timezone.now(),
            user,
        )
        locked.save(update_fields=["state", "undone_at", "undone_by"])
    batch.refresh_from_db()
    return undone


def planned_undo(batch: ImportBatch, user: Any) -> UndoPlan:
    """What `undo_batch` would do now; of a batch that is undone, what it did. Reads only."""
    plan = UndoPlan()
    is_undone = batch.state == ImportBatch.State.UNDONE
    items = batch.items.exclude(accepted_at=None).select_related("page").defer("text")
    for item in items.order_by("-accepted_at", "-pk"):
        stays = is_undone and item.state == ImportItem.State.ACCEPTED
        goes = bool(item.error) if is_undone else _is_written(item, item.page)
        reason = _reason_to_stay(item, user) if stays or not is_undone else ""
        if stays or (goes and reason):
            plan.excepted.append((item, reason or _("it stayed")))
        elif goes:
            is_kept = item.before.get("row") or is_translation(item)
            (plan.reverted if is_kept else plan.deleted).append(item)
    return plan


def _reason_to_stay(item: ImportItem, user: Any) -> str:
    try:
        if item.page:
            _check(item.page, item, user)
    except _StaysError as reason:
        return str(reason)
    return ""


def _is_written(item: ImportItem, page: ArticlePage | None) -> bool:
    """Whether accepting the item has changed the story, which is still there."""
    former = (item.before.get("row") or {}).get("latest_revision_id")
    is_written = item.revision_id and item.revision_id != former
    return page is not None and bool(is_written or item.before.get("is_published"))


def _undo(item: ImportItem, user: Any, undone: UndoneImport) -> None:
    page = ArticlePage.objects.filter(pk=item.page_id).first() if item.page_id else None
    row = item.before.get("row") or {}
    is_written = _is_written(item, page)
    if page is not None and is_written:
        try:
            with transaction.atomic():
                _check(page, item, user)
                if is_translation(item):
                    _take_back(page, item, user)
                elif row:
                    _revert(page, item, row, user)
                else:
                    _delete(page, user)
        except _StaysError as reason:
            undone.excepted.append((item, str(reason)))
            return
        undone.reverted += bool(row) or is_translation(item)
        undone.deleted += not (row or is_translation(item))
    item.state, item.error = ImportItem.State.REJECTED, _("undone") if is_written else ""
    item.revision = None
    item.page_id = item.page_id if row or is_translation(item) else None
    item.save(update_fields=["state", "error", "revision", "page"])


def _check(page: ArticlePage, item: ImportItem, user: Any) -> None:
    """Raises _StaysError for a story that is somebody's work by now."""
    if is_translation(item):
        if reason := _objection(page, item):
            raise _StaysError(reason)
        return
    was_live = bool((item.before.get("row") or {}).get("live"))
    if page.latest_revision_id != item.revision_id:
        raise _StaysError(_("edited since"))
    if page.live != (was_live or bool(item.before.get("is_published"))):
        raise _StaysError(_("published or taken back since"))
    is_translated = page.translation_state != TranslationState.NOT_STARTED
    if not item.before.get("row") and is_translated and not _goes_too(page, item):
        raise _StaysError(_("translated since"))
    if page.locked:
        raise _StaysError(_("locked in the editor"))
    if user is None:
        return
    here = page.permissions_for_user(user)
    if not (here.can_edit() if item.before.get("row") else here.can_delete()):
        raise _StaysError(_("you do not have permission to change this story"))


def is_translation(item: ImportItem) -> bool:
    """Whether the item is the other language of a story."""
    return "translation" in item.before


def _goes_too(page: ArticlePage, item: ImportItem) -> bool:
    """Whether the story's translation came with the same batch, and nobody has touched it."""
    others = ImportItem.objects.filter(batch=item.batch_id, page=page).exclude(pk=item.pk)
    return any(is_translation(one) and not _objection(page, one) for one in others.defer("text"))


def _objection(page: ArticlePage, item: ImportItem) -> str:
    published = bool(item.before.get("is_published"))
    return objection(page, item.revision_id, was_published=published)


def _take_back(page: ArticlePage, item: ImportItem, user: Any) -> None:
    published = bool(item.before.get("is_published"))
    restore(page, item.before["translation"], was_published=published, user=user)


def _delete(page: Any, user: Any) -> None:
    try:
        page.delete(user=user)
    except ProtectedError as error:
        raise _StaysError(_("something else refers to it")) from error


def _revert(page: ArticlePage, item: ImportItem, row: dict[str, Any], user: Any) -> None:
    """The row and the versions as they were; readers get the text that they had."""
    versions = {row["latest_revision_id"], row["live_revision_id"]} - {None}
    former = {one.pk: one for one in Revision.objects.filter(pk__in=versions)}
    if item.before.get("is_published"):
        if not row["live"]:
            page.unpublish(user=user, commit=True)
        elif live := former.get(row["live_revision_id"] or row["latest_revision_id"]):
            live.publish(user=user)
        else:
            raise _StaysError(_("its former version was deleted"))
    if len(former) < len(versions):
        raise _StaysError(_("its former version was deleted"))
    _write_row(page.pk, row)
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


def _write_row(pk: int, row: dict[str, Any]) -> None:
    values = {}
    for name in ROW:
        field: Any = ArticlePage._meta.get_field(name.removesuffix("_id"))
        values[name] = field.to_python(row[name])
    ArticlePage.objects.filter(pk=pk).update(**values)
    # What lists and the admin's search show of drafts follows a save.
    page = ArticlePage.objects.get(pk=pk)
    page.save(update_fields=["draft_title"], clean=False)


def _put_back(page: ArticlePage, path: str) -> None:
    """Below the page where it was, if that is still there."""
    former = Page.objects.filter(path=path[: -Page.steplen]).first()
    if former and page.path[: -Page.steplen] != former.path:
        move_story(page, former.specific)


def _remove_made(items: list[ImportItem], batch: ImportBatch, undone: UndoneImport) -> None:
    """What the batch made beside its stories, the last first, where nothing else uses it."""
    made = [(label, key) for item in items for label, key in reversed(item.made)]
    # A page can go only once those below it have gone; the first to be made is the last to go.
    keys = list(dict.fromkeys(reversed(made)))[::-1]
    used = _used_since(batch)
    for label, key in keys:
        found = find_made(label, key)
        if found is None:
            continue
        try:
            with transaction.atomic():
                if (label, key) in used or is_used(found):
                    undone.kept.append(str(found))
                else:
                    found.delete()
        except ProtectedError:
            undone.kept.append(str(found))


def is_used(thing: models.Model) -> bool:
    """Whether a row, a page below it or a text refers to it, or somebody has edited it."""
    if isinstance(thing, Page):
        thing.refresh_from_db()
        if thing.numchild or thing.latest_revision_id:
            return True
    if any(rows.exists() for rows in _rows_of(thing)):
        return True
    # The index may still have the texts of stories that have just gone.
    return any(model._base_manager.filter(pk=key).exists() for model, key in _references(thing))


def _rows_of(thing: models.Model) -> Iterator[Any]:
    """The rows that refer to it by a foreign key, but for those that are worked out."""
    relations: list[Any] = thing._meta.get_fields(include_hidden=True)
    for relation in relations:
        if not (relation.auto_created and relation.one_to_many):
            continue
        model: Any = relation.related_model
        is_derived = getattr(model, "wagtail_reference_index_ignore", False)
        if not is_derived and not issubclass(model, AbstractRendition):
            yield model._base_manager.filter(**{relation.field.name: thing.pk})


def _references(thing: models.Model) -> Iterator[tuple[type[models.Model], str]]:
    rows = ReferenceIndex.get_references_to(thing)
    for row in rows.values("content_type", "object_id").distinct():
        model = ContentType.objects.get_for_id(row["content_type"]).model_class()
        if model is not None:
            yield model, row["object_id"]


def _used_since(batch: ImportBatch) -> set[tuple[str, Any]]:
    """[model, key] of what drafts use that were saved after the batch was made.

    Nothing older can use what the batch made.
    """
    drafts = ArticlePage.objects.filter(latest_revision_created_at__gte=batch.created_at)
    contents = Revision.objects.filter(pk__in=drafts.order_by().values("latest_revision"))
    return {
        one for content in contents.values_list("content", flat=True) for one in _used_in(content)
    }


def _used_in(content: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, model in (("publication", PublicationPage), ("section", SectionPage)):
        yield model._meta.label_lower, content.get(name)
    for byline in content.get("bylines") or ():
        yield Author._meta.label_lower, byline.get("author")
        yield Entity._meta.label_lower, byline.get("place")
    for tag in content.get("entity_tags") or ():
        yield Entity._meta.label_lower, tag.get("entity")
    for name in columns("body"):
        body = content.get(name) or []
        for key, value in _values(json.loads(body) if isinstance(body, str) else body):
            if key == "image":
                yield get_image_model()._meta.label_lower, value
            elif isinstance(value, str):
                yield from ((Entity._meta.label_lower, pk) for pk in linked_ids(value, "entity"))


def _values(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Each text and number in JSON, with the key that it has."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _values(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _values(part, key)
    else:
        yield key, value
