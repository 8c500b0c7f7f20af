"""What is in thousands of stories, kept as sets: common words and characters, and facets' values.

An index gives the stories of a rare word at once; of a common one, each has to be read, scored
and counted. So those of common words are kept beside the index, made anew by `refreshing`. What
was written since, documents with a key above `upto`, is read from the index; stories that lost
documents since are noted by a trigger, and count as not in any set. So answers are always right.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from archive.entities.querysets import canonical_id
from archive.pages.models import ArticleEntity
from archive.search import bitmaps
from archive.search.analysis import Phrase
from archive.search.bitmaps import Bits
from archive.text.language import LANGUAGES

# A word in fewer documents is left to the index.
MANY = 3000
# Of phrases, those that are so many times as common.
PHRASES = 2
STAMP, ALL = "#", "*"
# How well a document matches: its headline says most.
HEADLINE, ABOUT = 2, 1
FIELDS = {HEADLINE: ("headline",), ABOUT: ("standfirst", "about", "bylines")}


@dataclass(frozen=True)
class Stamp:
    """Which sets are there: of the documents up to this key; no sets where it is 0."""

    upto: int = 0
    made: str = ""


def key_of(phrase: Phrase) -> str:
    """Under which the stories of a phrase are kept."""
    return f"{'c' if phrase.is_open else 't'}{' '.join(phrase.terms)}"


def stamp_of(row: bytes | memoryview) -> Stamp:
    upto, _blank, made = bytes(row).decode().partition(" ")
    return Stamp(int(upto), made)


def by_language(stories: Iterable[int]) -> dict[str, Bits]:
    """Sets of stories by language, of numbers that are story × languages + language's place."""
    parts = bitmaps.parted(stories, len(LANGUAGES))
    return dict(zip(LANGUAGES, parts, strict=True))


def facet_values(rows: Iterable[Sequence[Any]]) -> dict[str, set[int]]:
    """Facets' values with their stories, of rows as `FACET_COLUMNS` lists them."""
    found: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        article, language, year, section, publication, has_picture, print_page = row[:7]
        found[f"{ALL}:{language}"].add(article)
        for name, value in (("year", year), ("section", section), ("publication", publication)):
            if value is not None:
                found[f"{name}:{value}"].add(article)
        if has_picture:
            found["picture:1"].add(article)
        if print_page:
            found[f"page:{print_page}"].add(article)
    return found


FACET_COLUMNS = (
    *("article_id", "language", "year", "section_id", "publication_id"),
    *("has_picture", "print_page"),
)


def tagged(articles: Iterable[int] | None) -> dict[str, set[int]]:
    """ "place:7", "person:9" … with the stories that are tagged; of all stories where None."""
    tags = ArticleEntity.objects.filter(entity__kind__in=("place", "person"))
    if articles is not None:
        tags = tags.filter(page__in=list(articles))
    found: dict[str, set[int]] = defaultdict(set)
    rows = tags.values_list("page", "entity__kind", canonical_id("entity"))
    for article, kind, entity in rows.iterator(chunk_size=5000):
        found[f"{kind}:{entity}"].add(article)
    return found
