"""What a person decides of an item: accepted, rejected, put back."""

import logging
import math
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from archive.contrib.intake.ahead import TextLinks, find_links
from archive.contrib.intake.apply import AppliedPlan, Completion
from archive.contrib.intake.batches.actions import forget_pictures, forget_sources
from archive.contrib.intake.batches.items import (
    article_of,
    becoming,
    compare,
    told_story,
    version_of_story,
)
from archive.contrib.intake.batches.joins import are_halves, partner_of, partners_of
from archive.contrib.intake.batches.outcomes import carry_out, carry_out_translation
from archive.contrib.intake.batches.policies import check_batch
from archive.contrib.intake.batches.sources import images_of
from archive.contrib.intake.bulk import Known, NewPair, NewText, StoredPair, StoryRanges, store_new
from archive.contrib.intake.models import ImportBatch, ImportFile, ImportItem
from archive.contrib.intake.places import Answer, MayMake, NewPlace, ask
from archive.contrib.intake.plan import ImportPlan, ImportVerdict, distinct_key, make_plan, place
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.translations.agreement import origin_of_story
from archive.contrib.intake.translations.apply import TakenTranslation, told_of
from archive.contrib.intake.translations.partners import own_first
from archive.contrib.intake.translations.plan import TranslationPlan, plan_translation
from archive.desk.pairs.actions import refuse_stories
from archive.desk.pairs.given_text import names_in_both
from archive.inserts import in_batches
from archive.publishing.followers import gathered
from archive.stories.lookup import named_publication, remembering
from archive.stories.models import ArticlePage
from archive.stories.stale_save import lock_page
from archive.text.stored_messages import message as _
from archive.text.stored_messages import said_by, stored

logger = logging.getLogger(__name__)

DECIDED = (ImportItem.State.ACCEPTED, ImportItem.State.REJECTED)
# So many items are looked at, and stored as far as they are new, at once.
_RANGE = 100


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
        opened = _open(items)
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
    _let_sources_go([item])
    return _decided(item, plan, applied, publish=publish)


def _decided(
    item: ImportItem, plan: ImportPlan, applied: AppliedPlan, *, publish: bool
) -> ItemDecision:
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
    if plan.verdict is ImportVerdict.UNCHANGED:
        item.page, item.duplicate_of = plan.page, None
        item.state = ImportItem.State.ACCEPTED
        item.accepted_by, item.accepted_at = user, timezone.now()
        item.save()
    else:
        taken = carry_out_translation(item, plan, user=user, publish=publish)
        decision = _with_taken(decision, plan, taken)
    _let_sources_go([item])
    return decision


def _with_taken(
    decision: ItemDecision, plan: TranslationPlan, taken: TakenTranslation
) -> ItemDecision:
    return replace(
        decision,
        notes=(*decision.notes, told_of(plan, taken)),
        translation_is_published=taken.is_published,
        # Of a story that comes with it, its own publication is told.
        is_published=decision.is_published if decision.is_story else taken.is_published,
    )


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


def _open(items: Sequence[ImportItem]) -> list[ImportItem]:
    """The items as the database has them, locked for this transaction; raises IntakeError."""
    rows = ImportItem.objects.select_for_update(of=("self",)).select_related("batch", "file")
    found = rows.in_bulk([one.pk for one in items])
    if len(found) < len(items):
        raise IntakeError(_("this story is no longer in the import; load the list again"))
    for one in found.values():
        if one.batch.state == ImportBatch.State.UNDONE:
            raise IntakeError(_("this import was undone; make a new one"))
        if one.state in DECIDED:
            raise IntakeError(
                _(
                    "this story is decided already, by you or by somebody else; "
                    "nothing was done twice"
                )
            )
        if one.state == ImportItem.State.FAILED:
            raise IntakeError(_("there is no story to accept: the file can't be read"))
    return [found[one.pk] for one in items]


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
        if item.state == ImportItem.State.DUPLICATE:
            reason = _("the very same text is in the archive by now: “%(story)s”; drop this one")
            raise StoryChangedError(item, reason % {"story": plan.page})
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


def _let_sources_go(items: Collection[ImportItem]) -> None:
    """Pictures of accepted stories, and files whose stories are all accepted, are kept no more."""
    for item in items:
        forget_pictures(item)
    files = {item.file for item in items if item.file}
    read = [one for one in files if one.file and one.state == ImportFile.State.READ]
    others = ImportItem.objects.filter(file__in=read).exclude(state=ImportItem.State.ACCEPTED)
    kept = set(others.order_by().values_list("file", flat=True)) if read else set()
    forget_sources(one for one in read if one.pk not in kept)


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
    deadline = time.monotonic() + (math.inf if seconds is None else seconds)
    accepting = _Accepting(user, publish, places, joined, deadline)
    decisions: list[ItemDecision] = []
    keys = sure_items(batch, confidence).order_by("pk").values_list("pk", flat=True)
    with gathered():
        for some in in_batches(list(keys), _RANGE):
            decisions += accepting.accept(some)
            if time.monotonic() > deadline:
                break
    return decisions


