"""Chainable reads of translations."""

from typing import Self

from django.db import models

from archive.pages.querysets import UNLISTED


class TranslationQuerySet(models.QuerySet):
    def listed(self) -> Self:
        """With their stories, without the stories' bodies, newest print date first."""
        return (
            self.select_related("article", "article__publication", "latest_revision__user")
            .defer(*(f"article__{name}" for name in UNLISTED), "latest_revision__content")
            .order_by("-article__print_date", "pk")
        )

    def queue(self) -> Self:
        """Listed, with all that the translators' list shows, what matters most first."""
        return self.listed().select_related("article__section", "assignee").order_by("-rank", "pk")

    def exported(self) -> Self:
        """The queue for thousands of rows at once: what many rows share is made only once."""
        return (
            self.queue()
            .select_related(None)
            .select_related("article", "latest_revision")
            .prefetch_related(
                "article__publication", "article__section", "assignee", "latest_revision__user"
            )
        )
