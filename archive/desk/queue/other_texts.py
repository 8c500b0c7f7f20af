"""Finds what readers see in one language only: captions, names, ties, sections and the like."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from wagtail.admin.admin_url_finder import AdminURLFinder

from archive.desk.queue.other_sources import BY_KIND, SOURCES, Source, first_pages
from archive.entities.models import Office
from archive.pages.models import ArticlePage
from archive.pages.querysets import UNLISTED
from archive.photos.models import ArchiveImage
from archive.text.language import LABELS, LANGUAGES
from archive.ties.models import TieEvidence

Counts = Mapping[tuple[str, str], int]
Row = tuple[int, str, str, str, int]


@dataclass(frozen=True)
class OtherText:
    """One text that lacks a language: `words` say it in the other."""

    source: Source
    thing: Any
    language: str
    words: str
    uses: int
    # A live story that shows it, if one does.
    story: Any = None
    story_url: str = ""
    # Where it can be filled in; "" for somebody who may not.
    edit_url: str = ""

    @property
    def language_label(self) -> str:
        return LABELS[self.language]

    @property
    def others(self) -> int:
        """How many live stories show it besides `story`."""
        return max(0, self.uses - 1) if self.story else 0


def missing_texts(kind: str = "", language: str = "") -> QuerySet:
    """Rows (id, kind, language, words, uses), what most readers meet first: one query."""
    sources = [BY_KIND[kind]] if kind else SOURCES
    languages = [language] if language else LANGUAGES
    parts = [source.rows(one) for source in sources for one in languages]
    first, *more = parts
    found = first.union(*more, all=True) if more else first
    return found.order_by("-uses", "what", "ref", "into")


def counts() -> Counts:
    """How many there are of each kind in each language: one query a table."""
    by_model: dict[Any, list[Source]] = defaultdict(list)
    for source in SOURCES:
        by_model[source.model].append(source)
    found: dict[tuple[str, str], int] = {}
    for model, sources in by_model.items():
        wanted = {
            (source.kind, one): source.missing(one) for source in sources for one in LANGUAGES
        }
        names = {f"n{number}": key for number, key in enumerate(wanted)}
        numbers = model.objects.order_by().aggregate(
            **{name: Count("pk", filter=wanted[key]) for name, key in names.items()}
        )
        found |= {key: numbers[name] for name, key in names.items()}
    return found


def texts(rows: Iterable[Row], request: HttpRequest) -> list[OtherText]:
    """The rows with the things they belong to and links: a fixed number of queries."""
    listed = list(rows)
    wanted: dict[Any, set[int]] = defaultdict(set)
    for pk, kind, *_rest in listed:
        wanted[BY_KIND[kind].model].add(pk)
    things = {model: _load(model, pks) for model, pks in wanted.items()}
    pages = {model: dict(first_pages(model, list(pks))) for model, pks in wanted.items()}
    stories = _stories(page for found in pages.values() for page in found.values())
    finder = AdminURLFinder(request.user)
    found = []
    for pk, kind, language, words, uses in listed:
        source = BY_KIND[kind]
        thing = things[source.model].get(pk)
        if thing is None:
            continue  # Deleted a moment ago.
        story = stories.get(pages[source.model].get(pk, 0))
        found.append(
            OtherText(
                source,
                thing,
                language,
                words,
                uses,
                story=story,
                story_url=(story.get_url(request) or "") if story else "",
                edit_url=finder.get_edit_url(_home_of(thing)) or "",
            )
        )
    return found


def _load(model: Any, pks: set[int]) -> dict[int, Any]:
    related = {
        Office: ("person", "place"),
        TieEvidence: ("tie__place_a", "tie__place_b"),
        # Whether somebody may edit an image depends on them.
        ArchiveImage: ("collection", "uploaded_by_user"),
    }.get(model, ())
    found = model.objects.select_related(*related) if related else model.objects
    if hasattr(model, "place_a"):
        found = found.select_related("place_a", "place_b")
    loaded: dict[int, Any] = found.in_bulk(list(pks))
    return loaded


def _stories(pages: Iterable[int]) -> dict[int, Any]:
    found = ArticlePage.objects.defer(*UNLISTED).in_bulk(list(set(pages)))
    return dict(found)


def _home_of(thing: Any) -> Any:
    """What is opened to fill the text in: offices and evidence are parts of something."""
    if isinstance(thing, Office):
        return thing.person
    return thing.tie if isinstance(thing, TieEvidence) else thing
