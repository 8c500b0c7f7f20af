"""What the archive needs of a picture: captions in two languages, and its credit line.

A site that has an image model of its own gives it `ArchiveImageMixin`; one without takes
`archive.ArchiveImage`. Its table is there in any case, as Wagtail's own is.
"""

from collections.abc import Iterable
from itertools import product
from typing import TYPE_CHECKING, Any

from django.core.files import File
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    SourceImageIOError,
)
from wagtail.search import index

from archive.photos.file_names import derived_name, with_random_part
from archive.photos.metadata import PublicMetadata
from archive.photos.renditions import CreditedFilter, finished
from archive.photos.search_fields import HanAutocompleteField
from archive.photos.vocabularies import GENERATIVE, MINING_CHOICES, DigitalSource
from archive.text.dates import validate_partial
from archive.text.language import column, columns, in_language, other, supported

if TYPE_CHECKING:
    from wagtail.images.models import AbstractImage as ImageBase
else:
    # So that a site's own abstract image may change Wagtail's fields: these would hide them.
    ImageBase = models.Model


class ArchiveImageMixin(ImageBase):
    """For a site's own image model: `class MyImage(ArchiveImageMixin, AbstractImage)`.

    What a picture shows, in both languages, and whom to credit. A model that has more fields lists
    them too: those in two languages in `translated_fields`, those of the admin's form in
    `admin_form_fields`, those to be found by in `search_fields`.
    """

    caption = models.TextField(
        _("caption"),
        blank=True,
        help_text=_("Shown under the picture. Left empty on upload, it is read from the file."),
    )
    alt_text = models.CharField(
        _("alternative text"),
        max_length=500,
        blank=True,
        help_text=_("Says what is to be seen, for readers who can't see it."),
    )
    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_(
            "As printed beside the picture: “Li Ming / China Daily”. "
            "A story can't be published while a picture in it has none."
        ),
    )
    rights = models.TextField(
        _("copyright notice"),
        blank=True,
        help_text=_(
            "Who owns the picture: “© 2015 China Daily”. "
            "A story can't be published while a picture in it has none."
        ),
    )
    source = models.CharField(
        _("source"),
        max_length=255,
        blank=True,
        help_text=_("Where the archive has the picture from: an agency, an office, a family."),
    )
    creator = models.CharField(
        _("photographer"), max_length=255, blank=True, help_text=_("Who took the picture.")
    )
    date_taken = models.CharField(
        _("date taken"),
        max_length=10,
        blank=True,
        validators=[validate_partial],
        help_text=_("As far as it is known: 1980, 1980-01 or 1980-01-28."),
    )
    place = models.CharField(
        _("place"), max_length=255, blank=True, help_text=_("Where the picture was taken.")
    )
    digital_source_type = models.CharField(
        _("digital source type"),
        max_length=40,
        blank=True,
        choices=DigitalSource.choices,
        help_text=_(
            "How the picture was made, in IPTC's words. Below one that generative AI has made or "
            "edited, readers are told so."
        ),
    )
    ai_system = models.CharField(
        _("AI system used"),
        max_length=255,
        blank=True,
        help_text=_("The AI system or model that made the picture: “Adobe Firefly”."),
    )
    ai_system_version = models.CharField(
        _("AI system version used"),
        max_length=255,
        blank=True,
        help_text=_("As far as it is known."),
    )
    ai_prompt = models.TextField(
        _("AI prompt information"),
        blank=True,
        help_text=_("What the AI system was told. It is in the public files, as IPTC has it."),
    )
    ai_prompt_writer = models.CharField(
        _("AI prompt writer name"),
        max_length=255,
        blank=True,
        help_text=_("Who wrote the prompt; not the picture's creator."),
    )
    data_mining = models.CharField(
        _("data mining"),
        max_length=50,
        blank=True,
        choices=MINING_CHOICES,
        help_text=_("Whether programs may learn from the picture; empty for what the site says."),
    )

    translated_fields = ("caption", "alt_text")
    credit_fields = ("credit", "creator", "rights", "source")
    origin_fields = (
        *("digital_source_type", "ai_system", "ai_system_version", "ai_prompt"),
        *("ai_prompt_writer", "data_mining"),
    )
    public_fields = (*credit_fields, *origin_fields)
    publication_fields = ("credit", "rights")

    admin_form_fields = (
        "title",
        "file",
        *columns("caption", "alt_text"),
        "credit",
        "rights",
        "source",
        "creator",
        "date_taken",
        "place",
        *origin_fields,
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    search_fields = [
        *AbstractImage.search_fields,
        *(index.SearchField(name) for name in columns("caption", "alt_text")),
        *(index.SearchField(name) for name in (*credit_fields, "place")),
        # Lists and choosers search in what can be completed alone.
        *(HanAutocompleteField(name) for name in columns("caption", "alt_text")),
        *(HanAutocompleteField(name) for name in ("title", *credit_fields, "place")),
        index.FilterField("date_taken"),
        index.FilterField("digital_source_type"),
    ]

    api_fields = [
        *(APIField(name) for name in columns("caption", "alt_text")),
        *(APIField(name) for name in (*credit_fields, "date_taken", "place", *origin_fields)),
    ]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        renamed = self._public_metadata_has_changed(kwargs.get("update_fields"))
        super().save(*args, **kwargs)
        if renamed:
            # The next reader has them made again.
            self.renditions.all().delete()

    @classmethod
    def label_in(cls, name: str, language: str) -> str:
        """What a field in two languages is called, in the active language: "caption (English)"."""
        return in_language(cls._meta.get_field(name).verbose_name, language)

    @property
    def public_metadata(self) -> PublicMetadata:
        """What its public files say."""
        return PublicMetadata(**{name: getattr(self, name) for name in self.public_fields})

    @property
    def origin_note(self) -> str:
        """What readers are told of a picture by generative AI, in the active language; or "".

        "Created using generative AI (Adobe Firefly 3)".
        """
        if self.digital_source_type not in GENERATIVE:
            return ""
        label = str(DigitalSource(self.digital_source_type).label)
        system = " ".join(filter(None, (self.ai_system, self.ai_system_version)))
        words = {"origin": label, "system": system}
        return gettext("%(origin)s (%(system)s)") % words if self.ai_system else label

    @property
    def default_alt_text(self) -> str:
        """The alternative text, or else the caption: the active language's, or else the other's.

        Then Wagtail's description, where the model has it. Never the title, which is often a file
        name.
        """
        active = supported(get_language())
        names = product((active, other(active)), ("alt_text", "caption"))
        texts = (getattr(self, column(name, language)) for language, name in names)
        return next(filter(None, texts), "") or str(getattr(self, "description", "") or "")

    def missing_for_publication(
        self, language: str, *, credited_as: str = "", described_as: str = ""
    ) -> dict[str, str]:
        """By field, the labels, in the active language, of what still keeps the picture from being
        published in a story of `language`.

        `credited_as` and `described_as` are a credit and an alternative text given where the
        picture is used; they serve as well as its own.
        """
        alternative = column("alt_text", language)
        given = {"credit": credited_as, alternative: described_as}
        missing = [
            name
            for name in (*self.publication_fields, alternative)
            if not (getattr(self, name) or "").strip() and not given.get(name, "").strip()
        ]
        labels = {
            name: str(self._meta.get_field(name).verbose_name) for name in self.publication_fields
        }
        labels[alternative] = self.label_in("alt_text", language)
        return {name: labels[name] for name in missing}

    def get_upload_to(self, filename: str) -> str:
        return with_random_part(super().get_upload_to(filename))

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:
        """A rendition as Wagtail makes it, with what public files say written into it.

        A new credit has a new address: otherwise caches between here and the reader would go on
        serving the old file. Of a broken original, SourceImageIOError, as of a lost one.
        """
        credited = CreditedFilter(filter.spec, self.public_metadata)
        try:
            file = super().generate_rendition_file(credited, source=source)
        except InvalidFilterSpecError:
            raise
        # Pillow raises errors of every kind on broken files.
        except Exception as error:
            raise SourceImageIOError(f"{self.file.name}: {error}") from error
        name = derived_name(self.file.name, file.name, repr(self.public_metadata))
        return finished(self, file, name)

    def _public_metadata_has_changed(self, update_fields: Iterable[str] | None) -> bool:
        names = self.public_fields
        if self._state.adding or (update_fields is not None and not {*names} & {*update_fields}):
            return False
        stored = type(self)._default_manager.filter(pk=self.pk).values(*names).first()
        return stored is not None and PublicMetadata(**stored) != self.public_metadata


class ArchiveImage(ArchiveImageMixin, AbstractImage):
    """A photograph, for sites without an image model of their own."""

    # Wagtail's one-language description would be a second, untranslated caption.
    description = None

    search_fields = [f for f in ArchiveImageMixin.search_fields if f.field_name != "description"]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class ArchiveRendition(AbstractRendition):
    """One size of a photograph, with its credit line in the file."""

    image = models.ForeignKey(ArchiveImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="archive_unique_rendition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.image_id}: {self.filter_spec}"
