"""Compares a parsed story with the archive: what would importing it do? Reads only.

Each import is logged with its revision, so an editor's later changes can be found. An editor's
revision that leaves the imported fields as they were (it only tagged the story, say, or published
it) is no edit of them.
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import product
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import lazy
from django.utils.text import slugify
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log, registry
from wagtail.models import Revision

from archive.contrib.intake.places import MayMake, ask
from archive.contrib.intake.records import ParsedArticle
from archive.likeness.fingerprints import LIKE, likeness, newest_text, sample_of
from archive.stories.body import TRANSLATABLE
from archive.stories.doubtful_dates import date_doubt
from archive.stories.lookup import named_publication
from archive.stories.models import ArticlePage
from archive.stories.unfiled import LACKS
from archive.stories.unplaced import unplaced_texts
from archive.text.language import column
from archive.text.mastheads import PrintedPaper, split_publication
from archive.text.punctuation import joined
from archive.text.segmentation import canonical
from archive.text.stored_messages import message as _

ACTION = "archive.import"
FIELDS = (
    *("publication", "print_date", "print_edition", "print_page", "contact"),
    "printed_byline",
)


def edited_since_import(page: ArticlePage, digest: str) -> bool:
    """True when the latest revision's imported fields differ from those of the last import, or when
    these were corrected in its review, and it is another text than that one's that comes now.
    """
    entry = imports_of(page).first()
    if entry is None or entry.data["digest"] != page.import_digest != digest:
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


def typed_since_import(page: ArticlePage) -> set[str]:
    """What of the story's newest version no import has written, by `imported_fields`' names."""
    if page.pk is None:
        return set()
    newest, language = page.latest_revision, page.source_language
    now = imported_fields(newest.content if newest else page.serializable_data(), language)
    entry = imports_of(page).first()
    imported = Revision.objects.filter(pk=entry.revision_id).first() if entry else None
    if entry is None or imported is None:
        return set(now)
    before = imported_fields(imported.content, language)
    return {name for name in now if now[name] != before[name]} | set(entry.data.get("kept", ()))


def log_import(
    page: ArticlePage, revision: Any, article: ParsedArticle, user: Any, kept: Collection[str] = ()
) -> None:
    """Remember that this revision is an import's, of which file, and what in it is an editor's."""
    data = log_data(article)
    data |= {"kept": sorted(kept)} if kept else {}
    log(page, ACTION, user=user, revision=revision, data=data, content_changed=True)


def log_data(article: ParsedArticle) -> dict[str, Any]:
    """What the history says of an import."""
    return {"source": article.source, "digest": article.digest}


def imports_of(thing: Any) -> QuerySet[Any]:
    """The history's entries of imports of a story or a translation, newest first."""
    logs: QuerySet[Any] = registry.get_logs_for_instance(thing)
    return logs.filter(action=ACTION)


