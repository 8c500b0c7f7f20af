"""The form of a name: both languages side by side."""

from django.contrib.staticfiles import finders
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

from archive.entities.choosers import PlaceChooser
from archive.entities.forms import EntityForm
from archive.entities.usage import Use, uses_of
from archive.text.language import LABELS, LANGUAGES, column

LAND = "archive/maps/land.json"


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
            return Media(css={"all": ["archive/css/identity.css"]})

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


def entity_edit_handler() -> ObjectList:
    return ObjectList(
        [
            UsagePanel(heading=pgettext_lazy("names", "Use")),
            bilingual("name", _("Name"), FieldPanel("pinyin"), FieldPanel("verified")),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("kind"), FieldPanel("place_type")]), FieldPanel("key")],
                heading=_("Kind"),
            ),
            bilingual("description", _("Description"), FieldPanel("source_url")),
            InlinePanel(
                "names",
                panels=[
                    FieldRowPanel([FieldPanel("text"), FieldPanel("language"), FieldPanel("kind")]),
                    FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
                    FieldPanel("forbidden"),
                ],
                heading=_("Other names"),
                label=_("Other name"),
            ),
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
