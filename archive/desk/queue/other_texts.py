"""The second list of the desk: captions, names, ties, sections and the like lacking a language."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

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
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from archive.base_page import Page
from archive.desk.policies import languages_of_texts, policy
from archive.desk.queue.columns import Cells, SafeExportMixin
from archive.desk.queue.filters import Tab, link, pairs, tab
from archive.entities.models import Entity, Office
from archive.entities.querysets import canonical_id
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

SiteImage = get_image_model()


def _on_live_pages(**pictures: Any) -> QuerySet:
    """Where live pages show the pictures, in their text or as their lead."""
    found = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(SiteImage),
        base_content_type=ContentType.objects.get_for_model(Page),
        **pictures,
    ).order_by()
    page = Cast("object_id", IntegerField())
    is_live = Exists(Page.objects.filter(pk=OuterRef("page_number"), live=True).order_by())
    return found.annotate(page_number=page).filter(is_live)


def _of_image() -> QuerySet:
    shown = _on_live_pages(to_object_id=Cast(OuterRef("pk"), CharField())).values("to_object_id")
    return shown.annotate(uses=Count("object_id", distinct=True)).values("uses")


def _in(model: Any, name: str, **facts: Any) -> QuerySet:
    found = model.objects.filter(**{name: OuterRef("pk")}, **facts).order_by()
    return found.values(name).annotate(uses=Count("pk")).values("uses")


def _of_entity(row: str = "pk") -> QuerySet:
    canonical = OuterRef(OuterRef(row))
    same = Entity.with_merged.filter(Q(pk=canonical) | Q(merged_into=canonical)).order_by()
    found = ArticleEntity.objects.filter(entity__in=same.values("pk"), page__live=True).order_by()
    named = found.values(named=canonical_id("entity"))
    return named.annotate(uses=Count("page", distinct=True)).values("uses")


_of_person = partial(_of_entity, "person_id")
_of_author = partial(_in, ArticleByline, "author", page__live=True)
_of_section = partial(_in, ArticlePage, "section")
_of_publication = partial(_in, ArticlePage, "publication")


@dataclass(frozen=True)
class TextSource:
    """A field in two languages; `uses` counts public pages, None: one page of the site shows it."""

    kind: str
    label: Any
    model: Any
    field: str
    uses: Callable[[], QuerySet] | None = None

    def missing(self, language: str) -> Q:
        """Rows that say something in the other language and nothing in this one."""
        here, there = column(self.field, language), column(self.field, other(language))
        is_empty = Q(**{here: ""}) | Q(**{f"{here}__isnull": True})
        return is_empty & Q(**{f"{there}__gt": ""})

    def rows(self, language: str) -> QuerySet:
        """(id, kind, language, words, uses) of each; to be put together with other sources'."""
        uses: Any = Value(1, output_field=IntegerField())
        if self.uses:
            counted = Subquery(self.uses(), output_field=IntegerField())
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
    TextSource("caption", _("Captions"), SiteImage, "caption", _of_image),
    TextSource("alt_text", _("Alternative texts"), SiteImage, "alt_text", _of_image),
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


def first_pages(model: Any, ids: list[int]) -> dict[int, int]:
    """A live page on which readers meet each of the rows: one query; {} for other models."""
    page = "page"
    if model is SiteImage:
        row, page = "to_object_id", "page_number"
        found = _on_live_pages(to_object_id__in=[str(pk) for pk in ids])
    elif model is Entity:
        row = "named"
        same = Entity.with_merged.same_as(ids).values("pk")
        found = ArticleEntity.objects.filter(entity__in=same, page__live=True)
        found = found.annotate(named=canonical_id("entity"))
    elif model is Author:
        row = "author"
        found = ArticleByline.objects.filter(author__in=ids, page__live=True)
    else:
        return {}
    pages = found.order_by().values(row).annotate(first=Min(page)).values_list(row, "first")
    return {int(pk): first for pk, first in pages}


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
    first, *more = (source.rows(one) for source in sources for one in languages)
    found = first.union(*more, all=True) if more else first
    return found.order_by("-uses", "what", "ref", "into")


def counts() -> dict[tuple[str, str], int]:
    """{(kind, language): how many there are}: one query a table."""
    by_model: dict[Any, list[TextSource]] = defaultdict(list)
    for source in SOURCES:
        by_model[source.model].append(source)
    found: dict[tuple[str, str], int] = {}
    for model, sources in by_model.items():
        names = {(s, one): f"n_{column(s.kind, one)}" for s in sources for one in LANGUAGES}
        numbers = model.objects.order_by().aggregate(
            **{name: Count("pk", filter=s.missing(one)) for (s, one), name in names.items()}
        )
        found |= {(s.kind, one): numbers[name] for (s, one), name in names.items()}
    return found


def texts(rows: Iterable[tuple[int, str, str, str, int]], request: HttpRequest) -> list[OtherText]:
    """The rows of `missing_texts` with their things and links: a fixed number of queries."""
    listed = list(rows)
    wanted: dict[Any, set[int]] = defaultdict(set)
    for pk, kind, *_rest in listed:
        wanted[BY_KIND[kind].model].add(pk)
    things = {model: _load(model, pks) for model, pks in wanted.items()}
    pages = {model: first_pages(model, list(pks)) for model, pks in wanted.items()}
    shown = {page for found in pages.values() for page in found.values()}
    stories = ArticlePage.objects.defer(*UNLISTED).in_bulk(list(shown))
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
                edit_url=finder.get_edit_url(_edited_with(thing))
                or _texts_url(thing, language, request),
            )
        )
    return found


