"""What a person decides of an item: accepted, rejected, put back."""

import logging
import time
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from archive.contrib.intake.apply import Completion
from archive.contrib.intake.batches.actions import forget_pictures, forget_source
from archive.contrib.intake.batches.items import (
    article_of,
    becoming,
    compare,
    told_story,
    version_of_story,
)
from archive.contrib.intake.batches.joins import are_halves, partner_of
from archive.contrib.intake.batches.outcomes import carry_out, carry_out_translation
from archive.contrib.intake.batches.policies import check_batch
from archive.contrib.intake.batches.sources import images_of
from archive.contrib.intake.models import ImportBatch, ImportFile, ImportItem
from archive.contrib.intake.places import MayMake, NewPlace, ask
from archive.contrib.intake.plan import ImportPlan, ImportVerdict, distinct_key, make_plan, place
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.translations.agreement import origin_of_story
from archive.contrib.intake.translations.apply import told_of
from archive.contrib.intake.translations.partners import own_first
from archive.contrib.intake.translations.plan import TranslationPlan, plan_translation
from archive.desk.pairs.actions import refuse_stories
from archive.stories.lookup import named_publication
from archive.stories.models import ArticlePage
from archive.stories.stale_save import lock_page
from archive.text.stored_messages import message as _
from archive.text.stored_messages import said_by, stored

logger = logging.getLogger(__name__)

DECIDED = (ImportItem.State.ACCEPTED, ImportItem.State.REJECTED)


@dataclass(frozen=True)
class ItemDecision:
    """What became of an item: `error` where it couldn't be accepted; then nothing is written.

    `lacks` are fields (see `plan.lack_label`) for which it stays a draft, `refusal`
    is another reason for that.
    """

    item: ImportItem
    is_published: bool = False
    lacks: list[str] = field(default_factory=list)
    refusal: str = ""
    # What to tell of the pictures.
    notes: tuple[str, ...] = ()
    error: str = ""
    # Whether the item is a story, and not only the translation of one that was there.
    is_story: bool = True
    # Whether its translation, which came with it or which it is, is published; None without one.
    translation_is_published: bool | None = None


class StoryChangedError(IntakeError):
    """The item's story, or its translation, isn't any more what the item was compared with."""

    def __init__(self, item: ImportItem, reason: str) -> None:
        super().__init__(reason)
        self.item = item


def accept(
    item: ImportItem,
    user: Any,
    *,
    publish: bool = False,
    as_version: bool = False,
    alone: bool = False,
    places: MayMake = ask,
) -> ItemDecision:
    """Make the item's story a draft, or publish it if it lacks nothing.

    What waits in its other language is accepted with it, as its translation.
    `as_version`: it is linked to the story that it is a duplicate of. `alone`: it is a story of its
    own, and not the translation of one in the archive. `places` says which new
    publications and sections are made. Raises NewPlaceError for others, IntakeError, and
    PermissionDenied; StoryChangedError for an item that is by now compared anew.
    """
    try:
        return _accept(
            item, user, publish=publish, as_version=as_version, alone=alone, places=places
        )
    except StoryChangedError as error:
        _compare_anew(error.item)
        raise


@transaction.atomic
def _compare_anew(item: ImportItem) -> None:
    rows = ImportItem.objects.select_for_update().filter(state__in=ImportItem.OPEN)
    if found := rows.filter(pk=item.pk).first():
        compare(found)


def _accept(
    item: ImportItem,
    user: Any,
    *,
    publish: bool,
    as_version: bool,
    alone: bool,
    places: MayMake,
) -> ItemDecision:
    check_batch(item.batch, user)
    partner = None if as_version or alone else partner_of(item)
    items = [item, partner] if partner else [item]
    # Read before the rows are locked: a large file takes a while.
    images = [images_of(one) for one in items]
    with transaction.atomic():
        opened = [_open(one) for one in items]
        texts = [article_of(one, found) for one, found in zip(opened, images, strict=True)]
        if partner:
            own, other = own_first(texts)
            first, second = (opened[texts.index(one)] for one in (own, other))
            if not are_halves(first, second):
                _check_one_paper(own, other, places)
            decision = _accept_story(first, own, user, publish=publish, places=places)
            plan = plan_translation(other, page=first.page, publish=publish, user=user)
            return _with_translation(decision, second, plan, user, publish=publish)
        plan = None if as_version else _translation_plan(opened[0], texts[0], user, publish, places)
        is_story = alone or opened[0].is_parted
        if not is_story:
            _check_told(opened[0], plan)
        if plan and not is_story:
            decision = ItemDecision(opened[0], is_story=False)
            return _with_translation(decision, opened[0], plan, user, publish=publish)
        decision = _accept_story(
            opened[0], texts[0], user, publish=publish, as_version=as_version, places=places
        )
        if plan and decision.item.page:
            refuse_stories(plan.page, decision.item.page, user)
        return decision


