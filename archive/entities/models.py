"""People, organisations, places, events and topics: the archive's termbase.

One row per thing, with its names in both languages, so that tags, glossary, search and
hover cards agree on who is who.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from archive.addresses import pattern
from archive.conf import settings as archive_settings
from archive.entities.countries import country_name, validate_country
from archive.entities.fields import EntityForeignKey, check_named, lacking_name, partial_date
from archive.entities.periods import Period, check_order
from archive.entities.querysets import CanonicalManager, EntityQuerySet
from archive.entities.romanisation import parted_by_script, sort_key, suggest_key
from archive.text.kinds import add_kinds
from archive.text.language import LABELS, LANGUAGES, SHORT_CODES, column


def name_kinds() -> list[tuple[str, Any]]:
    """The choices of `Entity.kind`; a function, so that a site's kinds are in no migration."""
    return Entity.Kind.choices


class Entity(index.Indexed, ClusterableModel):
    """A person, organisation, place, event or topic, in both languages."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")
        PLACE = "place", _("Place")
        EVENT = "event", _("Event")
        TOPIC = "topic", _("Topic")
        add_kinds(vars(), archive_settings.NAME_KINDS)

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
    kind = models.CharField(_("kind"), max_length=20, choices=name_kinds)
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
    is_published = models.BooleanField(
        pgettext_lazy("name", "published"),
        default=True,
        help_text=_(
            "Readers and search engines find its page. A name that was made for a draft is "
            "published with the first story that names it."
        ),
    )
    pinyin = models.CharField(
        _("pinyin"),
        max_length=200,
        blank=True,
        help_text=_("Only where the automatic reading sorts it wrongly: “chang tan” for 长滩."),
    )
    sort_key = models.CharField(max_length=400, blank=True, editable=False)
    # Digests of what load_entities last wrote, by field: see archive.entities.loads.
    source_digests = models.JSONField(default=dict, blank=True, editable=False)
    # The name that stands for this one since a merge: itself never merged, so that one step
    # resolves every reference. Only archive.entities.merging writes it.
    merged_into_id: int | None
    merged_into: Any = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, editable=False, related_name="merged_names"
    )
    merged_into.wagtail_reference_index_ignore = True
    # The name that this one was split from. In a story that is tagged with this name and not
    # with the other, a mention of the other means this one.
    split_from_id: int | None
    split_from: Any = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    split_from.wagtail_reference_index_ignore = True

    objects = CanonicalManager()
    with_merged = EntityQuerySet.as_manager()

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
        # Forms and checks of uniqueness look at all rows.
        default_manager_name = "with_merged"
        permissions = [("merge_entity", "Can merge and split names")]
        indexes = [
            models.Index(
                fields=["kind", column("sort_key", language)],
                name=column("archive_entity_order", SHORT_CODES[language]),
            )
            for language in LANGUAGES
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")),
                name="archive_entity_not_merged_into_itself",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.key

    def clean(self) -> None:
        super().clean()
        errors = lacking_name(self)
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
        self.key = self.key or suggest_key(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        for name, key in self.sort_keys().items():
            setattr(self, name, key)
        super().save(*args, **kwargs)

    def sort_keys(self) -> dict[str, str]:
        """By column."""
        return {
            column("sort_key", lang): sort_key(self.name_in(lang), lang, pinyin=self.pinyin)
            for lang in LANGUAGES
        }

    def name_in(self, language: str) -> str:
        """The name in one language, or "": no fallback. Also for one that isn't the archive's."""
        return getattr(self, column("name", language), "") or ""

    def aliases_in(self, language: str) -> list[str]:
        """The other forms of the name in one language, in the editors' order."""
        return [name.text for name in self.names.all() if name.language == language]

    def written_names(self) -> list[EntityName]:
        """The other forms of the name; one in both scripts as a form in each language.

        Such two are no rows of their own.
        """
        return [part for name in self.names.all() for part in name.by_script()]

    @property
    def canonical(self) -> Entity:
        """The name that stands for this one: itself, or what it was merged into."""
        kept: Entity = self.merged_into if self.merged_into_id else self
        return kept

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
        `str()` of it is the dated role: “Party chief of Zhanjiang”, 湛江市委书记."""
        held = [office for office in self.offices.all() if day in office.period]
        return max(held, key=lambda office: office.period.start, default=None)

    def get_absolute_url(self) -> str:
        # Lists of many ask for the pattern once.
        return pattern("archive:entity") % self.key


class EntityName(Orderable):
    """Another form of an entity's name: alias, romanisation, former or forbidden form."""

    class Kind(models.TextChoices):
        ALIAS = "alias", _("Alias")
        ROMANISATION = "romanisation", _("Romanisation")
        FORMER = "former", _("Former name")
        ABBREVIATION = "abbreviation", _("Abbreviation")
        TRADITIONAL = "traditional", _("Traditional characters")

    entity = ParentalKey(Entity, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(_("written form"), max_length=200, db_index=True)
    language = models.CharField(_("language"), max_length=10, choices=list(LABELS.items()))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.ALIAS)
    forbidden = models.BooleanField(
        _("forbidden"),
        default=False,
        help_text=_("Found in searches, but translators are warned not to use it."),
    )
    valid_from = partial_date(_("used from"))
    valid_until = partial_date(_("used until"))

    class Meta(Orderable.Meta):
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "language", "text"],
                name="archive_one_row_per_name",
                violation_error_message=_("This form is listed twice."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        check_order(valid_from=self.valid_from, valid_until=self.valid_until)

    def by_script(self) -> list[EntityName]:
        """Itself; or, of “湛江港 Zhanjiang Port”, a form in each language with all that it says."""
        facts = ("kind", "forbidden", "valid_from", "valid_until")
        same = {name: getattr(self, name) for name in facts}
        parts = parted_by_script(self.text).items()
        made = [EntityName(text=text, language=language, **same) for language, text in parts]
        return made or [self]


class Office(Orderable):
    """A dated role of a person, so that an old story never says “current mayor”."""

    person = ParentalKey(Entity, on_delete=models.CASCADE, related_name="offices")
    title = models.CharField(
        pgettext_lazy("office", "title"),
        max_length=160,
        help_text=_("Without the place: “Party chief”, 市委书记."),
    )
    place = EntityForeignKey(
        Entity,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="office_holders",
        limit_choices_to={"kind": "place"},
        verbose_name=_("place"),
    )
    since = partial_date(_("since"))
    until = partial_date(_("until"))
    as_of = partial_date(
        _("as of"),
        _("Where only this is known: the day, month or year on which the person held the office."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def __str__(self) -> str:
        title = self.title or ""
        if not self.place or str(self.place) in title:
            return title
        return _("%(title)s of %(place)s") % {"title": title, "place": self.place}

    @property
    def period(self) -> Period:
        """When the person is known to have held the office."""
        return Period.known(since=self.since, until=self.until, as_of=self.as_of)

    def clean(self) -> None:
        super().clean()
        check_order(since=self.since, until=self.until)
        check_order(since=self.since, as_of=self.as_of)
        check_named(self, "title")
        if not (self.since or self.until or self.as_of):
            raise ValidationError(
                {"as_of": _("Give a date: since, until, or the day for which this is known.")}
            )