def _texts_url(thing: Any, language: str, request: HttpRequest) -> str:
    """The form for a picture's texts alone; "" for anything else, and for somebody who may not."""
    if not isinstance(thing, SiteImage):
        return ""
    if language not in languages_of_texts(request.user, thing):
        return ""
    back = urlencode({"next": request.get_full_path()})
    return f"{reverse('archive_translation:picture_texts', args=[thing.pk])}?{back}"


def _load(model: Any, pks: set[int]) -> dict[int, Any]:
    related: tuple[str, ...] = {
        Office: ("person", "place"),
        Tie: ("place_a__merged_into", "place_b__merged_into"),
        TieEvidence: ("tie__place_a__merged_into", "tie__place_b__merged_into"),
        # Whether somebody may edit an image depends on them.
        SiteImage: ("collection", "uploaded_by_user"),
    }.get(model, ())
    found = model.objects.select_related(*related) if related else model.objects
    loaded: dict[int, Any] = found.in_bulk(list(pks))
    return loaded


def _edited_with(thing: Any) -> Any:
    """What is opened to fill the text in: offices and evidence are parts of something."""
    if isinstance(thing, Office):
        return thing.person
    return thing.tie if isinstance(thing, TieEvidence) else thing


CELLS: Cells = {
    "kind": (_("Kind"), lambda text: str(text.source.label)),
    "of": (_("Part of"), lambda text: str(text.thing)),
    "words": (_("Text"), lambda text: text.words),
    "language": (_("Missing in"), lambda text: text.language_label),
    "uses": (_("Public pages"), lambda text: text.uses),
    "address": (_("Address"), lambda text: text.edit_url),
}


class TextColumn(Column):
    cell_template_name = "archive/admin/queue/text_cell.html"


class UsesColumn(Column):
    cell_template_name = "archive/admin/queue/uses_cell.html"


class TextPaginator(WagtailPaginator):
    """Counts texts: Wagtail would call them by the first of the models that are put together."""

    @property
    def items_count_label(self) -> str:
        return ngettext("%(count)d text", "%(count)d texts", self.count) % {"count": self.count}


class OtherTextsView(
    SafeExportMixin, SpreadsheetExportMixin, PermissionCheckedMixin, BaseListingView
):
    """Ranked by how many public pages show a text; filtered by kind and language."""

    permission_policy = policy
    any_permission_required = ["add", "change", "delete", "view"]
    page_title = _("Other texts")
    header_icon = "globe"
    template_name = "archive/admin/queue/other_list.html"
    results_template_name = "archive/admin/queue/results.html"
    index_url_name = "archive_translation:other_texts"
    index_results_url_name = "archive_translation:other_texts_results"
    paginate_by = 50
    paginator_class = TextPaginator
    export_cells = CELLS
    export_filename = "other-texts"
    columns = [
        TextColumn("words", label=_("Text")),
        Column("kind", label=_("Kind"), accessor="source.label", width="18%"),
        Column("language", label=_("Missing in"), accessor="language_label", width="12%"),
        UsesColumn("uses", label=_("Where readers see it"), classname="archive-roomy", width="30%"),
    ]

    no_results_message = _("All texts outside the stories are in both languages.")

    @cached_property
    def kind(self) -> str:
        kind = self.request.GET.get("kind", "")
        return kind if kind in BY_KIND else ""

    @cached_property
    def language(self) -> str:
        language = self.request.GET.get("language", "")
        return language if language in LANGUAGES else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        url, label = reverse("wagtailsnippets_archive_translation:list"), _("Translations")
        own = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, {"url": url, "label": label}, own]

    def get_queryset(self) -> QuerySet:
        return missing_texts(self.kind, self.language)

    def paginate_queryset(self, queryset: QuerySet, page_size: int) -> Any:
        paginator, page, rows, has_others = super().paginate_queryset(queryset, page_size)
        page.object_list = texts(rows, self.request)
        return paginator, page, page.object_list, has_others

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        if self.is_export:
            return {"rows": texts(self.object_list, self.request)}
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        found = counts()
        return {**context, "tabs": self._kinds(found), "shortcuts": self._languages(found)}

    def render_to_response(self, context: Any, **kwargs: Any) -> HttpResponse:
        if self.is_export:
            return self.as_spreadsheet(context["rows"], self.request.GET.get("export"))
        return super().render_to_response(context, **kwargs)

    def _kinds(self, found: Any) -> list[Tab]:
        """Each kind that lacks something, counted in the chosen language."""
        languages = [self.language] if self.language else LANGUAGES
        of_kind = {s.kind: sum(found[s.kind, one] for one in languages) for s in SOURCES}
        choices = [
            ("", _("All"), sum(of_kind.values())),
            *((s.kind, s.label, of_kind[s.kind]) for s in SOURCES),
        ]
        return [
            tab(self.request.GET, "kind", *choice, self.kind)
            for choice in choices
            if choice[2] or choice[0] in ("", self.kind)
        ]

    def _languages(self, found: Any) -> list[Tab]:
        """The two directions, counted in the chosen kind; the current one is taken away again."""
        kinds, params = [self.kind] if self.kind else list(BY_KIND), self.request.GET
        return [
            Tab(
                label,
                sum(found[kind, one] for kind in kinds),
                link(params, ("language",), **({} if self.language == one else {"language": one})),
                self.language == one,
            )
            for one, label in pairs()
        ]
