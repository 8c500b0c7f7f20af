"""What a search finds, as a file: tables for spreadsheets and programs, citations for reference
managers."""

import json
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import strip_tags

from archive.entities.querysets import canonical_value
from archive.site.addresses import site_root
from archive.site.caching.site_chrome import front_page
from archive.site.citations.formats import FORMS, CitationFormat, csl_item
from archive.site.citations.records import CitationRecord, record_of
from archive.site.citations.styles import GBT7714, ChicagoNote, CitationError, CSLStyle
from archive.stories.article_text import ArticleText
from archive.stories.bylines import each_once
from archive.stories.models import ArticleByline, ArticleEntity, ArticlePage
from archive.stories.rights import rights_url
from archive.text.spreadsheets import csv_text

logger = logging.getLogger(__name__)
MOST_STORIES = 1000
COLUMNS = (
    *("url", "headline", "original_headline", "standfirst", "authors", "publication"),
    *("edition", "section", "print_date", "page", "languages", "about", "rights", "license"),
    *("translators", "translated"),
)
_BETWEEN = "; "


@dataclass(frozen=True)
class FoundText:
    """A story in one language, with its citation and the keys of what it is about."""

    text: ArticleText
    citation: CitationRecord
    about: tuple[str, ...]

    def cells(self) -> dict[str, str]:
        """By the names of COLUMNS; a translation's line names the paper that printed its original,
        as it is called in that language.
        """
        article, cited = self.text.article, self.citation
        printed, translated = cited.printed, cited.day if cited.original else None
        values = (
            *(cited.url, cited.title, cited.original.title if cited.original else ""),
            cited.abstract,
            _BETWEEN.join(map(str, cited.authors)),
            *(printed.container, printed.edition, printed.section),
            printed.day.isoformat() if printed.day else "",
            printed.page,
            _BETWEEN.join(article.languages()),
            _BETWEEN.join(self.about),
            article.rights,
            rights_url(article),
            _BETWEEN.join(map(str, cited.translators)),
            translated.isoformat() if translated else "",
        )
        return dict(zip(COLUMNS, values, strict=True))


def read_texts(
    root: str, home: Any, wanted: Sequence[tuple[int, str]], *, with_bodies: bool = False
) -> list[FoundText]:
    """The live stories of these keys, each in its language, in their order: three queries.

    `root` is the site's own address, `home` the archive's front page or None.
    """
    keys = [pk for pk, _language in wanted]
    bylines = ArticleByline.objects.select_related("author__merged_into").order_by(
        "sort_order", "pk"
    )
    found_stories = ArticlePage.objects.live().cards()
    if with_bodies:
        found_stories = found_stories.defer(None)
    stories = found_stories.prefetch_related(
        Prefetch("bylines", queryset=bylines, to_attr="cited_bylines")
    ).in_bulk(keys)
    about = _about(keys)
    found = []
    for pk, language in wanted:
        if (story := stories.get(pk)) is None:
            continue
        text = story.in_language(language, as_printed=True)
        cited = record_of(text, each_once(story.cited_bylines), root=root, home=home)
        found.append(FoundText(text, cited, tuple(about[story.pk])))
    return found


def _about(keys: Sequence[int]) -> dict[int, list[str]]:
    named: dict[int, list[str]] = defaultdict(list)
    tags = ArticleEntity.objects.filter(page__in=keys, role="about").order_by("page", "pk")
    for page, key in tags.values_list("page", canonical_value("entity", "key")):
        if key not in named[page]:
            named[page].append(key)
    return named


def as_csv(texts: Sequence[FoundText], _today: date) -> str:
    """One row a story."""
    return csv_text(COLUMNS, (one.cells().values() for one in texts))


def json_object(one: FoundText) -> dict[str, Any]:
    """The cells of a line: lists where a cell has several values, null for what isn't known.

    `language` is the one that the line is in; `machine_drafted` has the keys of the segments that
    a machine has drafted, where the site tells of them.
    """
    cells: dict[str, Any] = {name: cell or None for name, cell in one.cells().items()}
    cells["authors"] = [str(author) for author in one.citation.authors]
    cells["translators"] = [str(translator) for translator in one.citation.translators]
    cells["languages"], cells["about"] = one.text.article.languages(), one.about
    drafted = {"machine_drafted": keys} if (keys := one.text.machine_drafted) else {}
    return {**cells, "language": one.text.language, **drafted}


def as_json_lines(texts: Sequence[FoundText], _today: date) -> str:
    """One object a story."""
    return "".join(f"{json.dumps(json_object(one), ensure_ascii=False)}\n" for one in texts)


def _as_citations(form: CitationFormat) -> Callable[[Sequence[FoundText], date], str]:
    if form.code == "csl-json":
        return lambda texts, today: (
            json.dumps([csl_item(one.citation, today) for one in texts], ensure_ascii=False) + "\n"
        )
    return lambda texts, today: "".join(form.write(one.citation, today) for one in texts)


def _in_words(style: CSLStyle) -> Callable[[Sequence[FoundText], date], str]:
    """A line a story; China's standard numbers them, as the list of references of a paper is."""

    def write(texts: Sequence[FoundText], today: date) -> str:
        lines: list[str] = []
        for one in texts:
            try:
                html = style.cite(one.citation, today)
            except CitationError:
                logger.exception("%s can't be cited", one.citation.url)
                continue
            number = f"[{len(lines) + 1}] " if style.code == GBT7714.code else ""
            lines.append(f"{number}{unescape(strip_tags(html))}\n")
        return "".join(lines)

    return write


@dataclass(frozen=True)
class ResultFile:
    """A form in which stories are downloaded; `code` stands in the address."""

    code: str
    name: str
    mime_type: str
    extension: str
    write: Callable[[Sequence[FoundText], date], str]


FILES = {
    one.code: one
    for one in (
        ResultFile("csv", "CSV", "text/csv", "csv", as_csv),
        ResultFile("jsonl", "JSON Lines", "application/jsonl", "jsonl", as_json_lines),
        *(
            ResultFile(form.code, form.name, form.mime_type, form.extension, _as_citations(form))
            for form in FORMS
        ),
        *(
            ResultFile(style.code, style.name, "text/plain", "txt", _in_words(style()))
            for style in (GBT7714, ChicagoNote)
        ),
    )
}


def file_response(
    request: HttpRequest, form: ResultFile, wanted: Sequence[tuple[int, str]], name: str = "search"
) -> HttpResponse:
    """The stories as a file, each in its language where it is published in it."""
    today = timezone.localdate()
    texts = read_texts(site_root(request), front_page(request), wanted)
    content = form.write(texts, today)
    headers = {
        "Content-Type": f"{form.mime_type}; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{name}-{today}.{form.extension}"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(content, headers=headers)