def imported_fields(content: dict[str, Any], language: str) -> dict[str, Any]:
    """What an import writes, from a revision's content; editor-only noise folded away."""
    fields = {name: content.get(name) for name in FIELDS}
    for name in ArticlePage.translated_fields:
        fields[name] = _folded(content.get(column(name, language)))
    body = fields["body"]
    blocks = json.loads(body) if isinstance(body, str) else body
    folded = map(_folded, canonical(blocks or [], TRANSLATABLE))
    fields["body"] = [(block["type"], block["value"]) for block in folded]
    fields["bylines"] = [
        (byline["author"], byline["role"], byline["place"]) for byline in content.get("bylines", [])
    ]
    return fields


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return {name: _folded(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_folded(part) for part in value]
    return "" if value is None else value


_ISO_DATE = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_LONGEST_SLUG = 120
_LONGEST_KEY = 255
# So surely a field is read, or less, that is a guess; a day's is as sure if its month is.
_GUESSED = {"headline": 0.5, "publication": 0.5, "published": 0.7}
# In a key, what isn't known.
UNKNOWN = "-"


class ImportVerdict(StrEnum):
    """What importing a story does."""

    CREATE = "create"
    UPDATE = "update"
    PUBLISH = "publish"  # the same words, so far only a draft
    UNCHANGED = "unchanged"
    KEEP = "keep"  # an editor's: edited since it was imported, or never imported


@dataclass(frozen=True)
class Placement:
    """Where a story belongs in the archive, as far as it is known."""

    paper: PrintedPaper | None
    day: date | None
    day_is_from_name: bool = False


@dataclass(frozen=True)
class ImportPlan:
    """What is to be done with one story; `page` is the one in the archive, if any."""

    article: ParsedArticle
    placement: Placement
    key: str
    verdict: ImportVerdict
    page: ArticlePage | None = None
    # Asked for each publication and section that the archive doesn't have.
    may_make: MayMake = ask

    @property
    def lacks(self) -> list[str]:
        """The fields that a publication needs and that the source doesn't give."""
        values = {
            "headline": self.article.headline,
            "publication": self.placement.paper,
            "print_date": self.placement.day,
            "body": self.article.blocks or self.article.raw_body(),
        }
        return [name for name, value in values.items() if not value]

    @property
    def day_doubt(self) -> str:
        """Why its print date is unlikely, by what the archive knows of the paper; "" for others,
        and for one that readers have."""
        day, page = self.placement.day, self.page
        if day is None or (page and page.live and page.print_date == day):
            return ""
        paper = self.placement.paper
        return date_doubt(day, named_publication(paper) if paper else None)


def lack_label(name: str) -> Any:
    """How a person calls one of `ImportPlan.lacks`."""
    return LACKS.get(name) or gettext_lazy("text")


def doubt_of(article: ParsedArticle) -> str:
    """What of it was read from the text and may be wrong: no command publishes that, since nobody
    has looked at it. "" for all others."""
    readings = {name: article.fields.get(name) for name in _GUESSED if getattr(article, name)}
    doubtful = [
        name.replace("published", "print_date")
        for name, reading in readings.items()
        if reading and reading.spans and reading.confidence <= _GUESSED[name]
    ]
    if not doubtful:
        return ""
    told = lazy(lambda: joined(map(lack_label, doubtful)), str)()
    return _("not surely read: %(names)s") % {"names": told}


def make_plan(
    article: ParsedArticle,
    *,
    publish: bool = False,
    force: bool = False,
    key: str = "",
    user: Any = None,
) -> ImportPlan:
    """Nothing is refused for what it lacks.

    `key` is what the story is known by in its source, where that has a name for it. What the user
    may not see isn't there for them; no user is a program, which sees all.
    """
    placement = place(article)
    keys = [key] if key else import_keys(article, placement.day)
    page = _find(article, placement.day, keys, user, digest="" if key else article.source_digest)
    verdict = _verdict(article, page, publish=publish, force=force)
    return ImportPlan(_without_left_out(article, page), placement, keys[0], verdict, page)


def _without_left_out(article: ParsedArticle, page: ArticlePage | None) -> ParsedArticle:
    """What a person has left out of the story is no part of it in a newer file either."""
    if page is None or not article.missing:
        return article
    texts = unplaced_texts(page.get_latest_revision_as_object())
    left_out = (one.text for one in texts if one.is_left_out)
    return replace(article, furniture=(*article.furniture, *left_out))


def distinct_key(key: str, article: ParsedArticle) -> str:
    """For a story whose key another one has: the same paper, day, page and headline."""
    return f"{key[: _LONGEST_KEY - 13]}#{article.digest[:12]}"


def find_imported(
    rows: "QuerySet[Any]", article: ParsedArticle, keys: Sequence[str], digest: str
) -> Any:
    """Of stories or translations, the one that was made of the very same text, whatever a person
    has corrected in it; else the one of the first key. None for none."""
    places = {key: place for place, key in enumerate(keys)}
    same = Q(import_key__in=keys)
    if digest and (article.headline or article.blocks or article.captions):
        same |= Q(import_digest=digest)
    found = sorted(
        rows.filter(same).order_by("pk"),
        key=lambda row: (row.import_digest != digest, places.get(row.import_key, len(places))),
    )
    return next((one for one in found if one.import_key in places or _is_of(article, one)), None)


def _is_of(article: ParsedArticle, thing: Any) -> bool:
    """What was read without a date, such as a weather report, is the same only in one file."""
    if article.published and article.source_digest == article.digest:
        return True
    entry = imports_of(thing).first()
    return entry is not None and entry.data.get("source") == article.source


def _find(
    article: ParsedArticle, day: date | None, keys: list[str], user: Any, *, digest: str
) -> ArticlePage | None:
    """The story in the archive: as imported earlier, or as an editor typed it in."""
    if article.stated:
        same_story = ArticlePage.objects.shown_to(user).select_related("latest_revision")
        same_story = same_story.filter(translation_key=article.stated.id, alias_of=None)
        found: ArticlePage | None = same_story.first()
        return found
    keys = [distinct_key(keys[0], article), *keys]
    stories = ArticlePage.objects.shown_to(user).select_related("latest_revision").order_by("pk")
    imported: ArticlePage | None = find_imported(stories, article, keys, digest)
    if digest and not imported:
        imported = find_versions(stories, [article]).get(0)
    if imported:
        return imported
    if not day or not article.headline:
        return None
    headline = column("headline", article.language)
    typed = stories.filter(import_key="", print_date=day, source_language=article.language)
    same: ArticlePage | None = typed.filter(**{headline: article.headline}).first()
    return same


def find_versions(
    stories: QuerySet[ArticlePage], articles: Sequence[ParsedArticle]
) -> dict[int, ArticlePage]:
    """The stories of which some texts, by their places, are another version: of the same file or
    web page, with much the same words, in no other paper or on another day. One query."""
    marks = [source_mark(article) for article in articles]
    by_mark = defaultdict(list)
    for story in stories.filter(import_source__in=set(marks)).select_related(
        "latest_revision", "publication"
    ):
        by_mark[story.import_source].append(story)
    found = {}
    for number, article in enumerate(articles):
        if not (likely := by_mark.get(marks[number])):
            continue
        text, placement = "\n".join(block.text for block in article.blocks), place(article)
        numbers = sample_of(text, article.language)
        shares = [
            (likeness(numbers, sample_of(newest_text(story), article.language)), -story.pk, story)
            for story in likely
            if _is_printed_in(story, placement)
        ]
        if shares and max(shares)[0] >= LIKE:
            found[number] = max(shares)[-1]
    return found


def _is_printed_in(story: ArticlePage, placement: Placement) -> bool:
    """Whether the story may be in that paper of that day, as far as both are known."""
    day, paper = placement.day, placement.paper
    return (not (day and story.print_date) or day == story.print_date) and (
        not (paper and story.publication) or named_publication(paper) == story.publication
    )


def source_mark(article: ParsedArticle) -> str:
    """The same for all versions of a text: its address, else its file's name and its number."""
    return _mark(f"{article.url or (article.source, article.item)}\n{article.language}")


def place(article: ParsedArticle) -> Placement:
    """The story's paper and day; a date in the file's name serves where no citation gives one."""
    printed = article.publication
    paper = split_publication(printed, article.language) if printed else None
    if paper and article.stated and (said := article.stated.publication):
        paper = PrintedPaper(dict(said.names), article.stated.print_edition)
    if article.published:
        return Placement(paper, article.published)
    day = day_in_name(article.source)
    return Placement(paper, day, day_is_from_name=day is not None)


def day_in_name(name: str) -> date | None:
    """ "zhanjiang-2015-09-22.txt" -> 22 September 2015."""
    for found in _ISO_DATE.finditer(name):
        try:
            return date.fromisoformat(found[1])
        except ValueError:
            continue  # digits that are no date
    return None


def import_keys(article: ParsedArticle, day: date | None) -> list[str]:
    """What makes a story the same story again: publication, print date, page, headline.

    Where one of them isn't known, its file's name and its number there. After its own key, those
    that the story has if it was imported when less was known.
    """
    if article.stated:
        return [article.stated.uri + (f"#{article.language}" * article.is_stated_translation)]
    papers = dict.fromkeys([_slug(article.publication or ""), UNKNOWN])
    days = dict.fromkeys([str(day or UNKNOWN), UNKNOWN])
    headline, source = (
        _slug(article.headline),
        _mark(f"{article.source}\n{article.item}\n{article.language}"),
    )
    keys = []
    for paper, printed in product(papers, days):
        is_known = UNKNOWN not in (paper, printed, headline)
        page = (article.page or UNKNOWN) if is_known else source
        key = "/".join((paper, printed, page, headline))
        fits = len(key) <= _LONGEST_KEY
        keys.append(key if fits else f"{key[: _LONGEST_KEY - 13]}-{_mark(key)}")
    return keys


def _slug(text: str) -> str:
    if not text:
        return UNKNOWN
    slug = slugify(text, allow_unicode=True)
    if 0 < len(slug) <= _LONGEST_SLUG:
        return slug
    return f"{slug[:_LONGEST_SLUG]}-{_mark(text)}".lstrip("-")


def _mark(text: str) -> str:
    """12 hexadecimal digits that stand for the text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _verdict(
    article: ParsedArticle, page: ArticlePage | None, *, publish: bool, force: bool
) -> ImportVerdict:
    if page is None:
        return ImportVerdict.CREATE
    is_draft = not page.live or page.has_unpublished_changes
    same = page.import_digest == article.digest
    if same and not (publish and is_draft):
        return ImportVerdict.UNCHANGED
    if edited_since_import(page, article.digest) and not force:
        # Draft edits of a story that did not change here are the editor's to publish.
        return ImportVerdict.UNCHANGED if same else ImportVerdict.KEEP
    return ImportVerdict.PUBLISH if same else ImportVerdict.UPDATE
