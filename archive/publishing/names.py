"""Names that only drafts have named are published with what readers get of them."""

from collections.abc import Collection, Iterable

from django.db.models import BigAutoField, Q, QuerySet

from archive.entities.models import Entity
from archive.prepared import Given, PreparedQuery
from archive.stories.body import link_targets
from archive.stories.models import ArticleByline, ArticleEntity, ArticlePage
from archive.ties.models import Tie, TieEvidence


def publish_names_of(article: ArticlePage) -> None:
    """Those that a live story is tagged with, places in its byline, links, ties that it shows."""
    linked = link_targets([article.source("body")]).get("entity", [])
    keys = {f"name_{place}": pk for place, pk in enumerate(linked)}
    _publish(_UNKNOWN.rows(len(linked), story=article.pk, **keys))


def _unknown_of(links: int) -> QuerySet[Entity]:
    story = Given("story", BigAutoField())
    tied = Tie.with_merged.filter(evidence__article=story).order_by()
    named = Q(pk__in=ArticleEntity.objects.filter(page=story).order_by().values("entity"))
    named |= Q(pk__in=ArticleByline.objects.filter(page=story).order_by().values("place"))
    named |= Q(pk__in=tied.values("place_a")) | Q(pk__in=tied.values("place_b"))
    linked = [Given(f"name_{place}", BigAutoField()) for place in range(links)]
    return _unknown(named | Q(pk__in=linked))


_UNKNOWN = PreparedQuery(_unknown_of)


def publish_names(ids: Collection[int]) -> None:
    if ids:
        _publish(_unknown(Q(pk__in=ids)))


def publish_evidenced(piece: TieEvidence) -> None:
    """Both places of a tie that a page elsewhere speaks of: readers have the tie."""
    if piece.source_url:
        publish_names([piece.tie.place_a_id, piece.tie.place_b_id])


def keep_merged_published(entities: Collection[int]) -> None:
    """A name into which one was merged that readers knew."""
    _publish(_unknown(Q(pk__in=entities, merged_names__is_published=True)))


def _unknown(named: Q) -> QuerySet[Entity]:
    """Those that readers don't know, or of which not the one that is kept of a merged name."""
    unknown = Q(is_published=False) | Q(merged_into__is_published=False)
    return Entity.with_merged.filter(named).filter(unknown).select_related("merged_into")


def _publish(found: Iterable[Entity]) -> None:
    for entity in {one.canonical for one in found}:
        entity.is_published = True
        # Search and cached pages follow each save of a name.
        entity.save()