def _translation_plan(
    item: ImportItem, article: ParsedArticle, user: Any, publish: bool, places: MayMake
) -> TranslationPlan | None:
    """What becomes of it beside the stories of the archive, unless its paper is a new one."""
    told = told_story(item)
    plan = plan_translation(article, group=item.group, told=told, publish=publish, user=user)
    if plan and told is None and _is_of_new_paper(article, plan.page, places):
        return None
    return plan


def _is_of_new_paper(article: ParsedArticle, story: ArticlePage, places: MayMake) -> bool:
    """Whether a person has said that the text's paper is another one than the story's."""
    paper = place(article).paper
    if paper is None or named_publication(paper) or not origin_of_story(story).publication:
        return False
    return bool(places(NewPlace(paper.name)))


def _check_one_paper(own: ParsedArticle, other: ParsedArticle, places: MayMake) -> None:
    """A new paper is another one, whatever the texts have in common. Raises IntakeError."""
    first, second = place(own).paper, place(other).paper
    if not (first and second) or first.name == second.name:
        return
    pages = [named_publication(first), named_publication(second)]
    if all(pages):
        return
    papers = zip(pages, (first, second), strict=True)
    if all(page or places(NewPlace(paper.name)) for page, paper in papers):
        reason = _(
            "“%(one)s” and “%(other)s” are to be two publications, and another paper’s report is "
            "no translation; nothing was stored. If they are one paper, give both texts the same "
            "publication first; else say “Not the same story”"
        )
        raise IntakeError(reason % {"one": first.name, "other": second.name})


def _accept_story(
    item: ImportItem,
    article: ParsedArticle,
    user: Any,
    *,
    publish: bool,
    places: MayMake,
    as_version: bool = False,
) -> ItemDecision:
    plan = replace(_plan(item, article, user, publish=publish), may_make=places)
    complete = _linking(_version_of(item, user)) if as_version else None
    beside = None if as_version else _beside(item)
    applied = carry_out(item, plan, user=user, publish=publish, complete=complete)
    if beside and item.page and item.page != beside:
        refuse_stories(beside, item.page, user)
    _let_source_go(item)
    lacks = plan.lacks if publish and not applied.is_published else []
    refusal = "" if lacks else applied.refusal
    return ItemDecision(item, applied.is_published, lacks, refusal, applied.notes)


def _with_translation(
    decision: ItemDecision,
    item: ImportItem,
    plan: TranslationPlan | None,
    user: Any,
    *,
    publish: bool,
) -> ItemDecision:
    """The decision on a story, with what became of its other language, which `item` is."""
    if plan is None or (plan.verdict is ImportVerdict.KEEP and not _was_told(item, plan)):
        raise IntakeError(_("the story has a translation already, which stays as it is"))
    notes, is_published = decision.notes, decision.is_published
    if plan.verdict is ImportVerdict.UNCHANGED:
        item.page, item.duplicate_of = plan.page, None
        item.state = ImportItem.State.ACCEPTED
        item.accepted_by, item.accepted_at = user, timezone.now()
        item.save()
    else:
        taken = carry_out_translation(item, plan, user=user, publish=publish)
        notes = (*notes, told_of(plan, taken))
        # Of a story that comes with it, its own publication is told.
        is_published = is_published if decision.is_story else taken.is_published
        decision = replace(decision, translation_is_published=taken.is_published)
    _let_source_go(item)
    return replace(decision, is_published=is_published, notes=notes)


