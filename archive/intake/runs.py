"""A run over many files: each is read, planned and applied by itself, and reported."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.conf import settings as site_settings
from django.db import DatabaseError
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.intake import formats
from archive.intake.apply import apply_plan
from archive.intake.containers import FoundFile, find
from archive.intake.plan import ImportPlan, ImportVerdict, make_plan
from archive.intake.records import IntakeError, ParsedArticle
from archive.intake.sources import SourceFailure
from archive.stories.name_suggestions.counts import waiting_for

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ImportOptions:
    """What the user asked for; `publication` serves files that name none."""

    dry_run: bool = False
    publish: bool = False
    force: bool = False
    publication: str | None = None
    language: str | None = None


class ImportStatus(TextChoices):
    """What became of a story."""

    CREATED = "created", gettext_lazy("created")
    UPDATED = "updated", gettext_lazy("updated")
    PUBLISHED = "published", gettext_lazy("published")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    KEPT = "kept", gettext_lazy("kept")  # an editor's version stays
    # Read, but as it is it couldn't be stored (dry run).
    HELD = "held", gettext_lazy("could not be stored")
    FAILED = "failed", gettext_lazy("failed")


_STATUSES = {
    ImportVerdict.CREATE: ImportStatus.CREATED,
    ImportVerdict.UPDATE: ImportStatus.UPDATED,
    ImportVerdict.PUBLISH: ImportStatus.PUBLISHED,
    ImportVerdict.UNCHANGED: ImportStatus.UNCHANGED,
    ImportVerdict.KEEP: ImportStatus.KEPT,
}


@dataclass(frozen=True)
class ImportOutcome:
    """One story, or one file that holds none that could be read."""

    name: str
    status: ImportStatus
    article: ParsedArticle | None = None
    reason: str = ""
    # The story's page, where one was written.
    page_id: int | None = None


@dataclass
class ImportRun:
    """Imports files one after the other; remembers which stories it has seen."""

    options: ImportOptions
    seen: dict[str, ImportPlan] = field(default_factory=dict)

    def import_files(self, paths: list[Path]) -> Iterator[ImportOutcome]:
        """One outcome a story, in order; a file's trouble doesn't stop the others."""
        formats.registered()  # A wrong setting is no single file's trouble.
        for found in find(paths):
            if isinstance(found, SourceFailure):
                yield ImportOutcome(found.name, ImportStatus.FAILED, reason=found.reason)
                continue
            try:
                articles = self._read(found)
            except IntakeError as error:
                yield ImportOutcome(found.name, ImportStatus.FAILED, reason=str(error))
                continue
            for article in articles:
                yield self._store(found.name, article)

    def _read(self, found: FoundFile) -> list[ParsedArticle]:
        articles = formats.read_stories(found.read(), self.options.language)
        publication = self.options.publication
        return [
            replace(article, publication=article.publication or publication)
            for article in map(found.complete, articles)
        ]

    def _store(self, name: str, article: ParsedArticle) -> ImportOutcome:
        options = self.options
        try:
            plan = make_plan(article, publish=options.publish, force=options.force)
            self._check_duplicate(plan)
            page = None if options.dry_run else apply_plan(plan, publish=options.publish)
            status = _STATUSES[plan.verdict]
            return ImportOutcome(name, status, article, _remark(plan), page.pk if page else None)
        except IntakeError as error:
            status = ImportStatus.HELD if options.dry_run else ImportStatus.FAILED
            return ImportOutcome(name, status, article, str(error))
        except Exception as error:  # one record's trouble must not stop the run
            if options.dry_run and isinstance(error, DatabaseError):
                reason = _("the database is not ready, so only the text was read")
                return ImportOutcome(name, ImportStatus.HELD, article, reason)
            logger.exception("Importing %s failed", name)
            reason = _("unexpected error (%(error)s); nothing of it was stored")
            reason %= {"error": error or repr(error)}
            return ImportOutcome(name, ImportStatus.FAILED, article, reason)

    def _check_duplicate(self, plan: ImportPlan) -> None:
        """Two different texts for one story in one run: which is right, a person must say."""
        first = self.seen.setdefault(plan.key, plan)
        if first.article.digest != plan.article.digest:
            reason = _(
                "same publication, date, page and headline as %(source)s, but "
                "different text; import only one of the two"
            )
            raise IntakeError(reason % {"source": first.article.source})


def _remark(plan: ImportPlan) -> str:
    if plan.verdict is ImportVerdict.KEEP and plan.page and not plan.page.import_key:
        return _("already in the archive, not from an import; use --force to overwrite")
    if plan.verdict is ImportVerdict.KEEP:
        return _("edited since it was imported; not overwritten; use --force to overwrite")
    if plan.placement.day_is_from_name:
        return _("the print date was taken from the file's name")
    return ""


def _word(status: ImportStatus, dry_run: bool) -> str:
    planned = {
        ImportStatus.CREATED: _("would be created"),
        ImportStatus.UPDATED: _("would be updated"),
        ImportStatus.PUBLISHED: _("would be published"),
        ImportStatus.KEPT: _("would be kept"),
    }
    return planned.get(status, str(status.label)) if dry_run else str(status.label)


def line(outcome: ImportOutcome, *, dry_run: bool) -> str:
    """ "story.txt: created: Port opens", and a line for each thing to check."""
    parts = [outcome.name, _word(outcome.status, dry_run)]
    parts += [outcome.article.headline] if outcome.article else []
    lines = [": ".join([*parts, *([outcome.reason] if outcome.reason else [])])]
    if outcome.article:
        lines += [f"    {warning}" for warning in outcome.article.warnings]
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
    return ", ".join(f"{_word(status, dry_run)}: {counts.get(status, 0)}" for status in shown)


def suggestions(outcomes: Iterable[ImportOutcome]) -> str:
    """ "12 suggested names wait in the imported stories: http://…"; "" if none does."""
    waiting = waiting_for({one.page_id for one in outcomes if one.page_id})
    if not waiting:
        return ""
    message = ngettext(
        "%(count)d suggested name is pending in the imported stories: %(address)s",
        "%(count)d suggested names are pending in the imported stories: %(address)s",
        waiting,
    )
    base = getattr(site_settings, "WAGTAILADMIN_BASE_URL", "").rstrip("/")
    address = base + reverse("archive_suggestions:report")
    return message % {"count": waiting, "address": address}
