"""Compares a parsed story with the archive: what would importing it do? Reads only.

Each import is logged with its revision, so an editor's later changes can be found. An editor's
revision that leaves the imported fields as they were (it only tagged the story, say, or published
it) is no edit of them.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import log, registry
from wagtail.models import Revision

from archive.intake.mastheads import PrintedPaper, split_publication
from archive.intake.records import IntakeError, ParsedArticle
from archive.stories.models import ArticlePage
from archive.text.language import column
from archive.text.richtext import without_block_keys

ACTION = "archive.import"
FIELDS = ("publication", "print_date", "print_edition", "print_page", "contact")
TEXTS = ("headline", "standfirst", "dateline", "body")


@hooks.register("register_log_actions")
def imports(actions: Any) -> None:
    """Imports in a story's history in Wagtail's admin."""
    actions.register_action(
        ACTION, gettext_lazy("Import"), gettext_lazy("Imported from a source file")
    )


def edited_since_import(page: ArticlePage) -> bool:
    """True when the latest revision's imported fields differ from the last import's."""
    entry = imports_of(page).first()
    if entry is None:
        return True
    if entry.revision_id == page.latest_revision_id:
        return False
    imported = Revision.objects.filter(pk=entry.revision_id).first()
    if imported is None or page.latest_revision is None:
        return True  # purged: it can't be compared
    language = page.source_language
    return imported_fields(imported.content, language) != imported_fields(
        page.latest_revision.content, language
    )


def log_import(page: ArticlePage, revision: Any, source: str, user: Any) -> None:
    """Remember that this revision is an import's, and of which file."""
    data = {"source": source, "digest": page.import_digest}
    log(page, ACTION, user=user, revision=revision, data=data, content_changed=True)


def imports_of(page: ArticlePage) -> QuerySet[Any]:
    """The history's entries of imports, newest first."""
    logs: QuerySet[Any] = registry.get_logs_for_instance(page)
    return logs.filter(action=ACTION)


def imported_fields(content: dict[str, Any], language: str) -> dict[str, Any]:
    """What an import writes, from a revision's content; editor-only noise folded away."""
    fields = {name: content.get(name) for name in FIELDS}
    for name in TEXTS:
        fields[name] = _folded(content.get(column(name, language)))
    body = fields["body"]
    blocks = json.loads(body) if isinstance(body, str) else body
    fields["body"] = [(block["type"], block["value"]) for block in map(_folded, blocks or [])]
    fields["bylines"] = [
        (byline["author"], byline["role"], byline["place"]) for byline in content.get("bylines", [])
    ]
    return fields


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(without_block_keys(value).split())
    if isinstance(value, dict):
        return {name: _folded(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_folded(part) for part in value]
    return "" if value is None else value


_ISO_DATE = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_LONGEST_SLUG = 120


class ImportVerdict(StrEnum):
    """What importing a story does."""

    CREATE = "create"
    UPDATE = "update"
    PUBLISH = "publish"  # the same words, so far only a draft
    UNCHANGED = "unchanged"
    KEEP = "keep"  # an editor's: edited since it was imported, or never imported


@dataclass(frozen=True)
class Placement:
    """Where a story belongs in the archive."""

    paper: PrintedPaper
    day: date
    day_is_from_name: bool = False


@dataclass(frozen=True)
class ImportPlan:
    """What is to be done with one story; `page` is the one in the archive, if any."""

    article: ParsedArticle
    placement: Placement
    key: str
    verdict: ImportVerdict
    page: ArticlePage | None = None


def make_plan(
    article: ParsedArticle, *, publish: bool = False, force: bool = False, key: str = ""
) -> ImportPlan:
    """Raises IntakeError for a story that has no place in the archive.

    `key` is what the story is known by in its source, where that has a name for it.
    """
    placement = place(article)
    key = key or import_key(article, placement.day)
    page = _find(article, placement.day, key)
    verdict = _verdict(article, page, publish=publish, force=force)
    return ImportPlan(article, placement, key, verdict, page)


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
    paper = split_publication(article.publication, article.language)
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
) -> ImportVerdict:
    if page is None:
        return ImportVerdict.CREATE
    is_draft = not page.live or page.has_unpublished_changes
    same = page.import_digest == article.digest
    if same and not (publish and is_draft):
        return ImportVerdict.UNCHANGED
    if edited_since_import(page) and not force:
        # Draft edits of a story that did not change here are the editor's to publish.
        return ImportVerdict.UNCHANGED if same else ImportVerdict.KEEP
    return ImportVerdict.PUBLISH if same else ImportVerdict.UPDATE