def _was_told(item: ImportItem, plan: TranslationPlan | None) -> bool:
    """Whether the person knows what becomes of the item."""
    told = item.before.get("becomes") or {}
    return {name: told.get(name) for name in ("story", "verdict")} == (
        becoming(plan) if plan else {"story": None, "verdict": None}
    )


def _check_told(item: ImportItem, plan: TranslationPlan | None) -> None:
    """What the person was told of a translation holds; raises StoryChangedError."""
    if plan and told_story(item) is None and plan.verdict is ImportVerdict.CREATE:
        reason = _(
            "this text would become the translation of “%(story)s”, which nobody was told, and "
            "nothing was stored; accept it again if it is that, or else as a story of its own"
        )
        raise StoryChangedError(item, reason % {"story": plan.page.title})
    is_kept = plan is not None and plan.verdict is ImportVerdict.KEEP
    if (is_kept or told_story(item)) and not _was_told(item, plan):
        reason = _(
            "somebody has changed the translation that this text was to become meanwhile, and "
            "nothing was stored; look what becomes of it now, then accept it again"
        )
        raise StoryChangedError(item, reason)


def _open(item: ImportItem) -> ImportItem:
    """The item as the database has it, locked for this transaction; raises IntakeError."""
    rows = ImportItem.objects.select_for_update(of=("self",)).select_related("batch", "file")
    found = rows.filter(pk=item.pk).first()
    if found is None:
        raise IntakeError(_("this story is no longer in the import; load the list again"))
    if found.batch.state == ImportBatch.State.UNDONE:
        raise IntakeError(_("this import was undone; make a new one"))
    if found.state in DECIDED:
        raise IntakeError(_("somebody has decided this story meanwhile; load the list again"))
    if found.state == ImportItem.State.FAILED:
        raise IntakeError(_("there is no story to accept: the file can't be read"))
    return found


def _plan(item: ImportItem, article: ParsedArticle, user: Any, *, publish: bool) -> ImportPlan:
    """The person has seen the story that this is a new version of; another one is left alone."""
    plan = make_plan(article, publish=publish, force=True, user=user)
    if plan.page and plan.page.pk == item.page_id:
        _check_version(item, plan.page)
        if publish and item.would_replace_edits:
            reason = _(
                "an editor's version of this story is in the archive: compare the two, accept this "
                "text as a draft, then publish that"
            )
            raise IntakeError(reason)
    if plan.page is None or plan.page.pk == item.page_id:
        return plan
    if plan.verdict is ImportVerdict.UNCHANGED:
        return plan
    key = distinct_key(plan.key, article)
    return replace(plan, verdict=ImportVerdict.CREATE, page=None, key=key)


def _check_version(item: ImportItem, page: ArticlePage) -> None:
    """Nobody changes the story from now on, and nobody has since it was compared."""
    lock_page(page)
    stored = ArticlePage.objects.select_related("latest_revision").get(pk=page.pk)
    if item.before.get("version") != version_of_story(stored):
        reason = _(
            "somebody has changed this story in the archive meanwhile, and nothing was stored; "
            "compare the two, then accept this one if it is to replace the other"
        )
        raise StoryChangedError(item, reason)


def _beside(item: ImportItem) -> ArticlePage | None:
    """The story that the person has compared it with."""
    is_here = item.twin and item.twin.state == ImportItem.State.ACCEPTED
    return item.duplicate_of or (item.twin.page if item.twin and is_here else None)


def _version_of(item: ImportItem, user: Any) -> ArticlePage:
    """The story beside it, or the first that prints the same report."""
    twin, like = item.twin, _beside(item)
    if like is None or not ArticlePage.objects.shown_to(user).filter(pk=like.pk).exists():
        raise IntakeError(_("accept the other story first, then link this one to it"))
    is_twin = item.duplicate_of_id is None
    if not is_twin and like.source_language != item.record.get("language"):
        reason = _(
            "this text is like the translation of “%(story)s”, and can’t be a version of the "
            "story; accept this one as a story of its own"
        )
        raise IntakeError(reason % {"story": like.title})
    if twin and is_twin and like.source_language != twin.record.get("language"):
        reason = _(
            "“%(text)s” has become the translation of “%(story)s”, and is no story that this "
            "one could be a version of; accept this one as a story of its own"
        )
        raise IntakeError(reason % {"text": twin, "story": like.title})
    return like.version_of or like


