"""A run over many files: each is read, planned and applied by itself, and reported."""

import gc
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import count, islice
from pathlib import Path
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from archive.contrib.intake.ahead import Readers, TextLinks
from archive.contrib.intake.apply import AppliedPlan
from archive.contrib.intake.batches.actions import create_batch
from archive.contrib.intake.batches.items import new_item
from archive.contrib.intake.batches.outcomes import carry_out, carry_out_translation
from archive.contrib.intake.batches.profile_choice import ProfileChoice, active_profiles
from archive.contrib.intake.bulk import NewPair, NewText, StoredPair, StoryRanges, store_new
from archive.contrib.intake.columns import ColumnMapping
from archive.contrib.intake.containers import FoundFile, find_with_ends
from archive.contrib.intake.groups import group_of, halves
from archive.contrib.intake.limited import read_within_limits
from archive.contrib.intake.models import ImportBatch, SourceProfile
from archive.contrib.intake.options import NO_OPTIONS, FilingOptions, fill_in
from archive.contrib.intake.places import NewPlace, NewPlaceError
from archive.contrib.intake.plan import (
    ACTION,
    ImportPlan,
    ImportVerdict,
    doubt_of,
    imports_of,
    lack_label,
    make_plan,
)
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.sources import SourceFailure
from archive.contrib.intake.stated_stories import OpenReferences
from archive.contrib.intake.translations.apply import told_of
from archive.contrib.intake.translations.partners import are_one_story, own_first
from archive.contrib.intake.translations.plan import TranslationPlan, plan_translation
from archive.desk.memory.sentences import Pairs, Paragraph
from archive.site.illustrations import has_worker
from archive.stories.lookup import named_publication, publication_names
from archive.stories.models import ArticlePage
from archive.text.language import FIRST
from archive.text.mastheads import split_publication
from archive.text.punctuation import in_sentences, joined, labelled

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ImportOptions:
    """What the user asked for; `filing` fills in for what files don't say."""

    dry_run: bool = False
    publish: bool = False
    # Also what has words of its source in no field.
    incomplete: bool = False
    force: bool = False
    filing: FilingOptions = NO_OPTIONS
    # What the columns of tables are.
    mapping: ColumnMapping | None = None
    # Whether publications and sections that only the files name are made.
    create_publications: bool = False
    create_sections: bool = False
    # The archive's names of publications by what files call them.
    same_as: Mapping[str, str] = field(default_factory=dict)
    # So many stories and no more; None for all.
    limit: int | None = None

    def may_make(self, place: NewPlace) -> bool:
        """Those that the user has named, and what was asked for."""
        if place.section:
            return self.create_sections or place.section == self.filing.section
        printed = self.filing.publication
        named = split_publication(printed, FIRST).name if printed else ""
        if self.create_publications or (named and place.publication == named):
            return True
        raise NewPlaceError(place)

    def renamed(self, article: ParsedArticle) -> ParsedArticle:
        name = self.same_as.get(article.publication or "")
        return replace(article, publication=name) if name else article


class ImportStatus(TextChoices):
    """What became of a story."""

    CREATED = "created", gettext_lazy("created")
    UPDATED = "updated", gettext_lazy("updated")
    PUBLISHED = "published", gettext_lazy("published")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    KEPT = "kept", gettext_lazy("kept")  # an editor's version stays
    TRANSLATED = "translated", gettext_lazy("taken in as a translation")
    # Read, but as it is it couldn't be stored (dry run).
    HELD = "held", gettext_lazy("could not be stored")
    FAILED = "failed", gettext_lazy("failed")


_STATUSES = {
    ImportVerdict.CREATE: ImportStatus.CREATED,
    ImportVerdict.UPDATE: ImportStatus.UPDATED,
    ImportVerdict.PUBLISH: ImportStatus.UNCHANGED,  # it stays the draft that it was
    ImportVerdict.UNCHANGED: ImportStatus.UNCHANGED,
    ImportVerdict.KEEP: ImportStatus.KEPT,
}
_CHANGES = (ImportVerdict.CREATE, ImportVerdict.UPDATE, ImportVerdict.PUBLISH)


