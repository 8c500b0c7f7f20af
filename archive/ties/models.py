"""Ties between two places (sister cities, port links, visits…) and the evidence for them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from archive.conf import settings
from archive.entities.fields import EntityForeignKey, partial_date
from archive.entities.models import Entity
from archive.entities.periods import check_order
from archive.text.kinds import add_kinds
from archive.text.language import FIRST, LANGUAGES, column
from archive.ties.querysets import DistinctTieManager, TieQuerySet

TO_ITSELF = _("A place can't be tied to itself: choose another.")


def tie_kinds() -> list[tuple[str, Any]]:
    """The choices of `Tie.kind`; a function, so that a site's kinds are in no migration."""
    return Tie.Kind.choices


class Tie(ClusterableModel):
    """What joins two places; one row per pair and kind, the pair in the order of its keys."""

    class Kind(models.TextChoices):
        SISTER_CITY = "sister_city", _("Sister cities")
        SISTER_STATE_PROVINCE = "sister_state_province", _("Sister state and province")
        PORT_COOPERATION = "port_cooperation", _("Port cooperation")
        FRIENDLY_EXCHANGE = "friendly_exchange", _("Friendly exchange")
        VISIT = "visit", _("Visit")
        TRADE = "trade", _("Trade")
        STUDY = "study", _("Study")
        CONSULTATION = "consultation", _("Consultation")
        add_kinds(vars(), settings.TIE_KINDS)

    class Status(models.TextChoices):
        IN_FORCE = "in_force", _("In force")
        ENDED = "ended", _("Ended")
        PLANNED = "planned", _("Planned")
        UNKNOWN = "unknown", _("Not known")

    class Confidence(models.TextChoices):
        HIGH = "high", pgettext_lazy("confidence", "High")
        MEDIUM = "medium", pgettext_lazy("confidence", "Medium")

    place_a = EntityForeignKey(
        Entity,
        on_delete=models.PROTECT,
        related_name="ties_as_a",
        limit_choices_to={"kind": "place"},
        verbose_name=_("first place"),
    )
    place_b = EntityForeignKey(
        Entity,
        on_delete=models.PROTECT,
        related_name="ties_as_b",
        limit_choices_to={"kind": "place"},
        verbose_name=_("second place"),
    )
    kind = models.CharField(_("kind"), max_length=30, choices=tie_kinds)
    since = partial_date(_("since"))
    until = partial_date(_("until"))
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status.choices,
        default=Status.UNKNOWN,
        help_text=_("Only what a source says; otherwise “Not known”."),
    )
    description = models.TextField(_("description"), blank=True)
    confidence = models.CharField(
        _("confidence"),
        max_length=10,
        choices=Confidence.choices,
        blank=True,
        help_text=_("High: stated plainly by a party to the tie, an official page or a report."),
    )
    # Set where a merge of names has made this tie the same as another, which shows its evidence
    # too. A tie that joins a name with itself since a merge is merged into itself. Derived from
    # the names: archive.ties.actions keeps it.
    merged_into: Any = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, editable=False, related_name="merged_ties"
    )
    merged_into.wagtail_reference_index_ignore = True
    # Digests of what load_entities last wrote, by field: see archive.entities.loads.
    source_digests = models.JSONField(default=dict, blank=True, editable=False)

    objects = DistinctTieManager()
    with_merged = TieQuerySet.as_manager()

    class Meta:
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        ordering = ["kind", "since", "pk"]
        # Forms and checks of uniqueness look at all rows.
        default_manager_name = "with_merged"
        indexes = [models.Index(fields=["kind", "since"], name="archive_tie_kind_since")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(place_a=F("place_b")),
                name="archive_tie_not_to_itself",
                violation_error_message=TO_ITSELF,
                violation_error_code="tie_to_itself",
            ),
            models.UniqueConstraint(
                fields=["place_a", "place_b", "kind"],
                name="archive_one_tie_per_pair_and_kind",
                violation_error_message=_(
                    "These two places already have a tie of this kind: "
                    "open that one and add your evidence there."
                ),
            ),
        ]

    def __str__(self) -> str:
        parts = {"pair": self.pair, "kind": self.get_kind_display()}
        return _("%(pair)s (%(kind)s)") % parts

    @property
    def pair(self) -> str:
        """Both places' names: “Atlantic City ↔ Zhanjiang”."""
        return f"{self.place_a} ↔ {self.place_b}"

    def clean(self) -> None:
        super().clean()
        if self.place_a_id and self.place_a_id == self.place_b_id:
            raise ValidationError({"place_b": TO_ITSELF})
        self.put_in_order()
        check_order(since=self.since, until=self.until)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.put_in_order()
        super().save(*args, **kwargs)

    def put_in_order(self) -> None:
        """A tie has no direction: the place whose key comes first is stored first."""
        if not (self.place_a_id and self.place_b_id):
            return
        one, two = self.place_a, self.place_b
        if (one.pk, two.pk) != (self.place_a_id, self.place_b_id):
            return  # A name that was merged stays in its column, for an undo.
        if two.key < one.key:
            self.place_a, self.place_b = two, one

    @property
    def all_evidence(self) -> list[TieEvidence]:
        """Its own, and that of the ties which a merge of names has made the same."""
        ties = [self, *self.merged_ties.all()]
        pieces = {piece.said: piece for tie in reversed(ties) for piece in tie.evidence.all()}
        return sorted(pieces.values(), key=lambda piece: (piece.tie_id != self.pk, piece.tie_id))

    def other_place(self, place: Entity) -> Entity:
        """The place at the tie's other end."""
        return self.place_b if self.place_a == place else self.place_a


class TieEvidence(Orderable):
    """What says that a tie exists: a sentence, and the page or story it rests on."""

    tie = ParentalKey(Tie, on_delete=models.CASCADE, related_name="evidence")
    sentence = models.TextField(
        _("sentence"), help_text=_("What the source says, in one sentence of our own.")
    )
    source_url = models.URLField(_("source"), max_length=500, blank=True)
    article = models.ForeignKey(
        "archive.ArticlePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tie_evidence",
        verbose_name=_("story"),
    )
    block_id = models.CharField(
        _("paragraph"),
        max_length=40,
        blank=True,
        help_text=_("The id of the story's paragraph that says so."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")

    def __str__(self) -> str:
        return self.sentence or ""

    @property
    def said(self) -> tuple[object, ...]:
        """By which two pieces that say the same are known."""
        sentences = (getattr(self, column("sentence", language)) or "" for language in LANGUAGES)
        return (self.source_url, self.article_id, *sentences)

    def clean(self) -> None:
        super().clean()
        errors = {}
        if not any(getattr(self, column("sentence", language)) for language in LANGUAGES):
            errors[column("sentence", FIRST)] = _("Give the sentence in at least one language.")
        if not self.source_url and not self.article_id:
            errors["source_url"] = _("Name the source: a web address, or a story in the archive.")
        if errors:
            raise ValidationError(errors)
