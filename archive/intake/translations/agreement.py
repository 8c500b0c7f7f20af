"""What a text and a story say of themselves: the same paper, the same day, the same authors.

Another paper's report is a reprint, never a translation by itself. And nobody need look at a
translation only where all three are said, and agree.
"""

import re
from typing import Any

from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin

from archive.intake.apply import named_publication
from archive.intake.mastheads import PrintedPaper
from archive.intake.plan import place
from archive.intake.records import TRANSLATOR, ParsedArticle
from archive.qa.people import may_sound_like
from archive.stories.models import ArticleByline, ArticlePage, PublicationPage
from archive.text.language import CHINESE, LANGUAGES, column
from archive.text.normalisation import to_simplified


def is_of_another_paper(article: ParsedArticle, publication: PublicationPage | None) -> bool:
    """Whether the text names a paper that isn't this one, as far as can be told.

    A name in a language in which this one has none may be its own.
    """
    printed = place(article).paper
    if printed is None or publication is None or publication.is_unfiled:
        return False
    if named := named_publication(printed):
        return bool(named.pk != publication.pk)
    return any(getattr(publication, column("name", language)) for language in printed.names)


def are_of_two_papers(one: ParsedArticle, two: ParsedArticle) -> bool:
    """The same of two texts."""
    first, second = place(one).paper, place(two).paper
    if first is None or second is None:
        return False
    if publication := named_publication(first):
        return is_of_another_paper(two, publication)
    if publication := named_publication(second):
        return is_of_another_paper(one, publication)
    return any(second.names.get(name, text) != text for name, text in first.names.items())


def disagreements(article: ParsedArticle, page: ArticlePage) -> list[str]:
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
    if names.get(language):
        return names[language].casefold() == name.casefold()
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
