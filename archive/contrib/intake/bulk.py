"""Stories that are plainly new, stored many at once by `archive.contrib.intake.bulk_rows`.

A text that is in the archive already, might be another's translation, or brings pictures goes the
way of a single one, which asks for all of that.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from typing import Any, ClassVar, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q

from archive.contrib.intake.ahead import TextLinks
from archive.contrib.intake.apply import AppliedPlan, check_rights, new_page, place_of
from archive.contrib.intake.batches.items import new_item
from archive.contrib.intake.bulk_rows import NewStory, NewTranslation, add_stories
from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.contrib.intake.places import Answer, NewPlace
from archive.contrib.intake.plan import (
    ACTION,
    ImportPlan,
    ImportVerdict,
    distinct_key,
    doubt_of,
    find_versions,
    import_keys,
    log_data,
    place,
    source_mark,
)
from archive.contrib.intake.records import ParsedArticle
from archive.contrib.intake.translations.apply import (
    ROW,
    TakenTranslation,
    check_may_take_in,
    given_text,
    print_named,
    refusal_of,
    taken_as,
)
from archive.contrib.intake.translations.partners import own_first, partner_among
from archive.contrib.intake.translations.plan import TranslationPlan
from archive.desk.models import Translation
from archive.desk.pairs.given_text import laid_out_text, laid_segments
from archive.desk.pairs.linked_text import LinkedPieces
from archive.desk.segments import source_segments
from archive.inserts import insert_objects, set_columns
from archive.journal.rows import values_of
from archive.stories.creations import noting
from archive.stories.doubtful_dates import date_errors
from archive.stories.lookup import remembering
from archive.stories.marks import TranslationState
from archive.stories.models import ArticlePage
from archive.stories.publish_guard import story_errors, unplaced_errors
from archive.text.language import column, other
from archive.text.stored_messages import all_said_by

logger = logging.getLogger(__name__)

# What is told of a text.
R = TypeVar("R")
_BOTH = 2
# What accepting writes on an item.
_OUTCOME = (
    *("page", "duplicate_of", "revision", "made", "before", "state", "error"),
    *("accepted_by", "accepted_at"),
)


@dataclass(frozen=True)
class NewText:
    """A text of a file of that name; those of the same `group` are probably one story."""

    name: str
    article: ParsedArticle
    group: str
    # Of a text in two languages.
    is_half: bool = False
    # The record as the source gives it, for the report of a run, and its place among all texts.
    record: ParsedArticle | None = None
    place: int = 0
    # The one that waits for a person, if any does.
    item: ImportItem | None = None

    @cached_property
    def day(self) -> date | None:
        return place(self.article).day

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What an import of it may be known by: its own key first, its digest last. None of a
        record that a format has made wrongly: the way of a single story says what is wrong."""
        try:
            keys = import_keys(self.article, self.day)
            keys += [distinct_key(keys[0], self.article), source_mark(self.article)]
            return (*keys, self.article.source_digest, self.article.digest)
        except Exception:
            logger.debug("A record of %s can't be read", self.name, exc_info=True)
            return ()


