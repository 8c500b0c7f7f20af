"""What an editor's words find: live stories as readers find them, and drafts by their headlines."""

from django.db.models import Case, IntegerField, Q, Value, When

from archive.pages.querysets import ArticleQuerySet
from archive.search.expanding import Conditions, conditions_of
from archive.search.finding import Filters, find, matching
from archive.search.hints.keys import LONGEST_START, headline_text
from archive.search.hints.models import DraftHint
from archive.search.hints.suggesting import begins_with
from archive.search.query import Query, parse

# So many stand in the order of relevance; those after them in the order of the paper.
RANKED = 100


def found_by(words: str) -> Q:
    """The stories that the words find, readers' and drafts."""
    query = parse(words)
    conditions = conditions_of(query)
    found = _drafts(query)
    if conditions and not conditions.is_void:
        found |= Q(pk__in=matching(conditions, Filters()))
    return found


def best_first(stories: ArticleQuerySet, words: str) -> ArticleQuerySet:
    """Readers' order for the first of them; then the newest paper first."""
    conditions = conditions_of(parse(words))
    ranked = _ranked(conditions)
    place = Case(
        *(When(pk=pk, then=Value(number)) for number, pk in enumerate(ranked)),
        default=Value(len(ranked)),
        output_field=IntegerField(),
    )
    ordered = stories.annotate(search_place=place) if ranked else stories
    return ordered.order_by(*(["search_place"] if ranked else []), "-print_date", "-pk")


def _ranked(conditions: Conditions) -> list[int]:
    results = find(conditions, Filters(), count=RANKED)
    return [found.article_id for found in results.found]


def _drafts(query: Query) -> Q:
    """Drafts in whose headline every plain word begins somewhere; none for other queries."""
    texts = [
        headline_text(clause.terms[0].text)[:LONGEST_START]
        for clause in query.clauses
        if not clause.is_excluded and not clause.terms[0].day
    ]
    found = Q(pk__in=[])
    for number, text in enumerate(texts):
        hints = DraftHint.objects.filter(begins_with("key", text)).values("article")
        found = Q(pk__in=hints) if number == 0 else found & Q(pk__in=hints)
    return found
