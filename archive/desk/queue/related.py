"""Which stories belong together: linked by an editor, about the same, evidence of one tie."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count, Q

from archive.entities.models import Entity
from archive.entities.querysets import canonical_id
from archive.stories.models import ArticleEntity, RelatedArticle
from archive.ties.models import TieEvidence

# A name that more stories than this are about says little of what belongs together.
LARGEST_SET = 20

Pairs = Iterable[tuple[int, int]]


def related_sets(articles: Collection[int] | None = None) -> dict[int, set[int]]:
    """The stories that belong with each story: of these articles, or (None) of all.

    A fixed number of queries; stories without any aren't in the answer.
    """
    found: dict[int, set[int]] = defaultdict(set)
    for page, related in _links(articles):
        found[page].add(related)
        found[related].add(page)
    for pairs in (_about(articles), _evidence(articles)):
        for members in _groups(pairs):
            for member in members:
                found[member] |= members
    wanted = found if articles is None else set(articles) & set(found)
    return {article: found[article] - {article} for article in wanted}


def _groups(pairs: Pairs) -> Iterable[set[int]]:
    """The second numbers of pairs that share their first."""
    groups: dict[int, set[int]] = defaultdict(set)
    for group, member in pairs:
        groups[group].add(member)
    return [members for members in groups.values() if 1 < len(members) <= LARGEST_SET]


def _links(articles: Collection[int] | None) -> Pairs:
    links = RelatedArticle.objects.order_by()
    if articles is not None:
        links = links.filter(Q(page__in=articles) | Q(related__in=articles))
    return links.values_list("page_id", "related_id")


def _about(articles: Collection[int] | None) -> Pairs:
    tags: Any = ArticleEntity.objects.filter(role=ArticleEntity.Role.ABOUT).order_by()
    tags = tags.annotate(named=canonical_id("entity"))
    if articles is not None:
        named = tags.filter(page__in=articles).values("named")
        few = _of_names(tags, named).values("named").annotate(stories=Count("pk"))
        tags = _of_names(tags, few.filter(stories__lte=LARGEST_SET).values("named"))
    return tags.values_list("named", "page_id")


def _of_names(tags: Any, named: Any) -> Any:
    return tags.filter(entity__in=Entity.with_merged.same_as(named).order_by().values("pk"))


def _evidence(articles: Collection[int] | None) -> Pairs:
    evidence: Any = TieEvidence.objects.exclude(article=None).order_by()
    if articles is not None:
        ties = evidence.filter(article__in=articles).values("tie")
        evidence = evidence.filter(tie__in=ties)
    return evidence.values_list("tie_id", "article_id")
