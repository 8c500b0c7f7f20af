"""What a citation of a story says, whatever the format."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.entities.bilingual import text_in
from archive.feeds.citing.names import Name, names_with
from archive.text.language import CHINESE, ENGLISH, column

WRITERS = ("reporter", "contributor", "agency")


@dataclass(frozen=True)
class Record:
    """One language's text of a story; `language` is the one that the text is in.

    A newspaper story is cited by where it was printed. Sample text was never printed: it is
    cited as a page of the archive, and `container` is then the archive's name.
    """

    key: str
    title: str
    language: str
    url: str
    container: str
    authors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    edition: str = ""
    section: str = ""
    day: date | None = None
    page: str = ""
    abstract: str = ""
    rights: str = ""
    original_title: str = ""
    # For those who can't read a Chinese one.
    english_title: str = ""
    is_printed: bool = True


def record_of(text: Any, bylines: Sequence[Any], *, url: str, short_id: str, site: str) -> Record:
    """The record of an `ArticleText`; no query if the story's filing and authors are loaded."""
    article, language = text.article, text.language
    shared = {
        "key": _key(article.slug, short_id, language),
        "title": text.headline,
        "language": language,
        "url": url,
        "authors": tuple(names_with(bylines, language, *WRITERS)),
        "abstract": text.standfirst,
        "rights": article.rights,
    }
    if language == CHINESE and ENGLISH in article.languages():
        shared["english_title"] = getattr(article, column("headline", ENGLISH))
    if text.is_translation:
        shared["translators"] = tuple(names_with(bylines, language, "translator"))
        original = getattr(article, column("headline", article.source_language))
        shared["original_title"] = original or ""
    if article.is_sample or not article.publication:
        return Record(**shared, container=site, is_printed=False)
    return Record(
        **shared,
        container=text_in(article.publication, "name", language).text,
        edition=article.print_edition,
        section=text_in(article.section, "name", language).text if article.section else "",
        day=article.print_date,
        page=article.print_page,
    )


def _key(slug: str, short_id: str, language: str) -> str:
    """For BibTeX and the names of files, which want ASCII; each language has its own."""
    parts = [slug] if slug.isascii() else []
    return "-".join([*parts, short_id, language[:2]])