@dataclass
class _Accepting(StoryRanges[ItemDecision]):
    """Items of a batch that a person accepts together, each with its other language.

    After the deadline, what would go its own way waits for the next call, but for the first.
    """

    # A person is asked.
    joins_unasked: ClassVar[bool] = False
    user: Any
    publish: bool
    places: MayMake
    joined: Collection[int]
    deadline: float
    # The keys of those that were tried.
    tried: set[int] = field(default_factory=set)

    def accept(self, keys: Collection[int]) -> Iterator[ItemDecision]:
        open_items = ImportItem.objects.filter(pk__in=keys, state__in=ImportItem.OPEN)
        found = open_items.select_related("batch", "file").order_by("pk")
        items = [one for one in found if one.pk not in self.tried]
        self.found.clear()
        try:
            with remembering(self.found):
                groups = self._groups(items)
        except IntakeError:
            # A record that isn't one: its own way says so.
            return self._each(items)
        return self.store_groups(groups)

    def _groups(self, items: list[ImportItem]) -> list[list[NewText]]:
        partners = partners_of(items)
        groups: dict[int, list[ImportItem]] = {}
        for item in items:
            partner = partners.get(item.pk)
            if partner is None or partner.pk not in groups:
                groups[item.pk] = [item, partner] if partner else [item]
        return [
            [NewText(one.source, article_of(one), one.group, item=one) for one in some]
            for some in groups.values()
        ]

    def may_make(self, place: NewPlace) -> Answer:
        return self.places(place)

    def is_new(self, pair: NewPair) -> bool:
        """Not what was compared with a text of the archive or of the batch, nor what was to be one
        of a pair, nor a pair of two papers."""
        items = _items_of([pair])
        if any(
            one.page_id or one.duplicate_of_id or one.twin_id or told_story(one) for one in items
        ):
            return False
        if pair.translated is None:
            return items[0].pk not in self.joined
        try:
            if not are_halves(*items):
                _check_one_paper(pair.own.article, pair.translated.article, self.places)
        except IntakeError:
            return False
        return True

    def link(self, own: ParsedArticle, second: ParsedArticle) -> Callable[[], TextLinks | None]:
        # Before anything is written: on SQLite nobody else writes meanwhile.
        links = find_links(own, second, names_in_both())
        return lambda: links

    def store_together(self, pairs: list[NewPair]) -> list[StoredPair]:
        items = _items_of(pairs)
        _check_unchanged(items, pairs)
        stored = store_new(items[0].batch, pairs, publish=self.publish, user=self.user)
        _let_sources_go(items)
        return stored

    def store_alone(self, group: list[NewText]) -> Iterator[ItemDecision]:
        items = [one.item for one in group if one.item]
        return self._each(sorted(items, key=lambda one: one.pk))

    def _each(self, items: Iterable[ImportItem]) -> Iterator[ItemDecision]:
        for item in items:
            if self.tried and time.monotonic() > self.deadline:
                return
            self.tried.add(item.pk)
            # Not one that was accepted with its other language.
            if ImportItem.objects.filter(pk=item.pk, state__in=ImportItem.OPEN).exists():
                yield _try(
                    item,
                    self.user,
                    publish=self.publish,
                    places=self.places,
                    is_joined=item.pk in self.joined,
                )

    def told(self, stored: list[StoredPair]) -> Iterator[ItemDecision]:
        for one in stored:
            items = _items_of([one.pair])
            self.tried.update(item.pk for item in items)
            decision = _decided(items[0], one.pair.plan, one.applied, publish=self.publish)
            if one.translation_plan and one.taken:
                decision = _with_taken(decision, one.translation_plan, one.taken)
            yield decision


def _items_of(pairs: Iterable[NewPair]) -> list[ImportItem]:
    return [text.item for pair in pairs for text in pair.texts if text.item]


def _check_unchanged(items: Sequence[ImportItem], pairs: Iterable[NewPair]) -> None:
    """Locks the items; raises IntakeError where one isn't any more what was read, or the archive
    has something by now that a story could be."""
    names = [one.attname for one in ImportItem._meta.concrete_fields]
    texts = [text for pair in pairs for text in pair.texts]
    known = Known.about(texts)
    if any(map(known.has, texts)) or any(
        getattr(one, name) != getattr(now, name)
        for one, now in zip(items, _open(items), strict=True)
        for name in names
    ):
        raise IntakeError(
            _("this story is decided already, by you or by somebody else; nothing was done twice")
        )


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
    """Leave the story out; `put_back` takes it in again. What was a duplicate of it isn't any more,
    or is one of something else."""
    check_batch(item.batch, user)
    [item] = _open([item])
    item.state = ImportItem.State.REJECTED
    item.save(update_fields=["state"])
    beside = ImportItem.objects.select_for_update(of=("self",)).select_related("batch")
    for one in beside.filter(twin=item, state__in=ImportItem.OPEN).order_by("pk"):
        compare(one)
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
