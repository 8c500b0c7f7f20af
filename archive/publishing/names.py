"""What follows a merge, a split or an undo of names: ties, pages, search and related stories."""

from collections.abc import Collection

from archive.entities.merging.changes import ChangeRecord
from archive.entities.models import Entity
from archive.publishing.followers import notify_readers
from archive.search.names import keep_names
from archive.site.caching import events
from archive.stories.models import ArticleEntity
from archive.ties.same_ties import join_ties


def change_names(entities: Collection[int], record: ChangeRecord | None) -> None:
    """Brings everything that rests on these names in step, within the transaction.

    `record` is the change to write through; None when an undo is on its way.
    """
    # Ties first: what stories are related by rests on them.
    join_ties(entities, record)
    events.names_changed(entities)
    # A merged name isn't saved, and is found under the one that is kept.
    keep_names(Entity.with_merged.filter(pk__in=entities))
    same = Entity.with_merged.same_as(entities).values("pk")
    tags = ArticleEntity.objects.filter(entity__in=same).order_by()
    notify_readers(list(tags.values_list("page", flat=True).distinct()))
