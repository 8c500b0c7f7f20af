"""The offices that people held."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from archive.entities.fields import partial_date
from archive.entities.models.entity import Entity
from archive.entities.periods import Period, check_order
from archive.text.language import ENGLISH, LANGUAGES, column


class Office(Orderable):
    """A dated role of a person, so that an old story never says “current mayor”."""

    person = ParentalKey(Entity, on_delete=models.CASCADE, related_name="offices")
    title = models.CharField(
        pgettext_lazy("office", "title"),
        max_length=160,
        help_text=_("Without the place: “Party chief”, 市委书记."),
    )
    place = models.ForeignKey(
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
        if not any(getattr(self, column("title", language)) for language in LANGUAGES):
            raise ValidationError(
                {column("title", ENGLISH): _("Give the title in at least one language.")}
            )
        if not (self.since or self.until or self.as_of):
            raise ValidationError(
                {"as_of": _("Give a date: since, until, or the day for which this is known.")}
            )
