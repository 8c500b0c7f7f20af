"""Chainable reads of stories and issues."""

from datetime import timedelta
from typing import Any, Self

from django.apps import apps
from django.db.models import Case, F, Q, When
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from archive.entities.models import Entity
from archive.text.language import column, columns
from archive.visibility import RestrictedPlaces, public_q, shown_to_public

# What a list of stories doesn't show; a body is most of a row.
UNLISTED = ["body", *columns("body"), "unplaced"]
# Stories whose newest version doesn't go live by itself.
UNSCHEDULED = Q(latest_revision__approved_go_live_at=None)
# The server looks every few minutes what is due.
LATE = timedelta(minutes=10)


def shown_to(user: Any, pages: PageQuerySet) -> PageQuerySet:
    """The pages of which a person may know in the admin: `shown_to_public`, and their own.

    Their own are those that the explorer shows, below the places where they have a permission; for
    whoever works at the desk, the stories that are offered for translation, too. This is the one
    answer to *who may see it*: whatever shows words of other stories asks here. No user is a
    program, which sees all.
    """
    if _sees_all(user):
        return pages
    return pages.filter(public_q(pages.model) | _own(user))


def _sees_all(user: Any) -> bool:
    return user is None or bool(user.is_superuser and user.is_active)


def _own(user: Any) -> Q:
    """The pages whose drafts a person may read."""
    found = Q(pk__in=[])
    for grant in PagePermissionPolicy().get_cached_permissions_for_user(user):
        found |= Q(path__startswith=grant.page.path)
    if any(user.has_perm(f"archive.{verb}_translation") for verb in ("change", "view")):
        offered = apps.get_model("archive", "Translation").objects.order_by()
        found |= Q(pk__in=offered.values("article"))
    return found


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
        """What a person may know of in the admin: see `shown_to`."""
        found: Self = shown_to(user, self)
        return found

    def draft_shown_to(self, user: Any) -> Self:
        """The stories of which a person may read the newest version, whatever readers have."""
        return self if _sees_all(user) else self.filter(_own(user))

    def newest_shown_to(self, user: Any) -> Self:
        """The stories whose newest version a person may read: their drafts, or what is live."""
        if _sees_all(user):
            return self
        as_read = public_q(self.model) & Q(has_unpublished_changes=False)
        return self.filter(as_read | _own(user))

    def version_shown_to(self, user: Any, pk: int | None) -> Any:
        """A story as a person may read it: its newest version, or what readers have; else None."""
        if draft := self.draft_shown_to(user).filter(pk=pk).first():
            return draft.get_latest_revision_as_object()
        return self.shown_to(user).filter(pk=pk).first()

    def shown_to_public(self, restricted: RestrictedPlaces | None = None) -> Self:
        """What every reader may see, as `archive.visibility` says."""
        found: Self = shown_to_public(self, restricted)
        return found

    def joined(self) -> Self:
        """Stories whose text is another one's translation: they have none themselves."""
        pairs = apps.get_model("archive", "StoryPair").objects.filter(state="confirmed").order_by()
        lost = Case(When(kept=F("one"), then="two"), default="one")
        return self.filter(pk__in=pairs.values(lost=lost))

    def without_bodies(self) -> Self:
        """Without the columns that no list shows."""
        return self.defer(*UNLISTED)

    def tagged_with(self, entity: Entity) -> Self:
        """Stories that are tagged with the name, or with one that was merged into it."""
        same = Entity.with_merged.same_as([entity.pk]).values("pk")
        tags = self.model._meta.get_field("entity_tags").related_model.objects
        return self.filter(pk__in=tags.filter(entity__in=same).values("page"))