@dataclass
class Known:
    """What the archive has that some texts could be, or could be the translation of."""

    keys: set[str] = field(default_factory=set)
    # (day, language, headline) of stories that no import has made.
    typed: set[tuple[date | None, str, str]] = field(default_factory=set)
    # (day, language) of stories whose translation nobody has begun.
    untranslated: set[tuple[date | None, str]] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)

    @classmethod
    def about(cls, texts: Sequence[NewText]) -> "Known":
        """Six queries, however many texts."""
        texts = [one for one in texts if one.keys]
        keys = {key for one in texts for key in one.keys}
        days = {one.day for one in texts if one.day}
        stories = ArticlePage.objects.order_by()
        known = cls()
        for rows in (stories, Translation.objects.order_by()):
            imported = rows.filter(Q(import_key__in=keys) | Q(import_digest__in=keys))
            for found in imported.values_list("import_key", "import_digest"):
                known.keys.update(found)
        for language in {one.article.language for one in texts}:
            typed = stories.filter(import_key="", print_date__in=days, source_language=language)
            names = ("print_date", "source_language", column("headline", language))
            known.typed.update(typed.values_list(*names))
        not_begun = stories.filter(
            translation_state=TranslationState.NOT_STARTED, alias_of=None, print_date__in=days
        )
        known.untranslated.update(not_begun.values_list("print_date", "source_language"))
        named = {one.group for one in texts if one.group}
        accepted = ImportItem.objects.filter(group__in=named, state=ImportItem.State.ACCEPTED)
        known.groups.update(accepted.exclude(page=None).values_list("group", flat=True))
        versions = find_versions(stories, [one.article for one in texts])
        known.keys.update(texts[number].keys[-1] for number in versions)
        return known

    def has(self, text: NewText) -> bool:
        """Whether the text may be in the archive, or belong to a story that is."""
        article = text.article
        return (
            not (text.keys and self.keys.isdisjoint(text.keys))
            or (text.day, article.language, article.headline) in self.typed
            or (text.day is not None and (text.day, other(article.language)) in self.untranslated)
            or text.group in self.groups
        )

    def add(self, texts: Sequence[NewText]) -> None:
        """These become a story."""
        self.keys.update(key for one in texts for key in one.keys)
        if len(texts) == 1:
            self.groups.update(filter(None, [texts[0].group]))

    def wait(self, texts: Iterable[NewText]) -> None:
        """These are stories whose translation may still come."""
        self.untranslated |= {(one.day, one.article.language) for one in texts if one.keys}


@dataclass(frozen=True)
class NewPair:
    """A story that is plainly new: its own text, its translation if there is one, and what is to
    be done with them."""

    plan: ImportPlan
    own: NewText
    translated: NewText | None = None
    # Gives which parts of the two say the same; waits for it where another process finds it.
    links: Callable[[], TextLinks | None] | None = field(default=None, compare=False)

    @property
    def found(self) -> TextLinks | None:
        return self.links() if self.links else None

    @property
    def texts(self) -> list[NewText]:
        return [self.own, *([self.translated] if self.translated else [])]


@dataclass(frozen=True)
class StoredPair:
    """What became of a pair, and in which batch."""

    batch: ImportBatch
    pair: NewPair
    applied: AppliedPlan
    taken: TakenTranslation | None = None
    translation_plan: TranslationPlan | None = None


