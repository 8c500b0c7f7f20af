"""Texts outside the stories that lack a language: captions, names, ties, sections."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex

from archive.entities.models import Entity, Office
from archive.entities.querysets import canonical_id
from archive.photos.models import ArchiveImage
from archive.stories.models import (
    ArticleByline,
    ArticleEntity,
    ArticlePage,
    Author,
    HomePage,
    PublicationPage,
    SectionPage,
)
from archive.stories.querysets import UNLISTED
from archive.text.language import LABELS, LANGUAGES, column, other
from archive.ties.models import Tie, TieEvidence


def _on_live_pages(**pictures: Any) -> QuerySet:
    """Where live pages show the pictures, in their text or as their lead."""
    found = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(ArchiveImage),
        base_content_type=ContentType.objects.get_for_model(Page),
        **pictures,
    )
    page = Cast("object_id", IntegerField())
    is_live = Exists(Page.objects.filter(pk=OuterRef("page_number"), live=True).order_by())
    return found.annotate(page_number=page).filter(is_live)


def _of_image(row: str) -> QuerySet:
    return (
        _on_live_pages(to_object_id=Cast(OuterRef(row), CharField()))
        .order_by()
        .values("to_object_id")
        .annotate(uses=Count("object_id", distinct=True))
        .values("uses")
    )


def _count(model: Any, name: str, row: str, **facts: Any) -> QuerySet:
    found = model.objects.filter(**{name: OuterRef(row)}, **facts).order_by()
    return found.values(name).annotate(uses=Count("pk")).values("uses")


def _of_entity(row: str) -> QuerySet:
    kept = OuterRef(OuterRef(row))
    same = Entity.with_merged.filter(Q(pk=kept) | Q(merged_into=kept)).order_by().values("pk")
    found = ArticleEntity.objects.filter(entity__in=same, page__live=True).order_by()
    named = found.values(named=canonical_id("entity"))
    return named.annotate(uses=Count("page", distinct=True)).values("uses")


def _of_person(row: str) -> QuerySet:
    return _of_entity("person_id")


def _of_author(row: str) -> QuerySet:
    return _count(ArticleByline, "author", row, page__live=True)


def _of_section(row: str) -> QuerySet:
    return _count(ArticlePage, "section", row)


def _of_publication(row: str) -> QuerySet:
    return _count(ArticlePage, "publication", row)


@dataclass(frozen=True)
class TextSource:
    """A field in two languages; `uses` counts public pages, None: one page of the site shows it."""

    kind: str
    label: Any
    model: Any
    field: str
    uses: Callable[[str], QuerySet] | None = None

    def missing(self, language: str) -> Q:
        """Rows that say something in the other language and nothing in this one."""
        here, there = column(self.field, language), column(self.field, other(language))
        is_empty = Q(**{here: ""}) | Q(**{f"{here}__isnull": True})
        return is_empty & Q(**{f"{there}__gt": ""})

    def rows(self, language: str) -> QuerySet:
        """(id, kind, language, words, uses) of each; to be put together with other sources'."""
        uses: Any = Value(1, output_field=IntegerField())
        if self.uses:
            counted = Subquery(self.uses("pk"), output_field=IntegerField())
            uses = Coalesce(counted, Value(0), output_field=IntegerField())
        words = Cast(F(column(self.field, other(language))), TextField())
        found = self.model.objects.filter(self.missing(language)).order_by()
        return found.annotate(
            ref=F("pk"),
            what=Value(self.kind, output_field=CharField()),
            into=Value(language, output_field=CharField()),
            words=words,
            uses=uses,
        ).values_list("ref", "what", "into", "words", "uses")


SOURCES = (
    TextSource("caption", _("Captions"), ArchiveImage, "caption", _of_image),
    TextSource("alt_text", _("Alternative texts"), ArchiveImage, "alt_text", _of_image),
    TextSource("name", _("Names"), Entity, "name", _of_entity),
    TextSource("description", _("Descriptions of names"), Entity, "description", _of_entity),
    TextSource("region", _("Regions"), Entity, "region", _of_entity),
    TextSource("office", _("Offices"), Office, "title", _of_person),
    TextSource("tie", _("Ties"), Tie, "description"),
    TextSource("evidence", _("Evidence of ties"), TieEvidence, "sentence"),
    TextSource("section", _("Sections"), SectionPage, "name", _of_section),
    TextSource("section_intro", _("Introductions of sections"), SectionPage, "intro", _of_section),
    TextSource("publication", _("Publications"), PublicationPage, "name", _of_publication),
    TextSource(
        "publication_intro",
        _("Introductions of publications"),
        PublicationPage,
        "intro",
        _of_publication,
    ),
    TextSource("home", _("Home page"), HomePage, "name"),
    TextSource("home_intro", _("Introduction of the home page"), HomePage, "intro"),
    TextSource("author", _("Authors"), Author, "name", _of_author),
    TextSource("author_about", _("About the authors"), Author, "about", _of_author),
)
BY_KIND = {source.kind: source for source in SOURCES}


def first_pages(model: Any, ids: list[int]) -> Iterator[tuple[int, int]]:
    """A live page on which readers meet each of the rows: one query; nothing for other models."""
    if model is ArchiveImage:
        shown = _on_live_pages(to_object_id__in=[str(pk) for pk in ids])
        pages = _first(shown, "to_object_id", "page_number")
    elif model is Entity:
        same = Entity.with_merged.same_as(ids).values("pk")
        tags = ArticleEntity.objects.filter(entity__in=same, page__live=True)
        pages = _first(tags.annotate(named=canonical_id("entity")), "named")
    elif model is Author:
        pages = _first(ArticleByline.objects.filter(author__in=ids, page__live=True), "author")
    else:
        return
    for row, page in pages:
        yield int(row), page


def _first(found: QuerySet, row: str, page: str = "page") -> QuerySet:
    return found.order_by().values(row).annotate(first=Min(page)).values_list(row, "first")


Counts = Mapping[tuple[str, str], int]
Row = tuple[int, str, str, str, int]


@dataclass(frozen=True)
class OtherText:
    """One text that lacks a language: `words` say it in the other."""

    source: TextSource
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
    by_model: dict[Any, list[TextSource]] = defaultdict(list)
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
        TieEvidence: ("tie__place_a__merged_into", "tie__place_b__merged_into"),
        # Whether somebody may edit an image depends on them.
        ArchiveImage: ("collection", "uploaded_by_user"),
    }.get(model, ())
    found = model.objects.select_related(*related) if related else model.objects
    if hasattr(model, "place_a"):
        found = found.with_places()
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
