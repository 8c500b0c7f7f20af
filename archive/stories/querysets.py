"""Chainable reads of stories and issues."""

from typing import Any, Self

from django.db.models import Q
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from archive.entities.models import Entity
from archive.text.language import column, columns

# What a list of stories doesn't show; a body is most of a row.
UNLISTED = ["body", *columns("body"), "unplaced"]


def shown_to(user: Any, pages: PageQuerySet) -> PageQuerySet:
    """The pages that a person at the admin may know of: what any reader sees, and their own.

    Their own are those that the explorer shows: below the places where they have a permission.
    """
    if user.is_superuser and user.is_active:
        return pages
    shown = Q(live=True) & ~pages.private_q()
    for grant in PagePermissionPolicy().get_cached_permissions_for_user(user):
        shown |= Q(path__startswith=grant.page.path)
    return pages.filter(shown)


class ArticleQuerySet(PageQuerySet):
    def newest_first(self) -> Self:
        """By print date, then by page of the paper as far as a label sorts.

        A live story has a print date, so an index can serve this order on every database.
        """
        return self.order_by("-print_date", "print_page", "pk")

    def cards(self) -> Self:
        """Live stories for a list: without bodies, with all that a card shows, in one query."""
        return (
            self.live()
            .select_related("publication", "section", "lead_image")
            .defer(*UNLISTED)
            .newest_first()
        )

    def in_language(self, language: str) -> Self:
        """Stories whose text is published in the language, as source or as translation."""
        return self.filter(
            Q(source_language=language) | Q(**{f"{column('headline', language)}__gt": ""})
        )

    def shown_to(self, user: Any) -> Self:
        """What a person at the admin may know of: what readers see, and the drafts of their own."""
        found: Self = shown_to(user, self)
        return found

    def without_bodies(self) -> Self:
        """Without the columns that no list shows."""
        return self.defer(*UNLISTED)

    def tagged_with(self, entity: Entity) -> Self:
        """Stories that are tagged with the name, or with one that was merged into it."""
        same = Entity.with_merged.same_as([entity.pk]).values("pk")
        tags = self.model._meta.get_field("entity_tags").related_model.objects
        return self.filter(pk__in=tags.filter(entity__in=same).values("page"))