@dataclass
class StoryRanges(ABC, Generic[R]):
    """Stores texts in their order: runs of stories that are plainly new at once, in a transaction
    each, and what is between them one by one.

    Where one of a run can't be stored, its halves are tried; one alone goes its own way, which
    tells what is the matter with it. The archive is as if all had come one by one.
    """

    # What was found by its name since the last stories were stored.
    found: dict[Hashable, Any] = field(default_factory=dict, init=False)
    # Whether a text becomes the translation of a story of its day if nobody has said so.
    joins_unasked: ClassVar[bool] = True

    @property
    def is_trial(self) -> bool:
        """Whether nothing is stored: each is only looked at."""
        return False

    @abstractmethod
    def may_make(self, place: NewPlace) -> Answer:
        """As `MayMake`."""

    @abstractmethod
    def is_new(self, pair: NewPair) -> bool:
        """Whether nothing else is to be asked of a story, or a pair, that the archive hasn't."""

    @abstractmethod
    def link(self, own: ParsedArticle, second: ParsedArticle) -> Callable[[], TextLinks | None]:
        """Begin to find which parts of a story's two texts say the same."""

    @abstractmethod
    def store_together(self, pairs: list[NewPair]) -> list[StoredPair]:
        """Within a transaction; raises where one of them can't be stored as it is."""

    @abstractmethod
    def store_alone(self, group: list[NewText]) -> Iterator[R]: ...

    @abstractmethod
    def told(self, stored: list[StoredPair]) -> Iterable[R]:
        """After the transaction."""

    def store_groups(self, groups: Iterable[list[NewText] | R]) -> Iterator[R]:
        """Of texts in groups that are probably one story each; what is no group is handed on."""
        groups = list(groups)
        texts = [text for one in groups if isinstance(one, list) for text in one]
        known = Known.about([] if self.is_trial else texts)
        waiting: list[NewPair] = []
        for group in groups:
            if isinstance(group, list) and self._takes(group, known, waiting):
                continue
            yield from self._store(waiting)
            known.wait(one.own for one in waiting if not one.translated)
            waiting = []
            if isinstance(group, list):
                yield from self.store_alone(group)
                self.found.clear()
                known.add(group)
                known.wait(group)
            else:
                yield group
        yield from self._store(waiting)

    def _takes(self, group: list[NewText], known: Known, waiting: list[NewPair]) -> bool:
        """Whether the texts wait as a story that is plainly new; else they must be looked at."""
        if self.is_trial:
            return False
        with remembering(self.found):
            new = self._new(group, known)
            story = _story_of(new, waiting) if new and not new.translated else None
            if new is None or (story and not self.joins_unasked):
                return False
            at = waiting.index(story) if story else len(waiting)
            pair = replace(story, translated=new.own) if story else new
            if second := pair.translated:
                links = self.link(pair.own.article, second.article)
                pair = replace(pair, links=links)
            waiting[at : at + 1] = [pair]
            known.add(group)
            return True

    def _new(self, group: list[NewText], known: Known) -> NewPair | None:
        if len(group) > _BOTH or any(
            known.has(one) or one.article.images or one.article.stated for one in group
        ):
            return None
        articles = own_first([one.article for one in group])
        own, *others = sorted(group, key=lambda one: articles.index(one.article))
        if others and own.article.language == others[0].article.language:
            return None
        verdict = ImportVerdict.CREATE
        plan = ImportPlan(
            articles[0], place(articles[0]), own.keys[0], verdict, None, self.may_make
        )
        pair = NewPair(plan, own, others[0] if others else None)
        return pair if self.is_new(pair) else None

    def _store(self, pairs: list[NewPair]) -> Iterator[R]:
        if not pairs:
            return
        stored: list[StoredPair] = []
        try:
            with transaction.atomic(), remembering(self.found):
                stored = self.store_together(pairs)
        except Exception:
            self.found.clear()
            pages = [one.applied.page.pk for one in stored if one.applied.page]
            if not ArticlePage.objects.filter(pk__in=pages).exists():
                logger.debug("Storing %d stories at once failed", len(pairs), exc_info=True)
                half = len(pairs) // 2
                if half:
                    yield from self._store(pairs[:half])
                    yield from self._store(pairs[half:])
                else:
                    yield from self.store_alone(pairs[0].texts)
                return
            # They are there, and nobody stores them again.
            logger.exception("What follows the commit of %d stories has failed", len(pairs))
        yield from self.told(stored)


def _story_of(new: NewPair, waiting: list[NewPair]) -> NewPair | None:
    """The story of the day that the text is the translation of, among those that wait."""
    text = new.own
    alone = [
        one
        for one in waiting
        if text.day and not one.translated and one.own.day == text.day
        if one.own.article.language == other(text.article.language)
    ]
    if not alone:
        return None
    found = partner_among(text.article, [one.own.article for one in alone])
    return None if found is None else alone[found]


def store_new(
    batch: ImportBatch,
    pairs: Iterable[NewPair],
    *,
    publish: bool,
    incomplete: bool = False,
    user: Any = None,
) -> list[StoredPair]:
    """Store them as accepted items of the batch, those that wait or new ones.

    Without a `user` nobody's rights are asked for. Raises what storing one of them alone would.
    """
    found: dict[Any, Any] = {}
    made = [
        _Building.of(one, found, publish=publish, incomplete=incomplete, user=user) for one in pairs
    ]
    add_stories([one.story for one in made], action=ACTION, user=user)
    for one in made:
        if one.pair.translated:
            check_may_take_in(user, one.story.page)
    items = [item for one in made for item in one.items(batch, user)]
    insert_objects([one for one in items if one.pk is None])
    set_columns(ImportItem, _OUTCOME, (_outcome(one) for one in items if one.pk is not None))
    return [one.stored(batch) for one in made]


def _outcome(item: ImportItem) -> list[Any]:
    """As the database has it, and the item's key."""
    fields: list[Any] = [ImportItem._meta.get_field(name) for name in _OUTCOME]
    values = (one.get_db_prep_save(getattr(item, one.attname), connection) for one in fields)
    return [*values, item.pk]


