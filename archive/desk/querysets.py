"""Chainable reads of translations, and of the translation memory."""

from collections.abc import Sequence
from typing import Self

from django.db import models
from django.db.models import Prefetch, Q
from wagtail.models import WorkflowState

from archive.stories.querysets import UNLISTED
from archive.text.language import CHINESE, LANGUAGES, column
from archive.text.normalisation import to_simplified

# Where Wagtail looks for a row's workflows in progress before it asks the database.
WORKFLOW_STATES = "_current_workflow_states"
# Where a unit of the memory comes from.
ARCHIVE, TMX, CONFIRMED = "archive", "tmx", "confirmed"
# The kind of a unit that is a part of another one, of the same story and key.
SENTENCE = "sentence"


class TranslationQuerySet(models.QuerySet):
    def with_story(self) -> Self:
        """With their stories and newest versions, as the desk's views need one."""
        return self.select_related("article", "latest_revision")

    def locked(self) -> Self:
        """Nobody else saves or submits these rows until the transaction is over."""
        active = Prefetch(
            "workflow_states",
            WorkflowState.objects.active().select_related("current_task_state__task"),
            to_attr=WORKFLOW_STATES,
        )
        # The newest version may be missing, and PostgreSQL locks no outer join.
        return self.with_story().select_for_update(of=("self",)).prefetch_related(active)

    def listed(self) -> Self:
        """With their stories, without the stories' bodies, newest print date first."""
        unread = (*(f"article__{name}" for name in UNLISTED), "latest_revision__content")
        found = self.select_related("article", "article__publication", "latest_revision__user")
        return found.defer(*unread).order_by("-article__print_date", "pk")

    def queue(self) -> Self:
        """Listed, with all that the translators' list shows, what matters most first."""
        return self.listed().select_related("article__section", "assignee").order_by("-rank", "pk")

    def exported(self) -> Self:
        """The queue for thousands of rows at once: what many rows share is made only once."""
        shared = ("article__publication", "article__section", "assignee", "latest_revision__user")
        found = self.queue().select_related(None).select_related("article", "latest_revision")
        return found.prefetch_related(*shared)


class MemoryUnitQuerySet(models.QuerySet):
    def published_here(self) -> Self:
        return self.filter(provenance=ARCHIVE)

    def from_files(self) -> Self:
        return self.filter(provenance=TMX)

    def unpublished(self) -> Self:
        """What somebody has confirmed at the desk and readers haven't got yet."""
        return self.filter(provenance=CONFIRMED)

    def lasting(self) -> Self:
        """All but those: what readers can read, and what files brought."""
        return self.exclude(provenance=CONFIRMED)

    def paragraphs(self) -> Self:
        """Without the sentences that are parts of them."""
        return self.exclude(kind=SENTENCE)

    def containing(self, words: Sequence[str], language: str = "") -> Self:
        """With all the words, capitals or not, in one of the texts; newest first.

        Chinese ones as they are typed, or in the simplified characters of the memory.
        """
        found = Q()
        for one in LANGUAGES:
            if language in ("", one):
                name = f"{column('text', one)}__icontains"
                found |= Q(*((name, word) for word in words))
                if one == CHINESE:
                    found |= Q(*((name, to_simplified(word)) for word in words))
        return self.filter(found).order_by("-pk")
