"""What browsing lists and counts: days, sections, and names by their kind."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from archive.base_page import Page
from archive.entities.models import Entity
from archive.entities.querysets import EntityQuerySet, canonical_id
from archive.site.browse.calendar import Counts
from archive.stories.models import ArticleEntity, PublicationPage, SectionPage
from archive.stories.querysets import ArticleQuerySet
from archive.visibility import RestrictedPlaces, shown_to_public

KINDS = {
    "places": Entity.Kind.PLACE,
    "people": Entity.Kind.PERSON,
    "organisations": Entity.Kind.ORGANISATION,
    "events": Entity.Kind.EVENT,
    "topics": Entity.Kind.TOPIC,
}
# A site's own are called in addresses as in the database.
KINDS |= {kind.value: kind for kind in Entity.Kind if kind not in KINDS.values()}
OTHER_LETTERS = "other"

Stories = ArticleQuerySet
# Of pages that readers can't see, so many are counted one by one.
_FEW_UNSEEN = 900


def by_day(stories: Stories, first: date | None = None, last: date | None = None) -> Counts:
    """The number of stories of each day that has any, from `first` to `last`."""
    is_shown = Q(print_date__range=(first, last)) if first else Q(print_date__isnull=False)
    return dict(stories.filter(is_shown).values_list("print_date").annotate(Count("pk")))


def publications_of(
    stories: Stories, first: date, last: date, restricted: RestrictedPlaces
) -> list[PublicationPage]:
    """The publications that printed any of the stories of these days."""
    found = stories.filter(print_date__range=(first, last)).values("publication").distinct()
    papers = shown_to_public(PublicationPage.objects.order_by("path"), restricted)
    return list(papers.filter(pk__in=found))


class Neighbours(NamedTuple):
    """The nearest days with stories before and after."""

    previous: date | None
    next: date | None


def neighbours(stories: Stories, first: date, last: date) -> Neighbours:
    """Beside the days from `first` to `last`: two looks at the dates' index."""
    dates = stories.values_list("print_date", flat=True)
    return Neighbours(
        dates.filter(print_date__lt=first).order_by("-print_date").first(),
        dates.filter(print_date__gt=last).order_by("print_date").first(),
    )


def ends(stories: Stories) -> tuple[date, date] | None:
    """The first and the last day with a story; None in an empty archive."""
    dates = stories.filter(print_date__isnull=False).values_list("print_date", flat=True)
    first, last = dates.order_by("print_date").first(), dates.order_by("-print_date").first()
    return (first, last) if first and last else None


def by_section(
    stories: Stories, restricted: RestrictedPlaces
) -> list[tuple[PublicationPage, list[SectionPage]]]:
    """Those that have stories, by publication, each with its `story_count`: three queries."""
    filed = stories.filter(section__isnull=False)
    counts = dict(filed.values_list("section").annotate(Count("pk")))
    shown = shown_to_public(SectionPage.objects.order_by("path"), restricted)
    every = [section for section in shown if section.pk in counts]
    for section in every:
        section.story_count = counts[section.pk]
    groups = [
        (paper, [section for section in every if section.path.startswith(paper.path)])
        for paper in shown_to_public(PublicationPage.objects.order_by("path"), restricted)
    ]
    return [(paper, sections) for paper, sections in groups if sections]


def _tags(restricted: RestrictedPlaces) -> QuerySet[ArticleEntity]:
    live = ArticleEntity.objects.filter(page__live=True).order_by()
    return live.exclude(restricted.of_stories("page__")) if restricted else live


def named(kind: str, restricted: RestrictedPlaces) -> EntityQuerySet:
    """The names of a kind that stand in any story that the public may see."""
    tags = _tags(restricted)
    # A condition of its own each: of either in one, SQLite would read all tags.
    own = Q(Exists(tags.filter(entity=OuterRef("pk"))))
    merged = Q(Exists(tags.filter(entity__merged_into=OuterRef("pk"))))
    return Entity.objects.filter(own | merged, kind=kind)


def story_counts(entities: Iterable[Entity], restricted: RestrictedPlaces) -> dict[int, int]:
    """How many stories name each of these entities: three queries, twice where any has merged.

    All tags, less those of stories that readers can't see: of these there are few, and to look
    at the page of each tag takes a second in an archive of 100,000 stories.
    """
    pks = {one.pk for one in entities}
    merged = Entity.with_merged.filter(merged_into__in=pks).order_by()
    kept = set(merged.values_list("merged_into", flat=True))
    # The tree's own rows: an article's is read for its tags alone.
    unseen = Page.objects.filter(Q(live=False) | restricted.of(Page)).order_by()
    few = list(unseen.values_list("pk", flat=True)[: _FEW_UNSEEN + 1])
    is_few = len(few) <= _FEW_UNSEEN
    tags = ArticleEntity.objects.order_by() if is_few else _tags(restricted)

    found = _counted(tags, pks - kept, kept)
    if is_few and few:
        found.subtract(_counted(tags.filter(page__in=few), pks - kept, kept))
    return found


def _counted(tags: Any, plain: Collection[int], kept: Collection[int]) -> Counter[int]:
    """Tags by name. Past merges, a story that has both names counts once, which takes longer."""
    found = Counter(dict(tags.filter(entity__in=plain).values_list("entity").annotate(Count("pk"))))
    if kept:
        same = Entity.with_merged.same_as(kept).values("pk")
        of_merged = tags.filter(entity__in=same).values_list(canonical_id("entity"))
        found.update(dict(of_merged.annotate(Count("page", distinct=True))))
    return found