@dataclass(frozen=True)
class ImportOutcome:
    """One story, or one file that holds none that could be read."""

    name: str
    status: ImportStatus
    article: ParsedArticle | None = None
    reason: str = ""
    # The story's page, where one was written.
    page_id: int | None = None
    # The record as the source gives it, for the report: with both halves of a bilingual one, and
    # with its first half alone.
    record: ParsedArticle | None = None
    # Among all texts of the run.
    place: int = 0


_BOTH = 2
# Stories that are stored at once.
_CHUNK = 100
# Python looks for circles once in a dozen stories, and among all that is there once in some 250: by
# its own measure it would do so at every story or two, which takes a tenth of the time.
_COLLECTED = (50_000, 10, 2)


@dataclass
class ImportRun(StoryRanges[ImportOutcome]):
    """Imports files one after the other; remembers which stories it has seen.

    What it changes is a batch, which can be undone; made with its first story.
    """

    options: ImportOptions
    # By a story's key, the digest and the source of the text that the run has had for it.
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)
    batch: ImportBatch | None = None
    # Whose texts have come.
    files: int = 0
    # The pairs of sentences that the translation memory will ask for, as of `knowing`.
    pairs: dict[Paragraph, Pairs] = field(default_factory=dict)
    # What leads to stories that haven't come yet.
    open: list[OpenReferences] = field(default_factory=list)

    @cached_property
    def _profiles(self) -> list[SourceProfile]:
        return active_profiles()

    @cached_property
    def _papers(self) -> list[str]:
        """None before there are tables, as a dry run may read files then."""
        try:
            return publication_names()
        except DatabaseError:
            return []

    def import_files(self, paths: list[Path]) -> Iterator[ImportOutcome]:
        """One outcome a text, in order; a file's trouble doesn't stop the others.

        Texts of one story in two languages that follow each other are stored together; so are
        stories that are plainly new, many at once.
        """
        # A site's worker fills its memory later.
        self.readers = Readers(is_remembered=self.options.publish and not has_worker())
        usual = gc.get_threshold()
        gc.set_threshold(*_COLLECTED)
        try:
            groups = islice(self._groups(paths), self.options.limit)
            while chunk := list(islice(groups, _CHUNK)):
                self.found.clear()
                yield from self.store_groups(chunk)
            self._settle()
        finally:
            gc.set_threshold(*usual)
            self.readers.close()

    def _settle(self) -> None:
        """Stories that refer to others which came behind them."""
        for one in self.open:
            with transaction.atomic():
                one.settle(self._note_version)
        self.open.clear()

    def _note_version(self, row: Any, revision: Any) -> None:
        """The import's own work, for who undoes it or imports the story again."""
        before = imports_of(row).first()
        data = before.data if before else {}
        log(row, ACTION, revision=revision, data=data, content_changed=True)
        if self.batch:
            items = self.batch.items.filter(revision=before.revision_id if before else None)
            items.update(revision=revision)

    def _groups(self, paths: list[Path]) -> Iterator[list[NewText] | ImportOutcome]:
        held: list[NewText] = []
        for one in self._stories(paths):
            group = one.group if isinstance(one, NewText) else ""
            if held and (not group or held[0].group != group):
                yield held
                held = []
            if isinstance(one, NewText):
                held.append(one)
            else:
                yield one
        if held:
            yield held

    def _stories(self, paths: list[Path]) -> Iterator[NewText | ImportOutcome]:
        places = count()
        read_ahead: Iterator[tuple[FoundFile | SourceFailure, Callable[[], list[ParsedArticle]]]]
        read_ahead = self.readers.read_ahead(find_with_ends(paths), self._reading, _size_of)
        for self.files, (found, read) in enumerate(read_ahead):
            try:
                stories = self._filled(found, read())
            except IntakeError as error:
                yield ImportOutcome(found.name, ImportStatus.FAILED, reason=str(error))
                continue
            for story in stories:
                for number, half in enumerate(halves(story)):
                    group = group_of(half, found.name, is_half=bool(story.parts))
                    record, is_half = None if number else story, bool(story.parts)
                    yield NewText(found.name, half, group, is_half, record, next(places))

    def _reading(self, found: FoundFile | SourceFailure) -> Callable[[], list[ParsedArticle]]:
        """What reads the file, in any thread; its bytes are read here. Raises IntakeError."""
        if isinstance(found, SourceFailure):
            raise IntakeError(found.reason)
        filing, source = self.options.filing, found.read()
        choice = ProfileChoice(found.name, self._profiles)
        mapping = self.options.mapping or choice.mapping_for(source)
        papers = self._papers

        def read() -> list[ParsedArticle]:
            with choice.applied():
                return read_within_limits(source, filing.language or None, mapping, papers=papers)

        if os.path.isfile(found.name):
            return read
        # One at a time reads in a ZIP.
        stories = read()
        return lambda: stories

    def _filled(self, found: Any, stories: list[ParsedArticle]) -> list[ParsedArticle]:
        filing, changed_at = self.options.filing, _changed_at(found.name)
        filled = (fill_in(story, filing, changed_at) for story in map(found.complete, stories))
        return [self.options.renamed(story) for story in filled]

    @property
    def is_trial(self) -> bool:
        return self.options.dry_run

    def may_make(self, place: NewPlace) -> bool:
        return self.options.may_make(place)

    def is_new(self, pair: NewPair) -> bool:
        own, second = pair.own, pair.translated
        if second and not (second.is_half or are_one_story(own.article, second.article)):
            return False
        told = (own.article.digest, own.article.source)
        return self.seen.setdefault(pair.plan.key, told)[0] == own.article.digest

    def link(self, own: ParsedArticle, second: ParsedArticle) -> Callable[[], TextLinks | None]:
        return self.readers.link(own, second).result

    def store_together(self, pairs: list[NewPair]) -> list[StoredPair]:
        batch, options = self.batch or self._new_batch(), self.options
        return store_new(batch, pairs, publish=options.publish, incomplete=options.incomplete)

    def told(self, stored: list[StoredPair]) -> Iterable[ImportOutcome]:
        """As the texts were found: a story's two may be apart from each other."""
        outcomes = []
        for one in stored:
            self.batch = one.batch
            self.pairs.update(found.pairs if (found := one.pair.found) else {})
            key = one.applied.page.pk if one.applied.page else None
            told = _remark(one.pair.plan, one.applied)
            done = ImportStatus.PUBLISHED if one.applied.is_published else ImportStatus.CREATED
            outcomes.append(_of_text(one.pair.own, done, told, key))
            if (text := one.pair.translated) and one.taken and one.translation_plan:
                told, is_published = (
                    told_of(one.translation_plan, one.taken),
                    one.taken.is_published,
                )
                done = ImportStatus.PUBLISHED if is_published else ImportStatus.TRANSLATED
                outcomes.append(_of_text(text, done, told, key))
        return sorted(outcomes, key=lambda one: one.place)

    def store_alone(self, group: list[NewText]) -> Iterator[ImportOutcome]:
        if len({one.article.language for one in group}) < len(group) or len(group) < _BOTH:
            yield from (self._store_text(one) for one in group)
            return
        articles = own_first([one.article for one in group])
        own, translated = sorted(group, key=lambda one: articles.index(one.article))
        outcome = self._store_text(own)
        yield outcome
        belongs = translated.is_half or are_one_story(own.article, translated.article)
        is_there = outcome.status not in (ImportStatus.FAILED, ImportStatus.HELD)
        yield self._store_text(translated, outcome if belongs and is_there else None)

    def _store_text(self, found: NewText, own: ImportOutcome | None = None) -> ImportOutcome:
        """Store a text, as the translation of the story of `own` if there is one."""
        return replace(self._try(found, own), record=found.record, place=found.place)

    def _try(self, found: NewText, own: ImportOutcome | None) -> ImportOutcome:
        options, name, article = self.options, found.name, found.article
        try:
            if own and own.page_id is None:  # nothing is written on trial
                return ImportOutcome(name, ImportStatus.TRANSLATED, article)
            page = ArticlePage.objects.get(pk=own.page_id or 0) if own else None
            translation = plan_translation(
                article, group=found.group, page=page, publish=options.publish, force=options.force
            )
            if translation:
                return self._translate(name, translation)
            plan = make_plan(article, publish=options.publish, force=options.force)
            plan, article = replace(plan, may_make=options.may_make), plan.article
            self._check_duplicate(plan)
            if options.dry_run and plan.verdict in _CHANGES:
                _check_publication(plan)
            if options.dry_run or plan.verdict not in _CHANGES:
                page = plan.page.pk if plan.page else None
                return ImportOutcome(name, self._planned(plan), article, _remark(plan), page)
            with transaction.atomic():
                batch = self.batch or self._new_batch()
                item = new_item(batch, plan.article, source=name)
                applied = carry_out(
                    item, plan, publish=options.publish, incomplete=options.incomplete
                )
                # The same words, which still can't be published: nothing has changed.
                is_news = applied.is_published or plan.verdict is not ImportVerdict.PUBLISH
                transaction.set_rollback(not is_news)
            self.batch = batch if is_news else self.batch
            if article.stated and applied.page:
                self.open += filter(None, [OpenReferences.of(applied.page.pk, article.stated)])
            status = ImportStatus.PUBLISHED if applied.is_published else _STATUSES[plan.verdict]
            page = applied.page.pk if applied.page else None
            return ImportOutcome(name, status, article, _remark(plan, applied), page)
        except IntakeError as error:
            status = ImportStatus.HELD if options.dry_run else ImportStatus.FAILED
            reason = _way_out(error) if isinstance(error, NewPlaceError) else str(error)
            return ImportOutcome(name, status, article, reason)
        except Exception as error:  # one record's trouble must not stop the run
            if options.dry_run and isinstance(error, DatabaseError):
                reason = _("the database is not ready, so only the text was read")
                return ImportOutcome(name, ImportStatus.HELD, article, reason)
            logger.exception("Importing %s failed", name)
            reason = _("unexpected error (%(error)s); nothing of it was stored")
            reason %= {"error": error or repr(error)}
            return ImportOutcome(name, ImportStatus.FAILED, article, reason)

    def _new_batch(self) -> ImportBatch:
        return create_batch(None, options=self.options.filing, state=ImportBatch.State.READ)

    def _translate(self, name: str, plan: TranslationPlan) -> ImportOutcome:
        article, page = plan.article, plan.page.pk
        if plan.verdict not in _CHANGES:
            reason = _("translated here; not overwritten; use --force to overwrite")
            is_kept = plan.verdict is ImportVerdict.KEEP
            status = _STATUSES[plan.verdict]
            return ImportOutcome(name, status, article, reason if is_kept else "", page)
        if self.options.dry_run:
            return ImportOutcome(name, ImportStatus.TRANSLATED, article, "", page)
        with transaction.atomic():
            batch = self.batch or self._new_batch()
            item = new_item(batch, plan.article, source=name)
            taken = carry_out_translation(item, plan, publish=self.options.publish)
            is_news = taken.is_published or not plan.is_the_same
            transaction.set_rollback(not is_news)
        self.batch = batch if is_news else self.batch
        if not is_news:
            return ImportOutcome(name, ImportStatus.UNCHANGED, article, told_of(plan, taken), page)
        status = ImportStatus.PUBLISHED if taken.is_published else ImportStatus.TRANSLATED
        return ImportOutcome(name, status, article, told_of(plan, taken), page)

    def _planned(self, plan: ImportPlan) -> ImportStatus:
        is_whole = self.options.incomplete or not plan.article.missing
        is_public = self.options.publish and plan.verdict in _CHANGES and is_whole
        if is_public and not (plan.lacks or _doubt(plan)):
            return ImportStatus.PUBLISHED
        return _STATUSES[plan.verdict]

    def _check_duplicate(self, plan: ImportPlan) -> None:
        """Two different texts for one story in one run: which is right, a person must say."""
        told = (plan.article.digest, plan.article.source)
        digest, source = self.seen.setdefault(plan.key, told)
        if digest != plan.article.digest:
            reason = _(
                "same publication, date, page and headline as %(source)s, but "
                "different text; import only one of the two"
            )
            raise IntakeError(reason % {"source": source})


