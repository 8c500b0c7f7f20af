"""Where readers meet words that belong to no story: which tables, which fields, how often."""

from collections.abc import Callable, Iterator
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
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex

from archive.entities.models import Entity, Office
from archive.pages.models import (
    ArticleByline,
    ArticleEntity,
    ArticlePage,
    Author,
    HomePage,
    PublicationPage,
    SectionPage,
)
from archive.photos.models import ArchiveImage
from archive.text.language import column, other
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
    return _count(ArticleEntity, "entity", row, page__live=True)


def _of_person(row: str) -> QuerySet:
    return _of_entity("person_id")


def _of_author(row: str) -> QuerySet:
    return _count(ArticleByline, "author", row, page__live=True)


def _of_section(row: str) -> QuerySet:
    return _count(ArticlePage, "section", row)


def _of_publication(row: str) -> QuerySet:
    return _count(ArticlePage, "publication", row)


@dataclass(frozen=True)
class Source:
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
    Source("caption", _("Captions"), ArchiveImage, "caption", _of_image),
    Source("alt_text", _("Alternative texts"), ArchiveImage, "alt_text", _of_image),
    Source("name", _("Names"), Entity, "name", _of_entity),
    Source("description", _("Descriptions of names"), Entity, "description", _of_entity),
    Source("region", _("Regions"), Entity, "region", _of_entity),
    Source("office", _("Offices"), Office, "title", _of_person),
    Source("tie", _("Ties"), Tie, "description"),
    Source("evidence", _("Evidence of ties"), TieEvidence, "sentence"),
    Source("section", _("Sections"), SectionPage, "name", _of_section),
    Source("section_intro", _("Introductions of sections"), SectionPage, "intro", _of_section),
    Source("publication", _("Publications"), PublicationPage, "name", _of_publication),
    Source(
        "publication_intro",
        _("Introductions of publications"),
        PublicationPage,
        "intro",
        _of_publication,
    ),
    Source("home", _("Home page"), HomePage, "name"),
    Source("home_intro", _("Introduction of the home page"), HomePage, "intro"),
    Source("author", _("Authors"), Author, "name", _of_author),
    Source("author_about", _("About the authors"), Author, "about", _of_author),
)
BY_KIND = {source.kind: source for source in SOURCES}


def first_pages(model: Any, ids: list[int]) -> Iterator[tuple[int, int]]:
    """A live page on which readers meet each of the rows: one query; nothing for other models."""
    if model is ArchiveImage:
        shown = _on_live_pages(to_object_id__in=[str(pk) for pk in ids])
        pages = _first(shown, "to_object_id", "page_number")
    elif model is Entity:
        pages = _first(ArticleEntity.objects.filter(entity__in=ids, page__live=True), "entity")
    elif model is Author:
        pages = _first(ArticleByline.objects.filter(author__in=ids, page__live=True), "author")
    else:
        return
    for row, page in pages:
        yield int(row), page


def _first(found: QuerySet, row: str, page: str = "page") -> QuerySet:
    return found.order_by().values(row).annotate(first=Min(page)).values_list(row, "first")
