"""The entry itself: what it is called in both languages, and where it is if it is a place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.models import ClusterableModel
from wagtail.search import index

from archive.entities import keys, sorting
from archive.entities.countries import country_name, validate_country
from archive.entities.querysets import EntityQuerySet
from archive.text.language import ENGLISH, LANGUAGES, column
from archive.text.reversing import pattern

if TYPE_CHECKING:
    from archive.entities.models.office import Office


class Entity(index.Indexed, ClusterableModel):
    """A person, organisation, place, event or topic, in both languages."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")
        PLACE = "place", _("Place")
        EVENT = "event", _("Event")
        TOPIC = "topic", _("Topic")

    class PlaceType(models.TextChoices):
        CITY = "city", _("City")
        PORT = "port", _("Port")
        PROVINCE = "province", _("Province")
        STATE = "state", pgettext_lazy("place", "State")

    class CoordinatesSource(models.TextChoices):
        GEONAMES = "geonames", "GeoNames"
        NATURAL_EARTH = "natural_earth", "Natural Earth"

    key = models.SlugField(
        _("key"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_(
            "The entry's name in web addresses and data files; it never changes. "
            "Left empty, it is made from the English name."
        ),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    place_type = models.CharField(
        _("type of place"), max_length=20, choices=PlaceType.choices, blank=True
    )
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_("One or two sentences, true on any day: no “current” or “former”."),
    )
    region = models.CharField(
        _("region"), max_length=120, blank=True, help_text=_("Province or state.")
    )
    country = models.CharField(
        _("country or territory"),
        max_length=2,
        blank=True,
        validators=[validate_country],
        help_text=_("Two-letter code (ISO 3166-1), such as CN or US."),
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees, north is positive (WGS 84)."),
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees, east is positive (WGS 84)."),
    )
    coordinates_source = models.CharField(
        _("source of the coordinates"),
        max_length=20,
        choices=CoordinatesSource.choices,
        blank=True,
        help_text=_("Whose data they are; the licence may ask for a credit line."),
    )
    geonames_id = models.PositiveIntegerField(_("GeoNames id"), null=True, blank=True)
    wikidata_id = models.CharField(
        _("Wikidata id"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^Q[1-9]\d*\Z", _("Write Q and a number, such as Q59144."))],
    )
    source_url = models.URLField(
        _("source"),
        max_length=500,
        blank=True,
        help_text=_("The page on which the name in the other language was seen."),
    )
    verified = models.BooleanField(
        _("verified"),
        default=False,
        help_text=_("The names in both languages were checked against a published source."),
    )
    pinyin = models.CharField(
        _("pinyin"),
        max_length=200,
        blank=True,
        help_text=_("Only where the automatic reading sorts it wrongly: “chang tan” for 长滩."),
    )
    sort_key = models.CharField(max_length=400, blank=True, editable=False)
    # Digests of what load_entities last wrote, by field: see archive.entities.provenance.
    source_digests = models.JSONField(default=dict, blank=True, editable=False)

    objects = EntityQuerySet.as_manager()

    search_fields = [
        *(index.SearchField(column("name", language), boost=2) for language in LANGUAGES),
        *(index.AutocompleteField(column("name", language)) for language in LANGUAGES),
        index.RelatedFields("names", [index.SearchField("text"), index.AutocompleteField("text")]),
        index.FilterField("key"),
        index.FilterField("kind"),
        index.FilterField("country"),
    ]

    class Meta:
        verbose_name = _("name entry")
        verbose_name_plural = _("names")
        ordering = ["key"]
        permissions = [("merge_entity", "Can merge and split names")]
        indexes = [
            models.Index(
                fields=["kind", column("sort_key", language)],
                name=f"archive_entity_order_{language[:2]}",
            )
            for language in LANGUAGES
        ]

    def __str__(self) -> str:
        return self.name or self.key

    def clean(self) -> None:
        super().clean()
        errors = {}
        if not any(self.name_in(language) for language in LANGUAGES):
            errors[column("name", ENGLISH)] = _("Give the name in at least one language.")
        if self.is_place and not self.place_type:
            errors["place_type"] = _("Say what type of place this is.")
        if self.place_type and not self.is_place:
            errors["place_type"] = _(
                "Only a place has a type of place: leave this empty, or choose the kind “Place”."
            )
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            errors[missing] = _("Give both latitude and longitude, or neither.")
        if errors:
            raise ValidationError(errors)
        self.key = self.key or keys.suggest(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        for language in LANGUAGES:
            key = sorting.sort_key(self.name_in(language), language, pinyin=self.pinyin)
            setattr(self, column("sort_key", language), key)
        super().save(*args, **kwargs)

    def name_in(self, language: str) -> str:
        """The name in one language, or "": no fallback."""
        return getattr(self, column("name", language)) or ""

    def aliases_in(self, language: str) -> list[str]:
        """The other forms of the name in one language, in the editors' order."""
        return [name.text for name in self.names.all() if name.language == language]

    @property
    def is_place(self) -> bool:
        return self.kind == self.Kind.PLACE

    @property
    def is_from_geonames(self) -> bool:
        """Whether GeoNames must be credited where the entry is shown."""
        return self.coordinates_source == self.CoordinatesSource.GEONAMES

    @property
    def country_name(self) -> str:
        return country_name(self.country)

    def office_on(self, day: date) -> Office | None:
        """The office that the person held on that day, the latest begun first; None if unknown.

        `str()` of it is the dated role: “Party chief of Zhanjiang”, 湛江市委书记.
        """
        held = [office for office in self.offices.all() if day in office.period]
        return max(held, key=lambda office: office.period.start, default=None)

    def get_absolute_url(self) -> str:
        # Lists of many ask for the pattern once.
        return pattern("archive:entity") % self.key
