"""Compares a parsed story with the archive: what would importing it do? Reads only."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.text import slugify
from django.utils.translation import gettext as _

from archive.intake.edits import edited_since_import
from archive.intake.errors import IntakeError
from archive.intake.mastheads import Paper, take_apart
from archive.intake.records import ParsedArticle
from archive.pages.models import ArticlePage
from archive.text.language import column

_ISO_DATE = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_LONGEST_SLUG = 120


class Verdict(StrEnum):
    """What importing a story does."""

    CREATE = "create"
    UPDATE = "update"
    PUBLISH = "publish"  # the same words, so far only a draft
    UNCHANGED = "unchanged"
    KEEP = "keep"  # an editor's: edited since it was imported, or never imported


@dataclass(frozen=True)
class Placement:
    """Where a story belongs in the archive."""

    paper: Paper
    day: date
    day_is_from_name: bool = False


@dataclass(frozen=True)
class Plan:
    """What is to be done with one story; `page` is the one in the archive, if any."""

    article: ParsedArticle
    placement: Placement
    key: str
    verdict: Verdict
    page: ArticlePage | None = None


def make_plan(article: ParsedArticle, *, publish: bool = False, force: bool = False) -> Plan:
    """Raises IntakeError for a story that has no place in the archive."""
    placement = place(article)
    key = import_key(article, placement.day)
    page = _find(article, placement.day, key)
    verdict = _verdict(article, page, publish=publish, force=force)
    return Plan(article, placement, key, verdict, page)


def _find(article: ParsedArticle, day: date, key: str) -> ArticlePage | None:
    """The story in the archive: as imported earlier, or as an editor typed it in."""
    stories = ArticlePage.objects.select_related("latest_revision").order_by("pk")
    if imported := stories.filter(import_key=key).first():
        return imported
    headline = column("headline", article.language)
    typed = stories.filter(import_key="", print_date=day, source_language=article.language)
    return typed.filter(**{headline: article.headline}).first()


def place(article: ParsedArticle) -> Placement:
    """The story's paper and day; a date in the file's name serves where no citation gives one."""
    if not article.publication:
        raise IntakeError(_("it names no publication; add a citation line or give --publication"))
    paper = take_apart(article.publication, article.language)
    if article.published:
        return Placement(paper, article.published)
    if found := _ISO_DATE.search(article.source):
        try:
            return Placement(paper, date.fromisoformat(found[1]), day_is_from_name=True)
        except ValueError:
            pass  # digits that are no date
    raise IntakeError(
        _("it gives no print date; add a citation line, or put the date in the file's name")
    )


def import_key(article: ParsedArticle, day: date) -> str:
    """What makes a story the same story again: publication, print date, page, headline."""
    parts = (_slug(article.publication or ""), day, article.page or "-", _slug(article.headline))
    return "/".join(str(part) for part in parts)


def _slug(text: str) -> str:
    slug = slugify(text, allow_unicode=True)
    if 0 < len(slug) <= _LONGEST_SLUG:
        return slug
    mark = hashlib.sha256(text.encode()).hexdigest()[:12]
    return f"{slug[:_LONGEST_SLUG]}-{mark}".lstrip("-")


def _verdict(
    article: ParsedArticle, page: ArticlePage | None, *, publish: bool, force: bool
) -> Verdict:
    if page is None:
        return Verdict.CREATE
    is_draft = not page.live or page.has_unpublished_changes
    same = page.import_digest == article.digest
    if same and not (publish and is_draft):
        return Verdict.UNCHANGED
    if edited_since_import(page) and not force:
        # Draft edits of a story that did not change here are the editor's to publish.
        return Verdict.UNCHANGED if same else Verdict.KEEP
    return Verdict.PUBLISH if same else Verdict.UPDATE