@dataclass
class _Building:
    """A pair on its way."""

    pair: NewPair
    story: NewStory
    # As of ImportItem: what else was made.
    made: list[list[Any]]
    notes: tuple[str, ...]
    refusal: str
    laid_out: Any = None
    translation_refusal: str = ""

    @classmethod
    def of(
        cls, pair: NewPair, found: dict[Any, Any], *, publish: bool, incomplete: bool, user: Any
    ) -> "_Building":
        """In `found` is what was found for stories of a paper and a day: their place, and that the
        user may file there."""
        named = (str(pair.plan.placement.paper), pair.plan.placement.day)
        if user is not None and named not in found:
            check_rights(pair.plan, user, publish=publish)
            found[named] = True
        with noting() as made:
            page, notes = new_page(pair.plan, user=user)
            page.complete()
            doubt = doubt_of(pair.own.article) if user is None else ""
            refusal = (doubt or _refusal(page, incomplete=incomplete)) if publish else ""
            page.live = publish and not refusal
            printed = (page.publication_id, page.print_date)
            if printed not in found:
                found[printed] = place_of(page)
            story = NewStory(page, found[printed], log_data(pair.own.article))
        building = cls(pair, story, made, notes, refusal)
        if pair.translated:
            building.lay(pair.translated, publish=publish, user=user)
        return building

    def lay(self, text: NewText, *, publish: bool, user: Any) -> None:
        """The other language into the story's segments."""
        page, article = self.story.page, text.article
        translation = Translation(article=page, language=page.target_language, live=False)
        given = given_text(article, print_named(article))
        self.laid_out = laid_out_text(page, given, _links_of(self.pair, page))
        if publish:
            self.translation_refusal = refusal_of(article, translation, self.laid_out, user)
        is_published = publish and not self.translation_refusal
        draft = partial(laid_segments, translation, given, self.laid_out, user=user)
        imported = {"import_key": text.keys[0], "import_digest": article.source_digest}
        data = log_data(article)
        self.story.translation = NewTranslation(draft, is_published, imported, data)

    def items(self, batch: ImportBatch, user: Any) -> list[ImportItem]:
        page, own, new = self.story.page, self.pair.own, self.story.translation
        before: dict[str, Any] = {"row": {}, "is_published": page.live}
        item = own.item or new_item(batch, own.article, source=own.name)
        item.note_accepted(page, page.latest_revision_id, before, self.refusal, user, self.made)
        items = [item]
        if (text := self.pair.translated) and new:
            row = _row(new.opened) if new.opened else {}
            before = {"translation": row, "is_published": new.is_published}
            refusal = self.translation_refusal or new.refusal
            item = text.item or new_item(batch, text.article, source=text.name)
            item.note_accepted(page, new.revision.pk, before, refusal, user, [])
            items.append(item)
        return items

    def stored(self, batch: ImportBatch) -> StoredPair:
        page, text, new = self.story.page, self.pair.translated, self.story.translation
        applied = AppliedPlan(page, page.live, self.refusal, self.notes)
        if text is None or new is None:
            return StoredPair(batch, self.pair, applied)
        translation = new.draft.draft
        refusal = self.translation_refusal or new.refusal
        taken = taken_as(translation, new.revision, self.laid_out, refusal)
        taken = replace(taken, is_published=new.is_published)
        plan = TranslationPlan(text.article, page, text.keys[0], ImportVerdict.CREATE, translation)
        return StoredPair(batch, self.pair, applied, taken, plan)


def _links_of(pair: NewPair, page: ArticlePage) -> list[LinkedPieces] | None:
    """Those that were found ahead, if the story says what they were found for."""
    found = pair.found
    same = found and found.said == [one.plain_text for one in source_segments(page)]
    return found.links if found and same else None


def _row(opened: Translation) -> dict[str, Any]:
    """As `row_of` of the translation before it had words."""
    values = values_of(opened)
    return {"pk": opened.pk, **{name: values[name] for name in ROW}}


def _refusal(page: ArticlePage, *, incomplete: bool) -> str:
    """Why readers can't have the story; "" if they can."""
    errors = {} if incomplete or not page.unplaced else unplaced_errors(page)
    if errors := errors | story_errors(page) | date_errors(page):
        return all_said_by(ValidationError(errors))
    return ""