def _size_of(found: FoundFile | SourceFailure) -> int:
    return found.size if isinstance(found, FoundFile) else 0


def _of_text(text: NewText, status: ImportStatus, told: str, page: int | None) -> ImportOutcome:
    return ImportOutcome(text.name, status, text.article, told, page, text.record, text.place)


def _check_publication(plan: ImportPlan) -> None:
    """Raises NewPlaceError where storing the story would."""
    paper = plan.placement.paper
    if paper and named_publication(paper) is None:
        plan.may_make(NewPlace(paper.name))


def _way_out(error: NewPlaceError) -> str:
    text = _(
        "the archive has no publication “%(name)s”: --create-publications makes it, "
        "--same-as “%(name)s=…” says which one it is"
    )
    return text % {"name": error.place.publication}


def _doubt(plan: ImportPlan) -> str:
    """What was only guessed, or why the print date is unlikely; "" for others."""
    return doubt_of(plan.article) or plan.day_doubt


def _changed_at(name: str) -> datetime | None:
    """When the file was last changed, by the clock of this machine; None for one of a ZIP."""
    try:
        return datetime.fromtimestamp(os.path.getmtime(name))
    except OSError:
        return None


def _remark(plan: ImportPlan, applied: AppliedPlan | None = None) -> str:
    """What a person should know of it; "" if it is as one would expect."""
    if plan.verdict is ImportVerdict.KEEP and plan.page and not plan.page.import_key:
        return _("already in the archive, not from an import; use --force to overwrite")
    if plan.verdict is ImportVerdict.KEEP:
        return _("edited since it was imported; not overwritten; use --force to overwrite")
    remarks = []
    is_told = plan.verdict in _CHANGES and not (applied and applied.refusal)
    if is_told and (doubt := plan.day_doubt if applied else _doubt(plan)):
        remarks.append(doubt)
    if plan.verdict in _CHANGES and plan.lacks:
        names = joined(map(lack_label, plan.lacks))
        remarks.append(_("a draft that lacks: %(names)s") % {"names": names})
    elif applied and applied.refusal:
        told = _("a draft, since it can't be published: %(reason)s")
        remarks.append(told % {"reason": applied.refusal})
    remarks += applied.notes if applied else ()
    section = plan.article.section
    if applied and applied.page and section and not applied.page.section_id:
        told = _("the archive has no section “%(name)s”; --create-sections makes it")
        remarks.append(told % {"name": section})
    if plan.placement.day_is_from_name:
        remarks.append(_("the print date was taken from the file's name"))
    return in_sentences(remarks)


