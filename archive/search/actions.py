"""The index's verbs: index stories, forget them, follow an entity that was renamed."""

from collections.abc import Collection, Iterable, Iterator

from django.db import transaction

from archive.entities.models import Entity, EntityName
from archive.search.facet_index import store_tagged
from archive.search.index import carry_out, forget_documents, lock, plan_stories, tell_remote
from archive.search.models import SearchDocument
from archive.search.names import keep_names
from archive.stories.models import ArticleEntity

BATCH = 200
# An entity of more stories is left to `rebuild_search`: nobody should wait for it.
FEW_STORIES = 100


@transaction.atomic
def index_stories(pks: Collection[int], *, anew: bool = False) -> int:
    """Bring the documents of these stories in step with their pages; how many were written.

    A story that isn't live, or is gone, loses its documents. What is right already is left alone,
    unless `anew`.
    """
    lock(pks)
    return carry_out(plan_stories(pks, anew=anew))


def index_many(pks: Iterable[int]) -> None:
    """Bring any number of stories in step, batch by batch."""
    for batch in batches(sorted(pks)):
        index_stories(batch)


def forget_stories(pks: Collection[int]) -> None:
    """Take stories out of the index."""
    documents = SearchDocument.objects.filter(article__in=pks)
    forget_documents(list(documents.values_list("pk", flat=True)))
    tell_remote(lambda engine: engine.forget(pks), [])


def follow_entity(entity: Entity) -> None:
    """After a change of an entity's names: its keys at once, and its stories if they are few."""
    with transaction.atomic():
        keep_names([entity])
        same = Entity.with_merged.same_as([entity.canonical.pk]).values("pk")
        tagged = ArticleEntity.objects.filter(entity__in=same).values_list("page", flat=True)
        pks = list(tagged.distinct()[: FEW_STORIES + 1])
        if len(pks) <= FEW_STORIES:
            index_stories(pks)


def follow_merge(entities: Collection[int]) -> None:
    """After names were merged or parted: their keys, and the stories that facets count for them."""
    # A merged name isn't saved, and is found under the one that is kept.
    keep_names(Entity.with_merged.filter(pk__in=entities))
    store_tagged(entities)


def follow_name(name: EntityName) -> None:
    """After a change of another form: no story is indexed under it, but a query knows it."""
    keep_names(Entity.objects.filter(pk=name.entity_id))


def batches(keys: Iterable[int], size: int | None = None) -> Iterator[list[int]]:
    """The keys in order, so many at a time."""
    every, size = list(keys), size or BATCH
    for start in range(0, len(every), size):
        yield every[start : start + size]
