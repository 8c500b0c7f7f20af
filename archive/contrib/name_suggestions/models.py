"""What editors answered to suggested names, and how many suggestions wait for them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.entities.fields import EntityForeignKey, user_key
from archive.entities.models import Entity
from archive.text.punctuation import labelled


class SuggestionDecision(models.Model):
    """One editor's answer to one suggestion: it isn't asked again while its evidence stands.

    An answer about an entity is known by the entity, any other by its token: the folded text
    of an ambiguous or new name, or both keys and the kind of a tie.
    """

    class Subject(models.TextChoices):
        ENTITY = "entity", pgettext_lazy("suggestion", "Entity")
        QUESTION = "question", pgettext_lazy("suggestion", "Ambiguous name")
        NEW = "new", pgettext_lazy("suggestion", "New name")
        TIE = "tie", pgettext_lazy("suggestion", "Tie")

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("suggestion", "Accepted")
        REJECTED = "rejected", pgettext_lazy("suggestion", "Rejected")

    page = models.ForeignKey(
        "archive.ArticlePage", on_delete=models.CASCADE, related_name="suggestion_decisions"
    )
    subject = models.CharField(max_length=10, choices=Subject.choices)
    # The entity that is meant; for an ambiguous name the one that was picked.
    entity = EntityForeignKey(Entity, on_delete=models.CASCADE, null=True, related_name="+")
    token = models.CharField(max_length=255, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    # {"forms": […], "sentences": […], "role": "about"}: see `Evidence` in `decisions`.
    evidence = models.JSONField(default=dict)
    decided_by = user_key()
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("answer to a suggestion")
        verbose_name_plural = _("answers to suggestions")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "entity"],
                condition=Q(subject="entity"),
                name="archive_one_answer_per_entity",
            ),
            models.UniqueConstraint(
                fields=["page", "subject", "token"],
                condition=~Q(subject="entity"),
                name="archive_one_answer_per_token",
            ),
        ]

    def __str__(self) -> str:
        return labelled(self.get_verdict_display(), self.token or self.entity)


class SuggestionCount(models.Model):
    """How many suggestions wait for an editor of a story: for lists, which can't work them out."""

    work_of_people = None

    page = models.OneToOneField(
        "archive.ArticlePage",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="suggestion_count",
    )
    entities = models.PositiveIntegerField(_("names"), default=0)
    questions = models.PositiveIntegerField(_("ambiguous names"), default=0)
    new = models.PositiveIntegerField(_("new names"), default=0)
    # Names and questions: what somebody should look at. New names are often nobody's business.
    waiting = models.PositiveIntegerField(_("pending suggestions"), default=0)

    class Meta:
        indexes = [models.Index(fields=["-waiting"], name="archive_suggestions_waiting")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.waiting}"