def _word(status: ImportStatus, dry_run: bool) -> str:
    planned = {
        ImportStatus.CREATED: _("would be created"),
        ImportStatus.UPDATED: _("would be updated"),
        ImportStatus.PUBLISHED: _("would be published"),
        ImportStatus.KEPT: _("would be kept"),
        ImportStatus.TRANSLATED: _("would be taken in as a translation"),
    }
    return planned.get(status, str(status.label)) if dry_run else str(status.label)


def line(outcome: ImportOutcome, *, dry_run: bool) -> str:
    """ "story.txt: created: Port opens", and a line for each thing to check."""
    parts = [outcome.name, _word(outcome.status, dry_run)]
    parts += [outcome.article.headline] if outcome.article else []
    lines = [": ".join([*parts, *([outcome.reason] if outcome.reason else [])])]
    if outcome.article:
        lines += [f"    {warning}" for warning in outcome.article.warnings]
        told = _("Not placed: “%(text)s”")
        lines += [f"    {told % {'text': text}}" for text in outcome.article.missing]
    return "\n".join(lines)


def total(counts: Mapping[ImportStatus, int], *, dry_run: bool) -> str:
    """ "2 created, 1 unchanged": what happened, most usual first; zeros for the common ones."""
    always = (
        ImportStatus.CREATED,
        ImportStatus.UPDATED,
        ImportStatus.UNCHANGED,
        ImportStatus.FAILED,
    )
    shown = [status for status in ImportStatus if counts.get(status) or status in always]
    return joined(labelled(counts.get(status, 0), _word(status, dry_run)) for status in shown)
