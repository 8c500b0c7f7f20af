"""Names that only drafts have named are published with what readers get of them."""

from collections.abc import Collection

from django.db.models import Q

from archive.entities.models import Entity
from archive.stories.body import link_targets
from archive.stories.models import ArticleByline, ArticleEntity, ArticlePage
from archive.ties.models import Tie, TieEvidence


def publish_names_of(article: ArticlePage) -> None:
    """Those that a live story is tagged with, places in its byline, links, ties that it shows."""
    tied = Tie.with_merged.filter(evidence__article=article.pk).order_by()
    named = Q(pk__in=ArticleEntity.objects.filter(page=article.pk).order_by().values("entity"))
    named |= Q(pk__in=ArticleByline.objects.filter(page=article.pk).order_by().values("place"))
    named |= Q(pk__in=tied.values("place_a")) | Q(pk__in=tied.values("place_b"))
    _publish(named | Q(pk__in=link_targets([article.source("body")]).get("entity", [])))


def publish_names(ids: Collection[int]) -> None:
    if ids:
        _publish(Q(pk__in=ids))


def publish_evidenced(piece: TieEvidence) -> None:
    """Both places of a tie that a page elsewhere speaks of: readers have the tie."""
    if piece.source_url:
        publish_names([piece.tie.place_a_id, piece.tie.place_b_id])


def keep_merged_published(entities: Collection[int]) -> None:
    """A name into which one was merged that readers knew."""
    _publish(Q(pk__in=entities, merged_names__is_published=True))


def _publish(named: Q) -> None:
    """One query where readers know them all. Of a name that was merged, the one that is kept."""
    unknown = Q(is_published=False) | Q(merged_into__is_published=False)
    found = Entity.with_merged.filter(named).filter(unknown).select_related("merged_into")
    for entity in {one.canonical for one in found}:
        entity.is_published = True
        # Search and cached pages follow each save of a name.
        entity.save()
