"""What a text and a story say of themselves: the same paper, the same day, the same authors.

Another paper's report is a reprint, never a translation by itself. And nobody need look at a
translation only where all three are said, and agree.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pypinyin import lazy_pinyin

from archive.alignment.pairs import DAYS_APART
from archive.contrib.intake.plan import place
from archive.contrib.intake.records import TRANSLATOR, ParsedArticle
from archive.qa.sounds import may_sound_like
from archive.stories.lookup import named_publication
from archive.stories.models import ArticleByline, ArticlePage, PublicationPage
from archive.text.language import CHINESE, LANGUAGES, column
from archive.text.mastheads import PrintedPaper
from archive.text.normalisation import to_simplified
from archive.text.stored_messages import Message
from archive.text.stored_messages import message as _


@dataclass(frozen=True)
class Origin:
    """Where a text was printed, as far as it is known: what it names, the paper's page, the day."""

    paper: PrintedPaper | None = None
    publication: PublicationPage | None = None
    day: date | None = None


def origins_of(articles: Iterable[ParsedArticle]) -> list[Origin]:
    """One query for each paper that they name."""
    pages: dict[tuple[tuple[str, str], ...], PublicationPage | None] = {}
    found = []
    for placement in map(place, articles):
        page = None
        if paper := placement.paper:
            name = tuple(sorted(paper.names.items()))
            if name not in pages:
                pages[name] = named_publication(paper)
            page = pages[name]
        found.append(Origin(paper, page, placement.day))
    return found


def origin_of_story(page: ArticlePage) -> Origin:
    publication = page.publication
    is_known = publication is not None and not publication.is_unfiled
    return Origin(publication=publication if is_known else None, day=page.print_date)


def are_apart(one: Origin, two: Origin) -> bool:
    """Whether the two are reports of their own, whatever they have in common: of two papers, or
    printed on days further apart than a story and its translation."""
    if one.day and two.day and abs(one.day - two.day) > DAYS_APART:
        return True
    if one.publication and two.publication:
        return bool(one.publication.pk != two.publication.pk)
    if one.publication or two.publication:
        return _names_another(one, two) or _names_another(two, one)
    if one.paper is None or two.paper is None:
        return False
    names = two.paper.names
    return any(names.get(language, text) != text for language, text in one.paper.names.items())


def _names_another(one: Origin, two: Origin) -> bool:
    """Whether one's paper isn't the page of two; a name in a language in which that page has none
    may be its own."""
    if one.paper is None or two.publication is None:
        return False
    return any(getattr(two.publication, column("name", name)) for name in one.paper.names)


def disagreements(article: ParsedArticle, page: ArticlePage) -> list[Message]:
    """The names of what the text and the story don't both say, or say differently."""
    told = {
        _("publication"): _is_paper_of(place(article).paper, page),
        _("print date"): bool(page.print_date) and page.print_date == place(article).day,
        _("byline"): _are_authors_of(article, page),
    }
    return [name for name, is_same in told.items() if not is_same]


def _is_paper_of(printed: PrintedPaper | None, page: ArticlePage) -> bool:
    named = named_publication(printed) if printed else None
    return named is not None and named.pk == page.publication_id


def _are_authors_of(article: ParsedArticle, page: ArticlePage) -> bool:
    """Each author of either is one of the other; who has translated it is nobody's author."""
    printed = [one.name for one in article.bylines if one.role != TRANSLATOR]
    signed = page.bylines.exclude(role=ArticleByline.Role.TRANSLATOR).select_related("author")
    authors = [byline.author for byline in signed]
    return len(printed) == len(authors) and all(
        any(_is_called(author, name, article.language) for author in authors) for name in printed
    )


def _is_called(author: Any, name: str, language: str) -> bool:
    """Whether the author has that name, or one that sounds like it in the other language."""
    names = {one: getattr(author, column("name", one)) or "" for one in LANGUAGES}
    if name.casefold() in map(str.casefold, names.values()):
        return True
    if names.get(language):
        return False
    others = [other for other in names.values() if other]
    return any(
        _sounds_like(*((name, one) if language == CHINESE else (one, name))) for one in others
    )


def _sounds_like(chinese: str, latin: str) -> bool:
    """ "王伟" and "Wang Wei" or "Wei Wang"; "约翰·史密斯" and "John Smith"."""
    words = re.findall(r"[^\W\d_]+", latin.casefold())
    reading = "".join(lazy_pinyin(to_simplified(chinese), errors="ignore"))
    is_read = reading in ("".join(words), "".join(words[::-1]))
    return bool(reading) and (is_read or may_sound_like(chinese, latin))
