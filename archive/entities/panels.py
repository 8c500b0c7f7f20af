"""The form of a name, both languages side by side, and where the name is used."""

from collections import Counter
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.staticfiles import finders
from django.db.models import Min
from django.forms import Media
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
)
from wagtail.models import ReferenceIndex

from archive.entities.choosers import PlaceChooser
from archive.entities.forms import EntityForm
from archive.entities.models import Entity, Office
from archive.entities.same_names import SameNamePanel
from archive.text.language import HAS_CHINESE, LABELS, LANGUAGES, column

LAND = "archive/maps/land.json"


@dataclass(frozen=True)
class Use:
    """One way to be used, and how often the entry is."""

    label: str | Promise
    count: int


def uses_of(entity: Entity) -> list[Use]:
    """How often an entry is used in each way; seven queries, none of them in the other rooms' code.
    Higher rooms' rows are counted through the models' own relations, so that this room needn't know
    them."""
    same = Entity.with_merged.same_as([entity.pk]).values("pk")
    # Of a story with two names that are merged, "about" wins.
    by_page = (
        apps.get_model("archive", "ArticleEntity")
        .objects.filter(entity__in=same)
        .order_by()
        .values("page")
        .annotate(as_what=Min("role"))
    )
    by_role = Counter(by_page.values_list("as_what", flat=True))
    # Stories whose published texts, in either language, mark a mention of the entry.
    story = apps.get_model("archive", "ArticlePage")
    types = ContentType.objects.get_for_models(Entity, story)
    mentions = ReferenceIndex.objects.filter(
        to_content_type=types[Entity],
        to_object_id__in=[str(pk) for pk in same.values_list("pk", flat=True)],
        content_type=types[story],
        model_path__startswith="body",
    )
    mentioning = mentions.order_by().values("object_id").distinct()
    tie = apps.get_model("archive", "Tie").objects
    byline = apps.get_model("archive", "ArticleByline").objects
    # A merge copies the offices of a person to the name that is kept.
    held_at = Office.objects.filter(place__in=same, person__merged_into=None)
    return [
        Use(_("Stories about it"), by_role["about"]),
        Use(_("Stories that mention it"), by_role["mentioned"]),
        Use(_("Stories with marked mentions"), mentioning.count()),
        Use(_("Ties"), tie.of(entity).count()),
        Use(pgettext_lazy("of a name", "Offices"), entity.offices.count() + held_at.count()),
        Use(_("Places in bylines"), byline.filter(place__in=same).count()),
    ]


class UsagePanel(Panel):
    """How often the entry is used, and in which ways; nothing on the form of a new one."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive/admin/usage_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        @cached_property
        def uses(self) -> list[Use]:
            return uses_of(self.instance)

        @property
        def media(self) -> Media:
            return Media(css={"all": ["archive/css/merging.css"]})

        @property
        def address(self) -> str:
            return reverse("wagtailsnippets_archive_entity:usage", args=[self.instance.pk])


class PlaceMapPanel(Panel):
    """A map to pick the coordinates on; shown by its script, which the fields do without."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "archive/admin/place_map.html"

        @property
        def land(self) -> str:
            """The address of the land's outlines; "" where a site leaves them out."""
            return static(LAND) if finders.find(LAND) else ""

        @property
        def media(self) -> Media:
            return Media(
                js=["js_lib_leaflet/leaflet.js", "archive/js/place-map.js"],
                css={"all": ["js_lib_leaflet/leaflet.css", "archive/css/place-map.css"]},
            )


def both_languages(field: str) -> FieldRowPanel:
    """One field in both languages, beside each other, each under its language's own name."""
    return FieldRowPanel(
        [FieldPanel(column(field, lang), heading=LABELS[lang]) for lang in LANGUAGES]
    )


def bilingual(field: str, heading: str | Promise, *more: Panel) -> MultiFieldPanel:
    """A group of its own for a field in both languages."""
    return MultiFieldPanel([both_languages(field), *more], heading=heading)


def _other_names() -> InlinePanel:
    panels = [
        FieldRowPanel([FieldPanel("text"), FieldPanel("language"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        FieldPanel("forbidden"),
    ]
    return InlinePanel("names", panels=panels, heading=_("Other names"), label=_("Other name"))


def entity_edit_handler() -> ObjectList:
    pinyin = ["pinyin"] if HAS_CHINESE else []
    kind = FieldRowPanel([FieldPanel("kind"), FieldPanel("place_type")])
    of_name = map(FieldPanel, [*pinyin, "verified", "is_published"])
    return ObjectList(
        [
            UsagePanel(heading=pgettext_lazy("names", "Use")),
            SameNamePanel(),
            bilingual("name", _("Name"), *of_name),
            MultiFieldPanel([kind, FieldPanel("key")], heading=_("Kind")),
            bilingual("description", _("Description"), FieldPanel("source_url")),
            _other_names(),
            InlinePanel(
                "offices",
                panels=[
                    both_languages("title"),
                    FieldPanel("place", widget=PlaceChooser),
                    FieldRowPanel([FieldPanel("since"), FieldPanel("until"), FieldPanel("as_of")]),
                ],
                heading=_("Offices"),
                label=_("Office"),
                help_text=_("For people: what office they held, where, and when."),
            ),
            MultiFieldPanel(
                [
                    both_languages("region"),
                    FieldPanel("country"),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                    FieldPanel("coordinates_source"),
                    PlaceMapPanel(),
                ],
                heading=_("Where it is"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("geonames_id"), FieldPanel("wikidata_id")])],
                heading=_("In other databases"),
            ),
        ],
        base_form_class=EntityForm,
    )
