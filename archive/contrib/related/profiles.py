"""Reads stories' terms from their tags, and keeps them."""

from collections import defaultdict
from collections.abc import Collection, Container

from archive.contrib.related.models import StoryTerm
from archive.contrib.related.scoring import Profile, pair_term
from archive.entities.models import Entity
from archive.entities.querysets import canonical_id
from archive.stories.models import ArticleEntity, ArticlePage
from archive.ties.models import Tie

Pair = tuple[int, int]

# A round-up of thirty sister cities would have more pairs than names.
MOST_PAIRS = 12
MOST_TAGS = 60


def profiles_of(pks: Collection[int]) -> dict[int, Profile]:
    """The profiles of those of these stories that may be related to any; three queries.

    A story must be live and have a date. An alias is its original once more, so it has none.
    """
    found = ArticlePage.objects.live().filter(pk__in=pks, alias_of=None, print_date__isnull=False)
    days = dict(found.order_by().values_list("pk", "print_date"))
    tags: dict[int, dict[int, bool]] = defaultdict(dict)
    rows = ArticleEntity.objects.filter(page__in=days).order_by("page", "role", "sort_order", "pk")
    for page, entity, role in rows.values_list("page", canonical_id("entity"), "role"):
        # In order: "about" comes before "mentioned", and wins where a merge has joined two tags.
        if len(tags[page]) < MOST_TAGS and entity not in tags[page]:
            tags[page][entity] = role == ArticleEntity.Role.ABOUT
    entities = {entity for of_page in tags.values() for entity in of_page}
    pairs = tied_pairs(entities)
    return {pk: _profile(pk, days[pk], tags[pk], pairs) for pk in days}


def tied_pairs(entities: Collection[int]) -> set[Pair]:
    """The pairs among these entities that any tie joins, the lower id first."""
    same = Entity.with_merged.same_as(entities).values("pk")
    ties = Tie.objects.filter(place_a__in=same, place_b__in=same).order_by()
    found = ties.values_list(canonical_id("place_a"), canonical_id("place_b")).distinct()
    return {(min(one, two), max(one, two)) for one, two in found if one != two}


def _profile(pk: int, day: object, tags: dict[int, bool], joined: set[tuple[int, int]]) -> Profile:
    terms = {str(entity): is_about for entity, is_about in tags.items()}
    pairs = [(one, two) for one, two in joined if one in tags and two in tags]
    # Those that the story is about first.
    pairs.sort(key=lambda pair: (-(tags[pair[0]] + tags[pair[1]]), pair))
    for one, two in pairs[:MOST_PAIRS]:
        terms[pair_term(one, two)] = tags[one] and tags[two]
    return Profile(pk, day, terms, len(tags))  # type: ignore[arg-type]


def stored_profiles(
    pks: Collection[int], shared: Container[str] | None = None
) -> dict[int, Profile]:
    """As they were last kept: one query. With `shared`, those that have any of these terms, and
    no other terms of theirs."""
    terms: dict[int, dict[str, bool]] = defaultdict(dict)
    facts: dict[int, tuple[object, int]] = {}
    rows = StoryTerm.objects.filter(article__in=pks)
    for pk, term, is_about, day, size in rows.values_list(
        "article", "term", "is_about", "print_date", "size"
    ):
        # Asked of the database for some terms only, SQLite may read all stories of each, rather
        # than all terms of these stories.
        if shared is None or term in shared:
            terms[pk][term] = is_about
            facts[pk] = day, size
    return {
        pk: Profile(pk, day, terms[pk], size)  # type: ignore[arg-type]
        for pk, (day, size) in facts.items()
    }


def keep_profiles(pks: Collection[int]) -> tuple[dict[int, Profile], set[int]]:
    """Bring the stored terms of these stories in step; the profiles, and whose were changed."""
    wanted, stored = profiles_of(pks), stored_profiles(pks)
    wanted = {pk: profile for pk, profile in wanted.items() if profile.terms}
    changed = {pk for pk in pks if wanted.get(pk) != stored.get(pk)}
    if changed:
        StoryTerm.objects.filter(article__in=changed & stored.keys()).delete()
        StoryTerm.objects.bulk_create(
            StoryTerm(
                article_id=pk, term=term, print_date=one.day, is_about=is_about, size=one.size
            )
            for pk in sorted(changed & wanted.keys())
            for one in [wanted[pk]]
            for term, is_about in one.terms.items()
        )
    return wanted, changed