def _linking(like: ArticlePage) -> Completion:
    def link(page: ArticlePage) -> None:
        if page.pk != like.pk:
            page.version_of = like

    return link


def _let_source_go(item: ImportItem) -> None:
    """Pictures of an accepted story, and files whose stories are all accepted, are kept no more."""
    forget_pictures(item)
    if item.file is None or item.file.state != ImportFile.State.READ:
        return
    if not item.file.items.exclude(state=ImportItem.State.ACCEPTED).exists():
        forget_source(item.file)


def sure_items(batch: ImportBatch, confidence: float) -> QuerySet[ImportItem]:
    """What `accept_above` would accept: each is as sure as that, and so is what it is joined with,
    and that the two are one story."""
    states = (ImportItem.State.READY, ImportItem.State.CHECK)
    own = Q(state__in=states, confidence__gte=confidence, error="")
    others = batch.items.filter(group=OuterRef("group")).exclude(pk=OuterRef("pk")).order_by()
    others = others.exclude(state=ImportItem.State.REJECTED)
    is_open = Q(state__in=ImportItem.OPEN)
    is_sure_pair = Q(group_confidence__gte=confidence) & ~Exists(others.filter(is_open & ~own))
    return batch.items.filter(own).filter(Q(group="") | ~Exists(others) | is_sure_pair)


def accept_above(
    batch: ImportBatch,
    user: Any,
    confidence: float,
    *,
    publish: bool = False,
    seconds: float | None = None,
    places: MayMake = ask,
    joined: Collection[int] = (),
) -> list[ItemDecision]:
    """Accept what isn't doubtful: no duplicates, nothing that has failed to be accepted before.

    `joined` are the keys of items that a person was told are joined with their other language: they
    are accepted so or not at all.
    With `seconds` it stops after that time: call it again until it gives an empty list.
    """
    check_batch(batch, user)
    sure = sure_items(batch, confidence)
    deadline = None if seconds is None else time.monotonic() + seconds
    decisions = []
    for item in list(sure.select_related("batch").order_by("pk")):
        item.refresh_from_db(fields=["state"])
        if item.state in DECIDED:
            continue  # With the story's other language.
        is_joined = item.pk in joined
        decisions.append(_try(item, user, publish=publish, places=places, is_joined=is_joined))
        if deadline is not None and time.monotonic() > deadline:
            break
    return decisions


def _try(
    item: ImportItem, user: Any, *, publish: bool, places: MayMake, is_joined: bool
) -> ItemDecision:
    open_rows = ImportItem.objects.filter(pk=item.pk, state__in=ImportItem.OPEN)
    try:
        if is_joined and partner_of(item) is None:
            raise IntakeError(
                _(
                    "this text was to be one story with its other language, and by now it would be "
                    "a story of its own; nothing was stored. Look at the publications and dates of "
                    "the two, then accept it again"
                )
            )
        return accept(item, user, publish=publish, places=places)
    except StoryChangedError as error:
        reason = said_by(error)
        # What the comparison says of it stays.
        open_rows = open_rows.filter(error="").exclude(state=ImportItem.State.DUPLICATE)
    except IntakeError as error:
        reason = said_by(error)
    except Exception as error:  # one story's trouble must not stop the others
        logger.exception("Accepting item %s of an import failed", item.pk)
        reason = _("unexpected error (%(error)s); nothing of it was stored")
        reason %= {"error": error or repr(error)}
    open_rows.update(error=stored(reason), state=ImportItem.State.CHECK)
    return ItemDecision(item, error=reason)


@transaction.atomic
def reject(item: ImportItem, user: Any) -> ImportItem:
    """Leave the story out; `put_back` takes it in again."""
    check_batch(item.batch, user)
    item = _open(item)
    item.state = ImportItem.State.REJECTED
    item.save(update_fields=["state"])
    return item


@transaction.atomic
def put_back(item: ImportItem, user: Any) -> ImportItem:
    """Have a rejected story wait for a decision again."""
    check_batch(item.batch, user)
    found = ImportItem.objects.select_for_update().filter(pk=item.pk).first()
    if found is None or found.state != ImportItem.State.REJECTED:
        raise IntakeError(_("only a rejected story can be put back"))
    compare(found)
    return found
