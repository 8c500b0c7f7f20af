"""Stories that are plainly new, stored many at once by `archive.contrib.intake.bulk_rows`.

A text that is in the archive already, might be another's translation, or brings pictures goes the
way of a single one, which asks for all of that.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from archive.contrib.intake.ahead import TextLinks
from archive.contrib.intake.apply import AppliedPlan, new_page, place_of
from archive.contrib.intake.batches.items import new_item
from archive.contrib.intake.bulk_rows import NewStory, NewTranslation, add_stories
from archive.contrib.intake.models import ImportBatch, ImportItem
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
)
from archive.contrib.intake.records import ParsedArticle
from archive.contrib.intake.translations.apply import (
    ROW,
    TakenTranslation,
    given_text,
    print_named,
    refusal_of,
    taken_as,
)
from archive.contrib.intake.translations.plan import TranslationPlan
from archive.desk.models import Translation
from archive.desk.pairs.given_text import laid_out_text, laid_segments
from archive.desk.pairs.linked_text import LinkedPieces
from archive.desk.segments import source_segments
from archive.inserts import insert_objects
from archive.journal.rows import values_of
from archive.stories.creations import noting
from archive.stories.doubtful_dates import date_errors
from archive.stories.marks import TranslationState
from archive.stories.models import ArticlePage
from archive.stories.publish_guard import story_errors, unplaced_errors
from archive.text.language import column, other
from archive.text.stored_messages import all_said_by, stored


@dataclass(frozen=True)
class NewText:
    """A text of a file of that name; `group` as of `ImportItem`.

    `keys` are what an import of it may be known by: its own key first, its digest last.
    """

    name: str
    article: ParsedArticle
    group: str
    keys: tuple[str, ...]
    day: date | None

    @classmethod
    def of(cls, name: str, article: ParsedArticle, group: str) -> "NewText":
        day = place(article).day
        keys = import_keys(article, day)
        keys += [distinct_key(keys[0], article), article.digest]
        return cls(name, article, group, tuple(keys), day)


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
            not self.keys.isdisjoint(text.keys)
            or (text.day, article.language, article.headline) in self.typed
            or (text.day is not None and (text.day, other(article.language)) in self.untranslated)
            or text.group in self.groups
        )

    def add(self, texts: Sequence[NewText]) -> None:
        """These become a story."""
        self.keys.update(key for one in texts for key in one.keys)
        if len(texts) == 1:
            self.groups.update(filter(None, [texts[0].group]))


@dataclass(frozen=True)
class NewPair:
    """A story's own text, its translation if there is one, and what is to be done with them."""

    plan: ImportPlan
    own: NewText
    translated: NewText | None = None
    # Which parts of the two say the same, once it is known.
    links: "Future[TextLinks | None] | None" = field(default=None, compare=False)

    @property
    def found(self) -> TextLinks | None:
        return self.links.result() if self.links else None

    @property
    def texts(self) -> list[NewText]:
        return [self.own, *([self.translated] if self.translated else [])]


@dataclass(frozen=True)
class StoredPair:
    """What became of a pair."""

    pair: NewPair
    applied: AppliedPlan
    taken: TakenTranslation | None = None
    translation_plan: TranslationPlan | None = None


def store_new(
    batch: ImportBatch, pairs: Iterable[NewPair], *, publish: bool, incomplete: bool
) -> list[StoredPair]:
    """Store them as accepted items of the batch. Raises what storing one of them alone would."""
    places: dict[Any, Any] = {}
    made = [_Building.of(one, places, publish=publish, incomplete=incomplete) for one in pairs]
    add_stories([one.story for one in made], action=ACTION)
    items = [item for one in made for item in one.items(batch)]
    insert_objects(items)
    return [one.stored() for one in made]


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
        cls, pair: NewPair, places: dict[Any, Any], *, publish: bool, incomplete: bool
    ) -> "_Building":
        """`places` are those that were found for stories of a paper and a day."""
        with noting() as made:
            page, notes = new_page(pair.plan)
            page.complete()
            doubt = doubt_of(pair.own.article)
            refusal = (doubt or _refusal(page, incomplete=incomplete)) if publish else ""
            page.live = publish and not refusal
            printed = (page.publication_id, page.print_date)
            if printed not in places:
                places[printed] = place_of(page)
            story = NewStory(page, places[printed], log_data(pair.own.article))
        building = cls(pair, story, made, notes, refusal)
        if pair.translated:
            building.lay(pair.translated, publish=publish)
        return building

    def lay(self, text: NewText, *, publish: bool) -> None:
        """The other language into the story's segments."""
        page, article = self.story.page, text.article
        translation = Translation(article=page, language=page.target_language, live=False)
        given = given_text(article, print_named(article))
        self.laid_out = laid_out_text(page, given, _links_of(self.pair, page))
        if publish:
            self.translation_refusal = refusal_of(article, translation, self.laid_out, None)
        is_published = publish and not self.translation_refusal
        draft = laid_segments(translation, given, self.laid_out, confirmed=is_published)
        imported = {"import_key": text.keys[0], "import_digest": article.digest}
        data = log_data(article)
        self.story.translation = NewTranslation(draft, is_published, imported, data)

    def items(self, batch: ImportBatch) -> list[ImportItem]:
        page, now = self.story.page, timezone.now()
        before: dict[str, Any] = {"row": {}, "is_published": page.live}
        own = _item(batch, self.pair.own, page, before, self.refusal)
        own.revision_id, own.made = page.latest_revision_id, self.made
        items = [own]
        if (text := self.pair.translated) and (new := self.story.translation):
            row = _row(new.opened) if new.opened else {}
            before = {"translation": row, "is_published": new.is_published}
            item = _item(batch, text, page, before, self.translation_refusal)
            item.revision_id = new.revision.pk
            items.append(item)
        for item in items:
            item.accepted_at = now
        return items

    def stored(self) -> StoredPair:
        page, text, new = self.story.page, self.pair.translated, self.story.translation
        applied = AppliedPlan(page, page.live, self.refusal, self.notes)
        if text is None or new is None:
            return StoredPair(self.pair, applied)
        translation = new.draft.draft
        taken = taken_as(translation, new.revision, self.laid_out, self.translation_refusal)
        taken = TakenTranslation(**{**vars(taken), "is_published": new.is_published})
        plan = TranslationPlan(text.article, page, text.keys[0], ImportVerdict.CREATE, translation)
        return StoredPair(self.pair, applied, taken, plan)


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


def _item(
    batch: ImportBatch, text: NewText, page: ArticlePage, before: dict[str, Any], refusal: str
) -> ImportItem:
    item = new_item(batch, text.article, source=text.name)
    item.page, item.before = page, before
    item.state, item.error = ImportItem.State.ACCEPTED, stored(refusal)
    return item
