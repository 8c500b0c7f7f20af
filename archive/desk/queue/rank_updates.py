"""Keeps each translation's rank, and what it rests on, in its row."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import nullcontext
from typing import Any

from django.db import connections, router, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.module_loading import import_string

from archive.conf import settings
from archive.desk.models import Translation
from archive.desk.queue.ranking import RankFactors, rank
from archive.entities.models import Entity
from archive.entities.querysets import canonical_id
from archive.stories.marks import TranslationState
from archive.stories.models import ArticleEntity, RelatedArticle
from archive.ties.models import TieEvidence

IN_BOTH_LANGUAGES = (TranslationState.PUBLISHED, TranslationState.SOURCE_CHANGED)
# A name that more stories than this are about says little of what belongs together.
LARGEST_SET = 20
# What this module works out; the other columns are only read.
FOUND = ("related_count", "related_done_count", "reads")
FACTORS = ("state", "urgency", "due_date", *FOUND)

Values = Mapping[str, Any]
# Old and new.
Pair = tuple[Values, Values]


def rank_translations(articles: Collection[int] | None = None) -> int:
    """Find out anew what the rank rests on, for these stories or for all; gives how many changed.

    A fixed number of queries, and one statement for all changed rows.
    """
    return _store(_ranked(articles, related_sets(articles)))


def outdated_ranks() -> list[int]:
    """The stories whose translation `rank_translations` would change."""
    return [new["article_id"] for new in _news(_ranked(None, related_sets()))]


def rank_around(articles: Collection[int]) -> None:
    """Stories came out in both languages, or are no longer: they and what belongs with them."""
    sets = related_sets(articles)
    if others := set().union(*sets.values()):
        rank_translations({*articles, *others})
    else:
        _store(_ranked(articles, sets))


def rerank(translations: Collection[int]) -> None:
    """After a change of these rows' own: state, urgency, due date, correction."""
    rows = _values(Translation.objects.filter(pk__in=translations))
    _store(zip(rows, rows, strict=True))


def factors_of(translation: Any) -> RankFactors:
    """What the rank of a row rests on; the row's story must be at hand."""
    values = {name: getattr(translation, name) for name in (*FACTORS, "correction_since")}
    return _factors({**values, "article__print_date": translation.article.print_date})


def _factors(values: Values) -> RankFactors:
    return RankFactors(
        is_missing_correction=values["correction_since"] is not None,
        print_date=values["article__print_date"],
        **{name: values[name] for name in FACTORS},
    )


def _ranked(articles: Collection[int] | None, sets: Mapping[int, set[int]]) -> list[Pair]:
    every = Translation.objects.all()
    rows = _values(every if articles is None else every.filter(article__in=articles))
    others, states = set().union(*sets.values()), dict[int, str]()
    if others:
        # Only stories that readers have.
        public = every.filter(article__live=True).order_by()
        public = public if articles is None else public.filter(article__in=others)
        states = dict(public.values_list("article_id", "state"))
    reads: Mapping[int, int] = {}
    if settings.READS:
        count: Callable[[list[int]], Mapping[int, int]] = import_string(settings.READS)
        reads = count([row["article_id"] for row in rows])

    def found_of(article: int) -> dict[str, int]:
        related = sets.get(article, set()) & states.keys()
        done = sum(states[one] in IN_BOTH_LANGUAGES for one in related)
        return dict(zip(FOUND, (len(related), done, reads.get(article, 0)), strict=True))

    return [(row, {**row, **found_of(row["article_id"])}) for row in rows]


def _values(translations: Any) -> list[Values]:
    columns = ("pk", "article_id", "rank", "correction_since", "article__print_date", *FACTORS)
    return list(translations.order_by().values(*columns))


def _news(pairs: Iterable[Pair]) -> Iterator[Values]:
    """The new values of those that differ or give another rank."""
    today = timezone.localdate()
    for old, new in pairs:
        new = {**new, "rank": rank(_factors(new), today)}
        if new != old:
            yield new


def _store(pairs: Iterable[Pair]) -> int:
    """Write what is new; gives how many rows."""
    columns = (*FOUND, "rank")
    changed = [tuple(new[name] for name in (*columns, "pk")) for new in _news(pairs)]
    if not changed:
        return 0
    # Django updates each row with its own values only in one long CASE: 30 times slower.
    using = router.db_for_write(Translation)
    quote = connections[using].ops.quote_name
    assignments = ", ".join(f"{quote(name)} = %s" for name in columns)
    table = quote(Translation._meta.db_table)
    statement = f"UPDATE {table} SET {assignments} WHERE {quote('id')} = %s"  # noqa: S608
    # One row needs no transaction of its own.
    is_one = len(changed) == 1
    block = nullcontext() if is_one else transaction.atomic(using=using, savepoint=False)
    with block, connections[using].cursor() as cursor:
        cursor.executemany(statement, changed)
    return len(changed)


def related_sets(articles: Collection[int] | None = None) -> dict[int, set[int]]:
    """The stories that belong with each story: of these articles, or (None) of all.

    Linked by an editor, about the same name, or evidence of one tie. A fixed number of queries;
    stories without any aren't in the answer.
    """
    found: dict[int, set[int]] = defaultdict(set)
    links = RelatedArticle.objects.order_by()
    if articles is not None:
        links = links.filter(Q(page__in=articles) | Q(related__in=articles))
    for page, related in links.values_list("page_id", "related_id"):
        found[page].add(related)
        found[related].add(page)
    for pairs in (_about(articles), _evidence(articles)):
        groups: dict[int, set[int]] = defaultdict(set)
        for group, member in pairs:
            groups[group].add(member)
        for members in groups.values():
            if 1 < len(members) <= LARGEST_SET:
                for member in members:
                    found[member] |= members
    wanted = found if articles is None else set(articles) & set(found)
    return {article: found[article] - {article} for article in wanted}


def _about(articles: Collection[int] | None) -> Iterable[tuple[int, int]]:
    about: Any = ArticleEntity.objects.filter(role=ArticleEntity.Role.ABOUT).order_by()
    tags = about.annotate(named=canonical_id("entity"))
    if articles is not None:
        named = set(tags.filter(page__in=articles).values_list("named", flat=True))
        if not named:
            return []
        # Whether there are more stories is told by one row, not by counting them.
        more = about.filter(entity=OuterRef("pk"))[LARGEST_SET : LARGEST_SET + 1]
        same = Entity.with_merged.same_as(named).order_by()
        forms = list(same.values_list(Coalesce("merged_into", "pk"), "pk", Exists(more)))
        large = {kept for kept, _pk, is_large in forms if is_large}
        tags = tags.filter(entity__in=[pk for kept, pk, _is_large in forms if kept not in large])
    return tags.values_list("named", "page_id")


def _evidence(articles: Collection[int] | None) -> Iterable[tuple[int, int]]:
    evidence: Any = TieEvidence.objects.exclude(article=None).order_by()
    if articles is not None:
        ties = evidence.filter(article__in=articles).values("tie")
        evidence = evidence.filter(tie__in=ties)
    return evidence.values_list("tie_id", "article_id")
